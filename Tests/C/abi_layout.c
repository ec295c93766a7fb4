/*
 * Prints everything a compiler takes from virglrenderer.h: sizes, offsets, constants, and whether each
 * prototype is the expected one. Compiled once against our header and once against another version's;
 * the lines of both must agree. What a header does not have is left out of its output.
 *
 * Preprocessor: SINCE_1_1 is defined when the header is 1.1 or later.
 */
#define VIRGL_RENDERER_UNSTABLE_APIS 1
#include <virglrenderer.h>

#include <stddef.h>
#include <stdio.h>

#ifdef VIRGL_CHECK_VERSION
#define SINCE_1_1 1
#endif

#define SIZE(type) printf("sizeof %s = %zu, aligned %zu\n", #type, sizeof(type), _Alignof(type))
#define FIELD(type, field)                                                                 \
   printf("offsetof %s.%s = %zu, %zu bytes\n", #type, #field, offsetof(type, field), \
          sizeof(((type *)0)->field))
#define VALUE(name) printf("%s = %lld\n", #name, (long long)(name))
#define CALLBACK(field, ...)                                                           \
   printf("callback %s: %s\n", #field,                                                 \
          __builtin_types_compatible_p(                                                \
             __typeof__(((struct virgl_renderer_callbacks *)0)->field), __VA_ARGS__) \
             ? "as expected"                                                           \
             : "DIFFERENT")
#define PROTOTYPE(function, ...)                                                      \
   printf("prototype %s: %s\n", #function,                                            \
          __builtin_types_compatible_p(__typeof__(&function), __VA_ARGS__) ? "as expected" \
                                                                           : "DIFFERENT")

typedef struct iovec iov;
typedef struct virgl_renderer_callbacks callbacks;
typedef struct virgl_renderer_resource_create_args create_args;
typedef struct virgl_renderer_resource_info info;
typedef struct virgl_renderer_export_query query;
typedef struct virgl_renderer_resource_create_blob_args blob_args;
typedef struct virgl_renderer_resource_import_blob_args import_args;

static void structures(void)
{
   SIZE(struct virgl_renderer_gl_ctx_param);
   FIELD(struct virgl_renderer_gl_ctx_param, version);
   FIELD(struct virgl_renderer_gl_ctx_param, shared);
   FIELD(struct virgl_renderer_gl_ctx_param, major_ver);
   FIELD(struct virgl_renderer_gl_ctx_param, minor_ver);

   SIZE(callbacks);
   FIELD(callbacks, version);
   FIELD(callbacks, write_fence);
   FIELD(callbacks, create_gl_context);
   FIELD(callbacks, destroy_gl_context);
   FIELD(callbacks, make_current);
   FIELD(callbacks, get_drm_fd);
   FIELD(callbacks, write_context_fence);
   FIELD(callbacks, get_server_fd);
   FIELD(callbacks, get_egl_display);

   SIZE(create_args);
   FIELD(create_args, handle);
   FIELD(create_args, target);
   FIELD(create_args, format);
   FIELD(create_args, bind);
   FIELD(create_args, width);
   FIELD(create_args, height);
   FIELD(create_args, depth);
   FIELD(create_args, array_size);
   FIELD(create_args, last_level);
   FIELD(create_args, nr_samples);
   FIELD(create_args, flags);

   SIZE(struct virgl_renderer_hdr);
   FIELD(struct virgl_renderer_hdr, stype);
   FIELD(struct virgl_renderer_hdr, stype_version);
   FIELD(struct virgl_renderer_hdr, size);

   SIZE(query);
   FIELD(query, hdr);
   FIELD(query, in_resource_id);
   FIELD(query, out_num_fds);
   FIELD(query, in_export_fds);
   FIELD(query, out_fourcc);
   FIELD(query, pad);
   FIELD(query, out_fds);
   FIELD(query, out_strides);
   FIELD(query, out_offsets);
   FIELD(query, out_modifier);

   SIZE(struct virgl_renderer_supported_structures);
   FIELD(struct virgl_renderer_supported_structures, hdr);
   FIELD(struct virgl_renderer_supported_structures, in_stype_version);
   FIELD(struct virgl_renderer_supported_structures, out_supported_structures_mask);

   SIZE(info);
   FIELD(info, handle);
   FIELD(info, virgl_format);
   FIELD(info, width);
   FIELD(info, height);
   FIELD(info, depth);
   FIELD(info, flags);
   FIELD(info, tex_id);
   FIELD(info, stride);
   FIELD(info, drm_fourcc);

   SIZE(blob_args);
   FIELD(blob_args, res_handle);
   FIELD(blob_args, ctx_id);
   FIELD(blob_args, blob_mem);
   FIELD(blob_args, blob_flags);
   FIELD(blob_args, blob_id);
   FIELD(blob_args, size);
   FIELD(blob_args, iovecs);
   FIELD(blob_args, num_iovs);

   SIZE(import_args);
   FIELD(import_args, res_handle);
   FIELD(import_args, blob_mem);
   FIELD(import_args, fd_type);
   FIELD(import_args, fd);
   FIELD(import_args, size);

#ifdef SINCE_1_1
   FIELD(struct virgl_renderer_gl_ctx_param, compat_ctx);
   FIELD(info, fd);
   SIZE(struct virgl_renderer_resource_info_ext);
   FIELD(struct virgl_renderer_resource_info_ext, version);
   FIELD(struct virgl_renderer_resource_info_ext, base);
   FIELD(struct virgl_renderer_resource_info_ext, has_dmabuf_export);
   FIELD(struct virgl_renderer_resource_info_ext, planes);
   FIELD(struct virgl_renderer_resource_info_ext, modifiers);
   FIELD(struct virgl_renderer_resource_info_ext, d3d_tex2d);
#endif
}

