import GLDriver
import Testing
import VirtioGPU
import WireFormat

@testable import Vrend

/// The creation rules of virgl-resources 2.2, without a host.
struct ResourceValidationTests {
  private static var limits: ResourceLimits {
    var limits = ResourceLimits()
    limits.maxTexture2D = 16384
    limits.maxTexture3D = 2048
    limits.maxTextureCube = 16384
    limits.maxArrayLayers = 2048
    limits.maxSamples = 4
    limits.hasTextureArrays = true
    limits.hasCubeArrays = true
    limits.hasMultisampleTextures = true
    limits.hasQueryBuffers = true
    limits.hasIndirectDraw = false
    limits.maxTextureBytes = 1 << 32
    return limits
  }

  private static var rgba8: FormatEntry {
    var entry = FormatEntry()
    entry.internalFormat = GL.RGBA8
    entry.flags = [.sampler, .render, .multisample]
    entry.blockBytes = 4
    return entry
  }

  private static var dxt1: FormatEntry {
    var entry = FormatEntry()
    entry.internalFormat = GL.COMPRESSED_RGB_S3TC_DXT1_EXT
    entry.flags = [.sampler, .compressed]
    entry.viewClass = .dxt1RGB
    entry.blockBytes = 8
    entry.blockWidth = 4
    entry.blockHeight = 4
    return entry
  }

  private static func arguments(
    _ target: TextureTarget, width: UInt32, height: UInt32 = 1, depth: UInt32 = 1, layers: UInt32 = 1,
    lastLevel: UInt32 = 0, samples: UInt32 = 0, bind: BindFlags? = nil, flags: UInt32 = 0
  ) -> ResourceCreateArguments {
    ResourceCreateArguments(
      handle: 1, target: UInt32(target.rawValue), format: UInt32(PixelFormat.R8G8B8A8_UNORM.number),
      bind: (bind ?? (target == .buffer ? .vertexBuffer : .samplerView)).rawValue, width: width, height: height,
      depth: depth, arraySize: layers, lastLevel: lastLevel, sampleCount: samples, flags: flags)
  }

  static let legal: [ResourceCreateArguments] = [
    arguments(.buffer, width: 1),
    arguments(.buffer, width: .max),
    arguments(.buffer, width: 64, bind: []),
    arguments(.buffer, width: 64, bind: .custom),
    arguments(.buffer, width: 64, bind: .staging),
    arguments(.buffer, width: 64, bind: [.vertexBuffer, .indexBuffer, .shaderBuffer]),
    arguments(.buffer, width: 64, bind: .queryBuffer),
    arguments(.buffer, width: 4096, flags: 6),
    arguments(.texture1D, width: 16384),
    arguments(.texture2D, width: 16384, height: 16384),
    arguments(.texture2D, width: 5, height: 3, lastLevel: 2),
    arguments(.texture2D, width: 64, height: 64, layers: 0),
    arguments(.texture2D, width: 64, height: 64, samples: 1),
    arguments(.texture2D, width: 64, height: 64, samples: 4),
    arguments(.array2D, width: 64, height: 64, layers: 3, samples: 4),
    arguments(.texture2D, width: 64, height: 64, flags: 1),
    arguments(.texture2D, width: 64, height: 64, bind: [.renderTarget, .scanout]),
    arguments(.rect, width: 100, height: 50),
    arguments(.texture3D, width: 8, height: 4, depth: 32, lastLevel: 5),
    arguments(.cube, width: 16, height: 16, layers: 6, lastLevel: 4),
    arguments(.cubeArray, width: 16, height: 16, layers: 12),
    arguments(.array1D, width: 16, layers: 2048),
    arguments(.array2D, width: 16, height: 16, layers: 1),
  ]

  @Test(arguments: legal)
  func `what a guest may create`(arguments: ResourceCreateArguments) throws {
    let valid = try ValidatedResource(arguments, entry: Self.rgba8, limits: Self.limits)
    #expect(valid.shape.width == Int(arguments.width))
    #expect(valid.shape.arraySize >= 1)
    #expect(valid.shape.blockBytes == (valid.shape.isBuffer ? 1 : 4))
  }

