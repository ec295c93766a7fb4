/// Abilities of the host's GL: each is on when the version has it or any of its extensions is there.
///
/// The set says what the host can do; what is offered to guests is decided in Vrend/Capset. Detected once
/// (`GLFeatures.detect`), constant afterwards. Entry points that belong to a feature may only be called with the
/// feature on: epoxy ends the process for a function that it cannot resolve.
package struct GLFeatures: OptionSet, Sendable {
  package let rawValue: UInt128
  @inlinable package init(rawValue: UInt128) { self.rawValue = rawValue }

  @usableFromInline init(bit: Int) { rawValue = 1 << UInt128(bit) }

  /// Buffer textures.
  @inlinable package static var textureBuffer: GLFeatures { GLFeatures(bit: 0) }
  /// Robust entry points with buffer sizes (desktop).
  @inlinable package static var robustness: GLFeatures { GLFeatures(bit: 1) }
  /// Immutable buffers that can stay mapped.
  @inlinable package static var bufferStorage: GLFeatures { GLFeatures(bit: 2) }
  @inlinable package static var arraysOfArrays: GLFeatures { GLFeatures(bit: 3) }
  @inlinable package static var atiMeminfo: GLFeatures { GLFeatures(bit: 4) }
  @inlinable package static var atomicCounters: GLFeatures { GLFeatures(bit: 5) }
  @inlinable package static var baseInstance: GLFeatures { GLFeatures(bit: 6) }
  /// glMemoryBarrier.
  @inlinable package static var memoryBarrier: GLFeatures { GLFeatures(bit: 7) }
  /// glBindVertexBuffers.
  @inlinable package static var bindVertexBuffers: GLFeatures { GLFeatures(bit: 8) }
  @inlinable package static var bitEncoding: GLFeatures { GLFeatures(bit: 9) }
  @inlinable package static var blendEquationAdvanced: GLFeatures { GLFeatures(bit: 10) }
  @inlinable package static var clearTexture: GLFeatures { GLFeatures(bit: 11) }
  @inlinable package static var clipControl: GLFeatures { GLFeatures(bit: 12) }
  @inlinable package static var computeShader: GLFeatures { GLFeatures(bit: 13) }
  @inlinable package static var copyImage: GLFeatures { GLFeatures(bit: 14) }
  @inlinable package static var conditionalRenderInverted: GLFeatures { GLFeatures(bit: 15) }
  @inlinable package static var conservativeDepth: GLFeatures { GLFeatures(bit: 16) }
  @inlinable package static var cubeMapArray: GLFeatures { GLFeatures(bit: 17) }
  @inlinable package static var cullDistance: GLFeatures { GLFeatures(bit: 18) }
  /// Debug callbacks, labels and markers.
  @inlinable package static var debugOutput: GLFeatures { GLFeatures(bit: 19) }
  @inlinable package static var drawInstanced: GLFeatures { GLFeatures(bit: 20) }
  /// gl_BaseVertex, gl_BaseInstance, gl_DrawID.
  @inlinable package static var drawParameters: GLFeatures { GLFeatures(bit: 21) }
  @inlinable package static var dualSourceBlend: GLFeatures { GLFeatures(bit: 22) }
  @inlinable package static var depthClamp: GLFeatures { GLFeatures(bit: 23) }
  @inlinable package static var enhancedLayouts: GLFeatures { GLFeatures(bit: 24) }
  /// glEGLImageTargetTexture2DOES.
  @inlinable package static var eglImage: GLFeatures { GLFeatures(bit: 25) }
  /// glEGLImageTargetTexStorageEXT.
  @inlinable package static var eglImageStorage: GLFeatures { GLFeatures(bit: 26) }
  @inlinable package static var framebufferNoAttachments: GLFeatures { GLFeatures(bit: 27) }
  @inlinable package static var framebufferFetch: GLFeatures { GLFeatures(bit: 28) }
  @inlinable package static var framebufferFetchNonCoherent: GLFeatures { GLFeatures(bit: 29) }
  @inlinable package static var geometryShader: GLFeatures { GLFeatures(bit: 30) }
  @inlinable package static var conditionalRender: GLFeatures { GLFeatures(bit: 31) }
  /// glPrimitiveRestartIndex, or the fixed index on ES.
  @inlinable package static var primitiveRestart: GLFeatures { GLFeatures(bit: 32) }
  @inlinable package static var primitiveRestartNV: GLFeatures { GLFeatures(bit: 33) }
  /// Robust entry points with buffer sizes (ES names, also on desktop).
  @inlinable package static var khrRobustness: GLFeatures { GLFeatures(bit: 34) }
  @inlinable package static var es31Compatibility: GLFeatures { GLFeatures(bit: 35) }
  @inlinable package static var vertexAttribBinding: GLFeatures { GLFeatures(bit: 36) }
  @inlinable package static var gpuShader5: GLFeatures { GLFeatures(bit: 37) }
  @inlinable package static var groupVote: GLFeatures { GLFeatures(bit: 38) }
  /// Shader images.
  @inlinable package static var images: GLFeatures { GLFeatures(bit: 39) }
  /// Blend enables and masks per target.
  @inlinable package static var independentBlend: GLFeatures { GLFeatures(bit: 40) }
  /// Blend functions per target.
  @inlinable package static var independentBlendFunc: GLFeatures { GLFeatures(bit: 41) }
  @inlinable package static var indirectDraw: GLFeatures { GLFeatures(bit: 42) }
  /// Draw counts from a buffer.
  @inlinable package static var indirectParameters: GLFeatures { GLFeatures(bit: 43) }
  @inlinable package static var memoryObject: GLFeatures { GLFeatures(bit: 44) }
  @inlinable package static var memoryObjectFD: GLFeatures { GLFeatures(bit: 45) }
  @inlinable package static var packInvert: GLFeatures { GLFeatures(bit: 46) }
  @inlinable package static var scaledMultisampleBlit: GLFeatures { GLFeatures(bit: 47) }
  @inlinable package static var multiDrawIndirect: GLFeatures { GLFeatures(bit: 48) }
  @inlinable package static var noperspectiveInterpolation: GLFeatures { GLFeatures(bit: 49) }
  @inlinable package static var nvxMemoryInfo: GLFeatures { GLFeatures(bit: 50) }
  @inlinable package static var pipelineStatisticsQuery: GLFeatures { GLFeatures(bit: 51) }
  @inlinable package static var polygonOffsetClamp: GLFeatures { GLFeatures(bit: 52) }
  /// Counting occlusion queries.
  @inlinable package static var occlusionQuery: GLFeatures { GLFeatures(bit: 53) }
  @inlinable package static var occlusionQueryBoolean: GLFeatures { GLFeatures(bit: 54) }
  /// Query results written into buffers.
  @inlinable package static var queryBuffer: GLFeatures { GLFeatures(bit: 55) }
  @inlinable package static var robustBufferAccess: GLFeatures { GLFeatures(bit: 56) }
  @inlinable package static var sampleMask: GLFeatures { GLFeatures(bit: 57) }
  @inlinable package static var sampleShading: GLFeatures { GLFeatures(bit: 58) }
  @inlinable package static var samplerObjects: GLFeatures { GLFeatures(bit: 59) }
  @inlinable package static var samplerBorderColor: GLFeatures { GLFeatures(bit: 60) }
  @inlinable package static var separateShaderObjects: GLFeatures { GLFeatures(bit: 61) }
  @inlinable package static var shaderClock: GLFeatures { GLFeatures(bit: 62) }
  @inlinable package static var shaderStorageBuffer: GLFeatures { GLFeatures(bit: 63) }
  /// GL_FRAMEBUFFER_SRGB can be switched.
  @inlinable package static var srgbWriteControl: GLFeatures { GLFeatures(bit: 64) }
  @inlinable package static var stencilTexturing: GLFeatures { GLFeatures(bit: 65) }
  @inlinable package static var textureStorageMultisample: GLFeatures { GLFeatures(bit: 66) }
  @inlinable package static var tessellation: GLFeatures { GLFeatures(bit: 67) }
  @inlinable package static var textureArray: GLFeatures { GLFeatures(bit: 68) }
  @inlinable package static var textureBarrier: GLFeatures { GLFeatures(bit: 69) }
  @inlinable package static var textureBufferRange: GLFeatures { GLFeatures(bit: 70) }
  @inlinable package static var textureGather: GLFeatures { GLFeatures(bit: 71) }
  @inlinable package static var mirrorClampToEdge: GLFeatures { GLFeatures(bit: 72) }
  @inlinable package static var mirrorClamp: GLFeatures { GLFeatures(bit: 73) }
  @inlinable package static var mirrorClampToBorder: GLFeatures { GLFeatures(bit: 74) }
  @inlinable package static var textureMultisample: GLFeatures { GLFeatures(bit: 75) }
  @inlinable package static var textureQueryLOD: GLFeatures { GLFeatures(bit: 76) }
  @inlinable package static var textureShadowLOD: GLFeatures { GLFeatures(bit: 77) }
  @inlinable package static var textureSRGBDecode: GLFeatures { GLFeatures(bit: 78) }
  @inlinable package static var textureStorage: GLFeatures { GLFeatures(bit: 79) }
  @inlinable package static var textureView: GLFeatures { GLFeatures(bit: 80) }
  @inlinable package static var timerQuery: GLFeatures { GLFeatures(bit: 81) }
  @inlinable package static var transformFeedback: GLFeatures { GLFeatures(bit: 82) }
  /// Feedback objects, pause and resume.
  @inlinable package static var transformFeedback2: GLFeatures { GLFeatures(bit: 83) }
  /// Several vertex streams.
  @inlinable package static var transformFeedback3: GLFeatures { GLFeatures(bit: 84) }
  /// Instanced draws of as many vertices as were captured.
  @inlinable package static var transformFeedbackInstanced: GLFeatures { GLFeatures(bit: 127) }
  @inlinable package static var transformFeedbackOverflowQuery: GLFeatures { GLFeatures(bit: 85) }
  /// textureSamples() in shaders.
  @inlinable package static var textureSampleCountQuery: GLFeatures { GLFeatures(bit: 86) }
  @inlinable package static var uniformBuffer: GLFeatures { GLFeatures(bit: 87) }
  @inlinable package static var viewportArray: GLFeatures { GLFeatures(bit: 88) }
  @inlinable package static var implicitMultisample: GLFeatures { GLFeatures(bit: 89) }
  @inlinable package static var anisotropicFilter: GLFeatures { GLFeatures(bit: 90) }
  @inlinable package static var seamlessCubeMapPerTexture: GLFeatures { GLFeatures(bit: 91) }
  @inlinable package static var vertexShaderLayer: GLFeatures { GLFeatures(bit: 92) }
  @inlinable package static var vertexShaderViewportIndex: GLFeatures { GLFeatures(bit: 93) }
  @inlinable package static var baseVertex: GLFeatures { GLFeatures(bit: 94) }
  /// Attribute divisors.
  @inlinable package static var instancedArrays: GLFeatures { GLFeatures(bit: 95) }
  @inlinable package static var provokingVertex: GLFeatures { GLFeatures(bit: 96) }
  @inlinable package static var fragmentCoordConventions: GLFeatures { GLFeatures(bit: 97) }
  @inlinable package static var seamlessCubeMap: GLFeatures { GLFeatures(bit: 98) }
  /// Stencil written by fragment shaders.
  @inlinable package static var stencilExport: GLFeatures { GLFeatures(bit: 99) }
  @inlinable package static var derivativeControl: GLFeatures { GLFeatures(bit: 100) }
  @inlinable package static var gpuShaderFP64: GLFeatures { GLFeatures(bit: 101) }
  /// R11G11B10 floats as vertex attributes.
  @inlinable package static var vertexPackedFloat: GLFeatures { GLFeatures(bit: 102) }
  @inlinable package static var fenceSync: GLFeatures { GLFeatures(bit: 103) }
  @inlinable package static var textureSwizzle: GLFeatures { GLFeatures(bit: 104) }
  @inlinable package static var getTextureSubImage: GLFeatures { GLFeatures(bit: 105) }
  @inlinable package static var clearBufferObject: GLFeatures { GLFeatures(bit: 106) }
  @inlinable package static var invalidateSubdata: GLFeatures { GLFeatures(bit: 107) }
  @inlinable package static var shaderImageSize: GLFeatures { GLFeatures(bit: 108) }
  /// ES: the image formats of desktop GL.
  @inlinable package static var imageFormatsNV: GLFeatures { GLFeatures(bit: 109) }
  @inlinable package static var geometryPointSize: GLFeatures { GLFeatures(bit: 110) }
  @inlinable package static var parallelShaderCompile: GLFeatures { GLFeatures(bit: 111) }
  /// Float formats are renderable.
  @inlinable package static var colorBufferFloat: GLFeatures { GLFeatures(bit: 112) }
  /// ES: glReadPixels of depth.
  @inlinable package static var readDepthNV: GLFeatures { GLFeatures(bit: 113) }
  /// ES: glReadPixels of depth and stencil.
  @inlinable package static var readDepthStencilNV: GLFeatures { GLFeatures(bit: 114) }
  /// ES: glReadPixels of stencil.
  @inlinable package static var readStencilNV: GLFeatures { GLFeatures(bit: 115) }
  @inlinable package static var compressionS3TC: GLFeatures { GLFeatures(bit: 116) }
  /// On desktop GL part of `compressionS3TC`.
  @inlinable package static var compressionS3TCsRGB: GLFeatures { GLFeatures(bit: 117) }
  @inlinable package static var compressionRGTC: GLFeatures { GLFeatures(bit: 118) }
  @inlinable package static var compressionBPTC: GLFeatures { GLFeatures(bit: 119) }
  @inlinable package static var compressionETC2: GLFeatures { GLFeatures(bit: 120) }
  @inlinable package static var compressionASTC: GLFeatures { GLFeatures(bit: 121) }
  @inlinable package static var compressionASTCSliced3D: GLFeatures { GLFeatures(bit: 122) }
  /// 16-bit normalised textures, and with them buffer textures and images.
  @inlinable package static var textureNorm16: GLFeatures { GLFeatures(bit: 123) }
  /// More than steps by one on atomic counters.
  @inlinable package static var atomicCounterOps: GLFeatures { GLFeatures(bit: 124) }
  /// glGetProgramBinary; the driver may still offer no format.
  @inlinable package static var programBinary: GLFeatures { GLFeatures(bit: 125) }
}
