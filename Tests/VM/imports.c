/* dma-bufs and EGLImages that become textures. */
#define _GNU_SOURCE
#include "pictures.h"

#include <drm_fourcc.h>
#include <epoxy/egl.h>
#include <errno.h>
#include <fcntl.h>
#include <gbm.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PIPE_RESOURCE_SET_TYPE = 49 };

/* Untyped resource `id` of a dma-buf, typed by the guest of context 1. */
static int set_type(uint32_t id, uint32_t format, uint32_t side, uint64_t modifier, uint32_t stride, uint32_t offset)
{
   struct stream stream = {
      .words = {PIPE_RESOURCE_SET_TYPE | 10 << 16, id, format, BIND_PICTURE, side, side, 0, (uint32_t)modifier,
                (uint32_t)(modifier >> 32), stride, offset},
      .count = 11,
   };
   return submit(1, stream);
}

static void import(uint32_t id, int fd, uint64_t size)
{
   struct virgl_renderer_resource_import_blob_args arguments = {
      .res_handle = id, .blob_mem = VIRGL_RENDERER_BLOB_MEM_HOST3D, .fd_type = VIRGL_RENDERER_BLOB_FD_TYPE_DMABUF,
      .fd = fd, .size = size,
   };
   RETURNS(0, virgl_renderer_resource_import_blob(&arguments));
   virgl_renderer_ctx_attach_resource(1, (int)id);
}

/* Out as a blob, in as another resource: both are the same picture. */
static void texture_leaves_and_comes_back(enum host host)
{
   start_with_picture(host, BIND_PICTURE | VIRGL_RES_BIND_SHARED);
   int dmabufs = open_dmabufs();
   struct virgl_renderer_export_query query = {
      .hdr = {VIRGL_RENDERER_STRUCTURE_TYPE_EXPORT_QUERY, 0, sizeof(query)}, .in_resource_id = 1,
   };
   RETURNS(0, virgl_renderer_execute(&query, sizeof(query)));
   uint32_t type = 0;
   int fd = -1;
   RETURNS(0, virgl_renderer_resource_export_blob(1, &type, &fd));
   RETURNS(VIRGL_RENDERER_BLOB_FD_TYPE_DMABUF, type);
   import(2, fd, (uint64_t)lseek(fd, 0, SEEK_END));
   uint32_t format = is_rgba(query.out_fourcc) ? FORMAT_RGBA : FORMAT_BGRA;
   RETURNS(0, set_type(2, format, SIDE, query.out_modifier, query.out_strides[0], query.out_offsets[0]));
   CHECK(as_bgra(pixel(2), query.out_fourcc) == RED, "%08x", pixel(2));
   prepare_fill(1, 2, format);
   paint(1, 2, GREEN, 2);
   wait_reported(1, 2);
   CHECK(pixel(1) == GREEN && pixel(2) == GREEN, "%08x %08x", pixel(1), pixel(2));
   struct virgl_renderer_resource_info info;
   RETURNS(0, virgl_renderer_resource_get_info(2, &info));
   CHECK(info.tex_id != 0 && info.width == SIDE && info.fd >= 0, "texture %u, width %u, fd %d", info.tex_id, info.width,
         info.fd);
   virgl_renderer_resource_unref(2);
   RETURNS(0, submit(1, fill(1, BLUE)));
   CHECK(pixel(1) == BLUE, "%08x", pixel(1));
   RETURNS(dmabufs, open_dmabufs());
   stop();
}

struct foreign {
   int node;
   struct gbm_device *device;
   struct gbm_bo *buffer;
   int fd;
   uint32_t stride;
};

/* A buffer of a GBM device of the test's own. */
static struct foreign make_foreign(enum host host)
{
   struct foreign made = {.node = host == HOST_VIRTIO ? open_node("virtio_gpu", RENDER) : open_node("vgem", CARD)};
   made.device = gbm_create_device(made.node);
   made.buffer = gbm_bo_create(made.device, SIDE, SIDE, GBM_FORMAT_ARGB8888, GBM_BO_USE_LINEAR);
   CHECK(made.buffer != NULL, "errno %d", errno);
   made.fd = gbm_bo_get_fd(made.buffer);
   made.stride = gbm_bo_get_stride(made.buffer);
   CHECK(made.fd >= 0, "errno %d", errno);
   return made;
}

static void check_foreign(struct foreign *foreign, uint32_t colour)
{
   uint32_t row = 0;
   void *cookie = NULL;
   uint32_t *pixels = gbm_bo_map(foreign->buffer, 0, 0, SIDE, SIDE, GBM_BO_TRANSFER_READ, &row, &cookie);
   CHECK(pixels != NULL, "the buffer cannot be mapped");
   uint32_t value = pixels[SIDE / 2 * row / 4 + SIDE / 2];
   gbm_bo_unmap(foreign->buffer, cookie);
   CHECK(value == colour, "%08x", value);
}

static void foreign_buffer_is_drawn_to(enum host host)
{
   start_with_picture(host, BIND_PICTURE);
   struct foreign foreign = make_foreign(host);
   import(2, foreign.fd, (uint64_t)lseek(foreign.fd, 0, SEEK_END));
   RETURNS(0, set_type(2, FORMAT_BGRA, SIDE, DRM_FORMAT_MOD_INVALID, foreign.stride, 0));
   prepare_fill(1, 2, FORMAT_BGRA);
   paint_and_see(1, 2, GREEN, 2);
   check_foreign(&foreign, GREEN);
   stop();
}

