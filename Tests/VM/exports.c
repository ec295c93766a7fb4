/* Textures that leave as dma-bufs. */
#include "pictures.h"

#include <drm_fourcc.h>
#include <errno.h>
#include <gbm.h>
#include <unistd.h>

/* The pixel in the middle of a dma-buf, read by GBM on a device of the test's own. */
static uint32_t pixel_of_dmabuf(uint32_t fourcc, int fd, uint32_t stride, uint32_t offset, uint64_t modifier)
{
   int node = open_node("virtio_gpu", RENDER);
   struct gbm_device *device = gbm_create_device(node);
   CHECK(device != NULL, "no GBM device");
   struct gbm_import_fd_modifier_data data = {
      .width = SIDE, .height = SIDE, .format = fourcc, .num_fds = 1, .fds = {fd},
      .strides = {(int)stride}, .offsets = {(int)offset}, .modifier = modifier,
   };
   struct gbm_import_fd_data plain = {
      .fd = fd, .width = SIDE, .height = SIDE, .stride = stride, .format = fourcc,
   };
   bool is_plain = modifier == DRM_FORMAT_MOD_INVALID;
   struct gbm_bo *buffer = gbm_bo_import(device, is_plain ? GBM_BO_IMPORT_FD : GBM_BO_IMPORT_FD_MODIFIER,
                                         is_plain ? (void *)&plain : (void *)&data, GBM_BO_USE_RENDERING);
   CHECK(buffer != NULL, "GBM does not take the dma-buf (errno %d)", errno);
   uint32_t row = 0;
   void *cookie = NULL;
   uint32_t *pixels = gbm_bo_map(buffer, 0, 0, SIDE, SIDE, GBM_BO_TRANSFER_READ, &row, &cookie);
   CHECK(pixels != NULL, "the buffer cannot be mapped");
   uint32_t value = pixels[SIDE / 2 * row / 4 + SIDE / 2];
   gbm_bo_unmap(buffer, cookie);
   gbm_bo_destroy(buffer);
   gbm_device_destroy(device);
   close(node);
   return as_bgra(value, fourcc);
}

static void info_tells_the_export(enum host host)
{
   start_with_picture(host, BIND_PICTURE | VIRGL_RES_BIND_SCANOUT);
   struct virgl_renderer_resource_info_ext info;
   RETURNS(0, virgl_renderer_resource_get_info_ext(1, &info));
   CHECK(info.has_dmabuf_export && info.planes == 1, "export %d, planes %d", info.has_dmabuf_export, info.planes);
   NOTE("%.4s, modifier %#llx", (char *)&info.base.drm_fourcc, (unsigned long long)info.modifiers);
   (void)is_rgba((uint32_t)info.base.drm_fourcc);
   CHECK(info.base.tex_id != 0 && info.base.width == SIDE && info.base.height == SIDE, "texture %u, %u x %u",
         info.base.tex_id, info.base.width, info.base.height);
   stop();
}

static void texture_leaves_by_its_name(enum host host)
{
   start_with_picture(host, BIND_PICTURE | VIRGL_RES_BIND_SCANOUT);
   struct virgl_renderer_resource_info_ext info;
   RETURNS(0, virgl_renderer_resource_get_info_ext(1, &info));
   int fd = -1, second = -1, stride = 0, offset = 0;
   RETURNS(0, virgl_renderer_get_fd_for_texture2(info.base.tex_id, &fd, &stride, &offset));
   CHECK(stride >= 4 * SIDE && offset >= 0, "stride %d, offset %d", stride, offset);
   uint32_t fourcc = (uint32_t)info.base.drm_fourcc;
   uint32_t seen = pixel_of_dmabuf(fourcc, fd, (uint32_t)stride, (uint32_t)offset, info.modifiers);
   CHECK(seen == RED, "%08x", seen);
   RETURNS(0, virgl_renderer_get_fd_for_texture(info.base.tex_id, &second));
   CHECK(second >= 0 && second != fd, "%d %d", fd, second);
   RETURNS(-1, virgl_renderer_get_fd_for_texture(987654, &second));
   RETURNS(-1, virgl_renderer_get_fd_for_texture(0, &second));
   RETURNS(-1, virgl_renderer_get_fd_for_texture2(info.base.tex_id, NULL, NULL, NULL));
   stop();
}

