/*
 * callback_prefix LIBRARY before|tables|gl: gives virgl_renderer_init() a callback table that ends, with its declared
 * version's last field, at the end of a readable page. A library that reads one field more dies of it.
 */
#define VIRGL_RENDERER_UNSTABLE_APIS 1
#include <virglrenderer.h>

#include <dlfcn.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void write_fence(void *cookie, uint32_t fence)
{
   (void)cookie;
   (void)fence;
}

static size_t size_of_version(int version)
{
   switch (version) {
   case 1: return offsetof(struct virgl_renderer_callbacks, get_drm_fd);
   case 2: return offsetof(struct virgl_renderer_callbacks, write_context_fence);
   case 3: return offsetof(struct virgl_renderer_callbacks, get_egl_display);
   default: return sizeof(struct virgl_renderer_callbacks);
   }
}

int main(int argc, char **argv)
{
   if (argc != 3)
      return 2;
   void *library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
   if (!library) {
      fprintf(stderr, "%s\n", dlerror());
      return 1;
   }
   __typeof__(&virgl_renderer_init) init = (__typeof__(init))dlsym(library, "virgl_renderer_init");
   __typeof__(&virgl_renderer_cleanup) cleanup =
      (__typeof__(cleanup))dlsym(library, "virgl_renderer_cleanup");
   __typeof__(&virgl_renderer_poll) poll = (__typeof__(poll))dlsym(library, "virgl_renderer_poll");
   __typeof__(&virgl_renderer_context_create_fence) fence =
      (__typeof__(fence))dlsym(library, "virgl_renderer_context_create_fence");
   __typeof__(&virgl_renderer_context_create) context =
      (__typeof__(context))dlsym(library, "virgl_renderer_context_create");

   size_t page = (size_t)sysconf(_SC_PAGESIZE);
   char *pages = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
   mprotect(pages + page, page, PROT_NONE);
   int flags = strcmp(argv[2], "gl") ? VIRGL_RENDERER_NO_VIRGL
                                     : VIRGL_RENDERER_USE_EGL | VIRGL_RENDERER_USE_SURFACELESS;
   for (int version = 1; version <= 4; version++) {
      struct virgl_renderer_callbacks table = {.version = version, .write_fence = write_fence};
      size_t size = size_of_version(version);
      void *at_the_edge = memcpy(pages + page - size, &table, size);
      int result = init(pages, flags, at_the_edge);
      if (result) {
         fprintf(stderr, "version %d: init = %d\n", version, result);
         return 1;
      }
      /* No write_context_fence in any of these tables: refused, not called. */
      context(1, 0, NULL);
      if (!strcmp(argv[2], "gl") && fence(1, 0, 0, 1) >= 0) {
         fprintf(stderr, "version %d: a context fence without its callback\n", version);
         return 1;
      }
      poll();
      cleanup(pages);
   }
   return 0;
}
