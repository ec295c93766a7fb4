/// The content of capability set 1, which also opens capability set 2 (`struct virgl_caps_v1` of virgl_hw.h).
///
/// 308 bytes on the wire, little-endian, without padding. What a member means to the guest is said in the
/// specification's section on capability sets; how the host derives it, in Vrend/Capset.
package struct CapsetV1: Sendable, Equatable {
  /// Bytes on the wire.
  package static let size = 308
  /// `max_version` when written as a set of its own.
  package static let version: UInt32 = 1

  /// Formats usable for textures of any kind.
  package var sampler = FormatMask()
  /// Formats usable as colour attachments.
  package var render = FormatMask()
  /// Guests ignore it.
  package var depthStencil = FormatMask()
  /// Guests consult the bit of R11G11B10_FLOAT only.
  package var vertexBuffer = FormatMask()
  package var features: CapsetFeatureBits = []
  /// GLSL version times 100.
  package var glslLevel: UInt32 = 0
  package var maxTextureArrayLayers: UInt32 = 0
  package var maxStreamOutputBuffers: UInt32 = 0
  package var maxDualSourceRenderTargets: UInt32 = 0
  package var maxRenderTargets: UInt32 = 0
  package var maxSamples: UInt32 = 0
  /// Bit n: the host draws primitive n itself.
  package var primitiveMask: UInt32 = 0
  /// Texels of a buffer texture.
  package var maxTextureBufferSize: UInt32 = 0
  /// Constant buffers of a stage, the default one included.
  package var maxUniformBlocks: UInt32 = 0
  package var maxViewports: UInt32 = 0
  package var maxTextureGatherComponents: UInt32 = 0

  package init() {}

  /// Writes capability set 1. False, and nothing written, when the buffer is smaller than `size`.
  @discardableResult
  package func write(into buffer: UnsafeMutableRawBufferPointer) -> Bool {
    guard var writer = unsafe CapsetWriter(buffer, size: Self.size) else { return false }
    write(to: &writer, maxVersion: Self.version)
    return true
  }

  func write(to writer: inout CapsetWriter, maxVersion: UInt32) {
    writer.put(maxVersion, at: 0)
    writer.put(sampler, at: 4)
    writer.put(render, at: 68)
    writer.put(depthStencil, at: 132)
    writer.put(vertexBuffer, at: 196)
    writer.put(features.rawValue, at: 260)
    writer.put(glslLevel, at: 264)
    writer.put(maxTextureArrayLayers, at: 268)
    writer.put(maxStreamOutputBuffers, at: 272)
    writer.put(maxDualSourceRenderTargets, at: 276)
    writer.put(maxRenderTargets, at: 280)
    writer.put(maxSamples, at: 284)
    writer.put(primitiveMask, at: 288)
    writer.put(maxTextureBufferSize, at: 292)
    writer.put(maxUniformBlocks, at: 296)
    writer.put(maxViewports, at: 300)
    writer.put(maxTextureGatherComponents, at: 304)
  }
}
