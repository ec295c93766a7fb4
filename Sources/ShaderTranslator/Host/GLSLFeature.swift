/// A capability of the shading language that a shader may need: requested by the planner, answered here.
///
/// Version numbers and extension names appear in this file only.
package enum GLSLFeature: UInt8, CaseIterable, Sendable {
  case bitCasts
  case explicitLocations
  case explicitBindings
  case dualSource
  case fragmentCoordConventions
  case geometryShader
  case geometryPointSize
  case geometryInvocations
  case vertexStreams
  case tessellation
  case tessellationPointSize
  case rectangleTextures
  case bufferTextures
  case multisampleTextures
  case multisampleArrayTextures
  case cubeArrayTextures
  case oneDimensionalTextures
  case gather
  case gatherComponent
  case gatherVariableOffset
  case queryLod
  case queryLevels
  case querySamples
  case queryImageSamples
  case shadowLod
  case bitfieldFunctions
  case packFunctions
  case packHalf
  case dynamicBlockIndex
  case dynamicSamplerIndex
  case dynamicMemoryIndex
  case precise
  case fusedMultiplyAdd
  case interpolationFunctions
  case sampleVariables
  case sampleMaskInput
  case doubles
  case images
  case imageSize
  case imageAtomics
  case imageFloatExchange
  case imageFormats
  case formatlessImageLoads
  case storageBuffers
  case atomicCounters
  case atomicCounterArithmetic
  case compute
  case memoryBarrier
  case typedMemoryBarriers
  case primitiveIDInFragment
  case layerInFragment
  case viewportInFragment
  case layerOutput
  case viewportOutput
  case layerFromVertex
  case viewportFromVertex
  case clipDistance
  case cullDistance
  case helperInvocation
  case fineDerivatives
  case drawParameters
  case groupVote
  case shaderClock
  case stencilExport
  case conservativeDepth
  case earlyTests
  case framebufferFetch
  case framebufferFetchNonCoherent
  case blendEquationAdvanced
  case noPerspective
  case integerMix
  case captureMarkers
  case shadowArrayOffset
}

/// How a host provides a feature.
package enum FeatureMeans: Hashable, Sendable {
  case core
  case extended(GLSLExtension)
  case missing
}

extension GLSLFeature {
  /// Whether the writer knows a substitute, so that a host without it still gets a text.
  var isOptional: Bool {
    switch self {
    case .fusedMultiplyAdd, .fineDerivatives, .queryLod, .queryLevels, .querySamples, .shadowLod, .precise, .integerMix,
      .noPerspective, .conservativeDepth, .geometryPointSize, .tessellationPointSize,
      .captureMarkers, .explicitLocations, .typedMemoryBarriers, .oneDimensionalTextures, .rectangleTextures,
      .shadowArrayOffset, .queryImageSamples, .dynamicSamplerIndex, .dynamicMemoryIndex:
      true
    default: false
    }
  }

  /// How `host` provides the feature; core wins over extensions, and the first listed extension over later ones.
  package func means(on host: HostProfile) -> FeatureMeans {
    let rule = host.isES ? embedded : desktop
    if rule.core != 0 && host.glslVersion >= rule.core { return .core }
    if let first = rule.first, host.extensions.contains(first) { return .extended(first) }
    if let second = rule.second, host.extensions.contains(second) { return .extended(second) }
    if let third = rule.third, host.extensions.contains(third) { return .extended(third) }
    return .missing
  }

  /// The version that has the feature in its core (0: none) and the extensions that add it to a lower one.
  private struct Rule {
    var core: UInt16
    var first: GLSLExtension?
    var second: GLSLExtension?
    var third: GLSLExtension?

    init(
      _ core: UInt16, _ first: GLSLExtension? = nil, _ second: GLSLExtension? = nil, _ third: GLSLExtension? = nil
    ) {
      self.core = core
      self.first = first
      self.second = second
      self.third = third
    }
  }

