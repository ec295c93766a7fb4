extension GLFeatures {
  /// What a host of this version with these extensions can do.
  package static func detect(flavour: GLFlavour, version: GLVersion, extensions: GLExtensions) -> GLFeatures {
    var detector = GLFeatureDetector(isES: flavour == .es, version: version, extensions: extensions)
    detector.addDrawing()
    detector.addShaders()
    detector.addTextures()
    detector.addBuffersAndQueries()
    detector.addCombinations()
    return detector.features
  }
}

/// Collects the features that a version or an extension brings. Extension lists are any-of.
private struct GLFeatureDetector {
  let isES: Bool
  let version: GLVersion
  let extensions: GLExtensions
  var features: GLFeatures = []

  init(isES: Bool, version: GLVersion, extensions: GLExtensions) {
    self.isES = isES
    self.version = version
    self.extensions = extensions
  }

  private mutating func add(
    _ feature: GLFeatures, gl: GLVersion? = nil, es: GLVersion? = nil, _ names: StaticString...
  ) {
    if let needed = isES ? es : gl, version >= needed {
      features.insert(feature)
    } else if names.contains(where: { extensions.contains($0) }) {
      features.insert(feature)
    }
  }

  /// What follows from other features.
  mutating func addCombinations() {
    // Desktop: EXT_texture_sRGB, in every GL since 2.1, defines the sRGB twins of the S3TC formats.
    if !isES, features.contains(.compressionS3TC) { features.insert(.compressionS3TCsRGB) }
  }

  /// Vertices, primitives, rasterisation, blending, framebuffers.
  mutating func addDrawing() {
    add(.baseInstance, gl: GLVersion(4, 2), "GL_ARB_base_instance", "GL_EXT_base_instance")
    add(.bindVertexBuffers, gl: GLVersion(4, 4))
    add(.blendEquationAdvanced, es: GLVersion(3, 2), "GL_KHR_blend_equation_advanced")
    add(.clipControl, gl: GLVersion(4, 5), "GL_ARB_clip_control", "GL_EXT_clip_control")
    add(.conditionalRender, gl: GLVersion(3, 0), "GL_NV_conditional_render")
    add(.conditionalRenderInverted, gl: GLVersion(4, 5), "GL_ARB_conditional_render_inverted")
    add(.drawInstanced, gl: GLVersion(3, 1), es: GLVersion(3, 0), "GL_ARB_draw_instanced")
    add(.drawParameters, gl: GLVersion(4, 6), "GL_ARB_shader_draw_parameters")
    add(.dualSourceBlend, gl: GLVersion(3, 3), "GL_ARB_blend_func_extended", "GL_EXT_blend_func_extended")
    add(.depthClamp, gl: GLVersion(3, 2), "GL_ARB_depth_clamp", "GL_EXT_depth_clamp", "GL_NV_depth_clamp")
    add(.framebufferNoAttachments, gl: GLVersion(4, 3), es: GLVersion(3, 1), "GL_ARB_framebuffer_no_attachments")
    add(.framebufferFetch, "GL_EXT_shader_framebuffer_fetch")
    add(.framebufferFetchNonCoherent, "GL_EXT_shader_framebuffer_fetch_non_coherent")
    add(.primitiveRestart, gl: GLVersion(3, 1), es: GLVersion(3, 0))
    add(.primitiveRestartNV, "GL_NV_primitive_restart")
    add(.vertexAttribBinding, gl: GLVersion(4, 3), es: GLVersion(3, 1), "GL_ARB_vertex_attrib_binding")
    add(
      .independentBlend, gl: GLVersion(3, 0), es: GLVersion(3, 2),
      "GL_EXT_draw_buffers2", "GL_OES_draw_buffers_indexed")
    add(
      .independentBlendFunc, gl: GLVersion(4, 0), es: GLVersion(3, 2),
      "GL_ARB_draw_buffers_blend", "GL_OES_draw_buffers_indexed")
    add(.indirectDraw, gl: GLVersion(4, 0), es: GLVersion(3, 1), "GL_ARB_draw_indirect")
    add(.indirectParameters, gl: GLVersion(4, 6), "GL_ARB_indirect_parameters")
    add(.multiDrawIndirect, gl: GLVersion(4, 3), "GL_ARB_multi_draw_indirect", "GL_EXT_multi_draw_indirect")
    add(.polygonOffsetClamp, gl: GLVersion(4, 6), "GL_ARB_polygon_offset_clamp", "GL_EXT_polygon_offset_clamp")
    add(.sampleMask, gl: GLVersion(3, 2), es: GLVersion(3, 1), "GL_ARB_texture_multisample")
    add(.sampleShading, gl: GLVersion(4, 0), es: GLVersion(3, 2), "GL_ARB_sample_shading", "GL_OES_sample_shading")
    add(.srgbWriteControl, gl: GLVersion(3, 0), "GL_EXT_sRGB_write_control")
    add(.scaledMultisampleBlit, "GL_EXT_framebuffer_multisample_blit_scaled")
    add(.implicitMultisample, "GL_EXT_multisampled_render_to_texture")
    add(.viewportArray, gl: GLVersion(4, 1), "GL_ARB_viewport_array", "GL_OES_viewport_array")
    add(
      .baseVertex, gl: GLVersion(3, 2), es: GLVersion(3, 2),
      "GL_ARB_draw_elements_base_vertex", "GL_EXT_draw_elements_base_vertex", "GL_OES_draw_elements_base_vertex")
    add(.instancedArrays, gl: GLVersion(3, 3), es: GLVersion(3, 0), "GL_ARB_instanced_arrays")
    add(.provokingVertex, gl: GLVersion(3, 2), "GL_ARB_provoking_vertex", "GL_EXT_provoking_vertex")
    add(.fragmentCoordConventions, gl: GLVersion(3, 2), "GL_ARB_fragment_coord_conventions")
    add(.vertexPackedFloat, gl: GLVersion(4, 4), "GL_ARB_vertex_type_10f_11f_11f_rev")
    add(.colorBufferFloat, gl: GLVersion(3, 0), es: GLVersion(3, 2), "GL_EXT_color_buffer_float")
  }

