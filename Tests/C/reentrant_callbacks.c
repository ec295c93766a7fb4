/*
 * reentrant_callbacks LIBRARY before|gl: calls the library from inside its own callbacks. A lock held around a
 * callback would stop the program for ever, which the alarm turns into a failure.
 */
#define VIRGL_RENDERER_UNSTABLE_APIS 1
#include <virglrenderer.h>

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void *library;
#define CALL(name) ((__typeof__(&name))dlsym(library, #name))

static int messages, fences, freed;
static char last_message[256];

static void count_free(void *data)
{
   ++*(int *)data;
   CALL(virgl_renderer_context_destroy)(99);
}

static void other_log(enum virgl_log_level_flags level, const char *message, void *data)
{
   (void)level;
   (void)message;
   (void)data;
   messages++;
}

static void log_that_replaces_itself(enum virgl_log_level_flags level, const char *message, void *data)
{
   messages++;
   snprintf(last_message, sizeof last_message, "%d %s", (int)level, message);
   CALL(virgl_set_log_callback)(other_log, NULL, NULL);
   if (*(int *)data != 0)
      last_message[0] = '!'; /* freed while in use */
   CALL(virgl_renderer_context_create)(0, 0, NULL);
}

static void write_fence(void *cookie, uint32_t fence)
{
   (void)cookie;
   uint32_t version, size;
   fences++;
   CALL(virgl_renderer_get_cap_set)(2, &version, &size);
   CALL(virgl_renderer_force_ctx_0)();
   if (fence < 5)
      CALL(virgl_renderer_create_fence)((int)fence + 1, 0);
}

static struct virgl_renderer_callbacks callbacks = {.version = 1, .write_fence = write_fence};

int main(int argc, char **argv)
{
   if (argc != 3)
      return 2;
   library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
   if (!library) {
      fprintf(stderr, "%s\n", dlerror());
      return 1;
   }
   alarm(60);

   CALL(virgl_set_log_callback)(log_that_replaces_itself, &freed, count_free);
   CALL(virgl_renderer_init)(NULL, 0, NULL); /* refused with an error message */
   if (messages < 1 || freed != 1 || last_message[0] != '3') {
      fprintf(stderr, "%d messages, freed %d times, last: %s\n", messages, freed, last_message);
      return 1;
   }
   if (strcmp(argv[2], "gl") == 0) {
      if (CALL(virgl_renderer_init)(&callbacks,
                                    VIRGL_RENDERER_USE_EGL | VIRGL_RENDERER_USE_SURFACELESS, &callbacks))
         return 1;
      CALL(virgl_renderer_create_fence)(1, 0);
      for (int turns = 0; fences < 5 && turns < 100000000; turns++)
         CALL(virgl_renderer_poll)();
      if (fences != 5) {
         fprintf(stderr, "%d fences\n", fences);
         return 1;
      }
   }
   CALL(virgl_renderer_cleanup)(NULL);
   return 0;
}
