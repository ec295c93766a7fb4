import CEpoxy

extension GLLimits {
  /// Asks the current context. Only limits whose feature is present are asked for, so no GL error arises on a
  /// conforming host.
  static func query(flavour: GLFlavour, version: GLVersion, features: GLFeatures) -> GLLimits {
    var reader = GLLimitReader(isES: flavour == .es, version: version, features: features)
    reader.readFixedFunction()
    reader.readTextures()
    reader.readFramebuffers()
    reader.readVertexPipeline()
    reader.readShaders()
    reader.readStorage()
    reader.readCompute()
    return reader.limits
  }
}

private struct GLLimitReader {
  let isES: Bool
  let version: GLVersion
  let features: GLFeatures
  var limits = GLLimits()

  init(isES: Bool, version: GLVersion, features: GLFeatures) {
    self.isES = isES
    self.version = version
    self.features = features
  }

  private func has(gl: GLVersion, es: GLVersion) -> Bool { version >= (isES ? es : gl) }

  mutating func readFixedFunction() {
    limits.aliasedPointSize = GLQuery.floatPair(GL.ALIASED_POINT_SIZE_RANGE)
    limits.aliasedLineWidth = GLQuery.floatPair(GL.ALIASED_LINE_WIDTH_RANGE)
    if !isES {
      limits.smoothPointSize = GLQuery.floatPair(GL.SMOOTH_POINT_SIZE_RANGE)
      limits.smoothLineWidth = GLQuery.floatPair(GL.SMOOTH_LINE_WIDTH_RANGE)
    }
    if has(gl: GLVersion(1, 4), es: GLVersion(3, 0)) {
      limits.maxTextureLODBias = GLQuery.float(GL.MAX_TEXTURE_LOD_BIAS)
    }
    if features.contains(.anisotropicFilter) {
      limits.maxAnisotropy = GLQuery.float(GL.MAX_TEXTURE_MAX_ANISOTROPY_EXT)
    }
    if features.contains(.debugOutput) {
      limits.maxDebugMessageLength = GLQuery.integer(GL.MAX_DEBUG_MESSAGE_LENGTH)
    }
    if features.contains(.nvxMemoryInfo) {
      limits.dedicatedVideoMemoryKiB = GLQuery.integer(GL.GPU_MEMORY_INFO_DEDICATED_VIDMEM_NVX)
    }
  }

  mutating func readTextures() {
    limits.maxTextureSize = GLQuery.integer(GL.MAX_TEXTURE_SIZE)
    limits.maxCubeMapTextureSize = GLQuery.integer(GL.MAX_CUBE_MAP_TEXTURE_SIZE)
    if has(gl: GLVersion(1, 2), es: GLVersion(3, 0)) {
      limits.max3DTextureSize = GLQuery.integer(GL.MAX_3D_TEXTURE_SIZE)
    }
    if !isES, version >= GLVersion(3, 1) {
      limits.maxRectangleTextureSize = GLQuery.integer(GL.MAX_RECTANGLE_TEXTURE_SIZE)
    }
    if features.contains(.textureArray) {
      limits.maxArrayTextureLayers = GLQuery.integer(GL.MAX_ARRAY_TEXTURE_LAYERS)
    }
    if features.contains(.textureBuffer) {
      limits.maxTextureBufferSize = GLQuery.integer(GL.MAX_TEXTURE_BUFFER_SIZE)
    }
    if features.contains(.textureBufferRange) {
      limits.textureBufferOffsetAlignment = GLQuery.integer(GL.TEXTURE_BUFFER_OFFSET_ALIGNMENT)
    }
    if features.contains(.textureGather) {
      limits.minTextureGatherOffset = GLQuery.integer(GL.MIN_PROGRAM_TEXTURE_GATHER_OFFSET)
      limits.maxTextureGatherOffset = GLQuery.integer(GL.MAX_PROGRAM_TEXTURE_GATHER_OFFSET)
      // ES has no such query: its textureGather takes the component.
      limits.maxTextureGatherComponents = isES ? 4 : GLQuery.integer(GL.MAX_PROGRAM_TEXTURE_GATHER_COMPONENTS_ARB)
    }
    if has(gl: GLVersion(3, 0), es: GLVersion(3, 0)) {
      limits.minProgramTexelOffset = GLQuery.integer(GL.MIN_PROGRAM_TEXEL_OFFSET)
      limits.maxProgramTexelOffset = GLQuery.integer(GL.MAX_PROGRAM_TEXEL_OFFSET)
    }
  }