static void export_query_answers(enum host host)
{
   start_with_picture(host, BIND_PICTURE | VIRGL_RES_BIND_SCANOUT);
   int dmabufs = open_dmabufs();
   struct virgl_renderer_export_query query = {
      .hdr = {VIRGL_RENDERER_STRUCTURE_TYPE_EXPORT_QUERY, 0, sizeof(query)}, .in_resource_id = 1,
   };
   RETURNS(0, virgl_renderer_execute(&query, sizeof(query)));
   CHECK(query.out_num_fds == 1 && query.out_fds[0] == -1, "%u descriptors, the first %d", query.out_num_fds,
         query.out_fds[0]);
   RETURNS(dmabufs, open_dmabufs());
   query.in_export_fds = 1;
   RETURNS(0, virgl_renderer_execute(&query, sizeof(query)));
   CHECK(query.out_num_fds == 1 && query.out_fds[0] >= 0 && query.out_fds[1] == -1, "%u: %d %d", query.out_num_fds,
         query.out_fds[0], query.out_fds[1]);
   CHECK(query.out_strides[0] >= 4 * SIDE, "stride %u", query.out_strides[0]);
   uint32_t seen = pixel_of_dmabuf(query.out_fourcc, query.out_fds[0], query.out_strides[0], query.out_offsets[0],
                                   query.out_modifier);
   CHECK(seen == RED, "%08x", seen);
   close(query.out_fds[0]);
   RETURNS(dmabufs, open_dmabufs());
   stop();
}

/* llvmpipe has EGL_MESA_image_dma_buf_export and nothing to export: it is not promised then. */
static void textures_that_cannot_leave(enum host host)
{
   start_with_picture(host, BIND_PICTURE | VIRGL_RES_BIND_SCANOUT);
   struct virgl_renderer_resource_info_ext info;
   RETURNS(0, virgl_renderer_resource_get_info_ext(1, &info));
   CHECK(!info.has_dmabuf_export && info.base.tex_id != 0, "export %d", info.has_dmabuf_export);
   int fd = 77;
   RETURNS(-1, virgl_renderer_get_fd_for_texture(info.base.tex_id, &fd));
   RETURNS(77, fd);
   uint32_t type = 0;
   RETURNS(-EINVAL, virgl_renderer_resource_export_blob(1, &type, &fd));
   struct virgl_renderer_export_query query = {
      .hdr = {VIRGL_RENDERER_STRUCTURE_TYPE_EXPORT_QUERY, 0, sizeof(query)}, .in_resource_id = 1,
   };
   RETURNS(0, virgl_renderer_execute(&query, sizeof(query)));
   RETURNS(0, query.out_num_fds);
   query.in_export_fds = 1;
   RETURNS(-EINVAL, virgl_renderer_execute(&query, sizeof(query)));
   stop();
}

static void buffers_do_not_leave(enum host host)
{
   start(host);
   make_buffer(1, VIRGL_RES_BIND_VERTEX_BUFFER, 4096, NULL);
   uint32_t type = 0;
   int fd = -1;
   RETURNS(-EINVAL, virgl_renderer_resource_export_blob(1, &type, &fd));
   struct virgl_renderer_export_query query = {
      .hdr = {VIRGL_RENDERER_STRUCTURE_TYPE_EXPORT_QUERY, 0, sizeof(query)}, .in_resource_id = 1,
   };
   RETURNS(0, virgl_renderer_execute(&query, sizeof(query)));
   RETURNS(0, query.out_num_fds);
   struct virgl_renderer_resource_info_ext info;
   RETURNS(0, virgl_renderer_resource_get_info_ext(1, &info));
   CHECK(!info.has_dmabuf_export, "a buffer is no picture");
   stop();
}

const struct test export_tests[] = {
   ON("virtio", HOST_VIRTIO, "exports", info_tells_the_export),
   ON("virtio", HOST_VIRTIO, "exports", texture_leaves_by_its_name),
   ON("virtio", HOST_VIRTIO, "exports", export_query_answers),
   ON("vgem", HOST_VGEM, "exports", textures_that_cannot_leave),
   ON("software", HOST_SOFTWARE, "exports", textures_that_cannot_leave),
   ON_NODES("exports", buffers_do_not_leave),
   {0},
};
