/* virgl_renderer_resource_query_layout() and the guest's GET_PIPE_RESOURCE_LAYOUT. */
#include "nodes.h"
#include "vmm.h"

#include <drm_fourcc.h>
#include <errno.h>
#include <gbm.h>
#include <string.h>
#include <unistd.h>

enum { GET_PIPE_RESOURCE_LAYOUT = 63 };

typedef struct virgl_renderer_resource_layout layout;

/* What GBM itself gives for the same request. */
static void check_against_gbm(enum host host, const layout *told, uint32_t width, uint32_t height, uint32_t format,
                              uint32_t uses)
{
   int node = host == HOST_VIRTIO ? open_node("virtio_gpu", RENDER) : open_node("vgem", CARD);
   struct gbm_device *device = gbm_create_device(node);
   struct gbm_bo *buffer = gbm_bo_create(device, width, height, format, uses);
   CHECK(buffer != NULL, "errno %d", errno);
   CHECK((int)told->num_planes == gbm_bo_get_plane_count(buffer), "%u", told->num_planes);
   CHECK(told->modifier == gbm_bo_get_modifier(buffer), "%#llx", (unsigned long long)told->modifier);
   CHECK(told->planes[0].stride == gbm_bo_get_stride(buffer), "%u and %u", told->planes[0].stride,
         gbm_bo_get_stride(buffer));
   CHECK(told->planes[0].offset == gbm_bo_get_offset(buffer, 0), "%llu", (unsigned long long)told->planes[0].offset);
   CHECK(told->planes[0].size >= told->planes[0].stride * height, "%u bytes for %u rows of %u", told->planes[0].size,
         height, told->planes[0].stride);
   for (int plane = 1; plane < 4; plane++)
      CHECK(told->planes[plane].stride == 0 && told->planes[plane].size == 0, "plane %d", plane);
   gbm_bo_destroy(buffer);
   gbm_device_destroy(device);
   close(node);
}

static void of_an_allocation(enum host host)
{
   start(host);
   layout first = {0}, again = {0};
   uint32_t linear = 1 << 22;
   RETURNS(0, virgl_renderer_resource_query_layout(0, &first, 100, 50, FORMAT_BGRA, linear));
   check_against_gbm(host, &first, 100, 50, GBM_FORMAT_ARGB8888, GBM_BO_USE_LINEAR);
   RETURNS(0, virgl_renderer_resource_query_layout(0, &again, 100, 50, FORMAT_BGRA, linear));
   CHECK(memcmp(&first, &again, sizeof(first)) == 0, "the second answer differs");
   RETURNS(0, virgl_renderer_resource_query_layout(0, &again, 640, 480, FORMAT_BGRX, linear));
   check_against_gbm(host, &again, 640, 480, GBM_FORMAT_XRGB8888, GBM_BO_USE_LINEAR);
   NOTE("100 pixels: stride %u, modifier %#llx", first.planes[0].stride, (unsigned long long)first.modifier);
   stop();
}

static void of_a_resource(enum host host)
{
   start(host);
   make_context(1);
   make_picture(1, BIND_PICTURE | VIRGL_RES_BIND_SCANOUT, 1);
   struct virgl_renderer_resource_info_ext info;
   RETURNS(0, virgl_renderer_resource_get_info_ext(1, &info));
   int fd = -1, stride = 0, offset = 0;
   RETURNS(0, virgl_renderer_get_fd_for_texture2(info.base.tex_id, &fd, &stride, &offset));
   int descriptors = open_descriptors();
   layout told;
   /* The other arguments mean nothing then. */
   RETURNS(0, virgl_renderer_resource_query_layout(1, &told, 0, UINT32_MAX, 12345, 0));
   CHECK(told.num_planes == 1 && told.modifier == info.modifiers, "%u planes, modifier %#llx", told.num_planes,
         (unsigned long long)told.modifier);
   CHECK(told.planes[0].stride == (uint32_t)stride && told.planes[0].offset == (uint64_t)offset, "%u %llu",
         told.planes[0].stride, (unsigned long long)told.planes[0].offset);
   CHECK(told.planes[0].size >= told.planes[0].stride * SIDE, "%u", told.planes[0].size);
   check_descriptors(descriptors);
   stop();
}

