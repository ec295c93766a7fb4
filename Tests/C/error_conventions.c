/*
 * error_conventions LIBRARY STATE: calls every function of a libvirglrenderer.so.1 with arguments that
 * it must refuse, and prints one line for each: "function(case) = result". Run on two libraries, the
 * lines tell whether both refuse in the same way.
 *
 * STATE is the life the library is in during the call: "before" (no init), "tables" (init with
 * NO_VIRGL: no GL) or "gl" (EGL, surfaceless). Each case has its own process, so that a crash is a
 * result like any other: "signal N". A function that the library does not export is "absent".
 */
#define _GNU_SOURCE
#define VIRGL_RENDERER_UNSTABLE_APIS 1
#include <virglrenderer.h>

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

struct virgl_box {
   uint32_t x, y, z, w, h, d;
};

static void *library;
static const char *state;
static int cookie;

enum { UNKNOWN = 4711, CONTEXT = 7, RESOURCE = 9 };

static void write_fence(void *c, uint32_t fence)
{
   (void)c;
   (void)fence;
}

static void write_context_fence(void *c, uint32_t ctx, uint32_t ring, uint64_t fence)
{
   (void)c;
   (void)ctx;
   (void)ring;
   (void)fence;
}

static struct virgl_renderer_callbacks callbacks = {
   .version = 3,
   .write_fence = write_fence,
   .write_context_fence = write_context_fence,
};

static void report(const char *format, long long value)
{
   printf(format, value);
   fflush(stdout);
   _exit(0);
}

/* CALL(name)(arguments) calls an export of the library under test, or ends the case as "absent". */
#define CALL(name) ((__typeof__(&name))resolve(#name))

static void *resolve(const char *name)
{
   void *symbol = dlsym(library, name);
   if (!symbol) {
      printf("absent");
      fflush(stdout);
      _exit(0);
   }
   return symbol;
}

#define RETURNS(expression) report("%lld", (long long)(expression))
#define IS_NULL(expression) report((expression) ? "a pointer" : "NULL", 0)
#define RETURNS_NOTHING(expression) \
   do {                             \
      expression;                   \
      report("done", 0);            \
   } while (0)

static int start(int flags)
{
   return CALL(virgl_renderer_init)(&cookie, flags, &callbacks);
}

static int flags_of_state(void)
{
   return strcmp(state, "gl") ? VIRGL_RENDERER_NO_VIRGL
                              : VIRGL_RENDERER_USE_EGL | VIRGL_RENDERER_USE_SURFACELESS;
}

static void make_context(void)
{
   if (CALL(virgl_renderer_context_create)(CONTEXT, 4, "test"))
      report("no context", 0);
}

static uint32_t pixels[64 * 64];
static struct iovec memory = {pixels, sizeof pixels};

static struct virgl_renderer_resource_create_args texture(uint32_t handle)
{
   struct virgl_renderer_resource_create_args args = {
      .handle = handle, .target = 2, .format = 1, .bind = VIRGL_RES_BIND_RENDER_TARGET,
      .width = 64, .height = 64, .depth = 1, .array_size = 1,
   };
   return args;
}

/* A GL texture where there is GL, else a blob of guest memory. */
static void make_resource(void)
{
   int result;
   if (!strcmp(state, "gl")) {
      struct virgl_renderer_resource_create_args args = texture(RESOURCE);
      result = CALL(virgl_renderer_resource_create)(&args, NULL, 0);
   } else {
      struct virgl_renderer_resource_create_blob_args args = {
         .res_handle = RESOURCE, .blob_mem = VIRGL_RENDERER_BLOB_MEM_GUEST,
         .size = sizeof pixels, .iovecs = &memory, .num_iovs = 1,
      };
      result = CALL(virgl_renderer_resource_create_blob)(&args);
   }
   if (result)
      report("no resource", 0);
}

static void debug_to_nowhere(const char *format, va_list list)
{
   (void)format;
   (void)list;
}

static void log_to_nowhere(enum virgl_log_level_flags level, const char *message, void *data)
{
   (void)level;
   (void)message;
   (void)data;
}

static void count_free(void *data)
{
   ++*(int *)data;
}

/* The states in which a case makes sense. */
enum { BEFORE = 1, TABLES = 2, GL = 4, RUNNING = TABLES | GL, ALWAYS = BEFORE | RUNNING };

/*
 * Opens a case: in a process of its own in which the library has been brought to the wanted state. The
 * parent waits, prints the result and goes on to the next case; false is its answer.
 */
static int begin(int states, const char *function, const char *what)
{
   int now = !strcmp(state, "gl") ? GL : !strcmp(state, "tables") ? TABLES : BEFORE;
   if (!(states & now))
      return 0;

   printf("%s(%s) = ", function, what);
   fflush(stdout);
   pid_t child = fork();
   if (child == 0) {
      if (now != BEFORE && start(flags_of_state()))
         report("no renderer", 0);
      return 1;
   }
   int status = 0;
   waitpid(child, &status, 0);
   if (WIFSIGNALED(status))
      printf("signal %d", WTERMSIG(status));
   printf("\n");
   fflush(stdout);
   return 0;
}