  static let illegal: [ResourceCreateArguments] = [
    ResourceCreateArguments(handle: 1, target: 9, format: 67, bind: 8, width: 4, height: 4),
    ResourceCreateArguments(handle: 1, target: .max, format: 67, bind: 8, width: 4, height: 4),
    ResourceCreateArguments(handle: 1, target: 2, format: 512, bind: 8, width: 4, height: 4),
    ResourceCreateArguments(handle: 1, target: 2, format: .max, bind: 8, width: 4, height: 4),
    arguments(.buffer, width: 0),
    arguments(.buffer, width: 4, height: 2),
    arguments(.buffer, width: 4, depth: 2),
    arguments(.buffer, width: 4, lastLevel: 1),
    arguments(.buffer, width: 4, samples: 2),
    arguments(.buffer, width: 4, bind: .commandArguments),
    arguments(.buffer, width: 4, flags: 8),
    arguments(.buffer, width: 4, flags: 1),
    arguments(.texture1D, width: 16385),
    arguments(.texture1D, width: 4, height: 2),
    arguments(.texture2D, width: 0, height: 4),
    arguments(.texture2D, width: 4, height: 0),
    arguments(.texture2D, width: 16385, height: 1),
    arguments(.texture2D, width: .max, height: .max),
    arguments(.texture2D, width: 4, height: 4, depth: 2),
    arguments(.texture2D, width: 4, height: 4, layers: 2),
    arguments(.texture2D, width: 4, height: 4, lastLevel: 3),
    arguments(.texture2D, width: 4, height: 4, lastLevel: .max),
    arguments(.texture2D, width: 4, height: 4, bind: []),
    arguments(.texture2D, width: 4, height: 4, bind: .vertexBuffer),
    arguments(.texture2D, width: 4, height: 4, samples: 5),
    arguments(.texture2D, width: 4, height: 4, samples: .max),
    arguments(.texture2D, width: 4, height: 4, lastLevel: 1, samples: 4),
    arguments(.texture2D, width: 4, height: 4, flags: 2),
    arguments(.texture2D, width: 4, height: 4, flags: 0x8000_0000),
    arguments(.rect, width: 4, height: 4, lastLevel: 1),
    arguments(.texture3D, width: 4, height: 4, depth: 0),
    arguments(.texture3D, width: 4, height: 4, depth: 2049),
    arguments(.texture3D, width: 2048, height: 2048, depth: 2048),
    arguments(.texture3D, width: 4, height: 4, depth: 4, samples: 4),
    arguments(.texture3D, width: 4, height: 4, depth: 4, flags: 1),
    arguments(.cube, width: 16, height: 16, layers: 5),
    arguments(.cube, width: 16, height: 16, layers: 0),
    arguments(.cube, width: 16, height: 8, layers: 6),
    arguments(.cubeArray, width: 16, height: 16, layers: 7),
    arguments(.array2D, width: 16, height: 16, layers: 2049),
    arguments(.array2D, width: 16, height: 16, layers: 0),
    arguments(.array2D, width: 16384, height: 16384, layers: 2048),
    arguments(.array1D, width: 16, height: 2, layers: 2),
  ]

  @Test(arguments: illegal)
  func `what is refused`(arguments: ResourceCreateArguments) {
    #expect(throws: Fault.self) {
      try ValidatedResource(arguments, entry: Self.rgba8, limits: Self.limits)
    }
  }

  @Test func `formats without a texture are for buffers only`() throws {
    var arguments = Self.arguments(.texture2D, width: 4, height: 4)
    #expect(throws: Fault.self) { try ValidatedResource(arguments, entry: FormatEntry(), limits: Self.limits) }
    arguments.target = 0
    arguments.height = 1
    _ = try ValidatedResource(arguments, entry: FormatEntry(), limits: Self.limits)
  }

  @Test func `compressed formats have flat targets`() throws {
    for (target, depth) in [(TextureTarget.texture1D, UInt32(1)), (.texture3D, 4), (.array1D, 1)] {
      let arguments = Self.arguments(target, width: 8, height: target == .texture3D ? 8 : 1, depth: depth)
      #expect(throws: Fault.self) { try ValidatedResource(arguments, entry: Self.dxt1, limits: Self.limits) }
    }
    let topDown = Self.arguments(.texture2D, width: 8, height: 8, flags: 1)
    #expect(throws: Fault.self) { try ValidatedResource(topDown, entry: Self.dxt1, limits: Self.limits) }
    // Kept as 2D, like every rectangle that GL has no format for.
    let rectangle = Self.arguments(.rect, width: 10, height: 6)
    #expect(try ValidatedResource(rectangle, entry: Self.dxt1, limits: Self.limits).shape.totalBytes == 48)
    let flat = Self.arguments(.texture2D, width: 10, height: 6, lastLevel: 3)
    let shape = try ValidatedResource(flat, entry: Self.dxt1, limits: Self.limits).shape
    #expect(shape.layerBytes(0) == 3 * 2 * 8)
    #expect(shape.levelOffset(1) == 48)
    #expect(shape.layerBytes(1) == 2 * 1 * 8)
    #expect(shape.totalBytes == 48 + 16 + 8 + 8)
  }

  @Test func `blocks must be whole or end at the edge`() throws {
    let arguments = Self.arguments(.texture2D, width: 10, height: 6)
    let shape = try ValidatedResource(arguments, entry: Self.dxt1, limits: Self.limits).shape
    func region(_ x: Int, _ y: Int, _ w: Int, _ h: Int) -> Region {
      Region(x: x, y: y, z: 0, width: w, height: h, depth: 1)
    }
    #expect(shape.contains(region(0, 0, 10, 6), level: 0))
    #expect(shape.contains(region(4, 4, 6, 2), level: 0))
    #expect(shape.contains(region(4, 0, 4, 4), level: 0))
    #expect(!shape.contains(region(2, 0, 4, 4), level: 0))
    #expect(!shape.contains(region(0, 0, 5, 4), level: 0))
    #expect(!shape.contains(region(8, 0, 4, 4), level: 0))
  }
}