static void of_what_has_none(enum host host)
{
   start(host);
   make_buffer(1, VIRGL_RES_BIND_VERTEX_BUFFER, 4096, NULL);
   layout told = {.num_planes = 9};
   RETURNS(0, virgl_renderer_resource_query_layout(1, &told, SIDE, SIDE, FORMAT_BGRA, BIND_PICTURE));
   RETURNS(0, told.num_planes);
   stop();
}

static void of_what_cannot_be(enum host host)
{
   start(host);
   layout told = {.num_planes = 77};
   uint32_t linear = 1 << 22;
   RETURNS(-EINVAL, virgl_renderer_resource_query_layout(99, &told, SIDE, SIDE, FORMAT_BGRA, linear));
   RETURNS(-EINVAL, virgl_renderer_resource_query_layout(0, NULL, SIDE, SIDE, FORMAT_BGRA, linear));
   RETURNS(-EINVAL, virgl_renderer_resource_query_layout(0, &told, 0, SIDE, FORMAT_BGRA, linear));
   RETURNS(-EINVAL, virgl_renderer_resource_query_layout(0, &told, SIDE, 0, FORMAT_BGRA, linear));
   RETURNS(-EINVAL, virgl_renderer_resource_query_layout(0, &told, UINT32_MAX, SIDE, FORMAT_BGRA, linear));
   RETURNS(-EINVAL, virgl_renderer_resource_query_layout(0, &told, SIDE, UINT32_MAX, FORMAT_BGRA, linear));
   RETURNS(-EINVAL, virgl_renderer_resource_query_layout(0, &told, SIDE, SIDE, 0, linear));
   RETURNS(-EINVAL, virgl_renderer_resource_query_layout(0, &told, SIDE, SIDE, UINT32_MAX, linear));
   RETURNS(-EINVAL, virgl_renderer_resource_query_layout(0, &told, SIDE, SIDE, 31, linear));
   RETURNS(77, told.num_planes);
   stop();
}

static void without_an_allocator(enum host host)
{
   start(host);
   layout told;
   RETURNS(-EOPNOTSUPP, virgl_renderer_resource_query_layout(0, &told, SIDE, SIDE, FORMAT_BGRA, BIND_PICTURE));
   stop();
}

/* USE_SURFACELESS with a device for buffers: the display has none, the answers come from the device. */
static void of_the_monitors_device_beside_a_surfaceless_display(enum host host)
{
   (void)host;
   setenv("LIBGL_ALWAYS_SOFTWARE", "1", 1);
   RETURNS(0, try_start(VIRGL_RENDERER_USE_EGL | VIRGL_RENDERER_USE_SURFACELESS, open_node("vgem", CARD)));
   layout told;
   RETURNS(0, virgl_renderer_resource_query_layout(0, &told, SIDE, SIDE, FORMAT_BGRA, 1 << 22));
   check_against_gbm(HOST_VGEM, &told, SIDE, SIDE, GBM_FORMAT_ARGB8888, GBM_BO_USE_LINEAR);
   stop();
}

static void many_questions(enum host host)
{
   start(host);
   layout told;
   int descriptors = 0;
   for (uint32_t width = 1; width <= 600; width++) {
      if (width == 50)
         descriptors = open_descriptors();
      RETURNS(0, virgl_renderer_resource_query_layout(0, &told, width, 4, FORMAT_BGRA, 1 << 22));
      CHECK(told.planes[0].stride >= 4 * width, "%u for %u", told.planes[0].stride, width);
   }
   check_descriptors(descriptors);
   stop();
}

/* The guest's command: 80 bytes into a buffer of its own. */
struct answer {
   uint64_t modifier;
   uint32_t planes, reserved;
   struct {
      uint64_t offset;
      uint32_t stride, size;
   } plane[4];
};

static int ask(uint32_t output, uint32_t resource)
{
   struct stream stream = {.words = {GET_PIPE_RESOURCE_LAYOUT | 2 << 16, output, resource}, .count = 3};
   return submit(1, stream);
}

