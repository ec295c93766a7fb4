/// The booleans of capability set 1 (`bset`), by bit. Names are the field's.
package struct CapsetFeatureBits: OptionSet, Sendable {
  package let rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  package static let independentBlendEnable = CapsetFeatureBits(rawValue: 1 << 0)
  package static let independentBlendFunc = CapsetFeatureBits(rawValue: 1 << 1)
  package static let cubeMapArray = CapsetFeatureBits(rawValue: 1 << 2)
  package static let shaderStencilExport = CapsetFeatureBits(rawValue: 1 << 3)
  package static let conditionalRender = CapsetFeatureBits(rawValue: 1 << 4)
  package static let startInstance = CapsetFeatureBits(rawValue: 1 << 5)
  package static let primitiveRestart = CapsetFeatureBits(rawValue: 1 << 6)
  // Bits 7 (blend_eq_sep) and 9 (vertex_element_instance_divisor): guests assume them, no host sets them.
  package static let instanceID = CapsetFeatureBits(rawValue: 1 << 8)
  package static let seamlessCubeMap = CapsetFeatureBits(rawValue: 1 << 10)
  package static let occlusionQuery = CapsetFeatureBits(rawValue: 1 << 11)
  package static let timerQuery = CapsetFeatureBits(rawValue: 1 << 12)
  package static let streamOutputPauseResume = CapsetFeatureBits(rawValue: 1 << 13)
  package static let textureMultisample = CapsetFeatureBits(rawValue: 1 << 14)
  package static let fragmentCoordConventions = CapsetFeatureBits(rawValue: 1 << 15)
  package static let depthClipDisable = CapsetFeatureBits(rawValue: 1 << 16)
  package static let seamlessCubeMapPerTexture = CapsetFeatureBits(rawValue: 1 << 17)
  // Bits 18 (ubo) and 19 (color_clamping): no host sets them.
  package static let polygonStipple = CapsetFeatureBits(rawValue: 1 << 20)
  package static let mirrorClamp = CapsetFeatureBits(rawValue: 1 << 21)
  package static let textureQueryLOD = CapsetFeatureBits(rawValue: 1 << 22)
  package static let doubles = CapsetFeatureBits(rawValue: 1 << 23)
  package static let tessellation = CapsetFeatureBits(rawValue: 1 << 24)
  package static let indirectDraw = CapsetFeatureBits(rawValue: 1 << 25)
  package static let sampleShading = CapsetFeatureBits(rawValue: 1 << 26)
  package static let cullDistance = CapsetFeatureBits(rawValue: 1 << 27)
  package static let conditionalRenderInverted = CapsetFeatureBits(rawValue: 1 << 28)
  package static let derivativeControl = CapsetFeatureBits(rawValue: 1 << 29)
  package static let polygonOffsetClamp = CapsetFeatureBits(rawValue: 1 << 30)
  package static let streamOutputOverflowQuery = CapsetFeatureBits(rawValue: 1 << 31)
}