  mutating func readFramebuffers() {
    limits.maxRenderbufferSize = GLQuery.integer(GL.MAX_RENDERBUFFER_SIZE)
    if has(gl: GLVersion(3, 0), es: GLVersion(3, 0)) {
      limits.maxDrawBuffers = GLQuery.integer(GL.MAX_DRAW_BUFFERS)
      limits.maxColorAttachments = GLQuery.integer(GL.MAX_COLOR_ATTACHMENTS)
      limits.maxSamples = GLQuery.integer(GL.MAX_SAMPLES)
    }
    if features.contains(.textureMultisample) {
      limits.maxColorTextureSamples = GLQuery.integer(GL.MAX_COLOR_TEXTURE_SAMPLES)
      limits.maxDepthTextureSamples = GLQuery.integer(GL.MAX_DEPTH_TEXTURE_SAMPLES)
      limits.maxIntegerSamples = GLQuery.integer(GL.MAX_INTEGER_SAMPLES)
    }
    if features.contains(.dualSourceBlend) {
      limits.maxDualSourceDrawBuffers = GLQuery.integer(GL.MAX_DUAL_SOURCE_DRAW_BUFFERS)
    }
    if features.contains(.framebufferNoAttachments) {
      limits.maxFramebufferWidth = GLQuery.integer(GL.MAX_FRAMEBUFFER_WIDTH)
      limits.maxFramebufferHeight = GLQuery.integer(GL.MAX_FRAMEBUFFER_HEIGHT)
      limits.maxFramebufferSamples = GLQuery.integer(GL.MAX_FRAMEBUFFER_SAMPLES)
      if features.contains(.geometryShader) {
        limits.maxFramebufferLayers = GLQuery.integer(GL.MAX_FRAMEBUFFER_LAYERS)
      }
    }
    if features.contains(.viewportArray) {
      limits.maxViewports = max(1, GLQuery.integer(GL.MAX_VIEWPORTS))
    }
    var size: (GLint, GLint) = (0, 0)
    withUnsafeMutableBytes(of: &size) { bytes in
      epoxy_glGetIntegerv(GL.MAX_VIEWPORT_DIMS, bytes.assumingMemoryBound(to: GLint.self).baseAddress)
    }
    (limits.maxViewportWidth, limits.maxViewportHeight) = size
  }