static bool offers_layouts(void)
{
   enum { CAPABILITY_BITS_V2 = 688 / 4, RESOURCE_LAYOUT = 1 << 18 };
   uint32_t version = 0, size = 0;
   static uint32_t capset[1024];
   virgl_renderer_get_cap_set(2, &version, &size);
   CHECK(size > 688 && size <= sizeof(capset), "%u", size);
   virgl_renderer_fill_caps(2, version, capset);
   return capset[CAPABILITY_BITS_V2] & RESOURCE_LAYOUT;
}

static void for_the_guest(enum host host)
{
   start(host);
   make_context(1);
   make_picture(1, BIND_PICTURE | VIRGL_RES_BIND_SCANOUT, 1);
   struct answer answer[2];
   struct iovec memory = {answer, sizeof(answer)};
   make_buffer(2, VIRGL_RES_BIND_CUSTOM, sizeof(answer), &memory);
   virgl_renderer_ctx_attach_resource(1, 2);
   memset(answer, 0xee, sizeof(answer)); /* attaching memory to a CUSTOM buffer wrote its zeros there */
   RETURNS(0, ask(2, 1));
   layout told;
   RETURNS(0, virgl_renderer_resource_query_layout(1, &told, 0, 0, 0, 0));
   CHECK(answer[0].planes == 1 && answer[0].modifier == told.modifier, "%u planes", answer[0].planes);
   CHECK(answer[0].plane[0].stride == told.planes[0].stride && answer[0].plane[0].offset == told.planes[0].offset &&
            answer[0].plane[0].size == told.planes[0].size && answer[0].reserved == 0,
         "%u %u", answer[0].plane[0].stride, answer[0].plane[0].size);
   CHECK(answer[0].plane[3].size == 0, "%u", answer[0].plane[3].size);
   CHECK(answer[1].modifier == 0xeeeeeeeeeeeeeeee, "it wrote more than 80 bytes");
   /* A buffer has no layout. */
   RETURNS(0, ask(2, 2));
   CHECK(answer[0].planes == 0 && answer[0].modifier == 0, "%u planes", answer[0].planes);
   /* The context goes on where it was. */
   prepare_fill(1, 1, FORMAT_BGRA);
   RETURNS(0, ask(2, 1));
   paint_and_see(1, 1, RED, 1);
   CHECK(ask(2, 55) != 0, "an unknown resource");
   stop();
}

static void of_a_texture_that_cannot_leave(enum host host)
{
   start(host);
   make_context(1);
   make_picture(1, BIND_PICTURE | VIRGL_RES_BIND_SCANOUT, 1);
   layout told = {.num_planes = 9};
   RETURNS(0, virgl_renderer_resource_query_layout(1, &told, SIDE, SIDE, FORMAT_BGRA, BIND_PICTURE));
   RETURNS(0, told.num_planes);
   stop();
}

/* Guests are told of the command when the environment asks for it and textures have layouts to tell. */
static void offered_by_wish(enum host host)
{
   setenv("VIRGL_GBM_LAYOUT_ENABLE", "1", 1);
   start(host);
   CHECK(offers_layouts() == (host == HOST_VIRTIO), "%d", offers_layouts());
   stop();
   unsetenv("VIRGL_GBM_LAYOUT_ENABLE");
   start(host);
   CHECK(!offers_layouts(), "nobody asked for it");
   stop();
}

const struct test layout_tests[] = {
   ON_NODES("layouts", of_an_allocation),
   ON("virtio", HOST_VIRTIO, "layouts", of_a_resource),
   ON("vgem", HOST_VGEM, "layouts", of_a_texture_that_cannot_leave),
   ON_NODES("layouts", of_what_has_none),
   ON_NODES("layouts", of_what_cannot_be),
   ON("software", HOST_SOFTWARE, "layouts", without_an_allocator),
   {"layouts/of_the_monitors_device_beside_a_surfaceless_display",
    of_the_monitors_device_beside_a_surfaceless_display, HOST_SOFTWARE},
   ON_NODES("layouts", many_questions),
   ON("virtio", HOST_VIRTIO, "layouts", for_the_guest),
   ON_NODES("layouts", offered_by_wish),
   {0},
};
