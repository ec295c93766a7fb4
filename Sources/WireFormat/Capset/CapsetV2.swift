/// The content of capability set 2 (`struct virgl_caps_v2` of virgl_hw.h): 1408 bytes on the wire, capability set 1
/// first. It only ever grows at its end.
///
/// Arrays by stage are in the wire's order: vertex, fragment, geometry, tessellation control, tessellation
/// evaluation, compute.
package struct CapsetV2: Sendable {
  /// Bytes on the wire.
  package static let size = 1408
  package static let version: UInt32 = 2
  package static let maxVideoCapabilities = 32

  package var v1 = CapsetV1()
  package var minAliasedPointSize: Float = 0
  package var maxAliasedPointSize: Float = 0
  package var minSmoothPointSize: Float = 0
  package var maxSmoothPointSize: Float = 0
  package var minAliasedLineWidth: Float = 0
  package var maxAliasedLineWidth: Float = 0
  package var minSmoothLineWidth: Float = 0
  package var maxSmoothLineWidth: Float = 0
  package var maxTextureLODBias: Float = 0
  package var maxGeometryOutputVertices: UInt32 = 0
  package var maxGeometryTotalOutputComponents: UInt32 = 0
  /// In vec4 slots.
  package var maxVertexOutputs: UInt32 = 0
  package var maxVertexAttribs: UInt32 = 0
  /// In vec4 slots.
  package var maxShaderPatchVaryings: UInt32 = 0
  package var minTexelOffset: Int32 = 0
  package var maxTexelOffset: Int32 = 0
  package var minTextureGatherOffset: Int32 = 0
  package var maxTextureGatherOffset: Int32 = 0
  package var textureBufferOffsetAlignment: UInt32 = 0
  package var uniformBufferOffsetAlignment: UInt32 = 0
  package var shaderBufferOffsetAlignment: UInt32 = 0
  package var capabilities: CapabilityBits = []
  /// See `MultisampleSupport.locations` of GLDriver.
  package var sampleLocations = InlineArray<8, UInt32>(repeating: 0)
  package var maxVertexAttribStride: UInt32 = 0
  package var maxShaderBufferFragmentCompute: UInt32 = 0
  package var maxShaderBufferOtherStages: UInt32 = 0
  package var maxShaderImageFragmentCompute: UInt32 = 0
  package var maxShaderImageOtherStages: UInt32 = 0
  package var maxImageSamples: UInt32 = 0
  package var maxComputeWorkGroupInvocations: UInt32 = 0
  /// Bytes.
  package var maxComputeSharedMemorySize: UInt32 = 0
  package var maxComputeGridSize = InlineArray<3, UInt32>(repeating: 0)
  package var maxComputeBlockSize = InlineArray<3, UInt32>(repeating: 0)
  package var maxTexture2DSize: UInt32 = 0
  package var maxTexture3DSize: UInt32 = 0
  package var maxTextureCubeSize: UInt32 = 0
  package var maxCombinedShaderBuffers: UInt32 = 0
  package var maxAtomicCounters = InlineArray<6, UInt32>(repeating: 0)
  package var maxAtomicCounterBuffers = InlineArray<6, UInt32>(repeating: 0)
  package var maxCombinedAtomicCounters: UInt32 = 0
  package var maxCombinedAtomicCounterBuffers: UInt32 = 0
  /// `host_feature_check_version`: a promise of everything up to this level.
  package var featureLevel: UInt32 = 0
  package var readback = FormatMask()
  package var scanout = FormatMask()
  package var capabilitiesV2: CapabilityBitsV2 = []
  /// MiB.
  package var maxVideoMemory: UInt32 = 0
  /// At most 63 bytes are sent.
  package var renderer = ""
  package var maxAnisotropy: Float = 0
  package var maxTextureSamplers: UInt32 = 0
  package var multisample = FormatMask()
  /// Bytes of the default uniform block.
  package var maxConstantBufferSize = InlineArray<6, UInt32>(repeating: 0)
  /// The first 32 are sent.
  package var video: [VideoCapability] = []
  /// Bytes.
  package var maxUniformBlockSize: UInt32 = 0
  /// In vec4 slots.
  package var maxTessControlOutputs: UInt32 = 0
  /// In vec4 slots.
  package var maxTessEvaluationOutputs: UInt32 = 0
  package var maxShaderStorageBlocks = InlineArray<6, UInt32>(repeating: 0)

  package init() {}

  /// Writes capability set 2. False, and nothing written, when the buffer is smaller than `size`.
  @discardableResult
  package func write(into buffer: UnsafeMutableRawBufferPointer) -> Bool {
    guard var writer = unsafe CapsetWriter(buffer, size: Self.size) else { return false }
    v1.write(to: &writer, maxVersion: Self.version)
    writeRastering(to: &writer)
    writeShaderLimits(to: &writer)
    writeBufferLimits(to: &writer)
    writeLaterMembers(to: &writer)
    return true
  }

  private func writeRastering(to writer: inout CapsetWriter) {
    writer.put(minAliasedPointSize, at: 308)
    writer.put(maxAliasedPointSize, at: 312)
    writer.put(minSmoothPointSize, at: 316)
    writer.put(maxSmoothPointSize, at: 320)
    writer.put(minAliasedLineWidth, at: 324)
    writer.put(maxAliasedLineWidth, at: 328)
    writer.put(minSmoothLineWidth, at: 332)
    writer.put(maxSmoothLineWidth, at: 336)
    writer.put(maxTextureLODBias, at: 340)
  }

  private func writeShaderLimits(to writer: inout CapsetWriter) {
    writer.put(maxGeometryOutputVertices, at: 344)
    writer.put(maxGeometryTotalOutputComponents, at: 348)
    writer.put(maxVertexOutputs, at: 352)
    writer.put(maxVertexAttribs, at: 356)
    writer.put(maxShaderPatchVaryings, at: 360)
    writer.put(minTexelOffset, at: 364)
    writer.put(maxTexelOffset, at: 368)
    writer.put(minTextureGatherOffset, at: 372)
    writer.put(maxTextureGatherOffset, at: 376)
    writer.put(textureBufferOffsetAlignment, at: 380)
    writer.put(uniformBufferOffsetAlignment, at: 384)
    writer.put(shaderBufferOffsetAlignment, at: 388)
    writer.put(capabilities.rawValue, at: 392)
    writer.put(sampleLocations, at: 396)
    writer.put(maxVertexAttribStride, at: 428)
  }

  private func writeBufferLimits(to writer: inout CapsetWriter) {
    writer.put(maxShaderBufferFragmentCompute, at: 432)
    writer.put(maxShaderBufferOtherStages, at: 436)
    writer.put(maxShaderImageFragmentCompute, at: 440)
    writer.put(maxShaderImageOtherStages, at: 444)
    writer.put(maxImageSamples, at: 448)
    writer.put(maxComputeWorkGroupInvocations, at: 452)
    writer.put(maxComputeSharedMemorySize, at: 456)
    writer.put(maxComputeGridSize, at: 460)
    writer.put(maxComputeBlockSize, at: 472)
    writer.put(maxTexture2DSize, at: 484)
    writer.put(maxTexture3DSize, at: 488)
    writer.put(maxTextureCubeSize, at: 492)
    writer.put(maxCombinedShaderBuffers, at: 496)
    writer.put(maxAtomicCounters, at: 500)
    writer.put(maxAtomicCounterBuffers, at: 524)
    writer.put(maxCombinedAtomicCounters, at: 548)
    writer.put(maxCombinedAtomicCounterBuffers, at: 552)
  }

  private func writeLaterMembers(to writer: inout CapsetWriter) {
    writer.put(featureLevel, at: 556)
    writer.put(readback, at: 560)
    writer.put(scanout, at: 624)
    writer.put(capabilitiesV2.rawValue, at: 688)
    writer.put(maxVideoMemory, at: 692)
    writer.put(renderer, at: 696, capacity: 64)
    writer.put(maxAnisotropy, at: 760)
    writer.put(maxTextureSamplers, at: 764)
    writer.put(multisample, at: 768)
    writer.put(maxConstantBufferSize, at: 832)
    let videoCount = min(video.count, Self.maxVideoCapabilities)
    writer.put(UInt32(videoCount), at: 856)
    for index in 0..<videoCount { writer.put(video[index].words, at: 860 + index * 16) }
    writer.put(maxUniformBlockSize, at: 1372)
    writer.put(maxTessControlOutputs, at: 1376)
    writer.put(maxTessEvaluationOutputs, at: 1380)
    writer.put(maxShaderStorageBlocks, at: 1384)
  }
}