/* A case runs up to its RETURNS… line, which ends the process. */
#define CASE(states, function, what)       \
   }                                       \
   if (begin(states, #function, what)) {

static void every_case(void)
{
   {
   CASE(BEFORE, virgl_renderer_init, "no callbacks")
      RETURNS(CALL(virgl_renderer_init)(&cookie, VIRGL_RENDERER_NO_VIRGL, NULL));

   CASE(BEFORE, virgl_renderer_init, "callbacks of version 0")
      callbacks.version = 0;
      RETURNS(start(VIRGL_RENDERER_NO_VIRGL));

   CASE(BEFORE, virgl_renderer_init, "callbacks of version 5")
      callbacks.version = 5;
      RETURNS(start(VIRGL_RENDERER_NO_VIRGL));

   CASE(BEFORE, virgl_renderer_init, "no cookie with GL")
      RETURNS(CALL(virgl_renderer_init)(
         NULL, VIRGL_RENDERER_USE_EGL | VIRGL_RENDERER_USE_SURFACELESS, &callbacks));

   CASE(BEFORE, virgl_renderer_init, "no cookie without GL")
      RETURNS(CALL(virgl_renderer_init)(NULL, VIRGL_RENDERER_NO_VIRGL, &callbacks));

   CASE(BEFORE, virgl_renderer_init, "again after a failure")
      callbacks.version = 5;
      start(VIRGL_RENDERER_NO_VIRGL);
      callbacks.version = 1;
      RETURNS(start(VIRGL_RENDERER_NO_VIRGL));

   CASE(RUNNING, virgl_renderer_init, "same arguments again")
      RETURNS(start(flags_of_state()));

   CASE(RUNNING, virgl_renderer_init, "another cookie")
      RETURNS(CALL(virgl_renderer_init)(&state, flags_of_state(), &callbacks));

   CASE(RUNNING, virgl_renderer_init, "other flags")
      RETURNS(start(flags_of_state() | VIRGL_RENDERER_USE_EXTERNAL_BLOB));

   CASE(RUNNING, virgl_renderer_init, "other callbacks")
      struct virgl_renderer_callbacks copy = callbacks;
      RETURNS(CALL(virgl_renderer_init)(&cookie, flags_of_state(), &copy));

   CASE(RUNNING, virgl_renderer_init, "same arguments after reset")
      CALL(virgl_renderer_reset)();
      RETURNS(start(flags_of_state()));

   CASE(RUNNING, virgl_renderer_init, "other arguments after cleanup")
      CALL(virgl_renderer_cleanup)(&cookie);
      RETURNS(CALL(virgl_renderer_init)(&state, VIRGL_RENDERER_NO_VIRGL, &callbacks));

   CASE(ALWAYS, virgl_renderer_cleanup, "twice")
      CALL(virgl_renderer_cleanup)(&cookie);
      RETURNS_NOTHING(CALL(virgl_renderer_cleanup)(NULL));

   CASE(ALWAYS, virgl_renderer_reset, "twice")
      CALL(virgl_renderer_reset)();
      RETURNS_NOTHING(CALL(virgl_renderer_reset)());

   CASE(ALWAYS, virgl_renderer_poll, "nothing to do")
      RETURNS_NOTHING(CALL(virgl_renderer_poll)());

   CASE(ALWAYS, virgl_renderer_get_poll_fd, "no sync thread")
      RETURNS(CALL(virgl_renderer_get_poll_fd)());

   CASE(ALWAYS, virgl_renderer_force_ctx_0, "any time")
      RETURNS_NOTHING(CALL(virgl_renderer_force_ctx_0)());

   CASE(ALWAYS, virgl_renderer_get_cap_set, "unknown set")
      uint32_t version = 77, size = 77;
      CALL(virgl_renderer_get_cap_set)(99, &version, &size);
      RETURNS(version * 1000000 + size);

   CASE(ALWAYS, virgl_renderer_get_cap_set, "VIRGL")
      uint32_t version = 77, size = 77;
      CALL(virgl_renderer_get_cap_set)(1, &version, &size);
      RETURNS(version * 1000000 + size);

   CASE(ALWAYS, virgl_renderer_get_cap_set, "VIRGL2")
      uint32_t version = 77, size = 77;
      CALL(virgl_renderer_get_cap_set)(2, &version, &size);
      RETURNS(version * 1000000 + size);

   CASE(ALWAYS, virgl_renderer_get_cap_set, "no outputs")
      RETURNS_NOTHING(CALL(virgl_renderer_get_cap_set)(2, NULL, NULL));

   CASE(ALWAYS, virgl_renderer_fill_caps, "unknown set writes nothing")
      unsigned char caps[16] = {0x5a};
      CALL(virgl_renderer_fill_caps)(99, 0, caps);
      RETURNS(caps[0]);

   CASE(ALWAYS, virgl_renderer_fill_caps, "no buffer")
      RETURNS_NOTHING(CALL(virgl_renderer_fill_caps)(2, 2, NULL));

   CASE(BEFORE | TABLES, virgl_renderer_fill_caps, "no backend writes nothing")
      unsigned char caps[4096] = {0x5a};
      CALL(virgl_renderer_fill_caps)(2, 2, caps);
      RETURNS(caps[0]);

   CASE(GL, virgl_renderer_fill_caps, "writes the told size")
      uint32_t version = 0, size = 0;
      CALL(virgl_renderer_get_cap_set)(2, &version, &size);
      unsigned char caps[8192];
      memset(caps, 0x5a, sizeof caps);
      CALL(virgl_renderer_fill_caps)(2, version, caps);
      RETURNS(caps[0] == 2 && caps[size] == 0x5a && caps[sizeof caps - 1] == 0x5a);

   CASE(ALWAYS, virgl_renderer_context_create, "id 0")
      RETURNS(CALL(virgl_renderer_context_create)(0, 1, "x"));

   CASE(BEFORE | TABLES, virgl_renderer_context_create, "no GL")
      RETURNS(CALL(virgl_renderer_context_create)(CONTEXT, 1, "x"));

   CASE(GL, virgl_renderer_context_create, "twice")
      make_context();
      RETURNS(CALL(virgl_renderer_context_create)(CONTEXT, 1, "x"));

   CASE(GL, virgl_renderer_context_create, "no name")
      RETURNS(CALL(virgl_renderer_context_create)(CONTEXT, 0, NULL));

   CASE(GL, virgl_renderer_context_create, "name without NUL")
      char *name = malloc(200);
      memset(name, 'n', 200);
      RETURNS(CALL(virgl_renderer_context_create)(CONTEXT, 200, name));

   CASE(ALWAYS, virgl_renderer_context_create_with_flags, "id 0")
      RETURNS(CALL(virgl_renderer_context_create_with_flags)(0, 2, 1, "x"));

   CASE(ALWAYS, virgl_renderer_context_create_with_flags, "unknown flag")
      RETURNS(CALL(virgl_renderer_context_create_with_flags)(CONTEXT, 0x102, 1, "x"));

   CASE(ALWAYS, virgl_renderer_context_create_with_flags, "set 0")
      RETURNS(CALL(virgl_renderer_context_create_with_flags)(CONTEXT, 0, 1, "x"));

   CASE(ALWAYS, virgl_renderer_context_create_with_flags, "unknown set")
      RETURNS(CALL(virgl_renderer_context_create_with_flags)(CONTEXT, 77, 1, "x"));

   CASE(ALWAYS, virgl_renderer_context_create_with_flags, "set not offered")
      RETURNS(CALL(virgl_renderer_context_create_with_flags)(CONTEXT, 6, 1, "x"));

   CASE(GL, virgl_renderer_context_create_with_flags, "twice")
      make_context();
      RETURNS(CALL(virgl_renderer_context_create_with_flags)(CONTEXT, 2, 1, "x"));

   CASE(GL, virgl_renderer_context_create_with_flags, "twice with other sets")
      make_context();
      RETURNS(CALL(virgl_renderer_context_create_with_flags)(CONTEXT, 1, 1, "x"));

   CASE(ALWAYS, virgl_renderer_context_destroy, "unknown")
      RETURNS_NOTHING(CALL(virgl_renderer_context_destroy)(UNKNOWN));

   CASE(ALWAYS, virgl_renderer_context_destroy, "id 0")
      RETURNS_NOTHING(CALL(virgl_renderer_context_destroy)(0));

   CASE(ALWAYS, virgl_renderer_ctx_attach_resource, "both unknown")
      RETURNS_NOTHING(CALL(virgl_renderer_ctx_attach_resource)(UNKNOWN, UNKNOWN));

   CASE(ALWAYS, virgl_renderer_ctx_attach_resource, "negative numbers")
      RETURNS_NOTHING(CALL(virgl_renderer_ctx_attach_resource)(-1, -1));

   CASE(GL, virgl_renderer_ctx_attach_resource, "twice")
      make_context();
      make_resource();
      CALL(virgl_renderer_ctx_attach_resource)(CONTEXT, RESOURCE);
      RETURNS_NOTHING(CALL(virgl_renderer_ctx_attach_resource)(CONTEXT, RESOURCE));

   CASE(ALWAYS, virgl_renderer_ctx_detach_resource, "both unknown")
      RETURNS_NOTHING(CALL(virgl_renderer_ctx_detach_resource)(UNKNOWN, UNKNOWN));

   CASE(GL, virgl_renderer_ctx_detach_resource, "not attached")
      make_context();
      make_resource();
      RETURNS_NOTHING(CALL(virgl_renderer_ctx_detach_resource)(CONTEXT, RESOURCE));

   CASE(ALWAYS, virgl_renderer_submit_cmd, "unknown context")
      RETURNS(CALL(virgl_renderer_submit_cmd)(pixels, UNKNOWN, 1));

   CASE(GL, virgl_renderer_submit_cmd, "negative count")
      make_context();
      RETURNS(CALL(virgl_renderer_submit_cmd)(pixels, CONTEXT, -1));

   CASE(GL, virgl_renderer_submit_cmd, "misaligned buffer")
      make_context();
      RETURNS(CALL(virgl_renderer_submit_cmd)((char *)pixels + 1, CONTEXT, 1));

   CASE(GL, virgl_renderer_submit_cmd, "nothing")
      make_context();
      RETURNS(CALL(virgl_renderer_submit_cmd)(NULL, CONTEXT, 0));

   CASE(GL, virgl_renderer_submit_cmd, "no buffer")
      make_context();
      RETURNS(CALL(virgl_renderer_submit_cmd)(NULL, CONTEXT, 1));

   CASE(GL, virgl_renderer_submit_cmd, "unknown command")
      make_context();
      pixels[0] = 0xff;
      RETURNS(CALL(virgl_renderer_submit_cmd)(pixels, CONTEXT, 1));

   CASE(GL, virgl_renderer_submit_cmd, "no operations")
      make_context();
      RETURNS(CALL(virgl_renderer_submit_cmd)(pixels, CONTEXT, 4));

   CASE(ALWAYS, virgl_renderer_submit_cmd2, "unknown context")
      RETURNS(CALL(virgl_renderer_submit_cmd2)(pixels, UNKNOWN, 1, NULL, 0));

   CASE(GL, virgl_renderer_submit_cmd2, "misaligned buffer")
      make_context();
      RETURNS(CALL(virgl_renderer_submit_cmd2)((char *)pixels + 2, CONTEXT, 1, NULL, 0));

   CASE(GL, virgl_renderer_submit_cmd2, "negative count")
      make_context();
      RETURNS(CALL(virgl_renderer_submit_cmd2)(pixels, CONTEXT, -1, NULL, 0));

   CASE(GL, virgl_renderer_submit_cmd2, "unknown fence")
      make_context();
      uint64_t fence = UNKNOWN;
      RETURNS(CALL(virgl_renderer_submit_cmd2)(pixels, CONTEXT, 1, &fence, 1));

   CASE(GL, virgl_renderer_submit_cmd2, "no fence ids")
      make_context();
      RETURNS(CALL(virgl_renderer_submit_cmd2)(pixels, CONTEXT, 1, NULL, 1));

   CASE(ALWAYS, virgl_renderer_resource_create, "handle 0")
      struct virgl_renderer_resource_create_args args = texture(0);
      RETURNS(CALL(virgl_renderer_resource_create)(&args, NULL, 0));

   CASE(GL, virgl_renderer_resource_create, "no structure")
      RETURNS(CALL(virgl_renderer_resource_create)(NULL, NULL, 0));

   CASE(BEFORE | TABLES, virgl_renderer_resource_create, "no GL")
      struct virgl_renderer_resource_create_args args = texture(RESOURCE);
      RETURNS(CALL(virgl_renderer_resource_create)(&args, NULL, 0));

   CASE(GL, virgl_renderer_resource_create, "twice")
      make_resource();
      struct virgl_renderer_resource_create_args args = texture(RESOURCE);
      RETURNS(CALL(virgl_renderer_resource_create)(&args, NULL, 0));

   CASE(GL, virgl_renderer_resource_create, "unknown format")
      struct virgl_renderer_resource_create_args args = texture(RESOURCE);
      args.format = 100000;
      RETURNS(CALL(virgl_renderer_resource_create)(&args, NULL, 0));

   CASE(GL, virgl_renderer_resource_create, "unknown target")
      struct virgl_renderer_resource_create_args args = texture(RESOURCE);
      args.target = 99;
      RETURNS(CALL(virgl_renderer_resource_create)(&args, NULL, 0));

   CASE(GL, virgl_renderer_resource_create, "sound")
      struct virgl_renderer_resource_create_args args = texture(RESOURCE);
      RETURNS(CALL(virgl_renderer_resource_create)(&args, &memory, 1));

   CASE(ALWAYS, virgl_renderer_resource_import_eglimage, "handle 0")
      struct virgl_renderer_resource_create_args args = texture(0);
      RETURNS(CALL(virgl_renderer_resource_import_eglimage)(&args, NULL));

   CASE(ALWAYS, virgl_renderer_resource_unref, "unknown")
      RETURNS_NOTHING(CALL(virgl_renderer_resource_unref)(UNKNOWN));

   CASE(ALWAYS, virgl_renderer_resource_unref, "twice")
      make_resource();
      CALL(virgl_renderer_resource_unref)(RESOURCE);
      RETURNS_NOTHING(CALL(virgl_renderer_resource_unref)(RESOURCE));

   CASE(ALWAYS, virgl_renderer_resource_set_priv, "unknown")
      RETURNS_NOTHING(CALL(virgl_renderer_resource_set_priv)(UNKNOWN, &cookie));

   CASE(ALWAYS, virgl_renderer_resource_get_priv, "unknown")
      IS_NULL(CALL(virgl_renderer_resource_get_priv)(UNKNOWN));

   CASE(ALWAYS, virgl_renderer_resource_get_priv, "never set")
      make_resource();
      IS_NULL(CALL(virgl_renderer_resource_get_priv)(RESOURCE));

   CASE(ALWAYS, virgl_renderer_resource_get_priv, "set")
      make_resource();
      CALL(virgl_renderer_resource_set_priv)(RESOURCE, &cookie);
      RETURNS(CALL(virgl_renderer_resource_get_priv)(RESOURCE) == &cookie);

   CASE(ALWAYS, virgl_renderer_resource_attach_iov, "unknown")
      RETURNS(CALL(virgl_renderer_resource_attach_iov)(UNKNOWN, &memory, 1));

   CASE(GL, virgl_renderer_resource_attach_iov, "twice")
      make_resource();
      CALL(virgl_renderer_resource_attach_iov)(RESOURCE, &memory, 1);
      RETURNS(CALL(virgl_renderer_resource_attach_iov)(RESOURCE, &memory, 1));

   CASE(GL, virgl_renderer_resource_attach_iov, "sound")
      make_resource();
      RETURNS(CALL(virgl_renderer_resource_attach_iov)(RESOURCE, &memory, 1));

   CASE(ALWAYS, virgl_renderer_resource_detach_iov, "unknown leaves the outputs")
      struct iovec *iov = &memory;
      int count = 77;
      CALL(virgl_renderer_resource_detach_iov)(UNKNOWN, &iov, &count);
      RETURNS(iov == &memory && count == 77);

   CASE(GL, virgl_renderer_resource_detach_iov, "nothing attached")
      make_resource();
      struct iovec *iov = &memory;
      int count = 77;
      CALL(virgl_renderer_resource_detach_iov)(RESOURCE, &iov, &count);
      RETURNS(iov == NULL && count == 0);

   CASE(GL, virgl_renderer_resource_detach_iov, "the same array comes back")
      make_resource();
      struct iovec *iov = NULL;
      int count = 0;
      CALL(virgl_renderer_resource_attach_iov)(RESOURCE, &memory, 1);
      CALL(virgl_renderer_resource_detach_iov)(RESOURCE, &iov, &count);
      RETURNS(iov == &memory && count == 1);

   CASE(GL, virgl_renderer_resource_detach_iov, "no outputs")
      make_resource();
      CALL(virgl_renderer_resource_attach_iov)(RESOURCE, &memory, 1);
      RETURNS_NOTHING(CALL(virgl_renderer_resource_detach_iov)(RESOURCE, NULL, NULL));

   CASE(ALWAYS, virgl_renderer_resource_get_info, "unknown")
      struct virgl_renderer_resource_info info;
      RETURNS(CALL(virgl_renderer_resource_get_info)(UNKNOWN, &info));

   CASE(GL, virgl_renderer_resource_get_info, "every field is written")
      make_resource();
      struct virgl_renderer_resource_info info;
      memset(&info, 0x5a, sizeof info);
      CALL(virgl_renderer_resource_get_info)(RESOURCE, &info);
      RETURNS(info.handle == RESOURCE && info.virgl_format == 1 && info.width == 64 && info.height == 64 &&
              info.depth == 1 && info.flags == 0 && info.tex_id != 0 && info.tex_id != 0x5a5a5a5a &&
              info.stride == 64 * 4);

   CASE(TABLES, virgl_renderer_resource_get_info, "untyped")
      make_resource();
      struct virgl_renderer_resource_info info;
      memset(&info, 0x5a, sizeof info);
      RETURNS(CALL(virgl_renderer_resource_get_info)(RESOURCE, &info));

   CASE(GL, virgl_renderer_resource_get_info, "no structure")
      make_resource();
      RETURNS(CALL(virgl_renderer_resource_get_info)(RESOURCE, NULL));

   CASE(ALWAYS, virgl_renderer_resource_get_info_ext, "unknown")
      struct virgl_renderer_resource_info_ext info;
      RETURNS(CALL(virgl_renderer_resource_get_info_ext)(UNKNOWN, &info));

   CASE(GL, virgl_renderer_resource_get_info_ext, "no structure")
      make_resource();
      RETURNS(CALL(virgl_renderer_resource_get_info_ext)(RESOURCE, NULL));

   CASE(ALWAYS, virgl_renderer_get_cursor_data, "unknown")
      uint32_t width, height;
      IS_NULL(CALL(virgl_renderer_get_cursor_data)(UNKNOWN, &width, &height));

   CASE(GL, virgl_renderer_get_cursor_data, "sound")
      make_resource();
      uint32_t width = 0, height = 0;
      void *data = CALL(virgl_renderer_get_cursor_data)(RESOURCE, &width, &height);
      free(data);
      RETURNS(data != NULL && width == 64 && height == 64);

   CASE(GL, virgl_renderer_get_cursor_data, "too large")
      struct virgl_renderer_resource_create_args args = texture(RESOURCE);
      args.width = 129;
      CALL(virgl_renderer_resource_create)(&args, NULL, 0);
      uint32_t width, height;
      IS_NULL(CALL(virgl_renderer_get_cursor_data)(RESOURCE, &width, &height));

   CASE(GL, virgl_renderer_get_cursor_data, "no outputs")
      make_resource();
      IS_NULL(CALL(virgl_renderer_get_cursor_data)(RESOURCE, NULL, NULL));

   CASE(BEFORE | TABLES, virgl_renderer_get_fd_for_texture, "no EGL")
      int fd = 77;
      RETURNS(CALL(virgl_renderer_get_fd_for_texture)(1, &fd));

   CASE(BEFORE | TABLES, virgl_renderer_get_fd_for_texture2, "no EGL")
      int fd = 77, stride = 77, offset = 77;
      RETURNS(CALL(virgl_renderer_get_fd_for_texture2)(1, &fd, &stride, &offset));

   CASE(ALWAYS, virgl_renderer_transfer_read_iov, "unknown resource")
      struct virgl_box box = {0, 0, 0, 1, 1, 1};
      RETURNS(CALL(virgl_renderer_transfer_read_iov)(UNKNOWN, 0, 0, 0, 0, &box, 0, &memory, 1));

   CASE(ALWAYS, virgl_renderer_transfer_read_iov, "unknown context")
      make_resource();
      struct virgl_box box = {0, 0, 0, 1, 1, 1};
      RETURNS(
         CALL(virgl_renderer_transfer_read_iov)(RESOURCE, UNKNOWN, 0, 0, 0, &box, 0, &memory, 1));

   CASE(GL, virgl_renderer_transfer_read_iov, "box outside")
      make_resource();
      struct virgl_box box = {60, 0, 0, 64, 64, 1};
      RETURNS(CALL(virgl_renderer_transfer_read_iov)(RESOURCE, 0, 0, 0, 0, &box, 0, &memory, 1));

   CASE(GL, virgl_renderer_transfer_read_iov, "no box")
      make_resource();
      RETURNS(CALL(virgl_renderer_transfer_read_iov)(RESOURCE, 0, 0, 0, 0, NULL, 0, &memory, 1));

   CASE(GL, virgl_renderer_transfer_read_iov, "negative count")
      make_resource();
      struct virgl_box box = {0, 0, 0, 1, 1, 1};
      RETURNS(CALL(virgl_renderer_transfer_read_iov)(RESOURCE, 0, 0, 0, 0, &box, 0, &memory, -1));

   CASE(GL, virgl_renderer_transfer_read_iov, "no memory at all")
      make_resource();
      struct virgl_box box = {0, 0, 0, 1, 1, 1};
      RETURNS(CALL(virgl_renderer_transfer_read_iov)(RESOURCE, 0, 0, 0, 0, &box, 0, NULL, 0));

   CASE(GL, virgl_renderer_transfer_read_iov, "sound")
      make_resource();
      struct virgl_box box = {0, 0, 0, 64, 64, 1};
      RETURNS(CALL(virgl_renderer_transfer_read_iov)(RESOURCE, 0, 0, 0, 0, &box, 0, &memory, 1));

   CASE(ALWAYS, virgl_renderer_transfer_write_iov, "unknown resource")
      struct virgl_box box = {0, 0, 0, 1, 1, 1};
      RETURNS(CALL(virgl_renderer_transfer_write_iov)(UNKNOWN, 0, 0, 0, 0, &box, 0, &memory, 1));

   CASE(ALWAYS, virgl_renderer_transfer_write_iov, "unknown context")
      make_resource();
      struct virgl_box box = {0, 0, 0, 1, 1, 1};
      RETURNS(
         CALL(virgl_renderer_transfer_write_iov)(RESOURCE, UNKNOWN, 0, 0, 0, &box, 0, &memory, 1));

   CASE(GL, virgl_renderer_transfer_write_iov, "negative level")
      make_resource();
      struct virgl_box box = {0, 0, 0, 1, 1, 1};
      RETURNS(CALL(virgl_renderer_transfer_write_iov)(RESOURCE, 0, -1, 0, 0, &box, 0, &memory, 1));

   CASE(GL, virgl_renderer_transfer_write_iov, "offset beyond the memory")
      make_resource();
      struct virgl_box box = {0, 0, 0, 64, 64, 1};
      RETURNS(CALL(virgl_renderer_transfer_write_iov)(RESOURCE, 0, 0, 0, 0, &box, 4, &memory, 1));

   CASE(GL, virgl_renderer_transfer_write_iov, "sound")
      make_resource();
      struct virgl_box box = {0, 0, 0, 64, 64, 1};
      RETURNS(CALL(virgl_renderer_transfer_write_iov)(RESOURCE, 0, 0, 0, 0, &box, 0, &memory, 1));

   CASE(ALWAYS, virgl_renderer_get_rect, "unknown")
      RETURNS_NOTHING(CALL(virgl_renderer_get_rect)(UNKNOWN, &memory, 1, 0, 0, 0, 1, 1));

   CASE(GL, virgl_renderer_get_rect, "negative sizes")
      make_resource();
      RETURNS_NOTHING(CALL(virgl_renderer_get_rect)(RESOURCE, &memory, 1, 0, -5, -5, -1, -1));

   CASE(ALWAYS, virgl_renderer_execute, "unknown type")
      struct virgl_renderer_export_query query = {.hdr = {1 << 9, 0, sizeof query}};
      RETURNS(CALL(virgl_renderer_execute)(&query, sizeof query));

   CASE(ALWAYS, virgl_renderer_execute, "no structure")
      RETURNS(CALL(virgl_renderer_execute)(NULL, 0));

   CASE(ALWAYS, virgl_renderer_execute, "shorter than a header")
      uint32_t stype = 2;
      RETURNS(CALL(virgl_renderer_execute)(&stype, sizeof stype));

   CASE(ALWAYS, virgl_renderer_execute, "unknown version")
      struct virgl_renderer_export_query query = {.hdr = {1, 1, sizeof query}};
      RETURNS(CALL(virgl_renderer_execute)(&query, sizeof query));

   CASE(ALWAYS, virgl_renderer_execute, "size disagrees")
      struct virgl_renderer_export_query query = {.hdr = {1, 0, sizeof query}};
      RETURNS(CALL(virgl_renderer_execute)(&query, sizeof query - 4));

   CASE(ALWAYS, virgl_renderer_execute, "size in the header disagrees")
      struct virgl_renderer_export_query query = {.hdr = {1, 0, sizeof query - 4}};
      RETURNS(CALL(virgl_renderer_execute)(&query, sizeof query));

   CASE(ALWAYS, virgl_renderer_execute, "export query of an unknown resource")
      struct virgl_renderer_export_query query = {.hdr = {1, 0, sizeof query}, .in_resource_id = UNKNOWN};
      RETURNS(CALL(virgl_renderer_execute)(&query, sizeof query));

   CASE(TABLES, virgl_renderer_execute, "export query of guest memory")
      make_resource();
      struct virgl_renderer_export_query query = {.hdr = {1, 0, sizeof query}, .in_resource_id = RESOURCE};
      int result = CALL(virgl_renderer_execute)(&query, sizeof query);
      RETURNS(result * 100 + (int)query.out_num_fds);

   CASE(TABLES, virgl_renderer_execute, "export of guest memory")
      make_resource();
      struct virgl_renderer_export_query query = {
         .hdr = {1, 0, sizeof query}, .in_resource_id = RESOURCE, .in_export_fds = 1};
      RETURNS(CALL(virgl_renderer_execute)(&query, sizeof query));

   CASE(GL, virgl_renderer_execute, "export query of a plain texture")
      make_resource();
      struct virgl_renderer_export_query query = {.hdr = {1, 0, sizeof query}, .in_resource_id = RESOURCE};
      int result = CALL(virgl_renderer_execute)(&query, sizeof query);
      RETURNS(result * 100 + (int)query.out_num_fds);

   CASE(GL, virgl_renderer_execute, "export of a plain texture")
      make_resource();
      struct virgl_renderer_export_query query = {
         .hdr = {1, 0, sizeof query}, .in_resource_id = RESOURCE, .in_export_fds = 1};
      RETURNS(CALL(virgl_renderer_execute)(&query, sizeof query));

   CASE(ALWAYS, virgl_renderer_execute, "supported structures")
      struct virgl_renderer_supported_structures query = {.hdr = {2, 0, sizeof query}};
      int result = CALL(virgl_renderer_execute)(&query, sizeof query);
      RETURNS(result * 100 + (int)query.out_supported_structures_mask);

   CASE(ALWAYS, virgl_renderer_execute, "supported structures of version 1")
      struct virgl_renderer_supported_structures query = {
         .hdr = {2, 0, sizeof query}, .in_stype_version = 1, .out_supported_structures_mask = 77};
      int result = CALL(virgl_renderer_execute)(&query, sizeof query);
      RETURNS(result * 100 + (int)query.out_supported_structures_mask);

   CASE(ALWAYS, virgl_renderer_resource_create_blob, "handle 0")
      struct virgl_renderer_resource_create_blob_args args = {
         .blob_mem = 1, .size = 4096, .iovecs = &memory, .num_iovs = 1};
      RETURNS(CALL(virgl_renderer_resource_create_blob)(&args));

   CASE(ALWAYS, virgl_renderer_resource_create_blob, "no structure")
      RETURNS(CALL(virgl_renderer_resource_create_blob)(NULL));

   CASE(ALWAYS, virgl_renderer_resource_create_blob, "unknown memory kind")
      struct virgl_renderer_resource_create_blob_args args = {
         .res_handle = RESOURCE, .blob_mem = 99, .size = 4096, .iovecs = &memory, .num_iovs = 1};
      RETURNS(CALL(virgl_renderer_resource_create_blob)(&args));

   CASE(ALWAYS, virgl_renderer_resource_create_blob, "guest VRAM")
      struct virgl_renderer_resource_create_blob_args args = {
         .res_handle = RESOURCE, .blob_mem = 4, .size = 4096, .iovecs = &memory, .num_iovs = 1};
      RETURNS(CALL(virgl_renderer_resource_create_blob)(&args));

   CASE(ALWAYS, virgl_renderer_resource_create_blob, "size 0")
      struct virgl_renderer_resource_create_blob_args args = {
         .res_handle = RESOURCE, .blob_mem = 1, .iovecs = &memory, .num_iovs = 1};
      RETURNS(CALL(virgl_renderer_resource_create_blob)(&args));

   CASE(ALWAYS, virgl_renderer_resource_create_blob, "memory too short")
      struct virgl_renderer_resource_create_blob_args args = {
         .res_handle = RESOURCE, .blob_mem = 1, .size = 1 << 20, .iovecs = &memory, .num_iovs = 1};
      RETURNS(CALL(virgl_renderer_resource_create_blob)(&args));

   CASE(ALWAYS, virgl_renderer_resource_create_blob, "host memory with entries")
      struct virgl_renderer_resource_create_blob_args args = {
         .res_handle = RESOURCE, .blob_mem = 2, .size = 4096, .iovecs = &memory, .num_iovs = 1};
      RETURNS(CALL(virgl_renderer_resource_create_blob)(&args));

   CASE(ALWAYS, virgl_renderer_resource_create_blob, "host memory of an unknown context")
      struct virgl_renderer_resource_create_blob_args args = {
         .res_handle = RESOURCE, .ctx_id = UNKNOWN, .blob_mem = 2, .size = 4096};
      RETURNS(CALL(virgl_renderer_resource_create_blob)(&args));

   CASE(GL, virgl_renderer_resource_create_blob, "unknown blob id")
      make_context();
      struct virgl_renderer_resource_create_blob_args args = {
         .res_handle = RESOURCE, .ctx_id = CONTEXT, .blob_mem = 2, .blob_id = 5, .size = 4096};
      RETURNS(CALL(virgl_renderer_resource_create_blob)(&args));

   CASE(ALWAYS, virgl_renderer_resource_create_blob, "handle in use")
      make_resource();
      struct virgl_renderer_resource_create_blob_args args = {
         .res_handle = RESOURCE, .blob_mem = 1, .size = 4096, .iovecs = &memory, .num_iovs = 1};
      RETURNS(CALL(virgl_renderer_resource_create_blob)(&args));

   CASE(ALWAYS, virgl_renderer_resource_map, "unknown")
      void *map;
      uint64_t size;
      RETURNS(CALL(virgl_renderer_resource_map)(UNKNOWN, &map, &size));

   CASE(TABLES, virgl_renderer_resource_map, "guest memory")
      make_resource();
      void *map;
      uint64_t size;
      RETURNS(CALL(virgl_renderer_resource_map)(RESOURCE, &map, &size));

   CASE(ALWAYS, virgl_renderer_resource_map, "no outputs")
      make_resource();
      RETURNS(CALL(virgl_renderer_resource_map)(RESOURCE, NULL, NULL));

   CASE(ALWAYS, virgl_renderer_resource_unmap, "unknown")
      RETURNS(CALL(virgl_renderer_resource_unmap)(UNKNOWN));

   CASE(ALWAYS, virgl_renderer_resource_unmap, "not mapped")
      make_resource();
      RETURNS(CALL(virgl_renderer_resource_unmap)(RESOURCE));

   CASE(ALWAYS, virgl_renderer_resource_map_fixed, "unknown")
      RETURNS(CALL(virgl_renderer_resource_map_fixed)(UNKNOWN, pixels));

   CASE(TABLES, virgl_renderer_resource_map_fixed, "guest memory")
      make_resource();
      RETURNS(CALL(virgl_renderer_resource_map_fixed)(RESOURCE, (void *)0x10000000));

   CASE(ALWAYS, virgl_renderer_resource_get_map_info, "unknown")
      uint32_t map_info;
      RETURNS(CALL(virgl_renderer_resource_get_map_info)(UNKNOWN, &map_info));

   CASE(TABLES, virgl_renderer_resource_get_map_info, "guest memory is cached")
      make_resource();
      uint32_t map_info = 77;
      int result = CALL(virgl_renderer_resource_get_map_info)(RESOURCE, &map_info);
      RETURNS(result * 100 + (int)map_info);

   CASE(TABLES, virgl_renderer_resource_get_map_info, "no output")
      make_resource();
      RETURNS(CALL(virgl_renderer_resource_get_map_info)(RESOURCE, NULL));

   CASE(ALWAYS, virgl_renderer_resource_export_blob, "unknown")
      uint32_t type;
      int fd;
      RETURNS(CALL(virgl_renderer_resource_export_blob)(UNKNOWN, &type, &fd));

   CASE(TABLES, virgl_renderer_resource_export_blob, "guest memory")
      make_resource();
      uint32_t type;
      int fd;
      RETURNS(CALL(virgl_renderer_resource_export_blob)(RESOURCE, &type, &fd));

   CASE(TABLES, virgl_renderer_resource_export_blob, "no outputs")
      make_resource();
      RETURNS(CALL(virgl_renderer_resource_export_blob)(RESOURCE, NULL, NULL));

   CASE(ALWAYS, virgl_renderer_resource_import_blob, "handle 0")
      struct virgl_renderer_resource_import_blob_args args = {0, 2, 3, 0, 4096};
      RETURNS(CALL(virgl_renderer_resource_import_blob)(&args));

   CASE(ALWAYS, virgl_renderer_resource_import_blob, "no structure")
      RETURNS(CALL(virgl_renderer_resource_import_blob)(NULL));

   CASE(ALWAYS, virgl_renderer_resource_import_blob, "guest memory")
      struct virgl_renderer_resource_import_blob_args args = {RESOURCE, 1, 3, 0, 4096};
      RETURNS(CALL(virgl_renderer_resource_import_blob)(&args));

   CASE(ALWAYS, virgl_renderer_resource_import_blob, "unknown descriptor type")
      struct virgl_renderer_resource_import_blob_args args = {RESOURCE, 2, 99, 0, 4096};
      RETURNS(CALL(virgl_renderer_resource_import_blob)(&args));

   CASE(ALWAYS, virgl_renderer_resource_import_blob, "no descriptor")
      struct virgl_renderer_resource_import_blob_args args = {RESOURCE, 2, 3, -1, 4096};
      RETURNS(CALL(virgl_renderer_resource_import_blob)(&args));

   CASE(ALWAYS, virgl_renderer_resource_import_blob, "size 0")
      struct virgl_renderer_resource_import_blob_args args = {RESOURCE, 2, 3, 0, 0};
      RETURNS(CALL(virgl_renderer_resource_import_blob)(&args));

   CASE(ALWAYS, virgl_renderer_resource_import_blob, "refused keeps the descriptor open")
      int fd = dup(0);
      struct virgl_renderer_resource_import_blob_args args = {RESOURCE, 2, 99, fd, 4096};
      CALL(virgl_renderer_resource_import_blob)(&args);
      RETURNS(fcntl(fd, F_GETFD) >= 0);

   CASE(BEFORE | TABLES, virgl_renderer_create_fence, "no GL")
      RETURNS(CALL(virgl_renderer_create_fence)(1, 0));

   CASE(RUNNING, virgl_renderer_resource_import_blob, "shared memory can be mapped")
      int fd = memfd_create("blob", 0);
      if (ftruncate(fd, 8192))
         report("no file", 0);
      struct virgl_renderer_resource_import_blob_args args = {RESOURCE, 2, 3, fd, 8192};
      void *map = NULL;
      uint64_t size = 0;
      int imported = CALL(virgl_renderer_resource_import_blob)(&args);
      int mapped = CALL(virgl_renderer_resource_map)(RESOURCE, &map, &size);
      int again = CALL(virgl_renderer_resource_map)(RESOURCE, &map, &size);
      if (imported == 0 && mapped == 0)
         memset(map, 1, 8192);
      RETURNS(imported == 0 && mapped == 0 && again == -EINVAL && size == 8192 &&
              CALL(virgl_renderer_resource_unmap)(RESOURCE) == 0);

   CASE(RUNNING, virgl_renderer_resource_import_blob, "shared memory comes back out")
      int fd = memfd_create("blob", 0);
      struct virgl_renderer_resource_import_blob_args args = {RESOURCE, 2, 3, fd, 4096};
      uint32_t type = 0;
      int out = -1;
      int imported = CALL(virgl_renderer_resource_import_blob)(&args);
      int exported = CALL(virgl_renderer_resource_export_blob)(RESOURCE, &type, &out);
      CALL(virgl_renderer_resource_unref)(RESOURCE);
      RETURNS(imported == 0 && exported == 0 && type == 3 && out >= 0 && out != fd &&
              fcntl(fd, F_GETFD) < 0 && fcntl(out, F_GETFD) == FD_CLOEXEC);

   CASE(RUNNING, virgl_renderer_resource_map_fixed, "shared memory")
      int fd = memfd_create("blob", 0);
      if (ftruncate(fd, 8192))
         report("no file", 0);
      struct virgl_renderer_resource_import_blob_args args = {RESOURCE, 2, 3, fd, 8192};
      char *window = mmap(NULL, 8192, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
      CALL(virgl_renderer_resource_import_blob)(&args);
      int result = CALL(virgl_renderer_resource_map_fixed)(RESOURCE, window);
      if (result == 0)
         memset(window, 1, 8192);
      RETURNS(result);

   CASE(RUNNING, virgl_renderer_resource_get_map_info, "imported memory")
      int fd = memfd_create("blob", 0);
      struct virgl_renderer_resource_import_blob_args args = {RESOURCE, 2, 3, fd, 4096};
      uint32_t map_info;
      CALL(virgl_renderer_resource_import_blob)(&args);
      RETURNS(CALL(virgl_renderer_resource_get_map_info)(RESOURCE, &map_info));

   CASE(GL, virgl_renderer_create_fence, "context is ignored")
      RETURNS(CALL(virgl_renderer_create_fence)(1, UNKNOWN));

   CASE(ALWAYS, virgl_renderer_context_create_fence, "unknown context")
      RETURNS(CALL(virgl_renderer_context_create_fence)(UNKNOWN, 1, 0, 1));

   CASE(GL, virgl_renderer_context_create_fence, "ring 1")
      make_context();
      RETURNS(CALL(virgl_renderer_context_create_fence)(CONTEXT, 1, 1, 1));

   CASE(GL, virgl_renderer_context_create_fence, "sound")
      make_context();
      RETURNS(CALL(virgl_renderer_context_create_fence)(CONTEXT, 1, 0, 1));

   CASE(GL, virgl_renderer_context_create_fence, "callbacks without write_context_fence")
      make_context();
      callbacks.write_context_fence = NULL;
      callbacks.version = 1;
      RETURNS(CALL(virgl_renderer_context_create_fence)(CONTEXT, 1, 0, 1));

   CASE(ALWAYS, virgl_renderer_context_poll, "unknown")
      RETURNS_NOTHING(CALL(virgl_renderer_context_poll)(UNKNOWN));

   CASE(ALWAYS, virgl_renderer_context_get_poll_fd, "unknown")
      RETURNS(CALL(virgl_renderer_context_get_poll_fd)(UNKNOWN));

   CASE(ALWAYS, virgl_renderer_export_fence, "unknown")
      int fd = 77;
      RETURNS(CALL(virgl_renderer_export_fence)(UNKNOWN, &fd));

   CASE(ALWAYS, virgl_renderer_export_fence, "no output")
      RETURNS(CALL(virgl_renderer_export_fence)(UNKNOWN, NULL));

   CASE(ALWAYS, virgl_renderer_export_signalled_fence, "none yet")
      RETURNS(CALL(virgl_renderer_export_signalled_fence)());

   CASE(ALWAYS, virgl_renderer_attach_fence, "unknown context")
      RETURNS(CALL(virgl_renderer_attach_fence)(UNKNOWN, -1));

   CASE(ALWAYS, virgl_renderer_attach_fence, "unknown context leaves the descriptor open")
      int fd = dup(0);
      CALL(virgl_renderer_attach_fence)(UNKNOWN, fd);
      RETURNS(fcntl(fd, F_GETFD) >= 0);

   CASE(ALWAYS, virgl_renderer_get_fence_fd, "unknown")
      RETURNS(CALL(virgl_renderer_get_fence_fd)(UNKNOWN));

   CASE(ALWAYS, virgl_renderer_get_dev_fd, "unknown context")
      RETURNS(CALL(virgl_renderer_get_dev_fd)(UNKNOWN));

   CASE(GL, virgl_renderer_get_dev_fd, "context without device")
      make_context();
      RETURNS(CALL(virgl_renderer_get_dev_fd)(CONTEXT));

   CASE(ALWAYS, virgl_renderer_context_push_fence_wait, "context 0")
      RETURNS(CALL(virgl_renderer_context_push_fence_wait)(0, 0, UNKNOWN));

   CASE(ALWAYS, virgl_renderer_context_push_fence_wait, "unknown context")
      RETURNS(CALL(virgl_renderer_context_push_fence_wait)(UNKNOWN, 0, UNKNOWN));

   CASE(GL, virgl_renderer_context_push_fence_wait, "ring 1")
      make_context();
      RETURNS(CALL(virgl_renderer_context_push_fence_wait)(CONTEXT, 1, UNKNOWN));

   CASE(GL, virgl_renderer_context_push_fence_wait, "unknown fence")
      make_context();
      RETURNS(CALL(virgl_renderer_context_push_fence_wait)(CONTEXT, 0, UNKNOWN));

   CASE(ALWAYS, virgl_renderer_resource_query_layout, "unknown")
      struct virgl_renderer_resource_layout layout;
      RETURNS(CALL(virgl_renderer_resource_query_layout)(UNKNOWN, &layout, 64, 64, 1, 2));

   CASE(ALWAYS, virgl_renderer_resource_query_layout, "no structure")
      RETURNS(CALL(virgl_renderer_resource_query_layout)(0, NULL, 64, 64, 1, 2));

   CASE(ALWAYS, virgl_set_debug_callback, "the previous one comes back")
      virgl_debug_callback_type mine = debug_to_nowhere;
      CALL(virgl_set_debug_callback)(mine);
      RETURNS(CALL(virgl_set_debug_callback)(mine) == mine);

   CASE(ALWAYS, virgl_set_log_callback, "replaced data is freed")
      int freed = 0;
      CALL(virgl_set_log_callback)(log_to_nowhere, &freed, count_free);
      CALL(virgl_set_log_callback)(log_to_nowhere, NULL, NULL);
      RETURNS(freed);
   }
}

int main(int argc, char **argv)
{
   if (argc != 3) {
      fprintf(stderr, "usage: %s LIBRARY before|tables|gl\n", argv[0]);
      return 2;
   }
   state = argv[2];
   library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
   if (!library) {
      fprintf(stderr, "%s\n", dlerror());
      return 1;
   }
   if (freopen("/dev/null", "w", stderr) == NULL)
      return 1;
   every_case();
   return 0;
}