  /// Stages and what their shaders may use.
  mutating func addShaders() {
    add(.arraysOfArrays, gl: GLVersion(4, 3), es: GLVersion(3, 1), "GL_ARB_arrays_of_arrays")
    add(.atomicCounters, gl: GLVersion(4, 2), es: GLVersion(3, 1), "GL_ARB_shader_atomic_counters")
    add(.atomicCounterOps, gl: GLVersion(4, 6), "GL_ARB_shader_atomic_counter_ops")
    add(.bitEncoding, gl: GLVersion(3, 3), "GL_ARB_shader_bit_encoding")
    add(.computeShader, gl: GLVersion(4, 3), es: GLVersion(3, 1), "GL_ARB_compute_shader")
    add(.conservativeDepth, gl: GLVersion(4, 2), "GL_ARB_conservative_depth", "GL_EXT_conservative_depth")
    add(.cullDistance, gl: GLVersion(4, 5), "GL_ARB_cull_distance", "GL_EXT_clip_cull_distance")
    add(.enhancedLayouts, gl: GLVersion(4, 4), "GL_ARB_enhanced_layouts")
    add(.geometryShader, gl: GLVersion(3, 2), es: GLVersion(3, 2), "GL_EXT_geometry_shader", "GL_OES_geometry_shader")
    add(.es31Compatibility, gl: GLVersion(4, 5), es: GLVersion(3, 1), "GL_ARB_ES3_1_compatibility")
    add(
      .gpuShader5, gl: GLVersion(4, 0), es: GLVersion(3, 2),
      "GL_ARB_gpu_shader5", "GL_EXT_gpu_shader5", "GL_OES_gpu_shader5")
    add(.groupVote, gl: GLVersion(4, 6), "GL_ARB_shader_group_vote", "GL_EXT_shader_group_vote")
    add(.images, gl: GLVersion(4, 2), es: GLVersion(3, 1), "GL_ARB_shader_image_load_store")
    add(
      .noperspectiveInterpolation, gl: GLVersion(3, 1),
      "GL_NV_shader_noperspective_interpolation", "GL_EXT_gpu_shader4")
    add(.separateShaderObjects, gl: GLVersion(4, 1), es: GLVersion(3, 1), "GL_ARB_separate_shader_objects")
    add(.shaderClock, "GL_ARB_shader_clock")
    add(.shaderStorageBuffer, gl: GLVersion(4, 3), es: GLVersion(3, 1), "GL_ARB_shader_storage_buffer_object")
    add(
      .tessellation, gl: GLVersion(4, 0), es: GLVersion(3, 2),
      "GL_ARB_tessellation_shader", "GL_OES_tessellation_shader", "GL_EXT_tessellation_shader")
    add(.textureGather, gl: GLVersion(4, 0), es: GLVersion(3, 1), "GL_ARB_texture_gather")
    add(.textureQueryLOD, gl: GLVersion(4, 0), "GL_ARB_texture_query_lod", "GL_EXT_texture_query_lod")
    add(.textureShadowLOD, "GL_EXT_texture_shadow_lod")
    add(.textureSampleCountQuery, gl: GLVersion(4, 5), "GL_ARB_shader_texture_image_samples")
    add(.uniformBuffer, gl: GLVersion(3, 1), es: GLVersion(3, 0), "GL_ARB_uniform_buffer_object")
    add(.vertexShaderLayer, "GL_AMD_vertex_shader_layer")
    add(.vertexShaderViewportIndex, "GL_AMD_vertex_shader_viewport_index")
    add(.stencilExport, "GL_ARB_shader_stencil_export")
    add(.derivativeControl, gl: GLVersion(4, 5), "GL_ARB_derivative_control")
    add(.gpuShaderFP64, gl: GLVersion(4, 0), "GL_ARB_gpu_shader_fp64")
    add(.shaderImageSize, gl: GLVersion(4, 3), es: GLVersion(3, 1), "GL_ARB_shader_image_size")
    add(.imageFormatsNV, "GL_NV_image_formats")
    add(.geometryPointSize, gl: GLVersion(3, 2), "GL_EXT_geometry_point_size", "GL_OES_geometry_point_size")
    add(.programBinary, gl: GLVersion(4, 1), es: GLVersion(3, 0), "GL_ARB_get_program_binary")
    add(.parallelShaderCompile, "GL_KHR_parallel_shader_compile", "GL_ARB_parallel_shader_compile")
  }

