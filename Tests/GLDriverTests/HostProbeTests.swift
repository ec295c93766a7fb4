import CEpoxy
import Foundation
import GLDriver
import Testing
import Vrend
import WireFormat

/// Probing of a real host: Mesa's software renderer where there is no GPU.
@Suite(.serialized)
struct HostProbeTests {
  private func probe(_ kind: TestContext.Kind) throws -> HostGL {
    try TestContext.withCurrent(kind) {
      let host = try HostGL.probe()
      #expect(epoxy_glGetError() == GL.NO_ERROR)
      #expect(GLQuery.integer(GL.FRAMEBUFFER_BINDING) == 0)
      #expect(GLQuery.integer(GL.TEXTURE_BINDING_2D) == 0)
      return host
    }
  }

  @Test func `a thread without a context is refused`() {
    #expect(throws: HostGLFault.noContext) { try HostGL.probe() }
  }

  @Test(arguments: TestContext.Kind.allCases)
  func `flavour and version are those asked for`(kind: TestContext.Kind) throws {
    let host = try probe(kind)
    switch kind {
    case .core: #expect(host.flavour == .core && host.version >= GLVersion(3, 3))
    case .compat: #expect(host.flavour == .compat && host.version >= GLVersion(3, 0))
    case .es: #expect(host.flavour == .es && host.isES && host.version >= GLVersion(3, 0))
    }
    #expect(!host.renderer.isEmpty && !host.vendor.isEmpty)
    #expect(host.extensions.count > 20)
    #expect(host.glslVersion >= (kind == .es ? GLVersion(3, 0) : GLVersion(3, 30)))
  }

  @Test(arguments: TestContext.Kind.allCases)
  func `GL's minimum limits are met`(kind: TestContext.Kind) throws {
    let limits = try probe(kind).limits
    #expect(limits.maxTextureSize >= 2048)
    #expect(limits.maxVertexAttribs >= 16)
    #expect(limits.maxDrawBuffers >= 4)
    #expect(limits.vertex.uniformBlocks >= 12)
    #expect(limits.maxUniformBlockSize >= 16384)
    #expect(limits.minProgramTexelOffset <= -8 && limits.maxProgramTexelOffset >= 7)
    #expect(limits.aliasedPointSize.upperBound >= 1)
    #expect(limits.maxViewportWidth >= limits.maxTextureSize)
  }

  @Test(arguments: TestContext.Kind.allCases)
  func `formats that GL guarantees are sampled, rendered and read`(kind: TestContext.Kind) throws {
    let formats = try probe(kind).formats
    for format in [PixelFormat.R8G8B8A8_UNORM, .B8G8R8A8_UNORM, .R8G8B8X8_UNORM, .B8G8R8X8_UNORM, .B5G6R5_UNORM] {
      #expect(formats[format].flags.isSuperset(of: [.sampler, .render]), "\(format)")
      #expect(formats.samplerMask.contains(format) && formats.renderMask.contains(format))
    }
    #expect(formats[.R8G8B8A8_UNORM].flags.contains(.readback))
    #expect(formats[.R8G8B8A8_UNORM].flags.isSuperset(of: [.textureStorage, .hasAlpha, .bufferTexture]))
    for format in [PixelFormat.Z16_UNORM, .S8_UINT_Z24_UNORM, .Z24X8_UNORM, .Z32_FLOAT, .Z32_FLOAT_S8X24_UINT] {
      #expect(formats[format].flags.isSuperset(of: [.sampler, .depthStencil]), "\(format)")
      #expect(!formats.renderMask.contains(format))
    }
    // Unknown numbers and formats without a GL mapping.
    #expect(formats[PixelFormat(known: 511)].flags.subtracting(.scanout).isEmpty)
    #expect(!formats[.R64_FLOAT].isCreatable)
    #expect(!formats.samplerMask.contains(.Y8_U8V8_420_UNORM))
    #expect(formats.scanoutMask.contains(.B8G8R8A8_UNORM))
    #expect(formats.multisampleMask.contains(PixelFormat(known: 0)))
  }

  @Test func `BGRA is native on desktop and swapped on ES`() throws {
    let desktop = try probe(.core).formats[.B8G8R8A8_UNORM]
    #expect(desktop.internalFormat == GL.RGBA8 && desktop.format == GL.BGRA && desktop.type == GL.UNSIGNED_BYTE)
    #expect(!desktop.flags.contains(.needsByteSwapBGRA))
    let es = try probe(.es).formats[.B8G8R8A8_UNORM]
    #expect(es.internalFormat == GL.RGBA8 && es.format == GL.RGBA)
    #expect(es.flags.contains(.needsByteSwapBGRA))
  }

  @Test func `alpha and luminance are emulated except on a compatibility profile`() throws {
    let core = try probe(.core).formats
    #expect(core[.A8_UNORM].internalFormat == GL.R8)
    #expect(core[.A8_UNORM].swizzle == ComponentSwizzle(.zero, .zero, .zero, .x))
    #expect(core[.A8_UNORM].flags.contains(.emulatedAlpha))
    #expect(core[.L8_UNORM].swizzle == ComponentSwizzle(.x, .x, .x, .one))
    #expect(core[.R8G8B8X8_UNORM].swizzle == ComponentSwizzle(.x, .y, .z, .one))
    let compat = try probe(.compat).formats
    #expect(compat[.A8_UNORM].internalFormat == GL.ALPHA8)
    #expect(compat[.A8_UNORM].swizzle == .identity)
    #expect(!compat[.A8_UNORM].flags.contains(.emulatedAlpha))
  }