  private var desktop: Rule {
    switch self {
    case .bitCasts: Rule(330, .shaderBitEncoding, .gpuShader5ARB)
    case .explicitLocations: Rule(330, .explicitAttribLocation)
    case .explicitBindings: Rule(420, .shadingLanguage420pack)
    case .dualSource: Rule(330, .blendFuncExtendedARB)
    case .fragmentCoordConventions: Rule(150, .fragmentCoordConventions)
    case .geometryShader: Rule(150)
    case .geometryPointSize: Rule(150)
    case .geometryInvocations: Rule(400, .gpuShader5ARB)
    case .vertexStreams: Rule(400, .gpuShader5ARB)
    case .tessellation: Rule(400, .tessellationShaderARB)
    case .tessellationPointSize: Rule(400, .tessellationShaderARB)
    case .rectangleTextures: Rule(140, .textureRectangle)
    case .bufferTextures: Rule(140, .textureBufferObjectARB)
    case .multisampleTextures: Rule(150, .textureMultisample)
    case .multisampleArrayTextures: Rule(150, .textureMultisample)
    case .cubeArrayTextures: Rule(400, .textureCubeMapArrayARB)
    case .oneDimensionalTextures: Rule(130)
    case .gather: Rule(400, .textureGather, .gpuShader5ARB)
    case .gatherComponent: Rule(400, .gpuShader5ARB)
    case .gatherVariableOffset: Rule(400, .gpuShader5ARB)
    case .queryLod: Rule(400, .textureQueryLodARB)
    case .queryLevels: Rule(430, .textureQueryLevels)
    case .querySamples: Rule(450, .shaderTextureImageSamples)
    case .queryImageSamples: Rule(450, .shaderTextureImageSamples)
    case .shadowLod: Rule(0, .textureShadowLod)
    case .bitfieldFunctions: Rule(400, .gpuShader5ARB, .shaderIntegerFunctionsMESA)
    case .packFunctions: Rule(400, .shadingLanguagePacking)
    case .packHalf: Rule(420, .shadingLanguagePacking)
    case .dynamicBlockIndex: Rule(400, .gpuShader5ARB)
    case .dynamicSamplerIndex: Rule(400, .gpuShader5ARB)
    case .dynamicMemoryIndex: Rule(400, .gpuShader5ARB)
    case .precise: Rule(400, .gpuShader5ARB)
    case .fusedMultiplyAdd: Rule(400, .gpuShader5ARB)
    case .interpolationFunctions: Rule(400, .gpuShader5ARB)
    case .sampleVariables: Rule(400, .sampleShading)
    case .sampleMaskInput: Rule(400, .gpuShader5ARB)
    case .doubles: Rule(400, .gpuShaderFP64)
    case .images: Rule(420, .shaderImageLoadStore)
    case .imageSize: Rule(430, .shaderImageSize)
    case .imageAtomics: Rule(420, .shaderImageLoadStore)
    case .imageFloatExchange: Rule(450, .es31Compatibility)
    case .imageFormats: Rule(420, .shaderImageLoadStore)
    case .formatlessImageLoads: Rule(0, .shaderImageLoadFormatted)
    case .storageBuffers: Rule(430, .shaderStorageBufferObject)
    case .atomicCounters: Rule(420, .shaderAtomicCounters)
    case .atomicCounterArithmetic: Rule(460, .shaderAtomicCounterOps)
    case .compute: Rule(430, .computeShader)
    case .memoryBarrier: Rule(420, .shaderImageLoadStore)
    case .typedMemoryBarriers: Rule(430, .computeShader)
    case .primitiveIDInFragment: Rule(150)
    case .layerInFragment: Rule(430, .fragmentLayerViewport)
    case .viewportInFragment: Rule(430, .fragmentLayerViewport)
    case .layerOutput: Rule(150)
    case .viewportOutput: Rule(410, .viewportArrayARB)
    case .layerFromVertex: Rule(0, .shaderViewportLayerArray, .vertexShaderLayerAMD)
    case .viewportFromVertex: Rule(0, .shaderViewportLayerArray, .vertexShaderViewportIndexAMD)
    case .clipDistance: Rule(130)
    case .cullDistance: Rule(450, .cullDistance)
    case .helperInvocation: Rule(450, .es31Compatibility)
    case .fineDerivatives: Rule(450, .derivativeControl)
    case .drawParameters: Rule(460, .shaderDrawParameters)
    case .groupVote: Rule(460, .shaderGroupVoteARB)
    case .shaderClock: Rule(0, .shaderClock)
    case .stencilExport: Rule(0, .shaderStencilExport)
    case .conservativeDepth: Rule(420, .conservativeDepthARB)
    case .earlyTests: Rule(420, .shaderImageLoadStore)
    case .framebufferFetch: Rule(0, .framebufferFetch)
    case .framebufferFetchNonCoherent: Rule(0, .framebufferFetchNonCoherent)
    case .blendEquationAdvanced: Rule(0, .blendEquationAdvanced)
    case .noPerspective: Rule(130)
    case .integerMix: Rule(450, .es31Compatibility, .shaderIntegerMix)
    case .captureMarkers: Rule(400, .transformFeedback3)
    case .shadowArrayOffset: Rule(430, .textureShadowLod)
    }
  }

