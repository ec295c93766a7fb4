/// Abilities of the host's GL: each is on when the version has it or any of its extensions is there.
///
/// The set says what the host can do; what is offered to guests is decided in Vrend/Capset. Detected once
/// (`GLFeatures.detect`), constant afterwards. Entry points that belong to a feature may only be called with the
/// feature on: epoxy ends the process for a function that it cannot resolve.
public struct GLFeatures: OptionSet, Sendable {
  public let rawValue: UInt128
  @inlinable public init(rawValue: UInt128) { self.rawValue = rawValue }

  @inlinable init(bit: Int) { rawValue = 1 << UInt128(bit) }

  /// Buffer textures.
  @inlinable public static var textureBuffer: GLFeatures { GLFeatures(bit: 0) }
  /// Robust entry points with buffer sizes (desktop).
  @inlinable public static var robustness: GLFeatures { GLFeatures(bit: 1) }
  /// Immutable buffers that can stay mapped.
  @inlinable public static var bufferStorage: GLFeatures { GLFeatures(bit: 2) }
  @inlinable public static var arraysOfArrays: GLFeatures { GLFeatures(bit: 3) }
  @inlinable public static var atiMeminfo: GLFeatures { GLFeatures(bit: 4) }
  @inlinable public static var atomicCounters: GLFeatures { GLFeatures(bit: 5) }
  @inlinable public static var baseInstance: GLFeatures { GLFeatures(bit: 6) }
  /// glMemoryBarrier.
  @inlinable public static var memoryBarrier: GLFeatures { GLFeatures(bit: 7) }
  /// glBindVertexBuffers.
  @inlinable public static var bindVertexBuffers: GLFeatures { GLFeatures(bit: 8) }
  @inlinable public static var bitEncoding: GLFeatures { GLFeatures(bit: 9) }
  @inlinable public static var blendEquationAdvanced: GLFeatures { GLFeatures(bit: 10) }
  @inlinable public static var clearTexture: GLFeatures { GLFeatures(bit: 11) }
  @inlinable public static var clipControl: GLFeatures { GLFeatures(bit: 12) }
  @inlinable public static var computeShader: GLFeatures { GLFeatures(bit: 13) }
  @inlinable public static var copyImage: GLFeatures { GLFeatures(bit: 14) }
  @inlinable public static var conditionalRenderInverted: GLFeatures { GLFeatures(bit: 15) }
  @inlinable public static var conservativeDepth: GLFeatures { GLFeatures(bit: 16) }
  @inlinable public static var cubeMapArray: GLFeatures { GLFeatures(bit: 17) }
  @inlinable public static var cullDistance: GLFeatures { GLFeatures(bit: 18) }
  /// Debug callbacks, labels and markers.
  @inlinable public static var debugOutput: GLFeatures { GLFeatures(bit: 19) }
  @inlinable public static var drawInstanced: GLFeatures { GLFeatures(bit: 20) }
  /// gl_BaseVertex, gl_BaseInstance, gl_DrawID.
  @inlinable public static var drawParameters: GLFeatures { GLFeatures(bit: 21) }
  @inlinable public static var dualSourceBlend: GLFeatures { GLFeatures(bit: 22) }
  @inlinable public static var depthClamp: GLFeatures { GLFeatures(bit: 23) }
  @inlinable public static var enhancedLayouts: GLFeatures { GLFeatures(bit: 24) }
  /// glEGLImageTargetTexture2DOES.
  @inlinable public static var eglImage: GLFeatures { GLFeatures(bit: 25) }
  /// glEGLImageTargetTexStorageEXT.
  @inlinable public static var eglImageStorage: GLFeatures { GLFeatures(bit: 26) }
  @inlinable public static var framebufferNoAttachments: GLFeatures { GLFeatures(bit: 27) }
  @inlinable public static var framebufferFetch: GLFeatures { GLFeatures(bit: 28) }
  @inlinable public static var framebufferFetchNonCoherent: GLFeatures { GLFeatures(bit: 29) }
  @inlinable public static var geometryShader: GLFeatures { GLFeatures(bit: 30) }
  @inlinable public static var conditionalRender: GLFeatures { GLFeatures(bit: 31) }
  /// glPrimitiveRestartIndex, or the fixed index on ES.
  @inlinable public static var primitiveRestart: GLFeatures { GLFeatures(bit: 32) }
  @inlinable public static var primitiveRestartNV: GLFeatures { GLFeatures(bit: 33) }
  /// Robust entry points with buffer sizes (ES names, also on desktop).
  @inlinable public static var khrRobustness: GLFeatures { GLFeatures(bit: 34) }
  @inlinable public static var es31Compatibility: GLFeatures { GLFeatures(bit: 35) }
  @inlinable public static var vertexAttribBinding: GLFeatures { GLFeatures(bit: 36) }
  @inlinable public static var gpuShader5: GLFeatures { GLFeatures(bit: 37) }
  @inlinable public static var groupVote: GLFeatures { GLFeatures(bit: 38) }
  /// Shader images.
  @inlinable public static var images: GLFeatures { GLFeatures(bit: 39) }
  /// Blend enables and masks per target.
  @inlinable public static var independentBlend: GLFeatures { GLFeatures(bit: 40) }
  /// Blend functions per target.
  @inlinable public static var independentBlendFunc: GLFeatures { GLFeatures(bit: 41) }
  @inlinable public static var indirectDraw: GLFeatures { GLFeatures(bit: 42) }
  /// Draw counts from a buffer.
  @inlinable public static var indirectParameters: GLFeatures { GLFeatures(bit: 43) }
  @inlinable public static var memoryObject: GLFeatures { GLFeatures(bit: 44) }
  @inlinable public static var memoryObjectFD: GLFeatures { GLFeatures(bit: 45) }
  @inlinable public static var packInvert: GLFeatures { GLFeatures(bit: 46) }
  @inlinable public static var scaledMultisampleBlit: GLFeatures { GLFeatures(bit: 47) }
  @inlinable public static var multiDrawIndirect: GLFeatures { GLFeatures(bit: 48) }
  @inlinable public static var noperspectiveInterpolation: GLFeatures { GLFeatures(bit: 49) }
  @inlinable public static var nvxMemoryInfo: GLFeatures { GLFeatures(bit: 50) }
  @inlinable public static var pipelineStatisticsQuery: GLFeatures { GLFeatures(bit: 51) }
  @inlinable public static var polygonOffsetClamp: GLFeatures { GLFeatures(bit: 52) }
  /// Counting occlusion queries.
  @inlinable public static var occlusionQuery: GLFeatures { GLFeatures(bit: 53) }
  @inlinable public static var occlusionQueryBoolean: GLFeatures { GLFeatures(bit: 54) }
  /// Query results written into buffers.
  @inlinable public static var queryBuffer: GLFeatures { GLFeatures(bit: 55) }
  @inlinable public static var robustBufferAccess: GLFeatures { GLFeatures(bit: 56) }
  @inlinable public static var sampleMask: GLFeatures { GLFeatures(bit: 57) }
  @inlinable public static var sampleShading: GLFeatures { GLFeatures(bit: 58) }
  @inlinable public static var samplerObjects: GLFeatures { GLFeatures(bit: 59) }
  @inlinable public static var samplerBorderColor: GLFeatures { GLFeatures(bit: 60) }
  @inlinable public static var separateShaderObjects: GLFeatures { GLFeatures(bit: 61) }
  @inlinable public static var shaderClock: GLFeatures { GLFeatures(bit: 62) }
  @inlinable public static var shaderStorageBuffer: GLFeatures { GLFeatures(bit: 63) }
  /// GL_FRAMEBUFFER_SRGB can be switched.
  @inlinable public static var srgbWriteControl: GLFeatures { GLFeatures(bit: 64) }
  @inlinable public static var stencilTexturing: GLFeatures { GLFeatures(bit: 65) }
  @inlinable public static var textureStorageMultisample: GLFeatures { GLFeatures(bit: 66) }
  @inlinable public static var tessellation: GLFeatures { GLFeatures(bit: 67) }
  @inlinable public static var textureArray: GLFeatures { GLFeatures(bit: 68) }
  @inlinable public static var textureBarrier: GLFeatures { GLFeatures(bit: 69) }
  @inlinable public static var textureBufferRange: GLFeatures { GLFeatures(bit: 70) }
  @inlinable public static var textureGather: GLFeatures { GLFeatures(bit: 71) }
  @inlinable public static var mirrorClampToEdge: GLFeatures { GLFeatures(bit: 72) }
  @inlinable public static var mirrorClamp: GLFeatures { GLFeatures(bit: 73) }
  @inlinable public static var mirrorClampToBorder: GLFeatures { GLFeatures(bit: 74) }
  @inlinable public static var textureMultisample: GLFeatures { GLFeatures(bit: 75) }
  @inlinable public static var textureQueryLOD: GLFeatures { GLFeatures(bit: 76) }
  @inlinable public static var textureShadowLOD: GLFeatures { GLFeatures(bit: 77) }
  @inlinable public static var textureSRGBDecode: GLFeatures { GLFeatures(bit: 78) }
  @inlinable public static var textureStorage: GLFeatures { GLFeatures(bit: 79) }
  @inlinable public static var textureView: GLFeatures { GLFeatures(bit: 80) }
  @inlinable public static var timerQuery: GLFeatures { GLFeatures(bit: 81) }
  @inlinable public static var transformFeedback: GLFeatures { GLFeatures(bit: 82) }
  /// Feedback objects, pause and resume.
  @inlinable public static var transformFeedback2: GLFeatures { GLFeatures(bit: 83) }
  /// Several vertex streams.
  @inlinable public static var transformFeedback3: GLFeatures { GLFeatures(bit: 84) }
  /// Instanced draws of as many vertices as were captured.
  @inlinable public static var transformFeedbackInstanced: GLFeatures { GLFeatures(bit: 127) }
  @inlinable public static var transformFeedbackOverflowQuery: GLFeatures { GLFeatures(bit: 85) }
  /// textureSamples() in shaders.
  @inlinable public static var textureSampleCountQuery: GLFeatures { GLFeatures(bit: 86) }
  @inlinable public static var uniformBuffer: GLFeatures { GLFeatures(bit: 87) }
  @inlinable public static var viewportArray: GLFeatures { GLFeatures(bit: 88) }
  @inlinable public static var implicitMultisample: GLFeatures { GLFeatures(bit: 89) }
  @inlinable public static var anisotropicFilter: GLFeatures { GLFeatures(bit: 90) }
  @inlinable public static var seamlessCubeMapPerTexture: GLFeatures { GLFeatures(bit: 91) }
  @inlinable public static var vertexShaderLayer: GLFeatures { GLFeatures(bit: 92) }
  @inlinable public static var vertexShaderViewportIndex: GLFeatures { GLFeatures(bit: 93) }
  @inlinable public static var baseVertex: GLFeatures { GLFeatures(bit: 94) }
  /// Attribute divisors.
  @inlinable public static var instancedArrays: GLFeatures { GLFeatures(bit: 95) }
  @inlinable public static var provokingVertex: GLFeatures { GLFeatures(bit: 96) }
  @inlinable public static var fragmentCoordConventions: GLFeatures { GLFeatures(bit: 97) }
  @inlinable public static var seamlessCubeMap: GLFeatures { GLFeatures(bit: 98) }
  /// Stencil written by fragment shaders.
  @inlinable public static var stencilExport: GLFeatures { GLFeatures(bit: 99) }
  @inlinable public static var derivativeControl: GLFeatures { GLFeatures(bit: 100) }
  @inlinable public static var gpuShaderFP64: GLFeatures { GLFeatures(bit: 101) }
  /// R11G11B10 floats as vertex attributes.
  @inlinable public static var vertexPackedFloat: GLFeatures { GLFeatures(bit: 102) }
  @inlinable public static var fenceSync: GLFeatures { GLFeatures(bit: 103) }
  @inlinable public static var textureSwizzle: GLFeatures { GLFeatures(bit: 104) }
  @inlinable public static var getTextureSubImage: GLFeatures { GLFeatures(bit: 105) }
  @inlinable public static var clearBufferObject: GLFeatures { GLFeatures(bit: 106) }
  @inlinable public static var invalidateSubdata: GLFeatures { GLFeatures(bit: 107) }
  @inlinable public static var shaderImageSize: GLFeatures { GLFeatures(bit: 108) }
  /// ES: the image formats of desktop GL.
  @inlinable public static var imageFormatsNV: GLFeatures { GLFeatures(bit: 109) }
  @inlinable public static var geometryPointSize: GLFeatures { GLFeatures(bit: 110) }
  @inlinable public static var parallelShaderCompile: GLFeatures { GLFeatures(bit: 111) }
  /// Float formats are renderable.
  @inlinable public static var colorBufferFloat: GLFeatures { GLFeatures(bit: 112) }
  /// ES: glReadPixels of depth.
  @inlinable public static var readDepthNV: GLFeatures { GLFeatures(bit: 113) }
  /// ES: glReadPixels of depth and stencil.
  @inlinable public static var readDepthStencilNV: GLFeatures { GLFeatures(bit: 114) }
  /// ES: glReadPixels of stencil.
  @inlinable public static var readStencilNV: GLFeatures { GLFeatures(bit: 115) }
  @inlinable public static var compressionS3TC: GLFeatures { GLFeatures(bit: 116) }
  /// On desktop GL part of `compressionS3TC`.
  @inlinable public static var compressionS3TCsRGB: GLFeatures { GLFeatures(bit: 117) }
  @inlinable public static var compressionRGTC: GLFeatures { GLFeatures(bit: 118) }
  @inlinable public static var compressionBPTC: GLFeatures { GLFeatures(bit: 119) }
  @inlinable public static var compressionETC2: GLFeatures { GLFeatures(bit: 120) }
  @inlinable public static var compressionASTC: GLFeatures { GLFeatures(bit: 121) }
  @inlinable public static var compressionASTCSliced3D: GLFeatures { GLFeatures(bit: 122) }
  /// 16-bit normalised textures, and with them buffer textures and images.
  @inlinable public static var textureNorm16: GLFeatures { GLFeatures(bit: 123) }
  /// More than steps by one on atomic counters.
  @inlinable public static var atomicCounterOps: GLFeatures { GLFeatures(bit: 124) }
  /// glGetProgramBinary; the driver may still offer no format.
  @inlinable public static var programBinary: GLFeatures { GLFeatures(bit: 125) }
}
