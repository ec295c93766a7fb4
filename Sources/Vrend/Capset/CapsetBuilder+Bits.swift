import GLDriver
import WireFormat

extension CapsetBuilder {
  /// The bits of `capability_bits`.
  func capabilityBits() -> CapabilityBits {
    var bits = CapabilityBits()
    func add(_ bit: CapabilityBits, if condition: Bool = true) { if condition { bits.insert(bit) } }
    // What the shader translator always understands.
    add(.tgsiInvariant)
    add(.tgsiPrecise)
    add(.tgsiComponents)
    add(.indirectInputAddressing)
    add(.setMinSamples)
    add(.guestMayInitLog, if: policy.abilities.contains(.guestDebugFlags))
    add(.appTweaks, if: policy.abilities.contains(.tweaks))
    add(.transfer, if: policy.abilities.contains(.inlineTransfers))
    add(.copyTransfer, if: policy.abilities.contains(.copyTransfer))
    add(.textureView, if: has(.textureView, .textureViews))
    add(.copyImage, if: has(.copyImage, .copyImage))
    add(.textureSampleCountQuery, if: has(.textureSampleCountQuery, .multisample))
    add(.memoryBarrier, if: has(.memoryBarrier, .barriers))
    add(.textureBarrier, if: has(.textureBarrier, .barriers))
    add(.computeShader, if: hasCompute)
    add(.framebufferNoAttachments, if: has(.framebufferNoAttachments, .framebufferNoAttachments))
    add(.robustBufferAccess, if: has(.robustBufferAccess))
    add(.framebufferFetch, if: has(.framebufferFetch, .framebufferFetch))
    add(.shaderClock, if: has(.shaderClock, .shaderClock))
    add(.srgbWriteControl, if: has(.srgbWriteControl, .srgbWriteControl) && policy.hasColorSpaceControl)
    add(.queryBuffer, if: has(.queryBuffer, .queryBuffers))
    add(.mixedColorFormats, if: host.mixesColorFormats)
    // Guests that see this bit leave out every instruction on doubles.
    add(.hostIsGLES, if: host.isES && !emulatesDoubles)
    add(.bindCommandArgs, if: has(.indirectDraw, .indirectDraw))
    add(.multiDrawIndirect, if: has(.multiDrawIndirect, .indirectDraw))
    add(.indirectParameters, if: has(.indirectParameters, .indirectDraw))
    add(.transformFeedback3, if: hasStreamOutput && has(.transformFeedback3))
    add(.astcSliced3D, if: has(.compressionASTCSliced3D))
    add(.clipHalfZ, if: has(.clipControl))
    add(.clearTexture, if: has(.clearTexture, .clearTexture))
    add(.bufferStorage, if: has(.bufferStorage, .bufferStorageMapping))
    return bits
  }

  func capabilityBitsV2() -> CapabilityBitsV2 {
    var bits = CapabilityBitsV2()
    func add(_ bit: CapabilityBitsV2, if condition: Bool) { if condition { bits.insert(bit) } }
    add(.blendEquation, if: has(.blendEquationAdvanced, .blendEquationAdvanced))
    add(.untypedResource, if: policy.abilities.contains(.untypedResources))
    add(.videoMemory, if: policy.videoMemoryMiB != nil || limits.dedicatedVideoMemoryKiB > 0)
    add(.memoryInfo, if: (has(.atiMeminfo) || has(.nvxMemoryInfo)) && policy.abilities.contains(.memoryInfo))
    add(.stringMarker, if: has(.debugOutput, .stringMarkers))
    add(.differentGPU, if: policy.differentGPU)
    add(.implicitMultisample, if: has(.implicitMultisample, .implicitMultisample))
    add(.copyTransferBothDirections, if: policy.abilities.isSuperset(of: [.copyTransfer, .copyTransferBothDirections]))
    add(.scanoutUsesGBM, if: policy.scanoutUsesGBM)
    add(.separableShaders, if: has(.separateShaderObjects, .separableShaders))
    add(.textureShadowLOD, if: has(.textureShadowLOD))
    add(.vertexShaderLayer, if: has(.vertexShaderLayer, .vertexShaderLayerAndViewport))
    add(.vertexShaderViewportIndex, if: has(.vertexShaderViewportIndex, .vertexShaderLayerAndViewport))
    add(.pipelineStatisticsQuery, if: has(.pipelineStatisticsQuery, .pipelineStatistics))
    add(.drawParameters, if: has(.drawParameters, .drawParameters))
    add(.groupVote, if: has(.groupVote, .groupVote))
    add(.mirrorClampToEdge, if: has(.mirrorClampToEdge))
    add(.mirrorClamp, if: has(.mirrorClamp))
    add(.resourceLayout, if: policy.abilities.contains(.resourceLayout))
    return bits
  }
}