  private var embedded: Rule {
    switch self {
    case .bitCasts: Rule(300)
    case .explicitLocations: Rule(300)
    case .explicitBindings: Rule(310)
    case .dualSource: Rule(0, .blendFuncExtendedEXT)
    case .fragmentCoordConventions: Rule(0)
    case .geometryShader: Rule(320, .geometryShaderEXT, .geometryShaderOES)
    case .geometryPointSize: Rule(0, .geometryPointSizeEXT, .geometryPointSizeOES)
    case .geometryInvocations: Rule(320, .geometryShaderEXT, .geometryShaderOES)
    case .vertexStreams: Rule(0)
    case .tessellation: Rule(320, .tessellationShaderEXT, .tessellationShaderOES)
    case .tessellationPointSize: Rule(0, .tessellationPointSizeEXT, .tessellationPointSizeOES)
    case .rectangleTextures: Rule(0)
    case .bufferTextures: Rule(320, .textureBufferEXT, .textureBufferOES)
    case .multisampleTextures: Rule(310)
    case .multisampleArrayTextures: Rule(320, .textureStorageMultisample2DArray)
    case .cubeArrayTextures: Rule(320, .textureCubeMapArrayEXT, .textureCubeMapArrayOES)
    case .oneDimensionalTextures: Rule(0)
    case .gather: Rule(310)
    case .gatherComponent: Rule(310)
    case .gatherVariableOffset: Rule(320, .gpuShader5EXT, .gpuShader5OES)
    case .queryLod: Rule(0, .textureQueryLodEXT)
    case .queryLevels: Rule(0)
    case .querySamples: Rule(0)
    case .queryImageSamples: Rule(0)
    case .shadowLod: Rule(0, .textureShadowLod)
    case .bitfieldFunctions: Rule(310)
    case .packFunctions: Rule(310)
    case .packHalf: Rule(300)
    case .dynamicBlockIndex: Rule(320, .gpuShader5EXT, .gpuShader5OES)
    case .dynamicSamplerIndex: Rule(320, .gpuShader5EXT, .gpuShader5OES)
    // Images and storage blocks take constant indices only, in every version up to GLSL ES 3.20.
    case .dynamicMemoryIndex: Rule(0)
    case .precise: Rule(320, .gpuShader5EXT, .gpuShader5OES)
    case .fusedMultiplyAdd: Rule(320, .gpuShader5EXT, .gpuShader5OES)
    case .interpolationFunctions: Rule(320, .shaderMultisampleInterpolation)
    case .sampleVariables: Rule(320, .sampleVariables)
    case .sampleMaskInput: Rule(320, .sampleVariables)
    case .doubles: Rule(0)
    case .images: Rule(310)
    case .imageSize: Rule(310)
    case .imageAtomics: Rule(320, .shaderImageAtomic)
    case .imageFloatExchange: Rule(320, .shaderImageAtomic)
    case .imageFormats: Rule(0, .imageFormatsNV)
    case .formatlessImageLoads: Rule(0)
    case .storageBuffers: Rule(310)
    case .atomicCounters: Rule(310)
    case .atomicCounterArithmetic: Rule(0)
    case .compute: Rule(310)
    case .memoryBarrier: Rule(310)
    case .typedMemoryBarriers: Rule(310)
    case .primitiveIDInFragment: Rule(320, .geometryShaderEXT, .geometryShaderOES)
    case .layerInFragment: Rule(320, .geometryShaderEXT, .geometryShaderOES)
    case .viewportInFragment: Rule(0, .viewportArrayOES)
    case .layerOutput: Rule(320, .geometryShaderEXT, .geometryShaderOES)
    case .viewportOutput: Rule(0, .viewportArrayOES)
    case .layerFromVertex: Rule(0)
    case .viewportFromVertex: Rule(0)
    case .clipDistance: Rule(0, .clipCullDistanceEXT)
    case .cullDistance: Rule(0, .clipCullDistanceEXT)
    case .helperInvocation: Rule(310)
    case .fineDerivatives: Rule(0)
    case .drawParameters: Rule(0)
    case .groupVote: Rule(0, .shaderGroupVoteEXT)
    case .shaderClock: Rule(0, .shaderRealtimeClock)
    case .stencilExport: Rule(0, .shaderStencilExport)
    case .conservativeDepth: Rule(0, .conservativeDepthEXT)
    case .earlyTests: Rule(310)
    case .framebufferFetch: Rule(0, .framebufferFetch)
    case .framebufferFetchNonCoherent: Rule(0, .framebufferFetchNonCoherent)
    case .blendEquationAdvanced: Rule(320, .blendEquationAdvanced)
    case .noPerspective: Rule(0, .noperspectiveNV)
    case .integerMix: Rule(310, .shaderIntegerMix)
    case .captureMarkers: Rule(0)
    case .shadowArrayOffset: Rule(0, .textureShadowLod)
    }
  }
}
