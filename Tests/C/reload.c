/*
 * reload LIBRARY [FLAGS]: loads the library, starts and stops a renderer, unloads, and does it again. Afterwards no
 * page of the library is mapped, and no descriptor or thread is left over. FLAGS are those of virgl_renderer_init().
 */
#define VIRGL_RENDERER_UNSTABLE_APIS 1
#include <virglrenderer.h>

#include <dirent.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void write_fence(void *cookie, uint32_t fence)
{
   (void)cookie;
   (void)fence;
}

static struct virgl_renderer_callbacks callbacks = {.version = 1, .write_fence = write_fence};

static int entries(const char *folder)
{
   int count = 0;
   DIR *directory = opendir(folder);
   while (directory && readdir(directory))
      count++;
   closedir(directory);
   return count;
}

static int is_mapped(const char *path)
{
   char line[4096];
   int found = 0;
   FILE *maps = fopen("/proc/self/maps", "r");
   while (fgets(line, sizeof line, maps))
      found |= strstr(line, path) != NULL;
   fclose(maps);
   return found;
}

static int one_life(const char *path, int flags)
{
   void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
   if (!library) {
      fprintf(stderr, "%s\n", dlerror());
      return 1;
   }
   __typeof__(&virgl_renderer_init) init = (__typeof__(init))dlsym(library, "virgl_renderer_init");
   __typeof__(&virgl_renderer_cleanup) cleanup =
      (__typeof__(cleanup))dlsym(library, "virgl_renderer_cleanup");
   int result = init(&callbacks, flags, &callbacks);
   cleanup(&callbacks);
   dlclose(library);
   if (result)
      fprintf(stderr, "init: %d\n", result);
   return result != 0;
}

int main(int argc, char **argv)
{
   if (argc < 2)
      return 2;
   char *real_path = realpath(argv[1], NULL);
   int flags = argc > 2 ? atoi(argv[2]) : VIRGL_RENDERER_NO_VIRGL;
   if (!real_path || one_life(argv[1], flags))
      return 1;
   int files = entries("/proc/self/fd"), threads = entries("/proc/self/task");
   for (int life = 0; life < 3; life++)
      if (one_life(argv[1], flags))
         return 1;
   if (is_mapped(real_path)) {
      fprintf(stderr, "still mapped\n");
      return 1;
   }
   if (entries("/proc/self/fd") != files || entries("/proc/self/task") != threads) {
      fprintf(stderr, "descriptors: %d, then %d; threads: %d, then %d\n", files, entries("/proc/self/fd"),
              threads, entries("/proc/self/task"));
      return 1;
   }
   return 0;
}
