/*
 * statistics LIBRARY STREAM [SIGNAL]: plays a guest whose work is known, for the figures of VIRGL_STATISTICS.
 *
 * STREAM is a file of dwords that draws into resource 1 from resource 3 (Scene in Tests/GuestStreams). It runs twice in
 * context 1, with a fence after each, then a stream that is refused at its third command runs in context 2. With SIGNAL
 * the program sends itself that signal after the first fence, then polls: the library writes there. It writes anyway
 * at its cleanup, while the contexts and resources exist.
 */
#define VIRGL_RENDERER_UNSTABLE_APIS 1
#include <virglrenderer.h>

#include <dlfcn.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define CHECK(condition)                                                         \
   do {                                                                          \
      if (!(condition)) {                                                        \
         fprintf(stderr, "line %d: %s does not hold\n", __LINE__, #condition); \
         exit(1);                                                                \
      }                                                                          \
   } while (0)

#define API(FUNCTION)                                                                   \
   FUNCTION(init) FUNCTION(cleanup) FUNCTION(poll) FUNCTION(context_create)             \
   FUNCTION(ctx_attach_resource) FUNCTION(resource_create) FUNCTION(submit_cmd)         \
   FUNCTION(context_create_fence) FUNCTION(create_fence)
static struct {
#define MEMBER(name) __typeof__(&virgl_renderer_##name) name;
   API(MEMBER)
} api;

static atomic_ullong last_fence;

static void write_fence(void *cookie, uint32_t fence)
{
   (void)cookie, (void)fence;
}

static void write_context_fence(void *cookie, uint32_t context, uint32_t ring, uint64_t fence)
{
   (void)cookie, (void)context, (void)ring;
   last_fence = fence;
}

static struct virgl_renderer_callbacks callbacks = {
   .version = 3, .write_fence = write_fence, .write_context_fence = write_context_fence};

/* Gives up after a minute, which only a lost fence takes. */
static void wait_for_fence(uint64_t fence)
{
   for (int turns = 0; turns < 60000 && last_fence < fence; turns++) {
      nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
      api.poll();
   }
   CHECK(last_fence == fence);
}

static void make_resource(uint32_t id, uint32_t target, uint32_t format, uint32_t bind, uint32_t width, uint32_t height)
{
   struct virgl_renderer_resource_create_args args = {
      .handle = id, .target = target, .format = format, .bind = bind, .width = width, .height = height,
      .depth = 1, .array_size = 1};
   CHECK(api.resource_create(&args, NULL, 0) == 0);
   api.ctx_attach_resource(1, (int)id);
}

int main(int count, char **arguments)
{
   CHECK(count >= 3);
   /* Whoever runs tests may block signals, and programs inherit that. */
   sigset_t none;
   sigemptyset(&none);
   sigprocmask(SIG_SETMASK, &none, NULL);

   void *library = dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL);
   CHECK(library);
#define LOAD(name) CHECK((api.name = (__typeof__(api.name))dlsym(library, "virgl_renderer_" #name)));
   API(LOAD)

   static uint32_t stream[65536];
   FILE *file = fopen(arguments[2], "r");
   CHECK(file);
   const int dwords = (int)fread(stream, 4, sizeof stream / 4, file);
   fclose(file);
   CHECK(dwords > 0);

   CHECK(api.init(&callbacks, VIRGL_RENDERER_USE_EGL | VIRGL_RENDERER_USE_SURFACELESS, &callbacks) == 0);
   CHECK(api.context_create(1, 4, "draw") == 0);
   CHECK(api.context_create(2, 3, "bad") == 0);
   make_resource(1, 2, 67, VIRGL_RES_BIND_RENDER_TARGET | VIRGL_RES_BIND_SAMPLER_VIEW, 16, 16);
   make_resource(3, 0, 64, VIRGL_RES_BIND_VERTEX_BUFFER, 1024, 1);

   CHECK(api.submit_cmd(stream, 1, dwords) == 0);
   CHECK(api.context_create_fence(1, 0, 0, 1) == 0);
   wait_for_fence(1);
   if (count > 3) {
      raise(atoi(arguments[3]));
      api.poll();
   }

   CHECK(api.submit_cmd(stream, 1, dwords) == 0);
   CHECK(api.context_create_fence(1, 0, 0, 2) == 0);
   wait_for_fence(2);
   /* Two commands that do nothing, one that does not exist, one that is not reached. */
   uint32_t refused[] = {0, 1 << 16, 7, 255, 0};
   CHECK(api.submit_cmd(refused, 2, 5) != 0);
   api.cleanup(&callbacks);

   if (count > 3) {
      /* The handler went with the renderer: the signal has its default effect again, which is to be ignored. */
      struct sigaction action;
      CHECK(sigaction(atoi(arguments[3]), NULL, &action) == 0 && action.sa_handler == SIG_DFL);
   }
   return 0;
}