  mutating func readVertexPipeline() {
    limits.maxVertexAttribs = GLQuery.integer(GL.MAX_VERTEX_ATTRIBS)
    if features.contains(.vertexAttribBinding) {
      limits.maxVertexAttribBindings = GLQuery.integer(GL.MAX_VERTEX_ATTRIB_BINDINGS)
      limits.maxVertexAttribRelativeOffset = GLQuery.integer(GL.MAX_VERTEX_ATTRIB_RELATIVE_OFFSET)
    }
    if has(gl: GLVersion(4, 4), es: GLVersion(3, 1)) {
      limits.maxVertexAttribStride = GLQuery.integer(GL.MAX_VERTEX_ATTRIB_STRIDE)
    }
    if has(gl: GLVersion(3, 2), es: GLVersion(3, 0)) {
      limits.maxVertexOutputComponents = GLQuery.integer(GL.MAX_VERTEX_OUTPUT_COMPONENTS)
    }
    if features.contains(.geometryShader) {
      limits.maxGeometryOutputVertices = GLQuery.integer(GL.MAX_GEOMETRY_OUTPUT_VERTICES)
      limits.maxGeometryTotalOutputComponents = GLQuery.integer(GL.MAX_GEOMETRY_TOTAL_OUTPUT_COMPONENTS)
    }
    if features.contains(.tessellation) {
      limits.maxPatchVertices = GLQuery.integer(GL.MAX_PATCH_VERTICES)
      limits.maxTessPatchComponents = GLQuery.integer(GL.MAX_TESS_PATCH_COMPONENTS)
      limits.maxTessControlTotalOutputComponents = GLQuery.integer(GL.MAX_TESS_CONTROL_TOTAL_OUTPUT_COMPONENTS)
      limits.maxTessEvaluationOutputComponents = GLQuery.integer(GL.MAX_TESS_EVALUATION_OUTPUT_COMPONENTS)
    }
    if !isES || features.contains(.cullDistance) {
      limits.maxClipDistances = GLQuery.integer(GL.MAX_CLIP_DISTANCES)
    }
    if features.contains(.cullDistance) {
      limits.maxCullDistances = GLQuery.integer(GL.MAX_CULL_DISTANCES)
    }
    if features.contains(.transformFeedback) {
      limits.maxTransformFeedbackSeparateAttribs = GLQuery.integer(GL.MAX_TRANSFORM_FEEDBACK_SEPARATE_ATTRIBS)
      limits.maxTransformFeedbackInterleavedComponents =
        GLQuery.integer(GL.MAX_TRANSFORM_FEEDBACK_INTERLEAVED_COMPONENTS)
    }
    if features.contains(.transformFeedback3) {
      limits.maxTransformFeedbackBuffers = GLQuery.integer(GL.MAX_TRANSFORM_FEEDBACK_BUFFERS)
    }
  }

  mutating func readShaders() {
    limits.vertex.uniformComponents = GLQuery.integer(GL.MAX_VERTEX_UNIFORM_COMPONENTS)
    limits.vertex.textureImageUnits = GLQuery.integer(GL.MAX_VERTEX_TEXTURE_IMAGE_UNITS)
    limits.fragment.uniformComponents = GLQuery.integer(GL.MAX_FRAGMENT_UNIFORM_COMPONENTS)
    limits.fragment.textureImageUnits = GLQuery.integer(GL.MAX_TEXTURE_IMAGE_UNITS)
    limits.maxCombinedTextureImageUnits = GLQuery.integer(GL.MAX_COMBINED_TEXTURE_IMAGE_UNITS)
    if features.contains(.geometryShader) {
      limits.geometry.uniformComponents = GLQuery.integer(GL.MAX_GEOMETRY_UNIFORM_COMPONENTS)
      limits.geometry.textureImageUnits = GLQuery.integer(GL.MAX_GEOMETRY_TEXTURE_IMAGE_UNITS)
    }
    if features.contains(.tessellation) {
      limits.tessControl.uniformComponents = GLQuery.integer(GL.MAX_TESS_CONTROL_UNIFORM_COMPONENTS)
      limits.tessControl.textureImageUnits = GLQuery.integer(GL.MAX_TESS_CONTROL_TEXTURE_IMAGE_UNITS)
      limits.tessEvaluation.uniformComponents = GLQuery.integer(GL.MAX_TESS_EVALUATION_UNIFORM_COMPONENTS)
      limits.tessEvaluation.textureImageUnits = GLQuery.integer(GL.MAX_TESS_EVALUATION_TEXTURE_IMAGE_UNITS)
    }
    if features.contains(.computeShader) {
      limits.compute.uniformComponents = GLQuery.integer(GL.MAX_COMPUTE_UNIFORM_COMPONENTS)
      limits.compute.textureImageUnits = GLQuery.integer(GL.MAX_COMPUTE_TEXTURE_IMAGE_UNITS)
    }
    guard features.contains(.uniformBuffer) else { return }
    limits.uniformBufferOffsetAlignment = GLQuery.integer(GL.UNIFORM_BUFFER_OFFSET_ALIGNMENT)
    limits.maxUniformBlockSize = GLQuery.integer(GL.MAX_UNIFORM_BLOCK_SIZE)
    limits.maxUniformBufferBindings = GLQuery.integer(GL.MAX_UNIFORM_BUFFER_BINDINGS)
    limits.maxCombinedUniformBlocks = GLQuery.integer(GL.MAX_COMBINED_UNIFORM_BLOCKS)
    limits.vertex.uniformBlocks = GLQuery.integer(GL.MAX_VERTEX_UNIFORM_BLOCKS)
    limits.fragment.uniformBlocks = GLQuery.integer(GL.MAX_FRAGMENT_UNIFORM_BLOCKS)
    if features.contains(.geometryShader) {
      limits.geometry.uniformBlocks = GLQuery.integer(GL.MAX_GEOMETRY_UNIFORM_BLOCKS)
    }
    if features.contains(.tessellation) {
      limits.tessControl.uniformBlocks = GLQuery.integer(GL.MAX_TESS_CONTROL_UNIFORM_BLOCKS)
      limits.tessEvaluation.uniformBlocks = GLQuery.integer(GL.MAX_TESS_EVALUATION_UNIFORM_BLOCKS)
    }
    if features.contains(.computeShader) {
      limits.compute.uniformBlocks = GLQuery.integer(GL.MAX_COMPUTE_UNIFORM_BLOCKS)
    }
  }

