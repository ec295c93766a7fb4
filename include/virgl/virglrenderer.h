/* SPDX-License-Identifier: MIT */

/*
 * The C interface of libvirglrenderer.so.1, compatible in source and binary with virglrenderer 1.3.0.
 *
 * Return values follow one of these conventions, named in the comment of each function:
 *
 *   [+errno]   0, or a positive errno number
 *   [-errno]   0, or a negative errno number
 *   [-1]       0, or -1 (a descriptor, or -1, where the function returns a descriptor)
 *   [void]     nothing; a refused call is logged and has no effect
 *   [pointer]  a pointer, or NULL
 *
 * Unless its comment says otherwise a function is called from one thread at a time, the one that
 * called virgl_renderer_init(). Before a successful virgl_renderer_init() every function is legal and
 * answers that the object it names does not exist. Docs/abi-audit.md has one row for each function.
 */

#ifndef VIRGLRENDERER_H
#define VIRGLRENDERER_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>

#include "virgl-version.h"

#ifdef __cplusplus
extern "C" {
#endif

struct iovec;     /* <sys/uio.h> */
struct virgl_box; /* six uint32_t: x, y, z, w, h, d */

#define VIRGL_EXPORT __attribute__((visibility("default")))

/* ---- What the client gives at start-up ------------------------------------------------------- */

/* A GL context of the client's own window system; opaque here. */
typedef void *virgl_renderer_gl_context;

/* What the renderer wants from virgl_renderer_callbacks.create_gl_context. */
struct virgl_renderer_gl_ctx_param {
   int version;    /* 2: compat_ctx is meaningful */
   bool shared;    /* share objects with the context that is current */
   int major_ver;  /* wanted GL or GLES version */
   int minor_ver;
   int compat_ctx; /* non-zero: a compatibility profile */
};

/* The highest virgl_renderer_callbacks.version known here. */
#define VIRGL_RENDERER_CALLBACKS_VERSION 4

/*
 * The client's functions. The structure is not copied: it stays valid until virgl_renderer_cleanup().
 * No field that came with a later version than .version is read. Every callback gets the cookie
 * given to virgl_renderer_init(). None is called with a lock of the library held.
 */
struct virgl_renderer_callbacks {
   int version;

   /* Version 1. The global timeline has reached `fence`: every fence up to it is done. */
   void (*write_fence)(void *cookie, uint32_t fence);

   /* Version 1. The client's window system, used unless USE_EGL or USE_GLX is given. */
   virgl_renderer_gl_context (*create_gl_context)(void *cookie, int scanout_idx,
                                                  struct virgl_renderer_gl_ctx_param *param);
   void (*destroy_gl_context)(void *cookie, virgl_renderer_gl_context ctx);
   int (*make_current)(void *cookie, int scanout_idx, virgl_renderer_gl_context ctx);

   /* Version 2. A DRM device to render on, or -1 to let the library choose; the library owns and
    * closes the descriptor, so each call gives a new one. */
   int (*get_drm_fd)(void *cookie);

   /* Version 3. The timeline (context, ring) has reached `fence_id`. Mergeable fences before it may
    * go unreported. */
   void (*write_context_fence)(void *cookie, uint32_t ctx_id, uint32_t ring_idx, uint64_t fence_id);

   /* Version 3. A connected SOCK_SEQPACKET socket to a render server that the client started, or -1
    * to let the library start one; `version` is 0. The library owns the descriptor. */
   int (*get_server_fd)(void *cookie, uint32_t version);

   /* Version 4. The client's EGLDisplay, or NULL; needs the three window-system callbacks. */
   void *(*get_egl_display)(void *cookie);
};

/* Flags of virgl_renderer_init(). */
#define VIRGL_RENDERER_USE_EGL             (1 << 0)  /* own EGL display and contexts */
#define VIRGL_RENDERER_THREAD_SYNC         (1 << 1)  /* a thread waits for fences */
#define VIRGL_RENDERER_USE_GLX             (1 << 2)  /* own GLX contexts */
#define VIRGL_RENDERER_USE_SURFACELESS     (1 << 3)  /* EGL without any window system */
#define VIRGL_RENDERER_USE_GLES            (1 << 4)  /* OpenGL ES contexts */
#define VIRGL_RENDERER_USE_EXTERNAL_BLOB   (1 << 5)  /* host blobs must be exportable as descriptors */
#define VIRGL_RENDERER_VENUS               (1 << 6)  /* offer Venus (Vulkan) contexts */
#define VIRGL_RENDERER_NO_VIRGL            (1 << 7)  /* offer no VirGL (OpenGL) contexts */
#define VIRGL_RENDERER_ASYNC_FENCE_CB      (1 << 8)  /* with THREAD_SYNC: fence callbacks from any thread */
#define VIRGL_RENDERER_RENDER_SERVER       (1 << 9)  /* Venus contexts live in server processes */
#define VIRGL_RENDERER_DRM                 (1 << 10) /* offer native contexts */
#ifdef VIRGL_RENDERER_UNSTABLE_APIS
#define VIRGL_RENDERER_USE_VIDEO           (1 << 11) /* video decoding and encoding */
#endif
#define VIRGL_RENDERER_D3D11_SHARE_TEXTURE (1 << 12) /* Windows: shared textures are ID3D11Texture2D */
#define VIRGL_RENDERER_COMPAT_PROFILE      (1 << 13) /* GL compatibility profile */
#define VIRGL_RENDERER_USE_GUEST_VRAM      (1 << 14) /* blobs come from a guest-managed heap */

/*
 * Starts the renderer. -1: callbacks missing or of an unknown version, or a NULL cookie without
 * NO_VIRGL. Called again: 0 with the same cookie, flags and callbacks, -EBUSY with others. Another
 * non-zero value: the host has not what the flags ask for; everything is undone, and init may be tried again.
 */
VIRGL_EXPORT int virgl_renderer_init(void *cookie, int flags, struct virgl_renderer_callbacks *cb);

/* [void] Reports the fences that are done. Required now and then unless ASYNC_FENCE_CB is in force. */
VIRGL_EXPORT void virgl_renderer_poll(void);

/* [void] Destroys contexts, resources and the renderer. No callback is made after it returns. */
VIRGL_EXPORT void virgl_renderer_cleanup(void *cookie);

/* [void] Destroys contexts and resources; the renderer goes on, and init with the same arguments is 0. */
VIRGL_EXPORT void virgl_renderer_reset(void);

/* [-1] A descriptor that is readable when virgl_renderer_poll() has work, -1 when there is none. The
 * library keeps owning it. */
VIRGL_EXPORT int virgl_renderer_get_poll_fd(void);

/* [void] Makes the renderer's own GL context current again, after the client changed the current one. */
VIRGL_EXPORT void virgl_renderer_force_ctx_0(void);

/* ---- Logging: any thread, also before init ---------------------------------------------------- */

enum virgl_log_level_flags {
   VIRGL_LOG_LEVEL_DEBUG,
   VIRGL_LOG_LEVEL_INFO,
   VIRGL_LOG_LEVEL_WARNING,
   VIRGL_LOG_LEVEL_ERROR,
   VIRGL_LOG_LEVEL_SILENT, /* a threshold only: no message has this level */
};

typedef void (*virgl_debug_callback_type)(const char *fmt, va_list ap);
typedef void (*virgl_free_data_callback_type)(void *user_data);
typedef void (*virgl_log_callback_type)(enum virgl_log_level_flags log_level, const char *message,
                                        void *user_data);

/* [pointer] Deprecated for virgl_set_log_callback(). Returns the callback that was set before; with
 * NULL messages go to the default sink (standard error, or the file named by VIRGL_LOG_FILE). */
VIRGL_EXPORT virgl_debug_callback_type virgl_set_debug_callback(virgl_debug_callback_type cb);

/* [void] Sends every message, whatever its level, to `cb`; with NULL they are dropped. A message ends
 * in a newline. `free_user_data_cb`, when given, is called with user_data once the callback has been
 * replaced and is running in no thread any more. */
VIRGL_EXPORT void virgl_set_log_callback(virgl_log_callback_type cb, void *user_data,
                                         virgl_free_data_callback_type free_user_data_cb);

/* ---- Capability sets --------------------------------------------------------------------------- */

/* [void] Highest version and byte size of a capability set, 0 and 0 when it is not offered. Legal
 * before init; the size does not change afterwards. */
VIRGL_EXPORT void virgl_renderer_get_cap_set(uint32_t set, uint32_t *max_ver, uint32_t *max_size);

/* [void] Writes exactly the bytes that virgl_renderer_get_cap_set() told, or nothing when the
 * component behind the set is not running. */
VIRGL_EXPORT void virgl_renderer_fill_caps(uint32_t set, uint32_t version, void *caps);

/* ---- Contexts ---------------------------------------------------------------------------------- */

/* Bits of ctx_flags that hold the capability set id; the others are 0. */
#define VIRGL_RENDERER_CONTEXT_FLAG_CAPSET_ID_MASK 0xff

/* [+errno] A VirGL context. `name` has nlen bytes and need not end in NUL. Id 0 is reserved. */
VIRGL_EXPORT int virgl_renderer_context_create(uint32_t handle, uint32_t nlen, const char *name);

/* [+errno] A context of the given capability set; 0 when it exists with the same set already. */
VIRGL_EXPORT int virgl_renderer_context_create_with_flags(uint32_t ctx_id, uint32_t ctx_flags,
                                                          uint32_t nlen, const char *name);

/* [void] No fence of the context is reported afterwards. */
VIRGL_EXPORT void virgl_renderer_context_destroy(uint32_t handle);

/* [void] Makes a resource usable by a context, or not any more. */
VIRGL_EXPORT void virgl_renderer_ctx_attach_resource(int ctx_id, int res_handle);
VIRGL_EXPORT void virgl_renderer_ctx_detach_resource(int ctx_id, int res_handle);

/*
 * [+errno] Runs ndw 32-bit words of a context's command stream. EFAULT: the buffer is not aligned to
 * 4 bytes. The buffer may hold anything, but must not change during the call.
 */
VIRGL_EXPORT int virgl_renderer_submit_cmd(void *buffer, int ctx_id, int ndw);

/* ---- Resources --------------------------------------------------------------------------------- */

/* Uses of a resource; the full list is the guest protocol's. */
#define VIRGL_RES_BIND_DEPTH_STENCIL   (1 << 0)
#define VIRGL_RES_BIND_RENDER_TARGET   (1 << 1)
#define VIRGL_RES_BIND_SAMPLER_VIEW    (1 << 3)
#define VIRGL_RES_BIND_VERTEX_BUFFER   (1 << 4)
#define VIRGL_RES_BIND_INDEX_BUFFER    (1 << 5)
#define VIRGL_RES_BIND_CONSTANT_BUFFER (1 << 6)
#define VIRGL_RES_BIND_STREAM_OUTPUT   (1 << 11)
#define VIRGL_RES_BIND_CURSOR          (1 << 16)
#define VIRGL_RES_BIND_CUSTOM          (1 << 17)
#define VIRGL_RES_BIND_SCANOUT         (1 << 18)
#define VIRGL_RES_BIND_SHARED          (1 << 20)

/* The fields of the guest's RESOURCE_CREATE_3D. */
struct virgl_renderer_resource_create_args {
   uint32_t handle;
   uint32_t target;
   uint32_t format;
   uint32_t bind;
   uint32_t width;
   uint32_t height;
   uint32_t depth;
   uint32_t array_size;
   uint32_t last_level;
   uint32_t nr_samples;
   uint32_t flags;
};

/* [+errno] The iovec array, when given, is attached as by virgl_renderer_resource_attach_iov(). A handle
 * in use is -EINVAL. */
VIRGL_EXPORT int virgl_renderer_resource_create(struct virgl_renderer_resource_create_args *args,
                                                struct iovec *iov, uint32_t num_iovs);

/* [+errno] As virgl_renderer_resource_create(), with the client's EGLImage as storage. */
VIRGL_EXPORT int virgl_renderer_resource_import_eglimage(struct virgl_renderer_resource_create_args *args,
                                                         void *image);

/* [void] Detaches the resource from every context and gives the id free. */
VIRGL_EXPORT void virgl_renderer_resource_unref(uint32_t res_handle);

/* [void], [pointer] One pointer of the client's per resource. */
VIRGL_EXPORT void virgl_renderer_resource_set_priv(uint32_t res_handle, void *priv);
VIRGL_EXPORT void *virgl_renderer_resource_get_priv(uint32_t res_handle);

/* [+errno] Attaches guest memory. The array is borrowed until it is detached; not kept on error. */
VIRGL_EXPORT int virgl_renderer_resource_attach_iov(int res_handle, struct iovec *iov, int num_iovs);

/* [void] Hands the attached array back (NULL and 0 when there was none). */
VIRGL_EXPORT void virgl_renderer_resource_detach_iov(int res_handle, struct iovec **iov, int *num_iovs);

/* What a display needs to know of a resource. */
struct virgl_renderer_resource_info {
   uint32_t handle;
   uint32_t virgl_format;
   uint32_t width;
   uint32_t height;
   uint32_t depth;
   uint32_t flags;  /* bit 0: row 0 is the top row */
   uint32_t tex_id; /* GL texture name */
   uint32_t stride;
   int drm_fourcc;
   int fd; /* borrowed, or -1 */
};

#define VIRGL_RENDERER_RESOURCE_INFO_EXT_VERSION 0

struct virgl_renderer_resource_info_ext {
   int version; /* written by the library */
   struct virgl_renderer_resource_info base;
   bool has_dmabuf_export;
   int planes;
   uint64_t modifiers;
   void *d3d_tex2d; /* ID3D11Texture2D, or NULL */
};

/* [+errno] */
VIRGL_EXPORT int virgl_renderer_resource_get_info(int res_handle, struct virgl_renderer_resource_info *info);
VIRGL_EXPORT int virgl_renderer_resource_get_info_ext(int res_handle,
                                                      struct virgl_renderer_resource_info_ext *info);

/* [pointer] The pixels of a 2D resource of at most 128x128, last row first, for free(); NULL for others. */
VIRGL_EXPORT void *virgl_renderer_get_cursor_data(uint32_t resource_id, uint32_t *width, uint32_t *height);

/* [-1] Exports a GL texture as a dma-buf; the caller owns the descriptor. */
VIRGL_EXPORT int virgl_renderer_get_fd_for_texture(uint32_t tex_id, int *fd);
VIRGL_EXPORT int virgl_renderer_get_fd_for_texture2(uint32_t tex_id, int *fd, int *stride, int *offset);

/* ---- Transfers between guest memory and resources ----------------------------------------------- */

/*
 * [+errno] The box of a level, to (read) or from (write) the iovec array at byte `offset`; the array
 * attached to the resource when iov is NULL. Strides of 0 mean tightly packed. Context 0 is the renderer's own.
 */
VIRGL_EXPORT int virgl_renderer_transfer_read_iov(uint32_t handle, uint32_t ctx_id, uint32_t level,
                                                  uint32_t stride, uint32_t layer_stride,
                                                  struct virgl_box *box, uint64_t offset,
                                                  struct iovec *iov, int iovec_cnt);
VIRGL_EXPORT int virgl_renderer_transfer_write_iov(uint32_t handle, uint32_t ctx_id, int level,
                                                   uint32_t stride, uint32_t layer_stride,
                                                   struct virgl_box *box, uint64_t offset,
                                                   struct iovec *iovec, unsigned int iovec_cnt);

/* [void] Reads a rectangle of level 0; rows are placed in the array as in an image of the full width. */
VIRGL_EXPORT void virgl_renderer_get_rect(int resource_id, struct iovec *iov, unsigned int num_iovs,
                                          uint32_t offset, int x, int y, int width, int height);

/* ---- Extensible queries ---------------------------------------------------------------------------- */

enum virgl_renderer_structure_type_v0 {
   VIRGL_RENDERER_STRUCTURE_TYPE_NONE = 0,
   VIRGL_RENDERER_STRUCTURE_TYPE_EXPORT_QUERY = (1 << 0),
   VIRGL_RENDERER_STRUCTURE_TYPE_SUPPORTED_STRUCTURES = (1 << 1),
};

/* Starts every structure given to virgl_renderer_execute(). */
struct virgl_renderer_hdr {
   uint32_t stype;
   uint32_t stype_version; /* 0 */
   uint32_t size;          /* bytes of the whole structure */
};

/* How a resource can be shared. out_num_fds 0 or out_fourcc 0: it cannot. */
struct virgl_renderer_export_query {
   struct virgl_renderer_hdr hdr;
   uint32_t in_resource_id;

   uint32_t out_num_fds;   /* distinct buffers behind the planes */
   uint32_t in_export_fds; /* non-zero: fill out_fds; the caller owns them */
   uint32_t out_fourcc;
   uint32_t pad; /* 0 */

   int32_t out_fds[4];
   uint32_t out_strides[4];
   uint32_t out_offsets[4];
   uint64_t out_modifier;
};

/* The structure types that virgl_renderer_execute() knows in a given stype_version. */
struct virgl_renderer_supported_structures {
   struct virgl_renderer_hdr hdr;
   uint32_t in_stype_version;
   uint32_t out_supported_structures_mask;
};

/* [-errno] Answers the query in place. */
VIRGL_EXPORT int virgl_renderer_execute(void *execute_args, uint32_t execute_size);

/* ---- Blob resources ------------------------------------------------------------------------------ */

#define VIRGL_RENDERER_BLOB_MEM_GUEST        0x0001
#define VIRGL_RENDERER_BLOB_MEM_HOST3D       0x0002
#define VIRGL_RENDERER_BLOB_MEM_HOST3D_GUEST 0x0003
#define VIRGL_RENDERER_BLOB_MEM_GUEST_VRAM   0x0004

#define VIRGL_RENDERER_BLOB_FLAG_USE_MAPPABLE     0x0001
#define VIRGL_RENDERER_BLOB_FLAG_USE_SHAREABLE    0x0002
#define VIRGL_RENDERER_BLOB_FLAG_USE_CROSS_DEVICE 0x0004

/* The fields of the guest's RESOURCE_CREATE_BLOB. */
struct virgl_renderer_resource_create_blob_args {
   uint32_t res_handle;
   uint32_t ctx_id;
   uint32_t blob_mem;
   uint32_t blob_flags;
   uint64_t blob_id;
   uint64_t size;
   const struct iovec *iovecs; /* borrowed until detached */
   uint32_t num_iovs;
};

/* [-errno] */
VIRGL_EXPORT int
virgl_renderer_resource_create_blob(const struct virgl_renderer_resource_create_blob_args *args);

/* [-errno] Maps into this process, once at a time; the library owns the mapping until unmap. */
VIRGL_EXPORT int virgl_renderer_resource_map(uint32_t res_handle, void **map, uint64_t *out_size);
VIRGL_EXPORT int virgl_renderer_resource_unmap(uint32_t res_handle);

/* [-errno] Maps over the caller's reservation at addr; the caller owns the mapping. -EOPNOTSUPP: use
 * virgl_renderer_resource_map(). */
VIRGL_EXPORT int virgl_renderer_resource_map_fixed(uint32_t res_handle, void *addr);

#define VIRGL_RENDERER_MAP_CACHE_MASK     0x0f
#define VIRGL_RENDERER_MAP_CACHE_NONE     0x00
#define VIRGL_RENDERER_MAP_CACHE_CACHED   0x01
#define VIRGL_RENDERER_MAP_CACHE_UNCACHED 0x02
#define VIRGL_RENDERER_MAP_CACHE_WC       0x03

/* [-errno] How the CPU should cache the mapping: one of VIRGL_RENDERER_MAP_CACHE_*. */
VIRGL_EXPORT int virgl_renderer_resource_get_map_info(uint32_t res_handle, uint32_t *map_info);

#define VIRGL_RENDERER_BLOB_FD_TYPE_DMABUF 0x0001
#define VIRGL_RENDERER_BLOB_FD_TYPE_OPAQUE 0x0002
#define VIRGL_RENDERER_BLOB_FD_TYPE_SHM    0x0003

/* [-errno] The caller owns the descriptor. */
VIRGL_EXPORT int virgl_renderer_resource_export_blob(uint32_t res_id, uint32_t *fd_type, int *fd);

struct virgl_renderer_resource_import_blob_args {
   uint32_t res_handle;
   uint32_t blob_mem;
   uint32_t fd_type;
   int fd;
   uint64_t size;
};

/* [-errno] The library owns the descriptor on success only. */
VIRGL_EXPORT int
virgl_renderer_resource_import_blob(const struct virgl_renderer_resource_import_blob_args *args);

/* ---- Fences ---------------------------------------------------------------------------------------- */

/* [+errno] A fence on the global timeline, reported by write_fence; ctx_id is not used. */
VIRGL_EXPORT int virgl_renderer_create_fence(int client_fence_id, uint32_t ctx_id);

/* The fence may go unreported when a later one on its timeline is reported. */
#define VIRGL_RENDERER_FENCE_FLAG_MERGEABLE (1 << 0)

/* [-errno] A fence on a context's timeline, reported by write_context_fence. */
VIRGL_EXPORT int virgl_renderer_context_create_fence(uint32_t ctx_id, uint32_t flags, uint32_t ring_idx,
                                                     uint64_t fence_id);

/* [void] Reports the fences of one context that are done. */
VIRGL_EXPORT void virgl_renderer_context_poll(uint32_t ctx_id);

/* [-1] As virgl_renderer_get_poll_fd(), for one context. */
VIRGL_EXPORT int virgl_renderer_context_get_poll_fd(uint32_t ctx_id);

/* ---- Interfaces that may still change -------------------------------------------------------------- */

#ifdef VIRGL_RENDERER_UNSTABLE_APIS

/* [-errno] A sync file for a fence that is not done; the caller owns it. Any thread. */
VIRGL_EXPORT int virgl_renderer_export_fence(uint64_t client_fence_id, int *fd);

/* [-1] A sync file that has signalled; the caller owns it. Any thread. */
VIRGL_EXPORT int virgl_renderer_export_signalled_fence(void);

/* [+errno] As virgl_renderer_submit_cmd(), after the given fences. One that is not known counts as
 * done. When an argument is refused nothing is queued and nothing runs; -EINVAL: no ids, -ENOMEM:
 * too many waits are queued. A submission that has to wait is copied, and runs inside a later call:
 * watch virgl_renderer_get_poll_fd() or poll. */
VIRGL_EXPORT int virgl_renderer_submit_cmd2(void *buffer, int ctx_id, int ndw, uint64_t *in_fence_ids,
                                            uint32_t num_in_fences);

/* [+errno] The context's next submission waits for the sync file. The descriptor is closed, unless
 * the context is not known; other refusals are negative: -EINVAL: no sync file, -ENOMEM: too many
 * waits are queued. */
VIRGL_EXPORT int virgl_renderer_attach_fence(int ctx_id, int fence_fd);

/* [-1] As virgl_renderer_export_fence(), the descriptor being the result. Any thread. */
VIRGL_EXPORT int virgl_renderer_get_fence_fd(uint64_t fence_id);

/* [-errno] The DRM device of a native context; the library keeps owning the descriptor. */
VIRGL_EXPORT int virgl_renderer_get_dev_fd(int ctx_id);

/*
 * [-errno] Not in 1.3.0. Orders the context's next submission on a ring after the fence, whichever
 * context made it. Calls add up until that submission, which consumes them even when it fails. A
 * fence that is not known counts as done. -ENOMEM: too many waits are queued.
 */
VIRGL_EXPORT int virgl_renderer_context_push_fence_wait(uint32_t ctx_id, uint32_t ring_idx,
                                                        uint64_t fence_id);

/* How an image lies in memory; num_planes 0: it cannot be described. */
struct virgl_renderer_resource_layout {
   uint32_t num_planes;
   uint64_t modifier; /* DRM format modifier */
   struct virgl_renderer_resource_layout_plane {
      uint64_t offset; /* bytes */
      uint32_t stride; /* bytes from row to row */
      uint32_t size;   /* bytes */
   } planes[4];
};

/*
 * [-errno] Not in 1.3.0. The layout of a resource's storage; for a resource without storage, or handle
 * 0, the layout that an allocation with these arguments would get.
 */
VIRGL_EXPORT int virgl_renderer_resource_query_layout(uint32_t res_handle,
                                                      struct virgl_renderer_resource_layout *layout,
                                                      uint32_t width, uint32_t height, uint32_t format,
                                                      uint32_t bind);

#endif /* VIRGL_RENDERER_UNSTABLE_APIS */

#ifdef __cplusplus
}
#endif

#endif /* VIRGLRENDERER_H */
