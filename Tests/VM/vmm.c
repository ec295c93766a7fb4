#define _GNU_SOURCE
#include "vmm.h"
#include "nodes.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

enum { CREATE_OBJECT = 1, SET_FRAMEBUFFER_STATE = 5, CLEAR = 7, OBJECT_SURFACE = 8, CLEAR_COLOR0 = 1 << 2 };
#define HEADER(command, object, length) ((command) | (object) << 8 | (uint32_t)(length) << 16)

struct virgl_box {
   uint32_t x, y, z, w, h, d;
};

static struct {
   pthread_mutex_t lock;
   struct report {
      uint32_t context;
      uint64_t fence;
   } reports[256];
   int count; /* of all reports; the table keeps the last 256 */
} account = {.lock = PTHREAD_MUTEX_INITIALIZER};

static int offered_node = -1;

static void write_fence(void *cookie, uint32_t fence)
{
   (void)cookie, (void)fence;
}

static void write_context_fence(void *cookie, uint32_t context, uint32_t ring, uint64_t fence)
{
   (void)cookie;
   CHECK(ring == 0, "fence %llu reported on ring %u", (unsigned long long)fence, ring);
   pthread_mutex_lock(&account.lock);
   account.reports[account.count++ % 256] = (struct report){context, fence};
   pthread_mutex_unlock(&account.lock);
}

static int get_drm_fd(void *cookie)
{
   (void)cookie;
   int given = offered_node;
   offered_node = -1;
   return given;
}

static void print_message(enum virgl_log_level_flags level, const char *message, void *data)
{
   (void)data;
   if (level >= VIRGL_LOG_LEVEL_INFO)
      printf("library: %s", message);
}

struct virgl_renderer_callbacks callbacks = {
   .version = 3,
   .write_fence = write_fence,
   .get_drm_fd = get_drm_fd,
   .write_context_fence = write_context_fence,
};

int try_start(int flags, int node)
{
   virgl_set_log_callback(print_message, NULL, NULL);
   offered_node = node;
   return virgl_renderer_init(&account, flags, &callbacks);
}

void start_with_flags(enum host host, int flags)
{
   int result = -1;
   flags |= VIRGL_RENDERER_USE_EGL;
   switch (host) {
   case HOST_SOFTWARE:
      setenv("LIBGL_ALWAYS_SOFTWARE", "1", 1);
      result = try_start(flags | VIRGL_RENDERER_USE_SURFACELESS, -1);
      break;
   case HOST_VGEM: result = try_start(flags, open_node("vgem", CARD)); break;
   case HOST_VIRTIO: result = try_start(flags, open_node("virtio_gpu", RENDER)); break;
   }
   CHECK(result == 0, "virgl_renderer_init: %d", result);
}

void start(enum host host)
{
   start_with_flags(host, 0);
}

void stop(void)
{
   virgl_renderer_cleanup(&account);
}

void make_context(uint32_t id)
{
   RETURNS(0, virgl_renderer_context_create(id, 4, "test"));
}

void make_picture(uint32_t id, uint32_t bind, int contexts)
{
   struct virgl_renderer_resource_create_args arguments = {
      .handle = id, .target = 2, .format = FORMAT_BGRA, .bind = bind, .width = SIDE, .height = SIDE, .depth = 1,
      .array_size = 1,
   };
   RETURNS(0, virgl_renderer_resource_create(&arguments, NULL, 0));
   for (int context = 1; context <= contexts; context++)
      virgl_renderer_ctx_attach_resource(context, (int)id);
}

void make_buffer(uint32_t id, uint32_t bind, uint32_t bytes, struct iovec *memory)
{
   struct virgl_renderer_resource_create_args arguments = {
      .handle = id, .target = 0, .format = FORMAT_R8, .bind = bind, .width = bytes, .height = 1, .depth = 1,
      .array_size = 1,
   };
   RETURNS(0, virgl_renderer_resource_create(&arguments, memory, memory != NULL));
}

int submit(uint32_t context, struct stream stream)
{
   return virgl_renderer_submit_cmd(stream.words, (int)context, stream.count);
}

void prepare_fill(uint32_t context, uint32_t picture, uint32_t format)
{
   struct stream stream = {
      .words = {HEADER(CREATE_OBJECT, OBJECT_SURFACE, 5), picture, picture, format, 0, 0},
      .count = 6,
   };
   RETURNS(0, submit(context, stream));
}

struct stream fill(uint32_t picture, uint32_t colour)
{
   struct stream stream = {
      .words = {HEADER(SET_FRAMEBUFFER_STATE, 0, 3), 1, 0, picture, HEADER(CLEAR, 0, 8), CLEAR_COLOR0},
      .count = 13,
   };
   float channels[4] = {
      (float)(colour >> 16 & 255) / 255, (float)(colour >> 8 & 255) / 255, (float)(colour & 255) / 255, 1,
   };
   memcpy(&stream.words[6], channels, sizeof(channels));
   return stream;
}

uint32_t pixel(uint32_t picture)
{
   uint32_t value = 0;
   struct virgl_box box = {SIDE / 2, SIDE / 2, 0, 1, 1, 1};
   struct iovec memory = {&value, sizeof(value)};
   RETURNS(0, virgl_renderer_transfer_read_iov(picture, 0, 0, 0, 0, &box, 0, &memory, 1));
   return value;
}

void make_fence(uint32_t context, uint64_t id)
{
   RETURNS(0, virgl_renderer_context_create_fence(context, 0, 0, id));
}

void paint(uint32_t context, uint32_t picture, uint32_t colour, uint64_t fence)
{
   RETURNS(0, submit(context, fill(picture, colour)));
   make_fence(context, fence);
}

void paint_and_see(uint32_t context, uint32_t picture, uint32_t colour, uint64_t fence)
{
   paint(context, picture, colour, fence);
   wait_reported(context, fence);
   CHECK(pixel(picture) == colour, "%08x, not %08x", pixel(picture), colour);
}

int report_order(uint32_t context, uint64_t id)
{
   int found = -1;
   pthread_mutex_lock(&account.lock);
   for (int i = account.count > 256 ? account.count - 256 : 0; i < account.count; i++)
      if (account.reports[i % 256].context == context && account.reports[i % 256].fence == id)
         found = i;
   pthread_mutex_unlock(&account.lock);
   return found;
}

bool is_reported(uint32_t context, uint64_t id)
{
   virgl_renderer_poll();
   return report_order(context, id) >= 0;
}

void wait_reported(uint32_t context, uint64_t id)
{
   for (int i = 0; i < 30000; i++) {
      if (is_reported(context, id))
         return;
      usleep(1000);
   }
   CHECK(false, "fence %llu of context %u is not reported", (unsigned long long)id, context);
}

void give_time(void)
{
   for (int i = 0; i < 100; i++) {
      virgl_renderer_poll();
      usleep(1000);
   }
}
