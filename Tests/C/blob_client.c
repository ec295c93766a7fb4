/*
 * blob_client LIBRARY core|es: what a monitor does with a buffer of the host that its guest maps: has it made by the
 * guest's command, takes it as a blob, maps it, tells the guest how to cache it, and takes it away again in bad orders.
 * Exit status 0: everything answered as documented.
 */
#include <virglrenderer.h>

#include <dlfcn.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#define CHECK(condition)                                                  \
   do {                                                                   \
      if (!(condition)) {                                                 \
         fprintf(stderr, "line %d: %s does not hold\n", __LINE__, #condition); \
         return 1;                                                        \
      }                                                                   \
   } while (0)

struct virgl_box {
   uint32_t x, y, z, w, h, d;
};

enum { PAGE = 4096, CONTEXT = 1, BLOB = 5, TEXTURE = 6 };

static void *library;
#define CALL(name) ((__typeof__(&name))dlsym(library, #name))

static uint32_t last_fence;

static void write_fence(void *cookie, uint32_t fence)
{
   (void)cookie;
   last_fence = fence;
}

static struct virgl_renderer_callbacks callbacks = {.version = 1, .write_fence = write_fence};

static int finish(uint32_t fence)
{
   CALL(virgl_renderer_create_fence)((int)fence, 0);
   for (int turns = 0; turns < 10000 && last_fence != fence; turns++) {
      CALL(virgl_renderer_poll)();
      usleep(1000);
   }
   return last_fence == fence;
}

/* Bit 31 of the capability bits: persistent buffers. */
static int offers_mapping(void)
{
   uint32_t version, size;
   unsigned char caps[4096] = {0};
   CALL(virgl_renderer_get_cap_set)(2, &version, &size);
   CALL(virgl_renderer_fill_caps)(2, version, caps);
   return caps[395] >> 7;
}

/* PIPE_RESOURCE_CREATE of a vertex buffer, persistent and coherent, and CREATE_BLOB of it. */
static int make_blob(uint32_t key, uint32_t width, uint64_t size)
{
   uint32_t create[] = {48 | 11 << 16, 0, 64, 1 << 4, width, 1, 1, 1, 0, 0, 6, key};
   CHECK(CALL(virgl_renderer_submit_cmd)(create, CONTEXT, 12) == 0);
   struct virgl_renderer_resource_create_blob_args args = {
      .res_handle = BLOB, .ctx_id = CONTEXT, .blob_mem = VIRGL_RENDERER_BLOB_MEM_HOST3D,
      .blob_flags = VIRGL_RENDERER_BLOB_FLAG_USE_MAPPABLE, .blob_id = key, .size = size,
   };
   int result = CALL(virgl_renderer_resource_create_blob)(&args);
   if (result == 0)
      CALL(virgl_renderer_ctx_attach_resource)(CONTEXT, BLOB);
   return result;
}

static int use(void)
{
   CHECK(CALL(virgl_renderer_context_create)(CONTEXT, 4, "blob") == 0);
   CHECK(make_blob(1, 2 * PAGE, 2 * PAGE) == 0);

   struct virgl_renderer_resource_info info = {.fd = 77};
   CHECK(CALL(virgl_renderer_resource_get_info)(BLOB, &info) == 0);
   CHECK(info.fd == -1);
   uint32_t type;
   int fd = 88;
   CHECK(CALL(virgl_renderer_resource_export_blob)(BLOB, &type, &fd) == -EINVAL && fd == 88);

   uint32_t caching = 0;
   CHECK(CALL(virgl_renderer_resource_get_map_info)(BLOB, &caching) == 0);
   CHECK(caching >= VIRGL_RENDERER_MAP_CACHE_CACHED && caching <= VIRGL_RENDERER_MAP_CACHE_WC);

   /* A window of the monitor's own stays as it is: "use map" is the answer. */
   static _Alignas(PAGE) unsigned char window[2 * PAGE];
   memset(window, 3, sizeof window);
   CHECK(CALL(virgl_renderer_resource_map_fixed)(BLOB, window) == -EOPNOTSUPP);
   for (unsigned at = 0; at < sizeof window; at++)
      CHECK(window[at] == 3);

   void *map = NULL;
   uint64_t size = 0;
   CHECK(CALL(virgl_renderer_resource_unmap)(BLOB) == -EINVAL);
   CHECK(CALL(virgl_renderer_resource_map)(BLOB, &map, &size) == 0);
   CHECK(map && (uintptr_t)map % PAGE == 0 && size == 2 * PAGE);
   CHECK(CALL(virgl_renderer_resource_map)(BLOB, &map, &size) == -EINVAL);
   uint32_t *words = map;
   for (unsigned at = 0; at < 2 * PAGE / 4; at++)
      CHECK(words[at] == 0);

   /* RESOURCE_INLINE_WRITE of two words at byte 4096: seen in the mapping once the fence is done. */
   uint32_t write[] = {9 | 13 << 16, BLOB, 0, 0, 0, 0, PAGE, 0, 0, 8, 1, 1, 0x11111111, 0x22222222};
   CHECK(CALL(virgl_renderer_submit_cmd)(write, CONTEXT, 14) == 0);
   CHECK(finish(21));
   CHECK(words[PAGE / 4] == 0x11111111 && words[PAGE / 4 + 1] == 0x22222222 && words[0] == 0);

   /* And back: what is written there is what a transfer reads. */
   words[2] = 0x33333333;
   uint32_t back[2] = {0};
   struct iovec iov = {back, sizeof back};
   struct virgl_box box = {.x = 4, .w = 8, .h = 1, .d = 1};
   CHECK(CALL(virgl_renderer_transfer_read_iov)(BLOB, CONTEXT, 0, 0, 0, &box, 0, &iov, 1) == 0);
   CHECK(back[0] == 0 && back[1] == 0x33333333);

   CHECK(CALL(virgl_renderer_resource_unmap)(BLOB) == 0);
   CHECK(CALL(virgl_renderer_resource_unmap)(BLOB) == -EINVAL);
   CHECK(CALL(virgl_renderer_resource_map)(BLOB, &map, &size) == 0);
   CHECK(((uint32_t *)map)[2] == 0x33333333);

   /* Destroyed while mapped; the id serves again, with storage too small for the blob, then with enough. */
   CALL(virgl_renderer_resource_unref)(BLOB);
   CHECK(CALL(virgl_renderer_resource_unmap)(BLOB) == -EINVAL);
   CHECK(make_blob(2, PAGE, 2 * PAGE) == -EINVAL);
   CHECK(make_blob(3, PAGE - 1, PAGE) == 0);
   CHECK(CALL(virgl_renderer_resource_map)(BLOB, &map, &size) == 0);
   CHECK(size == PAGE && ((unsigned char *)map)[PAGE - 1] == 0);

   /* The context may end first. */
   CALL(virgl_renderer_context_destroy)(CONTEXT);
   ((uint32_t *)map)[7] = 9;

   struct virgl_renderer_resource_create_args texture = {
      .handle = TEXTURE, .target = 2, .format = 1, .bind = VIRGL_RES_BIND_RENDER_TARGET,
      .width = 16, .height = 16, .depth = 1, .array_size = 1,
   };
   CHECK(CALL(virgl_renderer_resource_create)(&texture, NULL, 0) == 0);
   CHECK(CALL(virgl_renderer_resource_map)(TEXTURE, &map, &size) == -EINVAL);
   CHECK(CALL(virgl_renderer_resource_get_map_info)(TEXTURE, &caching) == -EINVAL);
   return 0;
}

int main(int argc, char **argv)
{
   if (argc != 3)
      return 2;
   library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
   if (!library) {
      fprintf(stderr, "%s\n", dlerror());
      return 1;
   }
   alarm(120);
   int flags = VIRGL_RENDERER_USE_EGL | VIRGL_RENDERER_USE_SURFACELESS;
   if (!strcmp(argv[2], "es"))
      flags |= VIRGL_RENDERER_USE_GLES;

   /* A monitor that wants descriptors maps nothing. */
   CHECK(CALL(virgl_renderer_init)(&callbacks, flags | VIRGL_RENDERER_USE_EXTERNAL_BLOB, &callbacks) == 0);
   CHECK(!offers_mapping());
   CALL(virgl_renderer_cleanup)(&callbacks);

   CHECK(CALL(virgl_renderer_init)(&callbacks, flags, &callbacks) == 0);
   CHECK(offers_mapping());
   if (use())
      return 1;
   /* With a mapping left over, twice. */
   CALL(virgl_renderer_reset)();
   last_fence = 0;
   if (use())
      return 1;
   CALL(virgl_renderer_cleanup)(&callbacks);
   return 0;
}