/// `capability_bits` of capability set 2 (`VIRGL_CAP_*`).
package struct CapabilityBits: OptionSet, Sendable {
  package let rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  package static let tgsiInvariant = CapabilityBits(rawValue: 1 << 0)
  package static let textureView = CapabilityBits(rawValue: 1 << 1)
  package static let setMinSamples = CapabilityBits(rawValue: 1 << 2)
  package static let copyImage = CapabilityBits(rawValue: 1 << 3)
  package static let tgsiPrecise = CapabilityBits(rawValue: 1 << 4)
  package static let textureSampleCountQuery = CapabilityBits(rawValue: 1 << 5)
  package static let memoryBarrier = CapabilityBits(rawValue: 1 << 6)
  package static let computeShader = CapabilityBits(rawValue: 1 << 7)
  package static let framebufferNoAttachments = CapabilityBits(rawValue: 1 << 8)
  package static let robustBufferAccess = CapabilityBits(rawValue: 1 << 9)
  package static let framebufferFetch = CapabilityBits(rawValue: 1 << 10)
  package static let shaderClock = CapabilityBits(rawValue: 1 << 11)
  package static let textureBarrier = CapabilityBits(rawValue: 1 << 12)
  package static let tgsiComponents = CapabilityBits(rawValue: 1 << 13)
  package static let guestMayInitLog = CapabilityBits(rawValue: 1 << 14)
  package static let srgbWriteControl = CapabilityBits(rawValue: 1 << 15)
  package static let queryBuffer = CapabilityBits(rawValue: 1 << 16)
  package static let transfer = CapabilityBits(rawValue: 1 << 17)
  package static let mixedColorFormats = CapabilityBits(rawValue: 1 << 18)
  package static let hostIsGLES = CapabilityBits(rawValue: 1 << 19)
  package static let bindCommandArgs = CapabilityBits(rawValue: 1 << 20)
  package static let multiDrawIndirect = CapabilityBits(rawValue: 1 << 21)
  package static let indirectParameters = CapabilityBits(rawValue: 1 << 22)
  package static let transformFeedback3 = CapabilityBits(rawValue: 1 << 23)
  package static let astcSliced3D = CapabilityBits(rawValue: 1 << 24)
  package static let indirectInputAddressing = CapabilityBits(rawValue: 1 << 25)
  package static let copyTransfer = CapabilityBits(rawValue: 1 << 26)
  package static let clipHalfZ = CapabilityBits(rawValue: 1 << 27)
  package static let appTweaks = CapabilityBits(rawValue: 1 << 28)
  // Bit 29 (BGRA_SRGB_IS_EMULATED) is obsolete.
  package static let clearTexture = CapabilityBits(rawValue: 1 << 30)
  package static let bufferStorage = CapabilityBits(rawValue: 1 << 31)
}

/// `capability_bits_v2` of capability set 2 (`VIRGL_CAP_V2_*`).
package struct CapabilityBitsV2: OptionSet, Sendable {
  package let rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  package static let blendEquation = CapabilityBitsV2(rawValue: 1 << 0)
  package static let untypedResource = CapabilityBitsV2(rawValue: 1 << 1)
  package static let videoMemory = CapabilityBitsV2(rawValue: 1 << 2)
  package static let memoryInfo = CapabilityBitsV2(rawValue: 1 << 3)
  package static let stringMarker = CapabilityBitsV2(rawValue: 1 << 4)
  package static let differentGPU = CapabilityBitsV2(rawValue: 1 << 5)
  package static let implicitMultisample = CapabilityBitsV2(rawValue: 1 << 6)
  package static let copyTransferBothDirections = CapabilityBitsV2(rawValue: 1 << 7)
  package static let scanoutUsesGBM = CapabilityBitsV2(rawValue: 1 << 8)
  package static let separableShaders = CapabilityBitsV2(rawValue: 1 << 9)
  package static let textureShadowLOD = CapabilityBitsV2(rawValue: 1 << 10)
  package static let vertexShaderLayer = CapabilityBitsV2(rawValue: 1 << 11)
  package static let vertexShaderViewportIndex = CapabilityBitsV2(rawValue: 1 << 12)
  package static let pipelineStatisticsQuery = CapabilityBitsV2(rawValue: 1 << 13)
  package static let drawParameters = CapabilityBitsV2(rawValue: 1 << 14)
  package static let groupVote = CapabilityBitsV2(rawValue: 1 << 15)
  package static let mirrorClampToEdge = CapabilityBitsV2(rawValue: 1 << 16)
  package static let mirrorClamp = CapabilityBitsV2(rawValue: 1 << 17)
  package static let resourceLayout = CapabilityBitsV2(rawValue: 1 << 18)
  package static let queryFormatModifier = CapabilityBitsV2(rawValue: 1 << 19)
}