  mutating func readStorage() {
    if features.contains(.shaderStorageBuffer) {
      limits.shaderStorageBufferOffsetAlignment = GLQuery.integer(GL.SHADER_STORAGE_BUFFER_OFFSET_ALIGNMENT)
      limits.maxShaderStorageBlockSize = GLQuery.integer(GL.MAX_SHADER_STORAGE_BLOCK_SIZE)
      limits.maxShaderStorageBufferBindings = GLQuery.integer(GL.MAX_SHADER_STORAGE_BUFFER_BINDINGS)
      limits.maxCombinedShaderStorageBlocks = GLQuery.integer(GL.MAX_COMBINED_SHADER_STORAGE_BLOCKS)
    }
    if features.contains(.images) {
      limits.maxImageUnits = GLQuery.integer(GL.MAX_IMAGE_UNITS)
      limits.maxCombinedImageUniforms = GLQuery.integer(GL.MAX_COMBINED_IMAGE_UNIFORMS)
      if !isES { limits.maxImageSamples = GLQuery.integer(GL.MAX_IMAGE_SAMPLES) }
    }
    if features.contains(.atomicCounters) {
      limits.maxAtomicCounterBufferBindings = GLQuery.integer(GL.MAX_ATOMIC_COUNTER_BUFFER_BINDINGS)
      limits.maxCombinedAtomicCounters = GLQuery.integer(GL.MAX_COMBINED_ATOMIC_COUNTERS)
      limits.maxCombinedAtomicCounterBuffers = GLQuery.integer(GL.MAX_COMBINED_ATOMIC_COUNTER_BUFFERS)
    }
    readStorage(
      of: \.vertex, when: [], blocks: GL.MAX_VERTEX_SHADER_STORAGE_BLOCKS, images: GL.MAX_VERTEX_IMAGE_UNIFORMS,
      counters: GL.MAX_VERTEX_ATOMIC_COUNTERS, counterBuffers: GL.MAX_VERTEX_ATOMIC_COUNTER_BUFFERS)
    readStorage(
      of: \.fragment, when: [], blocks: GL.MAX_FRAGMENT_SHADER_STORAGE_BLOCKS, images: GL.MAX_FRAGMENT_IMAGE_UNIFORMS,
      counters: GL.MAX_FRAGMENT_ATOMIC_COUNTERS, counterBuffers: GL.MAX_FRAGMENT_ATOMIC_COUNTER_BUFFERS)
    readStorage(
      of: \.geometry, when: .geometryShader, blocks: GL.MAX_GEOMETRY_SHADER_STORAGE_BLOCKS,
      images: GL.MAX_GEOMETRY_IMAGE_UNIFORMS, counters: GL.MAX_GEOMETRY_ATOMIC_COUNTERS,
      counterBuffers: GL.MAX_GEOMETRY_ATOMIC_COUNTER_BUFFERS)
    readStorage(
      of: \.tessControl, when: .tessellation, blocks: GL.MAX_TESS_CONTROL_SHADER_STORAGE_BLOCKS,
      images: GL.MAX_TESS_CONTROL_IMAGE_UNIFORMS, counters: GL.MAX_TESS_CONTROL_ATOMIC_COUNTERS,
      counterBuffers: GL.MAX_TESS_CONTROL_ATOMIC_COUNTER_BUFFERS)
    readStorage(
      of: \.tessEvaluation, when: .tessellation, blocks: GL.MAX_TESS_EVALUATION_SHADER_STORAGE_BLOCKS,
      images: GL.MAX_TESS_EVALUATION_IMAGE_UNIFORMS, counters: GL.MAX_TESS_EVALUATION_ATOMIC_COUNTERS,
      counterBuffers: GL.MAX_TESS_EVALUATION_ATOMIC_COUNTER_BUFFERS)
    readStorage(
      of: \.compute, when: .computeShader, blocks: GL.MAX_COMPUTE_SHADER_STORAGE_BLOCKS,
      images: GL.MAX_COMPUTE_IMAGE_UNIFORMS, counters: GL.MAX_COMPUTE_ATOMIC_COUNTERS,
      counterBuffers: GL.MAX_COMPUTE_ATOMIC_COUNTER_BUFFERS)
  }