  @Test func `what a format can do follows its storage`() throws {
    let formats = try probe(.core).formats
    #expect(formats[.R8G8B8A8_UNORM].viewClass == .bits32 && formats[.R8G8B8A8_SRGB].viewClass == .bits32)
    #expect(formats[.R32G32B32A32_UINT].viewClass == .bits128)
    #expect(formats[.B5G6R5_UNORM].viewClass == .none)
    #expect(formats[.R32_UINT].imageInternalFormat == GL.R32UI)
    #expect(formats[.R9G9B9E5_FLOAT].imageInternalFormat == 0)
    #expect(formats[.L8A8_UNORM].bufferInternalFormat == GL.RG8)
    #expect(formats[.L8A8_UNORM].bufferSwizzle == ComponentSwizzle(.x, .x, .x, .y))
    #expect(formats[.Z32_FLOAT].bufferInternalFormat == 0)
    #expect(formats[.Z24X8_UNORM].flags.contains(.shiftsDepthBy8))
    let dxt = formats[.DXT5_RGBA]
    #expect(dxt.blockBytes == 16 && dxt.blockWidth == 4 && dxt.flags.contains(.compressed))
    #expect(!dxt.flags.contains(.textureRectangle) && formats[.R8_UNORM].flags.contains(.textureRectangle))
  }

  @Test func `sample positions lie inside the pixel and differ`() throws {
    let host = try probe(.core)
    #expect(host.multisample.maxSamples >= 1)
    guard host.multisample.maxSamples >= 4 else { return }
    let word = host.multisample.locations[1]
    let positions = Set((0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32($0 * 8)) })
    #expect(positions.count == 4)
  }

  /// For Tools/capset-diff.py.
  @Test(arguments: TestContext.Kind.allCases)
  func `capability sets of this host are dumped on request`(kind: TestContext.Kind) throws {
    let host = try probe(kind)
    let caps = VrendCapset.fill(host: host, policy: CapsetPolicy())
    var bytes = [UInt8](repeating: 0xAA, count: CapsetV2.size)
    #expect(bytes.withUnsafeMutableBytes { caps.write(into: $0) })
    if let folder = ProcessInfo.processInfo.environment["VIRGL_DUMP_CAPSET"] {
      try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/ours-\(kind).bin"))
    }
  }
}

@Suite(.serialized)
struct CopyCompatibilityTests {
  @Test func `copies keep the meaning of every stored component`() throws {
    let formats = try TestContext.withCurrent(.core) { try HostGL.probe().formats }
    #expect(formats.canCopyImage(from: .R8G8B8A8_UNORM, to: .R8G8B8A8_UNORM))
    #expect(formats.canCopyImage(from: .R8G8B8A8_UNORM, to: .R8G8B8X8_UNORM))
    #expect(!formats.canCopyImage(from: .R8G8B8X8_UNORM, to: .R8G8B8A8_UNORM))
    #expect(!formats.canCopyImage(from: .B8G8R8A8_UNORM, to: .R8G8B8A8_UNORM))
    #expect(formats.canCopyImage(from: .R8G8B8A8_UNORM, to: .R8G8B8A8_SRGB))
    #expect(!formats.canCopyValues(from: .R8G8B8A8_UNORM, to: .R8G8B8A8_SRGB))
    #expect(formats.canCopyImage(from: .R32_UINT, to: .R32_FLOAT))
    #expect(!formats.canCopyValues(from: .R32_UINT, to: .R32_FLOAT))
    #expect(formats.canCopyImage(from: .R8G8_UNORM, to: .R16_UINT))
    #expect(!formats.canCopyImage(from: .R8G8B8X8_UNORM, to: .R32_UINT))
    #expect(!formats.canCopyImage(from: .B8G8R8A8_UNORM, to: .R32_UINT))
    #expect(!formats.canCopyImage(from: .S8_UINT_Z24_UNORM, to: .Z24X8_UNORM))
    #expect(formats.canCopyImage(from: .S8_UINT_Z24_UNORM, to: .S8_UINT_Z24_UNORM))
  }

  @Test func `compressed blocks pair with texels of their size`() throws {
    let formats = try TestContext.withCurrent(.core) { try HostGL.probe().formats }
    guard formats[.DXT1_RGBA].isCreatable else { return }
    #expect(formats.canCopyImage(from: .DXT1_RGBA, to: .R16G16B16A16_UINT))
    #expect(formats.canCopyImage(from: .R32G32_UINT, to: .DXT1_RGBA))
    #expect(!formats.canCopyImage(from: .DXT1_RGBA, to: .R32G32B32A32_UINT))
    #expect(formats.canCopyImage(from: .R32G32B32A32_UINT, to: .DXT5_RGBA))
    #expect(formats.canCopyImage(from: .RGTC1_UNORM, to: .RGTC1_SNORM))
    #expect(!formats.canCopyValues(from: .RGTC1_UNORM, to: .RGTC1_SNORM))
    #expect(!formats.canCopyValues(from: .R32G32B32A32_UINT, to: .DXT5_RGBA))
    #expect(formats.canCopyValues(from: .DXT1_RGBA, to: .DXT1_RGBA))
    #expect(!formats.canCopyImage(from: .RGTC1_UNORM, to: .DXT1_RGBA))
  }

  @Test func `formats the host cannot store are never copied`() throws {
    let formats = try TestContext.withCurrent(.core) { try HostGL.probe().formats }
    #expect(!formats.canCopyImage(from: .R64_FLOAT, to: .R64_FLOAT))
    #expect(!formats.canCopyImage(from: PixelFormat(known: 511), to: .R8_UNORM))
  }
}