/* The monitor's own EGLImage: of another display's view of the same device, imported by name. */
static void eglimage_of_the_monitor(enum host host)
{
   start_with_picture(host, BIND_PICTURE);
   struct foreign foreign = make_foreign(host);
   virgl_renderer_force_ctx_0();
   EGLDisplay display = eglGetCurrentDisplay();
   EGLint attributes[] = {
      EGL_WIDTH, SIDE, EGL_HEIGHT, SIDE, EGL_LINUX_DRM_FOURCC_EXT, DRM_FORMAT_ARGB8888, EGL_DMA_BUF_PLANE0_FD_EXT,
      foreign.fd, EGL_DMA_BUF_PLANE0_OFFSET_EXT, 0, EGL_DMA_BUF_PLANE0_PITCH_EXT, (EGLint)foreign.stride, EGL_NONE,
   };
   EGLImageKHR image = eglCreateImageKHR(display, EGL_NO_CONTEXT, EGL_LINUX_DMA_BUF_EXT, NULL, attributes);
   CHECK(image != EGL_NO_IMAGE_KHR, "%#x", eglGetError());
   struct virgl_renderer_resource_create_args arguments = {
      .handle = 2, .target = 2, .format = FORMAT_BGRA, .bind = BIND_PICTURE, .width = SIDE, .height = SIDE,
      .depth = 1, .array_size = 1,
   };
   RETURNS(0, virgl_renderer_resource_import_eglimage(&arguments, image));
   eglDestroyImageKHR(display, image);
   virgl_renderer_ctx_attach_resource(1, 2);
   prepare_fill(1, 2, FORMAT_BGRA);
   paint_and_see(1, 2, GREEN, 2);
   check_foreign(&foreign, GREEN);
   virgl_renderer_resource_unref(2);
   stop();
}

/* Numbers of a guest that do not fit the buffer: the context fails, and nothing else. */
static void planes_outside_the_buffer(enum host host)
{
   static const struct {
      uint32_t format, side, stride, offset;
   } wrong[] = {
      {FORMAT_BGRA, SIDE, 4 * SIDE, 1u << 20},    {FORMAT_BGRA, SIDE, 1u << 24, 0},
      {FORMAT_BGRA, SIDE, UINT32_MAX, 0},         {FORMAT_BGRA, SIDE, 4 * SIDE, UINT32_MAX},
      {FORMAT_BGRA, SIDE, 0, 0},                  {FORMAT_BGRA, SIDE, 4, 0},
      {FORMAT_BGRA, 4096, 4 * 4096, 0},           {FORMAT_BGRA, 0, 4 * SIDE, 0},
      {FORMAT_BGRA, 1u << 31, 4 * SIDE, 0},       {0xffffffffu, SIDE, 4 * SIDE, 0},
      {31, SIDE, 4 * SIDE, 0},                    {FORMAT_BGRA, SIDE, 4 * SIDE, 4},
   };
   start(host);
   struct foreign foreign = make_foreign(host);
   int dmabufs = open_dmabufs();
   for (unsigned i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
      make_context(1);
      int fd = fcntl(foreign.fd, F_DUPFD_CLOEXEC, 3);
      import(2, fd, (uint64_t)lseek(fd, 0, SEEK_END));
      int result =
         set_type(2, wrong[i].format, wrong[i].side, DRM_FORMAT_MOD_INVALID, wrong[i].stride, wrong[i].offset);
      /* Buffers of virtio-gpu are handles of images on its host, which judges by itself. */
      CHECK(result != 0 || host == HOST_VIRTIO, "number %u was accepted", i);
      virgl_renderer_resource_unref(2);
      virgl_renderer_context_destroy(1);
   }
   RETURNS(dmabufs, open_dmabufs());
   make_context(1);
   import(2, foreign.fd, (uint64_t)lseek(foreign.fd, 0, SEEK_END));
   RETURNS(0, set_type(2, FORMAT_BGRA, SIDE, DRM_FORMAT_MOD_INVALID, foreign.stride, 0));
   stop();
}

/* A memfd that is called a dma-buf, a descriptor that is closed, and what is no memory at all. */
static void descriptors_that_are_no_buffers(enum host host)
{
   start(host);
   int wrong[] = {memfd_create("x", 0), open("/dev/null", O_RDWR), open_node("vgem", CARD)};
   RETURNS(0, ftruncate(wrong[0], 1 << 20));
   for (unsigned i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
      make_context(1);
      import(2, wrong[i], 1 << 20);
      CHECK(set_type(2, FORMAT_BGRA, SIDE, DRM_FORMAT_MOD_INVALID, 4 * SIDE, 0) != 0, "number %u was accepted", i);
      virgl_renderer_resource_unref(2);
      CHECK(fcntl(wrong[i], F_GETFD) == -1, "number %u stayed open", i);
      virgl_renderer_context_destroy(1);
   }
   stop();
}

const struct test import_tests[] = {
   ON("virtio", HOST_VIRTIO, "imports", texture_leaves_and_comes_back),
   ON_NODES("imports", foreign_buffer_is_drawn_to),
   ON_NODES("imports", eglimage_of_the_monitor),
   ON_NODES("imports", planes_outside_the_buffer),
   ON_NODES("imports", descriptors_that_are_no_buffers),
   {0},
};