  /// Textures, samplers, compressed formats.
  mutating func addTextures() {
    add(.textureNorm16, gl: GLVersion(3, 0), "GL_EXT_texture_norm16")
    add(
      .textureBuffer, gl: GLVersion(3, 1), es: GLVersion(3, 2),
      "GL_ARB_texture_buffer_object", "GL_EXT_texture_buffer", "GL_OES_texture_buffer")
    add(.clearTexture, gl: GLVersion(4, 4), "GL_ARB_clear_texture", "GL_EXT_clear_texture")
    add(
      .copyImage, gl: GLVersion(4, 3), es: GLVersion(3, 2),
      "GL_ARB_copy_image", "GL_EXT_copy_image", "GL_OES_copy_image")
    add(
      .cubeMapArray, gl: GLVersion(4, 0), es: GLVersion(3, 2),
      "GL_ARB_texture_cube_map_array", "GL_EXT_texture_cube_map_array", "GL_OES_texture_cube_map_array")
    add(.samplerObjects, gl: GLVersion(3, 3), es: GLVersion(3, 0), "GL_ARB_sampler_objects")
    add(
      .samplerBorderColor, gl: GLVersion(3, 0), es: GLVersion(3, 2),
      "GL_EXT_texture_border_clamp", "GL_OES_texture_border_clamp")
    add(.stencilTexturing, gl: GLVersion(4, 3), es: GLVersion(3, 1), "GL_ARB_stencil_texturing")
    add(.textureStorageMultisample, gl: GLVersion(4, 3), es: GLVersion(3, 1), "GL_ARB_texture_storage_multisample")
    add(.textureArray, gl: GLVersion(3, 0), es: GLVersion(3, 0), "GL_EXT_texture_array")
    add(
      .textureBufferRange, gl: GLVersion(4, 3), es: GLVersion(3, 2),
      "GL_ARB_texture_buffer_range", "GL_EXT_texture_buffer", "GL_OES_texture_buffer")
    add(
      .mirrorClampToEdge, gl: GLVersion(4, 4),
      "GL_ATI_texture_mirror_once", "GL_EXT_texture_mirror_clamp", "GL_ARB_texture_mirror_clamp_to_edge",
      "GL_EXT_texture_mirror_clamp_to_edge")
    add(.mirrorClamp, "GL_ATI_texture_mirror_once", "GL_EXT_texture_mirror_clamp")
    add(.mirrorClampToBorder, "GL_EXT_texture_mirror_clamp")
    add(.textureMultisample, gl: GLVersion(3, 2), es: GLVersion(3, 1), "GL_ARB_texture_multisample")
    add(.textureSRGBDecode, "GL_EXT_texture_sRGB_decode")
    add(.textureStorage, gl: GLVersion(4, 2), es: GLVersion(3, 0), "GL_ARB_texture_storage")
    add(.textureView, gl: GLVersion(4, 3), "GL_ARB_texture_view", "GL_OES_texture_view", "GL_EXT_texture_view")
    add(
      .anisotropicFilter, gl: GLVersion(4, 6),
      "GL_EXT_texture_filter_anisotropic", "GL_ARB_texture_filter_anisotropic")
    add(.seamlessCubeMapPerTexture, "GL_AMD_seamless_cubemap_per_texture")
    add(.seamlessCubeMap, gl: GLVersion(3, 2), es: GLVersion(3, 0), "GL_ARB_seamless_cube_map")
    add(.textureSwizzle, gl: GLVersion(3, 3), es: GLVersion(3, 0), "GL_ARB_texture_swizzle")
    add(.getTextureSubImage, gl: GLVersion(4, 5), "GL_ARB_get_texture_sub_image")
    add(.compressionS3TC, "GL_EXT_texture_compression_s3tc", "GL_ANGLE_texture_compression_dxt")
    add(.compressionS3TCsRGB, "GL_EXT_texture_compression_s3tc_srgb")
    add(.compressionRGTC, gl: GLVersion(3, 0), "GL_ARB_texture_compression_rgtc", "GL_EXT_texture_compression_rgtc")
    add(.compressionBPTC, gl: GLVersion(4, 2), "GL_ARB_texture_compression_bptc", "GL_EXT_texture_compression_bptc")
    add(.compressionETC2, gl: GLVersion(4, 3), es: GLVersion(3, 0), "GL_ARB_ES3_compatibility")
    add(.compressionASTC, es: GLVersion(3, 2), "GL_KHR_texture_compression_astc_ldr")
    add(.compressionASTCSliced3D, "GL_KHR_texture_compression_astc_sliced_3d")
  }

