import GLDriver
import ShaderTranslator
import WireFormat

extension CapsetBuilder {
  mutating func fillRastering() {
    caps.minAliasedPointSize = limits.aliasedPointSize.lowerBound
    caps.maxAliasedPointSize = limits.aliasedPointSize.upperBound
    caps.minSmoothPointSize = limits.smoothPointSize.lowerBound
    caps.maxSmoothPointSize = limits.smoothPointSize.upperBound
    caps.minAliasedLineWidth = limits.aliasedLineWidth.lowerBound
    caps.maxAliasedLineWidth = limits.aliasedLineWidth.upperBound
    caps.minSmoothLineWidth = limits.smoothLineWidth.lowerBound
    caps.maxSmoothLineWidth = limits.smoothLineWidth.upperBound
    caps.maxTextureLODBias = limits.maxTextureLODBias
    caps.maxAnisotropy = min(limits.maxAnisotropy, 16)
    if policy.abilities.contains(.multisample) { caps.sampleLocations = host.multisample.locations }
  }

  mutating func fillShaderLimits() {
    if hasGeometry {
      caps.maxGeometryOutputVertices = wire(limits.maxGeometryOutputVertices)
      caps.maxGeometryTotalOutputComponents = wire(limits.maxGeometryTotalOutputComponents)
    }
    // GL's minimum when the host is too old to be asked.
    caps.maxVertexOutputs = limits.maxVertexOutputComponents > 0 ? wire(limits.maxVertexOutputComponents / 4) : 16
    caps.maxVertexAttribs = wire(limits.maxVertexAttribs, atMost: 32)
    caps.maxVertexAttribStride = wire(limits.maxVertexAttribStride)
    if hasTessellation {
      // 32 slots are what the translator names varyings by.
      caps.maxShaderPatchVaryings = wire(limits.maxTessPatchComponents / 4, atMost: 32)
      caps.maxTessControlOutputs = wire(limits.maxTessControlTotalOutputComponents / 4, atMost: 32)
      caps.maxTessEvaluationOutputs = wire(limits.maxTessEvaluationOutputComponents / 4, atMost: 32)
    }
    caps.minTexelOffset = limits.minProgramTexelOffset
    caps.maxTexelOffset = limits.maxProgramTexelOffset
    caps.minTextureGatherOffset = limits.minTextureGatherOffset
    caps.maxTextureGatherOffset = limits.maxTextureGatherOffset
    for stage in 0..<6 where hasStage(stage) { caps.maxConstantBufferSize[stage] = constantBytes(stage) }
  }

  /// Bytes of the guest's plain uniforms: the host's, less what the translator adds, which drivers count too.
  private func constantBytes(_ stage: Int) -> UInt32 {
    let components = wire(limits.stage(stage).uniformComponents, atMost: Int(Int32.max / 4))
    guard components > Self.leastUniformComponents else { return components * 4 }
    let added = HelperUniforms.components + (emulatesDoubles ? HelperUniforms.doubleComponents : 0)
    return max(components - added, Self.leastUniformComponents) * 4
  }

  /// GL 4.6 table 23.57 and following: no host has fewer, and no guest is told fewer.
  private static var leastUniformComponents: UInt32 { 1024 }

  mutating func fillTextures() {
    caps.maxTexture2DSize = wire(limits.maxTextureSize)
    caps.maxTexture3DSize = wire(limits.max3DTextureSize)
    caps.maxTextureCubeSize = wire(limits.maxCubeMapTextureSize)
    caps.maxTextureSamplers = Self.textureSamplers
    caps.readback = host.formats.readbackMask
    caps.scanout = host.formats.scanoutMask
    if policy.abilities.contains(.multisample) { caps.multisample = host.formats.multisampleMask }
    if has(.textureBuffer, .textureBuffers) {
      caps.textureBufferOffsetAlignment = wire(limits.textureBufferOffsetAlignment)
    }
  }

  mutating func fillStorage() {
    caps.uniformBufferOffsetAlignment = wire(limits.uniformBufferOffsetAlignment)
    caps.maxUniformBlockSize = wire(limits.maxUniformBlockSize)
    if hasShaderBuffers {
      caps.shaderBufferOffsetAlignment = wire(limits.shaderStorageBufferOffsetAlignment)
      caps.maxShaderBufferFragmentCompute = wire(limits.fragment.shaderStorageBlocks, atMost: Self.shaderSlotLimit)
      caps.maxShaderBufferOtherStages = wire(limits.vertex.shaderStorageBlocks, atMost: Self.shaderSlotLimit)
      caps.maxCombinedShaderBuffers = wire(limits.maxCombinedShaderStorageBlocks, atMost: Self.shaderSlotLimit)
      for stage in 0..<6 where hasStage(stage) {
        caps.maxShaderStorageBlocks[stage] =
          wire(limits.stage(stage).shaderStorageBlocks, atMost: Self.shaderSlotLimit)
      }
    }
    if hasImages {
      caps.maxShaderImageFragmentCompute = wire(limits.fragment.imageUniforms, atMost: Self.shaderSlotLimit)
      caps.maxShaderImageOtherStages = wire(limits.vertex.imageUniforms, atMost: Self.shaderSlotLimit)
      caps.maxImageSamples = wire(limits.maxImageSamples)
    }
    if hasAtomicCounters {
      for stage in 0..<6 where hasStage(stage) {
        caps.maxAtomicCounters[stage] = wire(limits.stage(stage).atomicCounters)
        caps.maxAtomicCounterBuffers[stage] =
          wire(limits.stage(stage).atomicCounterBuffers, atMost: Self.shaderSlotLimit)
      }
      caps.maxCombinedAtomicCounters = wire(limits.maxCombinedAtomicCounters)
      caps.maxCombinedAtomicCounterBuffers = wire(limits.maxCombinedAtomicCounterBuffers, atMost: Self.shaderSlotLimit)
    }
  }

  mutating func fillCompute() {
    guard hasCompute else { return }
    caps.maxComputeWorkGroupInvocations = wire(limits.maxComputeWorkGroupInvocations)
    caps.maxComputeSharedMemorySize = wire(limits.maxComputeSharedMemorySize)
    let count = limits.maxComputeWorkGroupCount
    caps.maxComputeGridSize = [wire(count.0), wire(count.1), wire(count.2)]
    let size = limits.maxComputeWorkGroupSize
    caps.maxComputeBlockSize = [wire(size.0), wire(size.1), wire(size.2)]
  }
}