static void constants(void)
{
   VALUE(VIRGL_RENDERER_CALLBACKS_VERSION);
   VALUE(VIRGL_RENDERER_USE_EGL);
   VALUE(VIRGL_RENDERER_THREAD_SYNC);
   VALUE(VIRGL_RENDERER_USE_GLX);
   VALUE(VIRGL_RENDERER_USE_SURFACELESS);
   VALUE(VIRGL_RENDERER_USE_GLES);
   VALUE(VIRGL_RENDERER_USE_EXTERNAL_BLOB);
   VALUE(VIRGL_RENDERER_VENUS);
   VALUE(VIRGL_RENDERER_NO_VIRGL);
   VALUE(VIRGL_RENDERER_ASYNC_FENCE_CB);
   VALUE(VIRGL_RENDERER_RENDER_SERVER);
   VALUE(VIRGL_RENDERER_DRM);
   VALUE(VIRGL_RENDERER_USE_VIDEO);
   VALUE(VIRGL_RES_BIND_DEPTH_STENCIL);
   VALUE(VIRGL_RES_BIND_RENDER_TARGET);
   VALUE(VIRGL_RES_BIND_SAMPLER_VIEW);
   VALUE(VIRGL_RES_BIND_VERTEX_BUFFER);
   VALUE(VIRGL_RES_BIND_INDEX_BUFFER);
   VALUE(VIRGL_RES_BIND_CONSTANT_BUFFER);
   VALUE(VIRGL_RES_BIND_STREAM_OUTPUT);
   VALUE(VIRGL_RES_BIND_CURSOR);
   VALUE(VIRGL_RES_BIND_CUSTOM);
   VALUE(VIRGL_RES_BIND_SCANOUT);
   VALUE(VIRGL_RES_BIND_SHARED);
   VALUE(VIRGL_RENDERER_STRUCTURE_TYPE_NONE);
   VALUE(VIRGL_RENDERER_STRUCTURE_TYPE_EXPORT_QUERY);
   VALUE(VIRGL_RENDERER_STRUCTURE_TYPE_SUPPORTED_STRUCTURES);
   VALUE(VIRGL_RENDERER_CONTEXT_FLAG_CAPSET_ID_MASK);
   VALUE(VIRGL_RENDERER_BLOB_MEM_GUEST);
   VALUE(VIRGL_RENDERER_BLOB_MEM_HOST3D);
   VALUE(VIRGL_RENDERER_BLOB_MEM_HOST3D_GUEST);
   VALUE(VIRGL_RENDERER_BLOB_MEM_GUEST_VRAM);
   VALUE(VIRGL_RENDERER_BLOB_FLAG_USE_MAPPABLE);
   VALUE(VIRGL_RENDERER_BLOB_FLAG_USE_SHAREABLE);
   VALUE(VIRGL_RENDERER_BLOB_FLAG_USE_CROSS_DEVICE);
   VALUE(VIRGL_RENDERER_MAP_CACHE_MASK);
   VALUE(VIRGL_RENDERER_MAP_CACHE_NONE);
   VALUE(VIRGL_RENDERER_MAP_CACHE_CACHED);
   VALUE(VIRGL_RENDERER_MAP_CACHE_UNCACHED);
   VALUE(VIRGL_RENDERER_MAP_CACHE_WC);
   VALUE(VIRGL_RENDERER_BLOB_FD_TYPE_DMABUF);
   VALUE(VIRGL_RENDERER_BLOB_FD_TYPE_OPAQUE);
   VALUE(VIRGL_RENDERER_BLOB_FD_TYPE_SHM);
   VALUE(VIRGL_RENDERER_FENCE_FLAG_MERGEABLE);

#ifdef SINCE_1_1
   VALUE(VIRGL_MAJOR_VERSION);
   VALUE(VIRGL_MINOR_VERSION);
   VALUE(VIRGL_MICRO_VERSION);
   VALUE(VIRGL_CHECK_VERSION(1, 1, 0));
   VALUE(VIRGL_CHECK_VERSION(1, 3, 1));
   VALUE(VIRGL_CHECK_VERSION(2, 0, 0));
   VALUE(VIRGL_RENDERER_D3D11_SHARE_TEXTURE);
   VALUE(VIRGL_RENDERER_COMPAT_PROFILE);
   VALUE(VIRGL_RENDERER_USE_GUEST_VRAM);
   VALUE(VIRGL_RENDERER_RESOURCE_INFO_EXT_VERSION);
   VALUE(VIRGL_LOG_LEVEL_DEBUG);
   VALUE(VIRGL_LOG_LEVEL_INFO);
   VALUE(VIRGL_LOG_LEVEL_WARNING);
   VALUE(VIRGL_LOG_LEVEL_ERROR);
   VALUE(VIRGL_LOG_LEVEL_SILENT);
#endif
}