  private mutating func readStorage(
    of stage: WritableKeyPath<GLLimits, GLStageLimits>, when stageFeature: GLFeatures, blocks: GLenum, images: GLenum,
    counters: GLenum, counterBuffers: GLenum
  ) {
    guard features.isSuperset(of: stageFeature) else { return }
    if features.contains(.shaderStorageBuffer) { limits[keyPath: stage].shaderStorageBlocks = GLQuery.integer(blocks) }
    if features.contains(.images) { limits[keyPath: stage].imageUniforms = GLQuery.integer(images) }
    if features.contains(.atomicCounters) {
      limits[keyPath: stage].atomicCounters = GLQuery.integer(counters)
      limits[keyPath: stage].atomicCounterBuffers = GLQuery.integer(counterBuffers)
    }
  }

  mutating func readCompute() {
    guard features.contains(.computeShader) else { return }
    limits.maxComputeWorkGroupInvocations = GLQuery.integer(GL.MAX_COMPUTE_WORK_GROUP_INVOCATIONS)
    limits.maxComputeSharedMemorySize = GLQuery.integer(GL.MAX_COMPUTE_SHARED_MEMORY_SIZE)
    limits.maxComputeWorkGroupCount = (
      GLQuery.integer(GL.MAX_COMPUTE_WORK_GROUP_COUNT, at: 0), GLQuery.integer(GL.MAX_COMPUTE_WORK_GROUP_COUNT, at: 1),
      GLQuery.integer(GL.MAX_COMPUTE_WORK_GROUP_COUNT, at: 2)
    )
    limits.maxComputeWorkGroupSize = (
      GLQuery.integer(GL.MAX_COMPUTE_WORK_GROUP_SIZE, at: 0), GLQuery.integer(GL.MAX_COMPUTE_WORK_GROUP_SIZE, at: 1),
      GLQuery.integer(GL.MAX_COMPUTE_WORK_GROUP_SIZE, at: 2)
    )
  }
}
