/*
 * The smallest useful client, built as a VMM is: with pkg-config, against the installed header and library.
 * Starts a renderer (without GL when "tables" is given), runs a context's empty command stream where there is
 * GL, waits for a fence, stops, and does it all once more. Exit status 0: everything answered as documented.
 */
#include <virglrenderer.h>

#include <stdio.h>
#include <string.h>
#include <sys/uio.h>

static uint32_t last_fence;

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
   for (int turns = 0; last_fence != 42 && turns < 100000000; turns++)
      virgl_renderer_poll();
   CHECK(last_fence == 42);

   virgl_renderer_resource_detach_iov(1, &back, &count);
   CHECK(back == &iov && count == 1);
   virgl_renderer_resource_unref(1);
   virgl_renderer_context_destroy(1);
   last_fence = 0;
   return 0;
}

int main(int argc, char **argv)
{
   int tables = argc > 1 && !strcmp(argv[1], "tables");
   int flags = tables ? VIRGL_RENDERER_NO_VIRGL
                      : VIRGL_RENDERER_USE_EGL | VIRGL_RENDERER_USE_SURFACELESS;
   CHECK(VIRGL_CHECK_VERSION(1, 3, 0));
   for (int life = 0; life < 2; life++) {
      CHECK(virgl_renderer_init(&callbacks, flags, &callbacks) == 0);
      if (!tables && render())
         return 1;
      virgl_renderer_reset();
      CHECK(virgl_renderer_init(&callbacks, flags, &callbacks) == 0);
      virgl_renderer_cleanup(&callbacks);
   }
   return 0;
}
