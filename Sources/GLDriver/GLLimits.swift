import CEpoxy

/// Per-stage limits, for the stages in the wire's order: vertex, fragment, geometry, tessellation control,
/// tessellation evaluation, compute.
package struct GLStageLimits: Sendable, Equatable {
  package var uniformBlocks: GLint = 0
  /// Scalars of the default uniform block.
  package var uniformComponents: GLint = 0
  package var textureImageUnits: GLint = 0
  package var shaderStorageBlocks: GLint = 0
  package var imageUniforms: GLint = 0
  package var atomicCounters: GLint = 0
  package var atomicCounterBuffers: GLint = 0

  package init() {}
}

/// Implementation limits of the host's GL. A limit of a feature that the host lacks is 0 (or GL's minimum where said).
///
/// Sizes are in texels, bytes, samples or plain counts as GL defines each; components are scalars.
package struct GLLimits: Sendable {
  // Points, lines, texture filtering.
  package var aliasedPointSize: ClosedRange<GLfloat> = 1...1
  /// 0...0 on ES.
  package var smoothPointSize: ClosedRange<GLfloat> = 0...0
  package var aliasedLineWidth: ClosedRange<GLfloat> = 1...1
  /// 0...0 on ES.
  package var smoothLineWidth: ClosedRange<GLfloat> = 0...0
  package var maxTextureLODBias: GLfloat = 0
  /// 0 without anisotropic filtering.
  package var maxAnisotropy: GLfloat = 0

  // Textures and framebuffers.
  package var maxTextureSize: GLint = 0
  package var max3DTextureSize: GLint = 0
  package var maxCubeMapTextureSize: GLint = 0
  package var maxRectangleTextureSize: GLint = 0
  package var maxArrayTextureLayers: GLint = 0
  /// Texels of a buffer texture.
  package var maxTextureBufferSize: GLint = 0
  package var textureBufferOffsetAlignment: GLint = 0
  package var maxSamples: GLint = 0
  package var maxColorTextureSamples: GLint = 0
  package var maxDepthTextureSamples: GLint = 0
  package var maxIntegerSamples: GLint = 0
  package var maxImageSamples: GLint = 0
  package var maxDrawBuffers: GLint = 0
  package var maxColorAttachments: GLint = 0
  package var maxDualSourceDrawBuffers: GLint = 0
  package var maxFramebufferWidth: GLint = 0
  package var maxFramebufferHeight: GLint = 0
  package var maxFramebufferLayers: GLint = 0
  package var maxFramebufferSamples: GLint = 0
  package var maxRenderbufferSize: GLint = 0
  /// 1 without viewport arrays.
  package var maxViewports: GLint = 1
  package var maxViewportWidth: GLint = 0
  package var maxViewportHeight: GLint = 0

  // Vertices and the stages between them and the rasteriser.
  package var maxVertexAttribs: GLint = 0
  package var maxVertexAttribBindings: GLint = 0
  /// 2048 on hosts older than the query (GL 4.4, ES 3.1).
  package var maxVertexAttribStride: GLint = 2048
  package var maxVertexAttribRelativeOffset: GLint = 2047
  package var maxVertexOutputComponents: GLint = 0
  package var maxGeometryOutputVertices: GLint = 0
  package var maxGeometryTotalOutputComponents: GLint = 0
  package var maxPatchVertices: GLint = 0
  package var maxTessPatchComponents: GLint = 0
  package var maxTessControlTotalOutputComponents: GLint = 0
  package var maxTessEvaluationOutputComponents: GLint = 0
  package var maxClipDistances: GLint = 0
  package var maxCullDistances: GLint = 0
  package var maxTransformFeedbackBuffers: GLint = 0
  package var maxTransformFeedbackSeparateAttribs: GLint = 0
  package var maxTransformFeedbackInterleavedComponents: GLint = 0

  // Shaders.
  package var minProgramTexelOffset: GLint = -8
  package var maxProgramTexelOffset: GLint = 7
  package var minTextureGatherOffset: GLint = 0
  package var maxTextureGatherOffset: GLint = 0
  package var maxTextureGatherComponents: GLint = 0
  package var vertex = GLStageLimits()
  package var fragment = GLStageLimits()
  package var geometry = GLStageLimits()
  package var tessControl = GLStageLimits()
  package var tessEvaluation = GLStageLimits()
  package var compute = GLStageLimits()
  package var maxCombinedTextureImageUnits: GLint = 0

  // Buffers bound to shaders.
  package var uniformBufferOffsetAlignment: GLint = 0
  /// Bytes.
  package var maxUniformBlockSize: GLint = 0
  package var maxUniformBufferBindings: GLint = 0
  package var maxCombinedUniformBlocks: GLint = 0
  package var shaderStorageBufferOffsetAlignment: GLint = 0
  package var maxShaderStorageBlockSize: GLint = 0
  package var maxShaderStorageBufferBindings: GLint = 0
  package var maxCombinedShaderStorageBlocks: GLint = 0
  package var maxImageUnits: GLint = 0
  package var maxCombinedImageUniforms: GLint = 0
  package var maxAtomicCounterBufferBindings: GLint = 0
  package var maxCombinedAtomicCounters: GLint = 0
  package var maxCombinedAtomicCounterBuffers: GLint = 0

  // Compute.
  package var maxComputeWorkGroupInvocations: GLint = 0
  package var maxComputeSharedMemorySize: GLint = 0
  package var maxComputeWorkGroupCount: (GLint, GLint, GLint) = (0, 0, 0)
  package var maxComputeWorkGroupSize: (GLint, GLint, GLint) = (0, 0, 0)

  // Other.
  package var maxDebugMessageLength: GLint = 0
  /// Dedicated video memory as GL_NVX_gpu_memory_info reports it, in KiB; 0 when unknown.
  package var dedicatedVideoMemoryKiB: GLint = 0

  package init() {}

  /// The limits of a stage in the wire's order, 0...5; larger indices count as compute.
  package func stage(_ index: Int) -> GLStageLimits {
    switch index {
    case 0: vertex
    case 1: fragment
    case 2: geometry
    case 3: tessControl
    case 4: tessEvaluation
    default: compute
    }
  }
}
