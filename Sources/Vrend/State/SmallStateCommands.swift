import CEpoxy
import GLDriver
import WireFormat

/// Commands that set one value.
extension SubContextState {
  /// SET_STENCIL_REF.
  @inline(__always)
  mutating func apply(_ command: SetStencilRef) {
    stencilReference = (command.front, command.back)
    dirty.insert(.stencil)
  }

  /// SET_BLEND_COLOR.
  @inline(__always)
  mutating func apply(_ command: SetBlendColor) {
    blendColor = (command.red, command.green, command.blue, command.alpha)
    dirty.insert(.blendColor)
  }

  mutating func setSampleMask(_ mask: UInt32) {
    sampleMask = mask
    dirty.insert(.sampleMask)
  }

  mutating func setMinSamples(_ count: UInt32) {
    minSamples = count
    dirty.formUnion([.sampleShading, .rasterizer])
  }

  mutating func setPolygonStipple(_ command: ThirtyTwoDwords, _ payload: Span<UInt32>) {
    if host.isCompat {
      emitCompatStipple(payload)
    } else {
      helperBlock.replaceStipple(payload)
      dirty.insert(.helperUniforms)
    }
  }

  /// Rows of four bytes, leftmost pixel in the most significant bit.
  private func emitCompatStipple(_ payload: Span<UInt32>) {
    var rows: [GLubyte] = []
    rows.reserveCapacity(128)
    for index in 0..<32 {
      let row = payload[index]
      for shift in [24, 16, 8, 0] as [UInt32] { rows.append(GLubyte(truncatingIfNeeded: row >> shift)) }
    }
    epoxy_glPolygonStipple(rows)
  }

  mutating func setClipState(_ command: ThirtyTwoDwords, _ payload: Span<UInt32>) {
    helperBlock.replaceClipPlanes(payload)
    dirty.insert(.helperUniforms)
  }

  /// SET_TESS_STATE.
  mutating func apply(_ command: SetTessState) {
    tessLevels = command.levels
    dirty.formUnion([.tessLevels, .helperUniforms])
  }

  /// MEMORY_BARRIER.
  func memoryBarrier(_ flags: UInt32) {
    guard host.features.contains(.memoryBarrier) else { return }
    epoxy_glMemoryBarrier(Translate.barriers(flags))
  }

  /// TEXTURE_BARRIER: bit 0 for sampled framebuffers, bit 1 for advanced blending.
  func textureBarrier(_ flags: UInt32) {
    if flags.bit(0), host.features.contains(.textureBarrier) { epoxy_glTextureBarrier() }
    if flags.bit(1), host.features.contains(.blendEquationAdvanced) { epoxy_glBlendBarrierKHR() }
  }

  /// SEND_STRING_MARKER, for whoever looks at the host with a GL debugger.
  func insertMarker(_ command: SendStringMarker, _ payload: Span<UInt32>) {
    guard host.features.contains(.debugOutput), command.length > 0 else { return }
    payload.extracting(1..<payload.count).withUnsafeBytes { bytes in
      epoxy_glDebugMessageInsert(
        GL.DEBUG_SOURCE_APPLICATION, GL.DEBUG_TYPE_MARKER, 0, GL.DEBUG_SEVERITY_NOTIFICATION,
        GLsizei(min(command.length, 1024)), bytes.baseAddress?.assumingMemoryBound(to: GLchar.self))
    }
  }

  /// LINK_SHADER: begins to compile and link what a draw or dispatch would need with the present state. A failure here
  /// says nothing: at the draw the state may differ.
  mutating func prelink(_ command: LinkShader) {
    if command.handles[5] != 0 {
      guard let compute = objects.find(command.handles[5], ShaderSelector.self), compute.isComplete else { return }
      if let variants = try? computeVariants(of: compute) { beginLink(variants) }
      return
    }
    let saved = shaders
    for stage in 0..<5 { setShader(objects.find(command.handles[stage], ShaderSelector.self), stage: stage) }
    if let variants = try? chooseVariants(primitive: 4) { beginLink(variants) }
    for stage in 0..<5 { setShader(saved[stage], stage: stage) }
  }
}

extension Translate {
  /// Gallium's barrier bits to GL's.
  static func barriers(_ flags: UInt32) -> GLbitfield {
    if flags & 0x3fff == 0x3fff { return GL.ALL_BARRIER_BITS }
    var result: GLbitfield = 0
    if flags.bit(0) { result |= GL.CLIENT_MAPPED_BUFFER_BARRIER_BIT }
    if flags.bit(1) { result |= GL.ATOMIC_COUNTER_BARRIER_BIT | GL.SHADER_STORAGE_BARRIER_BIT }
    if flags.bit(2) { result |= GL.QUERY_BUFFER_BARRIER_BIT }
    if flags.bit(3) { result |= GL.VERTEX_ATTRIB_ARRAY_BARRIER_BIT }
    if flags.bit(4) { result |= GL.ELEMENT_ARRAY_BARRIER_BIT }
    if flags.bit(5) { result |= GL.UNIFORM_BARRIER_BIT }
    if flags.bit(6) { result |= GL.COMMAND_BARRIER_BIT }
    if flags.bit(7) { result |= GL.TEXTURE_FETCH_BARRIER_BIT | GL.PIXEL_BUFFER_BARRIER_BIT }
    if flags.bit(8) { result |= GL.SHADER_IMAGE_ACCESS_BARRIER_BIT }
    if flags.bit(9) { result |= GL.FRAMEBUFFER_BARRIER_BIT }
    if flags.bit(10) { result |= GL.TRANSFORM_FEEDBACK_BARRIER_BIT }
    if flags.bit(12) { result |= GL.BUFFER_UPDATE_BARRIER_BIT }
    if flags.bit(13) { result |= GL.TEXTURE_UPDATE_BARRIER_BIT }
    return result
  }
}