static void functions(void)
{
   CALLBACK(write_fence, void (*)(void *, uint32_t));
   CALLBACK(create_gl_context, void *(*)(void *, int, struct virgl_renderer_gl_ctx_param *));
   CALLBACK(destroy_gl_context, void (*)(void *, void *));
   CALLBACK(make_current, int (*)(void *, int, void *));
   CALLBACK(get_drm_fd, int (*)(void *));
   CALLBACK(write_context_fence, void (*)(void *, uint32_t, uint32_t, uint64_t));
   CALLBACK(get_server_fd, int (*)(void *, uint32_t));
   CALLBACK(get_egl_display, void *(*)(void *));

   PROTOTYPE(virgl_renderer_init, int (*)(void *, int, callbacks *));
   PROTOTYPE(virgl_renderer_poll, void (*)(void));
   PROTOTYPE(virgl_renderer_cleanup, void (*)(void *));
   PROTOTYPE(virgl_renderer_reset, void (*)(void));
   PROTOTYPE(virgl_renderer_get_poll_fd, int (*)(void));
   PROTOTYPE(virgl_renderer_force_ctx_0, void (*)(void));
   PROTOTYPE(virgl_set_debug_callback,
             virgl_debug_callback_type (*)(void (*)(const char *, va_list)));
   PROTOTYPE(virgl_renderer_get_cap_set, void (*)(uint32_t, uint32_t *, uint32_t *));
   PROTOTYPE(virgl_renderer_fill_caps, void (*)(uint32_t, uint32_t, void *));
   PROTOTYPE(virgl_renderer_context_create, int (*)(uint32_t, uint32_t, const char *));
   PROTOTYPE(virgl_renderer_context_create_with_flags,
             int (*)(uint32_t, uint32_t, uint32_t, const char *));
   PROTOTYPE(virgl_renderer_context_destroy, void (*)(uint32_t));
   PROTOTYPE(virgl_renderer_ctx_attach_resource, void (*)(int, int));
   PROTOTYPE(virgl_renderer_ctx_detach_resource, void (*)(int, int));
   PROTOTYPE(virgl_renderer_submit_cmd, int (*)(void *, int, int));
   PROTOTYPE(virgl_renderer_resource_create, int (*)(create_args *, iov *, uint32_t));
   PROTOTYPE(virgl_renderer_resource_import_eglimage, int (*)(create_args *, void *));
   PROTOTYPE(virgl_renderer_resource_unref, void (*)(uint32_t));
   PROTOTYPE(virgl_renderer_resource_set_priv, void (*)(uint32_t, void *));
   PROTOTYPE(virgl_renderer_resource_get_priv, void *(*)(uint32_t));
   PROTOTYPE(virgl_renderer_resource_attach_iov, int (*)(int, iov *, int));
   PROTOTYPE(virgl_renderer_resource_detach_iov, void (*)(int, iov **, int *));
   PROTOTYPE(virgl_renderer_resource_get_info, int (*)(int, info *));
   PROTOTYPE(virgl_renderer_get_cursor_data, void *(*)(uint32_t, uint32_t *, uint32_t *));
   PROTOTYPE(virgl_renderer_get_fd_for_texture, int (*)(uint32_t, int *));
   PROTOTYPE(virgl_renderer_get_fd_for_texture2, int (*)(uint32_t, int *, int *, int *));
   PROTOTYPE(virgl_renderer_transfer_read_iov,
             int (*)(uint32_t, uint32_t, uint32_t, uint32_t, uint32_t, struct virgl_box *, uint64_t,
                     iov *, int));
   PROTOTYPE(virgl_renderer_transfer_write_iov,
             int (*)(uint32_t, uint32_t, int, uint32_t, uint32_t, struct virgl_box *, uint64_t, iov *,
                     unsigned));
   PROTOTYPE(virgl_renderer_get_rect,
             void (*)(int, iov *, unsigned, uint32_t, int, int, int, int));
   PROTOTYPE(virgl_renderer_execute, int (*)(void *, uint32_t));
   PROTOTYPE(virgl_renderer_resource_create_blob, int (*)(const blob_args *));
   PROTOTYPE(virgl_renderer_resource_map, int (*)(uint32_t, void **, uint64_t *));
   PROTOTYPE(virgl_renderer_resource_unmap, int (*)(uint32_t));
   PROTOTYPE(virgl_renderer_resource_get_map_info, int (*)(uint32_t, uint32_t *));
   PROTOTYPE(virgl_renderer_resource_export_blob, int (*)(uint32_t, uint32_t *, int *));
   PROTOTYPE(virgl_renderer_resource_import_blob, int (*)(const import_args *));
   PROTOTYPE(virgl_renderer_create_fence, int (*)(int, uint32_t));
   PROTOTYPE(virgl_renderer_context_create_fence, int (*)(uint32_t, uint32_t, uint32_t, uint64_t));
   PROTOTYPE(virgl_renderer_context_poll, void (*)(uint32_t));
   PROTOTYPE(virgl_renderer_context_get_poll_fd, int (*)(uint32_t));
   PROTOTYPE(virgl_renderer_export_fence, int (*)(uint64_t, int *));

#ifdef SINCE_1_1
   PROTOTYPE(virgl_set_log_callback,
             void (*)(void (*)(enum virgl_log_level_flags, const char *, void *), void *,
                      void (*)(void *)));
   PROTOTYPE(virgl_renderer_resource_get_info_ext,
             int (*)(int, struct virgl_renderer_resource_info_ext *));
   PROTOTYPE(virgl_renderer_export_signalled_fence, int (*)(void));
   PROTOTYPE(virgl_renderer_submit_cmd2, int (*)(void *, int, int, uint64_t *, uint32_t));
#if VIRGL_CHECK_VERSION(1, 2, 0)
   PROTOTYPE(virgl_renderer_attach_fence, int (*)(int, int));
   PROTOTYPE(virgl_renderer_get_fence_fd, int (*)(uint64_t));
   PROTOTYPE(virgl_renderer_get_dev_fd, int (*)(int));
#endif
#if VIRGL_CHECK_VERSION(1, 3, 0)
   PROTOTYPE(virgl_renderer_resource_map_fixed, int (*)(uint32_t, void *));
#endif
#endif
}

int main(void)
{
   structures();
   constants();
   functions();
   return 0;
}
