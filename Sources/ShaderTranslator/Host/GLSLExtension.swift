/// The GL and GLES extensions that can lift the shading language of a host above its core version.
///
/// The raw value is the bit in an `ExtensionSet`; the order is also the order in which `#extension` lines are
/// written.
package enum GLSLExtension: UInt8, CaseIterable, Sendable {
  case shaderBitEncoding
  case gpuShader5ARB
  case gpuShader5EXT
  case gpuShader5OES
  case shaderIntegerFunctionsMESA
  case uniformBufferObject
  case explicitAttribLocation
  case shadingLanguage420pack
  case blendFuncExtendedARB
  case blendFuncExtendedEXT
  case fragmentCoordConventions
  case geometryShaderEXT
  case geometryShaderOES
  case geometryPointSizeEXT
  case geometryPointSizeOES
  case tessellationShaderARB
  case tessellationShaderEXT
  case tessellationShaderOES
  case tessellationPointSizeEXT
  case tessellationPointSizeOES
  case textureRectangle
  case textureBufferEXT
  case textureBufferOES
  case textureBufferObjectARB
  case textureMultisample
  case textureStorageMultisample2DArray
  case textureCubeMapArrayARB
  case textureCubeMapArrayEXT
  case textureCubeMapArrayOES
  case textureGather
  case textureQueryLodARB
  case textureQueryLodEXT
  case textureQueryLevels
  case shaderTextureImageSamples
  case textureShadowLod
  case shaderMultisampleInterpolation
  case sampleShading
  case sampleVariables
  case gpuShaderFP64
  case shaderImageLoadStore
  case shaderImageSize
  case shaderImageAtomic
  case imageFormatsNV
  case es31Compatibility
  case shaderStorageBufferObject
  case shaderAtomicCounters
  case shaderAtomicCounterOps
  case computeShader
  case arraysOfArrays
  case fragmentLayerViewport
  case viewportArrayARB
  case viewportArrayOES
  case shaderViewportLayerArray
  case vertexShaderLayerAMD
  case vertexShaderViewportIndexAMD
  case clipCullDistanceEXT
  case cullDistance
  case derivativeControl
  case shaderDrawParameters
  case shaderGroupVoteARB
  case shaderGroupVoteEXT
  case shaderClock
  case shaderRealtimeClock
  case shaderStencilExport
  case conservativeDepthARB
  case conservativeDepthEXT
  case framebufferFetch
  case framebufferFetchNonCoherent
  case blendEquationAdvanced
  case noperspectiveNV
  case shadingLanguagePacking
  case shaderIntegerMix
  case transformFeedback3
  case shaderImageLoadFormatted

  /// The name as the GL extension string and the `#extension` directive spell it.
  package var name: StaticString {
    switch self {
    case .shaderBitEncoding: "GL_ARB_shader_bit_encoding"
    case .gpuShader5ARB: "GL_ARB_gpu_shader5"
    case .gpuShader5EXT: "GL_EXT_gpu_shader5"
    case .gpuShader5OES: "GL_OES_gpu_shader5"
    case .shaderIntegerFunctionsMESA: "GL_MESA_shader_integer_functions"
    case .uniformBufferObject: "GL_ARB_uniform_buffer_object"
    case .explicitAttribLocation: "GL_ARB_explicit_attrib_location"
    case .shadingLanguage420pack: "GL_ARB_shading_language_420pack"
    case .blendFuncExtendedARB: "GL_ARB_blend_func_extended"
    case .blendFuncExtendedEXT: "GL_EXT_blend_func_extended"
    case .fragmentCoordConventions: "GL_ARB_fragment_coord_conventions"
    case .geometryShaderEXT: "GL_EXT_geometry_shader"
    case .geometryShaderOES: "GL_OES_geometry_shader"
    case .geometryPointSizeEXT: "GL_EXT_geometry_point_size"
    case .geometryPointSizeOES: "GL_OES_geometry_point_size"
    case .tessellationShaderARB: "GL_ARB_tessellation_shader"
    case .tessellationShaderEXT: "GL_EXT_tessellation_shader"
    case .tessellationShaderOES: "GL_OES_tessellation_shader"
    case .tessellationPointSizeEXT: "GL_EXT_tessellation_point_size"
    case .tessellationPointSizeOES: "GL_OES_tessellation_point_size"
    case .textureRectangle: "GL_ARB_texture_rectangle"
    case .textureBufferEXT: "GL_EXT_texture_buffer"
    case .textureBufferOES: "GL_OES_texture_buffer"
    case .textureBufferObjectARB: "GL_ARB_texture_buffer_object"
    case .textureMultisample: "GL_ARB_texture_multisample"
    case .textureStorageMultisample2DArray: "GL_OES_texture_storage_multisample_2d_array"
    case .textureCubeMapArrayARB: "GL_ARB_texture_cube_map_array"
    case .textureCubeMapArrayEXT: "GL_EXT_texture_cube_map_array"
    case .textureCubeMapArrayOES: "GL_OES_texture_cube_map_array"
    case .textureGather: "GL_ARB_texture_gather"
    case .textureQueryLodARB: "GL_ARB_texture_query_lod"
    case .textureQueryLodEXT: "GL_EXT_texture_query_lod"
    case .textureQueryLevels: "GL_ARB_texture_query_levels"
    case .shaderTextureImageSamples: "GL_ARB_shader_texture_image_samples"
    case .textureShadowLod: "GL_EXT_texture_shadow_lod"
    case .shaderMultisampleInterpolation: "GL_OES_shader_multisample_interpolation"
    case .sampleShading: "GL_ARB_sample_shading"
    case .sampleVariables: "GL_OES_sample_variables"
    case .gpuShaderFP64: "GL_ARB_gpu_shader_fp64"
    case .shaderImageLoadStore: "GL_ARB_shader_image_load_store"
    case .shaderImageSize: "GL_ARB_shader_image_size"
    case .shaderImageAtomic: "GL_OES_shader_image_atomic"
    case .imageFormatsNV: "GL_NV_image_formats"
    case .es31Compatibility: "GL_ARB_ES3_1_compatibility"
    case .shaderStorageBufferObject: "GL_ARB_shader_storage_buffer_object"
    case .shaderAtomicCounters: "GL_ARB_shader_atomic_counters"
    case .shaderAtomicCounterOps: "GL_ARB_shader_atomic_counter_ops"
    case .computeShader: "GL_ARB_compute_shader"
    case .arraysOfArrays: "GL_ARB_arrays_of_arrays"
    case .fragmentLayerViewport: "GL_ARB_fragment_layer_viewport"
    case .viewportArrayARB: "GL_ARB_viewport_array"
    case .viewportArrayOES: "GL_OES_viewport_array"
    case .shaderViewportLayerArray: "GL_ARB_shader_viewport_layer_array"
    case .vertexShaderLayerAMD: "GL_AMD_vertex_shader_layer"
    case .vertexShaderViewportIndexAMD: "GL_AMD_vertex_shader_viewport_index"
    case .clipCullDistanceEXT: "GL_EXT_clip_cull_distance"
    case .cullDistance: "GL_ARB_cull_distance"
    case .derivativeControl: "GL_ARB_derivative_control"
    case .shaderDrawParameters: "GL_ARB_shader_draw_parameters"
    case .shaderGroupVoteARB: "GL_ARB_shader_group_vote"
    case .shaderGroupVoteEXT: "GL_EXT_shader_group_vote"
    case .shaderClock: "GL_ARB_shader_clock"
    case .shaderRealtimeClock: "GL_EXT_shader_realtime_clock"
    case .shaderStencilExport: "GL_ARB_shader_stencil_export"
    case .conservativeDepthARB: "GL_ARB_conservative_depth"
    case .conservativeDepthEXT: "GL_EXT_conservative_depth"
    case .framebufferFetch: "GL_EXT_shader_framebuffer_fetch"
    case .framebufferFetchNonCoherent: "GL_EXT_shader_framebuffer_fetch_non_coherent"
    case .blendEquationAdvanced: "GL_KHR_blend_equation_advanced"
    case .noperspectiveNV: "GL_NV_shader_noperspective_interpolation"
    case .shadingLanguagePacking: "GL_ARB_shading_language_packing"
    case .shaderIntegerMix: "GL_EXT_shader_integer_mix"
    case .transformFeedback3: "GL_ARB_transform_feedback3"
    case .shaderImageLoadFormatted: "GL_EXT_shader_image_load_formatted"
    }
  }
}
