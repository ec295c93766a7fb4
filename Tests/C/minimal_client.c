/*
 * minimal_client tables|gl|thread|async: the smallest useful client, built as a VMM is, with pkg-config, against
 * the installed header and library. Starts a renderer, runs a context's empty command stream, waits for a fence,
 * stops, and does it all once more. Exit status 0: everything answered as documented.
 *
 * "tables" has no GL; "gl" polls for its fences; "thread" waits on the poll descriptor; "async" is told by another
 * thread.
 */
#include <virglrenderer.h>

#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/uio.h>

static atomic_uint last_fence;
static const char *mode;

static void write_fence(void *cookie, uint32_t fence)
{
   (void)cookie;
   last_fence = fence;
}

static struct virgl_renderer_callbacks callbacks = {.version = 1, .write_fence = write_fence};

#define CHECK(condition)                                                  \
   do {                                                                   \
      if (!(condition)) {                                                 \
         fprintf(stderr, "line %d: %s does not hold\n", __LINE__, #condition); \
         return 1;                                                        \
      }                                                                   \
   } while (0)

/* Gives up after a minute, which only a lost fence takes. */
static int wait_for_fence(uint32_t fence)
{
   struct pollfd ready = {.fd = virgl_renderer_get_poll_fd(), .events = POLLIN};
   for (int turns = 0; turns < 60000 && last_fence != fence; turns++) {
      if (!strcmp(mode, "thread")) {
         if (ready.fd < 0)
            return 0;
         poll(&ready, 1, 1);
         if (ready.revents & POLLIN)
            virgl_renderer_poll();
      } else if (!strcmp(mode, "async")) {
         poll(NULL, 0, 1);
      } else {
         virgl_renderer_poll();
         if (turns > 1000)
            poll(NULL, 0, 1);
      }
   }
   return last_fence == fence;
}

static int render(void)
{
   uint32_t version = 0, size = 0;
   unsigned char caps[4096] = {0};
   virgl_renderer_get_cap_set(2, &version, &size);
   CHECK(version == 2 && size > 308 && size <= sizeof caps);
   virgl_renderer_fill_caps(2, version, caps);
   CHECK(caps[0] == 2);

   CHECK(virgl_renderer_context_create(1, 7, "minimal") == 0);
   struct virgl_renderer_resource_create_args args = {
      .handle = 1, .target = 2, .format = 1, .bind = VIRGL_RES_BIND_RENDER_TARGET,
      .width = 16, .height = 16, .depth = 1, .array_size = 1,
   };
   CHECK(virgl_renderer_resource_create(&args, NULL, 0) == 0);

   static uint32_t pixels[16 * 16];
   struct iovec iov = {pixels, sizeof pixels};
   struct iovec *back = NULL;
   int count = 0;
   CHECK(virgl_renderer_resource_attach_iov(1, &iov, 1) == 0);
   virgl_renderer_ctx_attach_resource(1, 1);

   uint32_t no_operations[4] = {0};
   CHECK(virgl_renderer_submit_cmd(no_operations, 1, 4) == 0);
   CHECK(virgl_renderer_create_fence(42, 0) == 0);
   CHECK(wait_for_fence(42));

   virgl_renderer_resource_detach_iov(1, &back, &count);
   CHECK(back == &iov && count == 1);
   virgl_renderer_resource_unref(1);
   virgl_renderer_context_destroy(1);
   last_fence = 0;
   return 0;
}

static int flags_of_mode(void)
{
   int gl = VIRGL_RENDERER_USE_EGL | VIRGL_RENDERER_USE_SURFACELESS;
   if (!strcmp(mode, "tables"))
      return VIRGL_RENDERER_NO_VIRGL;
   if (!strcmp(mode, "thread"))
      return gl | VIRGL_RENDERER_THREAD_SYNC;
   if (!strcmp(mode, "async"))
      return gl | VIRGL_RENDERER_THREAD_SYNC | VIRGL_RENDERER_ASYNC_FENCE_CB;
   return gl;
}

int main(int argc, char **argv)
{
   mode = argc > 1 ? argv[1] : "gl";
   int flags = flags_of_mode();
   CHECK(VIRGL_CHECK_VERSION(1, 3, 0));
   for (int life = 0; life < 2; life++) {
      CHECK(virgl_renderer_init(&callbacks, flags, &callbacks) == 0);
      if (strcmp(mode, "tables") && render())
         return 1;
      virgl_renderer_reset();
      CHECK(virgl_renderer_init(&callbacks, flags, &callbacks) == 0);
      if (strcmp(mode, "tables") && render())
         return 1;
      virgl_renderer_cleanup(&callbacks);
   }
   return 0;
}
