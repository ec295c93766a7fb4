import WireFormat

/// Encodes VirGL packets as a guest would, with nothing checked: hostile streams are made with it too.
package struct StreamBuilder {
  package private(set) var dwords: [UInt32] = []

  package init() {}

  /// Any packet: header, then payload.
  package mutating func packet(_ code: CommandCode, object: UInt8 = 0, _ payload: [UInt32]) {
    raw(code.rawValue, object: object, payload)
  }

  package mutating func raw(_ code: UInt8, object: UInt8 = 0, _ payload: [UInt32]) {
    dwords.append(UInt32(code) | UInt32(object) << 8 | UInt32(truncatingIfNeeded: payload.count) << 16)
    dwords += payload
  }

  package mutating func create(_ kind: ObjectKind, _ handle: UInt32, _ rest: [UInt32]) {
    packet(.createObject, object: kind.rawValue, [handle] + rest)
  }

  package mutating func bind(_ kind: ObjectKind, _ handle: UInt32) {
    packet(.bindObject, object: kind.rawValue, [handle])
  }

  package mutating func destroy(_ handle: UInt32) { packet(.destroyObject, [handle]) }

  // MARK: Objects

  /// - Parameter target0: dword of render target 0; by default no blending, all channels written.
  package mutating func createBlend(_ handle: UInt32, target0: UInt32 = 0xf << 27) {
    create(.blend, handle, [0, 0, target0] + [UInt32](repeating: 0xf << 27, count: 7))
  }

  /// Depth clip, half-pixel centres, no culling.
  package mutating func createRasterizer(_ handle: UInt32, scissor: Bool = false) {
    let bits: UInt32 = 1 << 1 | 1 << 29 | (scissor ? 1 << 14 : 0)
    create(.rasterizer, handle, [bits, Float(1).bitPattern, 0, 0, Float(1).bitPattern, 0, 0, 0])
  }

  package mutating func createSurface(_ handle: UInt32, _ resource: UInt32, format: UInt32 = WireFormats.rgba8) {
    create(.surface, handle, [resource, format, 0, 0])
  }

  package mutating func createSamplerView(_ handle: UInt32, _ resource: UInt32, format: UInt32 = WireFormats.rgba8) {
    create(.samplerView, handle, [resource, format, 0, 0, 0 | 1 << 3 | 2 << 6 | 3 << 9])
  }

  /// Nearest filters, clamped to the edge, no mipmaps.
  package mutating func createSamplerState(_ handle: UInt32) {
    create(.samplerState, handle, [2 | 2 << 3 | 2 << 6 | 2 << 11, 0, 0, 0, 0, 0, 0, 0])
  }

  /// Elements: source offset, divisor, buffer, format.
  package mutating func createElements(_ handle: UInt32, _ elements: [(UInt32, UInt32, UInt32, UInt32)]) {
    create(.vertexElements, handle, elements.flatMap { [$0.0, $0.1, $0.2, $0.3] })
  }

  package mutating func createQuery(_ handle: UInt32, type: UInt32, buffer: UInt32) {
    create(.query, handle, [type, 0, buffer])
  }

  /// A whole shader in one packet.
  package mutating func createShader(_ handle: UInt32, stage: UInt32, _ text: String) {
    let words = Self.words(text)
    create(.shader, handle, [stage, UInt32(text.utf8.count + 1), 300, 0] + words)
  }

  /// Text with its NUL, padded to a dword.
  package static func words(_ text: String) -> [UInt32] {
    var bytes = Array(text.utf8) + [0]
    while bytes.count % 4 != 0 { bytes.append(0) }
    return stride(from: 0, to: bytes.count, by: 4).map { at in
      (0..<4).reduce(0) { $0 | UInt32(bytes[at + $1]) << (8 * UInt32($1)) }
    }
  }

  // MARK: State and work

  package mutating func bindShader(_ handle: UInt32, stage: UInt32) { packet(.bindShader, [handle, stage]) }

  package mutating func framebuffer(colors: [UInt32], depth: UInt32 = 0) {
    packet(.setFramebufferState, [UInt32(colors.count), depth] + colors)
  }

  package mutating func viewport(_ width: Float, _ height: Float) {
    let values: [Float] = [width / 2, height / 2, 0.5, width / 2, height / 2, 0.5]
    packet(.setViewportState, [0] + values.map(\.bitPattern))
  }

  package mutating func scissor(_ minX: UInt32, _ minY: UInt32, _ maxX: UInt32, _ maxY: UInt32) {
    packet(.setScissorState, [0, minX | minY << 16, maxX | maxY << 16])
  }

  package mutating func clear(_ red: Float, _ green: Float, _ blue: Float, _ alpha: Float, mask: UInt32 = 4) {
    packet(.clear, [mask] + [red, green, blue, alpha].map(\.bitPattern) + [0, 0, 0])
  }

  /// A triangle draw; `indexed` uses the bound index buffer.
  package mutating func draw(
    count: UInt32, mode: UInt32 = 4, start: UInt32 = 0, indexed: Bool = false, instances: UInt32 = 1
  ) {
    packet(.drawVBO, [start, count, mode, indexed ? 1 : 0, instances, 0, 0, 0, 0, 0, ~0, 0])
  }

  /// Data of level 0 carried in the stream.
  package mutating func write(_ resource: UInt32, width: UInt32, height: UInt32 = 1, _ data: [UInt32]) {
    packet(.resourceInlineWrite, [resource, 0, 0, 0, 0, 0, 0, 0, width, height, 1] + data)
  }

  package mutating func blit(from source: UInt32, to target: UInt32, sourceBox: [UInt32], targetBox: [UInt32]) {
    packet(
      .blit, [0xf, 0, 0, target, 0, WireFormats.rgba8] + targetBox + [source, 0, WireFormats.rgba8] + sourceBox)
  }

  /// - Parameters:
  ///   - flags: mask, filter and switches, as on the wire.
  ///   - scissor: its two dwords.
  package mutating func blit(
    from source: UInt32, to target: UInt32, format: UInt32, sourceBox: [UInt32], targetBox: [UInt32], flags: UInt32,
    scissor: [UInt32] = [0, 0]
  ) {
    let destination: [UInt32] = [target, 0, format] + targetBox
    packet(.blit, [flags] + scissor + destination + [source, 0, format] + sourceBox)
  }

  package mutating func append(_ other: StreamBuilder) { dwords += other.dwords }
}

/// Numbers of the formats that the streams use.
package enum WireFormats {
  package static var rgba8: UInt32 { UInt32(PixelFormat.R8G8B8A8_UNORM.number) }
  package static var float2: UInt32 { UInt32(PixelFormat.R32G32_FLOAT.number) }
  package static var float4: UInt32 { UInt32(PixelFormat.R32G32B32A32_FLOAT.number) }
  package static var bytes: UInt32 { UInt32(PixelFormat.R8_UNORM.number) }
  package static var depthStencil: UInt32 { UInt32(PixelFormat.S8_UINT_Z24_UNORM.number) }
}