  /// Buffers, queries, transform feedback, synchronisation, sharing, debugging.
  mutating func addBuffersAndQueries() {
    add(.robustness, "GL_ARB_robustness")
    add(.bufferStorage, gl: GLVersion(4, 4), "GL_ARB_buffer_storage", "GL_EXT_buffer_storage")
    add(.atiMeminfo, "GL_ATI_meminfo")
    add(.memoryBarrier, gl: GLVersion(4, 2), es: GLVersion(3, 1), "GL_ARB_shader_image_load_store")
    add(.debugOutput, gl: GLVersion(4, 3), es: GLVersion(3, 2), "GL_KHR_debug")
    add(.eglImage, "GL_OES_EGL_image")
    add(.eglImageStorage, "GL_EXT_EGL_image_storage")
    add(.khrRobustness, "GL_KHR_robustness")
    add(.memoryObject, "GL_EXT_memory_object")
    add(.memoryObjectFD, "GL_EXT_memory_object_fd")
    add(.packInvert, "GL_MESA_pack_invert")
    add(.nvxMemoryInfo, "GL_NVX_gpu_memory_info")
    add(.pipelineStatisticsQuery, gl: GLVersion(4, 6), "GL_ARB_pipeline_statistics_query")
    add(.occlusionQuery, gl: GLVersion(1, 5), "GL_ARB_occlusion_query")
    add(
      .occlusionQueryBoolean, gl: GLVersion(3, 3), es: GLVersion(3, 0),
      "GL_EXT_occlusion_query_boolean", "GL_ARB_occlusion_query2")
    add(.queryBuffer, gl: GLVersion(4, 4), "GL_ARB_query_buffer_object")
    add(
      .robustBufferAccess, gl: GLVersion(4, 3),
      "GL_ARB_robust_buffer_access_behavior", "GL_KHR_robust_buffer_access_behavior")
    add(.textureBarrier, gl: GLVersion(4, 5), "GL_ARB_texture_barrier")
    add(.timerQuery, gl: GLVersion(3, 3), "GL_ARB_timer_query", "GL_EXT_disjoint_timer_query")
    add(.transformFeedback, gl: GLVersion(3, 0), es: GLVersion(3, 0), "GL_EXT_transform_feedback")
    add(.transformFeedback2, gl: GLVersion(4, 0), es: GLVersion(3, 0), "GL_ARB_transform_feedback2")
    add(.transformFeedback3, gl: GLVersion(4, 0), "GL_ARB_transform_feedback3")
    add(.transformFeedbackInstanced, gl: GLVersion(4, 2), "GL_ARB_transform_feedback_instanced")
    add(.transformFeedbackOverflowQuery, gl: GLVersion(4, 6), "GL_ARB_transform_feedback_overflow_query")
    add(.fenceSync, gl: GLVersion(3, 2), es: GLVersion(3, 0), "GL_ARB_sync")
    add(.clearBufferObject, gl: GLVersion(4, 3), "GL_ARB_clear_buffer_object")
    add(.invalidateSubdata, gl: GLVersion(4, 3), es: GLVersion(3, 0), "GL_ARB_invalidate_subdata")
    add(.readDepthNV, "GL_NV_read_depth")
    add(.readDepthStencilNV, "GL_NV_read_depth_stencil")
    add(.readStencilNV, "GL_NV_read_stencil")
  }
}
