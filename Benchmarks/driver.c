/*
 * Runs one libvirglrenderer through the operations of a VirGL guest and prints what each of them costs.
 *
 *   driver LIBRARY [commands|transfers] [--calls]
 *
 * One line per operation: name, operations measured, then per operation the GL calls, the library's calls of malloc
 * and the time in nanoseconds (the fastest of several rounds), separated by tabs. Under callgrind it also asks for one
 * profile per operation, named after it. --calls adds comment lines with the GL functions each operation calls.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <time.h>
#include <valgrind/callgrind.h>

#include "counters.h"
#include "stream.h"
#include "virglrenderer.h"

struct virgl_box {
  uint32_t x, y, z, w, h, d;
};

/* The library's functions, by their header's types. */
#define API(FUNCTION)                                                                                              \
  FUNCTION(init) FUNCTION(cleanup) FUNCTION(poll) FUNCTION(get_cap_set) FUNCTION(fill_caps) FUNCTION(context_create) \
  FUNCTION(context_destroy) FUNCTION(resource_create) FUNCTION(resource_unref) FUNCTION(resource_attach_iov)         \
  FUNCTION(ctx_attach_resource) FUNCTION(submit_cmd) FUNCTION(transfer_read_iov) FUNCTION(transfer_write_iov)        \
  FUNCTION(create_fence)
static struct {
#define FUNCTION(name) __typeof__(virgl_renderer_##name) *name;
  API(FUNCTION)
#undef FUNCTION
} api;

enum { CONTEXT = 1, OTHER_CONTEXT = 2 };
enum { TARGET = 1, VERTICES = 2, INDICES = 3, TEXTURE = 4, LARGE = 5, BUFFER = 6 };
enum { BGRA8 = 1, RGBA32_FLOAT = 31, R8 = 64 };
enum { COLOUR_MASKS = 0xFu << 27 };

static bool show_calls;

static void fail(const char *what) {
  fprintf(stderr, "driver: %s\n", what);
  exit(1);
}

static void *load(const char *path) {
  void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (!library) fail(dlerror());
#define FUNCTION(name)                                     \
  api.name = dlsym(library, "virgl_renderer_" #name);      \
  if (!api.name) fail("the library lacks virgl_renderer_" #name);
  API(FUNCTION)
#undef FUNCTION
  return library;
}

/* --- measuring ------------------------------------------------------------------------------------------ */

static double now_ns(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e9 + time.tv_nsec;
}

static double started_ns, fastest_ns;

static void begin_operation(void) {
  gl_counter_reset();
  allocation_counter_reset();
  fastest_ns = 1e30;
  CALLGRIND_ZERO_STATS;
}

static void begin_round(void) {
  CALLGRIND_TOGGLE_COLLECT;
  started_ns = now_ns();
}

static void end_round(unsigned operations) {
  double taken = (now_ns() - started_ns) / operations;
  CALLGRIND_TOGGLE_COLLECT;
  if (taken < fastest_ns) fastest_ns = taken;
}

static void end_operation(const char *name, unsigned operations) {
  unsigned long calls = gl_counter_total(), allocations = allocation_counter_total();
  CALLGRIND_DUMP_STATS_AT(name);
  printf("%s\t%u\t%.2f\t%.2f\t%.0f\n", name, operations, (double)calls / operations,
         (double)allocations / operations, fastest_ns);
  if (show_calls) gl_counter_print(operations);
  fflush(stdout);
}

static void submit_to(int context, const struct stream *stream) {
  if (api.submit_cmd(stream->words, context, stream->count)) fail("the library refused a command stream");
}

static void submit(const struct stream *stream) { submit_to(CONTEXT, stream); }

/* --- the scene ------------------------------------------------------------------------------------------ */

static const char vertex_text[] =
    "VERT\nDCL IN[0]\nDCL IN[1]\nDCL OUT[0], POSITION\nDCL OUT[1], GENERIC[0]\nDCL CONST[0..15]\nDCL TEMP[0], LOCAL\n"
    "  0: MUL TEMP[0], CONST[0], IN[0].xxxx\n  1: MAD TEMP[0], CONST[1], IN[0].yyyy, TEMP[0]\n"
    "  2: MAD TEMP[0], CONST[2], IN[0].zzzz, TEMP[0]\n  3: MAD TEMP[0], CONST[3], IN[0].wwww, TEMP[0]\n"
    "  4: ADD OUT[0], TEMP[0], CONST[15]\n  5: MOV OUT[1], IN[1]\n  6: END\n";
static const char fragment_text[] =
    "FRAG\nPROPERTY FS_COLOR0_WRITES_ALL_CBUFS 1\nDCL IN[0], GENERIC[0], PERSPECTIVE\nDCL OUT[0], COLOR\nDCL SAMP[0]\n"
    "DCL SVIEW[0], 2D, FLOAT\nDCL CONST[0..15]\nDCL TEMP[0], LOCAL\n  0: TEX TEMP[0], IN[0].xyyy, SAMP[0], 2D\n"
    "  1: MAD OUT[0], TEMP[0], CONST[0], CONST[15]\n  2: END\n";

static void bind_object(struct stream *s, enum object kind, uint32_t handle) { COMMAND(s, BIND_OBJECT, kind, handle); }

static void put_draw(struct stream *s, bool indexed) {
  COMMAND(s, DRAW, 0, 0, 3, 4, indexed, 1, 0, 0, 0, 0, 0, 0xFFFFFFFF, 0);
}

static void put_constants(struct stream *s, uint32_t stage, unsigned words, unsigned seed) {
  head(s, SET_CONSTANTS, 0, 2 + words);
  put(s, stage);
  put(s, 0);
  for (unsigned i = 0; i < words; i++) put_float(s, (float)(seed + i));
}

static void put_viewport(struct stream *s, unsigned seed) {
  head(s, SET_VIEWPORTS, 0, 7);
  put(s, 0);
  const float half = 128 - seed % 2;
  const float values[] = {half, half, 0.5f, half, half, 0.5f};
  for (int i = 0; i < 6; i++) put_float(s, values[i]);
}

static void put_blend(struct stream *s, uint32_t handle, uint32_t target) {
  head(s, CREATE_OBJECT, BLEND, 11);
  put(s, handle);
  put(s, 0);
  put(s, 0);
  put_many(s, target | COLOUR_MASKS, 8);
}

static void put_rasterizer(struct stream *s, uint32_t handle, uint32_t flags) {
  head(s, CREATE_OBJECT, RASTERIZER, 9);
  put(s, handle);
  put(s, flags | 1 << 1 | 1 << 29);
  put_float(s, 1);
  put(s, 0);
  put(s, 0);
  put_float(s, 1);
  put_many(s, 0, 3);
}

/* Handles: surface 10; blend 11, 12; depth/stencil 13, 14; rasterizer 15, 16; elements 17; vertex shader 20, 22;
 * fragment shader 21, 23; views 30, 31; sampler 32. The two of a pair differ, for operations that alternate. */
static void put_scene(struct stream *s) {
  COMMAND(s, CREATE_SUB_CONTEXT, 0, 1);
  COMMAND(s, SET_SUB_CONTEXT, 0, 1);
  COMMAND(s, CREATE_OBJECT, SURFACE, 10, TARGET, BGRA8, 0, 0);
  COMMAND(s, SET_FRAMEBUFFER, 0, 1, 0, 10);
  put_blend(s, 11, 0);
  put_blend(s, 12, 1 | 3 << 4 | 0x13 << 9 | 3 << 17 | 0x13 << 22);
  COMMAND(s, CREATE_OBJECT, DEPTH_STENCIL, 13, 0, 0, 0, 0);
  COMMAND(s, CREATE_OBJECT, DEPTH_STENCIL, 14, 1 | 1 << 1 | 1 << 2, 0, 0, 0);
  put_rasterizer(s, 15, 0);
  put_rasterizer(s, 16, 2 << 8 | 1 << 15);
  COMMAND(s, CREATE_OBJECT, ELEMENTS, 17, 0, 0, 0, RGBA32_FLOAT, 16, 0, 0, RGBA32_FLOAT);
  put_shader(s, 20, 0, vertex_text);
  put_shader(s, 22, 0, vertex_text);
  put_shader(s, 21, 1, fragment_text);
  put_shader(s, 23, 1, fragment_text);
  COMMAND(s, CREATE_OBJECT, VIEW, 30, TEXTURE, BGRA8 | 2u << 24, 0, 0, 0 | 1 << 3 | 2 << 6 | 3 << 9);
  COMMAND(s, CREATE_OBJECT, VIEW, 31, TEXTURE, BGRA8 | 2u << 24, 0, 0, 0 | 1 << 3 | 2 << 6 | 5 << 9);
  COMMAND(s, CREATE_OBJECT, SAMPLER, 32, 2 | 2 << 3 | 2 << 6 | 2 << 11, 0, 0, 0, 0, 0, 0, 0);
  bind_object(s, BLEND, 11);
  bind_object(s, DEPTH_STENCIL, 13);
  bind_object(s, RASTERIZER, 15);
  bind_object(s, ELEMENTS, 17);
  COMMAND(s, BIND_SHADER, 0, 20, 0);
  COMMAND(s, BIND_SHADER, 0, 21, 1);
  COMMAND(s, SET_SAMPLER_VIEWS, 0, 1, 0, 30);
  COMMAND(s, BIND_SAMPLERS, 0, 1, 0, 32);
  COMMAND(s, SET_VERTEX_BUFFERS, 0, 32, 0, VERTICES);
  put_constants(s, 0, 64, 1);
  put_constants(s, 1, 64, 2);
  put_viewport(s, 0);
  put_draw(s, false);
}

static void create_resource(uint32_t handle, uint32_t target, uint32_t format, uint32_t bind, uint32_t width,
                            uint32_t height) {
  struct virgl_renderer_resource_create_args args = {handle, target, format, bind, width, height, 1, 1, 0, 0, 0};
  if (api.resource_create(&args, NULL, 0)) fail("the library refused a resource");
  api.ctx_attach_resource(CONTEXT, handle);
}

/* --- command operations --------------------------------------------------------------------------------- */

static void op_nop(struct stream *s, unsigned n) { (void)n, head(s, NOP, 0, 0); }
static void op_stencil_ref(struct stream *s, unsigned n) { COMMAND(s, SET_STENCIL_REF, 0, n & 0xFF); }
static void op_blend_colour(struct stream *s, unsigned n) {
  COMMAND(s, SET_BLEND_COLOUR, 0, 0, 0, n % 2 * 0x3F800000, 0);
}
static void op_viewport(struct stream *s, unsigned n) { put_viewport(s, n); }
static void op_constants(struct stream *s, unsigned n) { put_constants(s, 0, 64, n); }
static void op_views(struct stream *s, unsigned n) { COMMAND(s, SET_SAMPLER_VIEWS, 0, 1, 0, 30 + n % 2); }
static void op_draw(struct stream *s, unsigned n) { (void)n, put_draw(s, false); }

static void op_draw_constants(struct stream *s, unsigned n) {
  put_constants(s, 0, 64, n);
  put_draw(s, false);
}

static void op_typical(struct stream *s, unsigned n) {
  put_constants(s, 0, 64, n);
  put_constants(s, 1, 64, n);
  COMMAND(s, SET_VERTEX_BUFFERS, 0, 32, n % 2 * 96, VERTICES);
  op_views(s, n);
  put_draw(s, false);
}

static void op_heavy(struct stream *s, unsigned n) {
  put_constants(s, 0, 64, n);
  put_constants(s, 1, 64, n);
  COMMAND(s, SET_VERTEX_BUFFERS, 0, 32, n % 2 * 96, VERTICES);
  op_views(s, n);
  COMMAND(s, BIND_SHADER, 0, 20 + n % 2 * 2, 0);
  COMMAND(s, BIND_SHADER, 0, 21 + n % 2 * 2, 1);
  bind_object(s, BLEND, 11 + n % 2);
  bind_object(s, DEPTH_STENCIL, 13 + n % 2);
  bind_object(s, RASTERIZER, 15 + n % 2);
  COMMAND(s, SET_INDEX_BUFFER, 0, INDICES, 2, 0);
  put_draw(s, true);
}

static void op_clear(struct stream *s, unsigned n) {
  COMMAND(s, CLEAR, 0, 1 << 2, n % 2 * 0x3F800000, 0, 0, 0, 0, 0, 0);
}

static void op_inline_write(struct stream *s, unsigned n) {
  head(s, INLINE_WRITE, 0, 11 + 24);
  const uint32_t place[] = {VERTICES, 0, 0, 0, 0, n % 8 * 96, 0, 0, 96, 1, 1};
  for (int i = 0; i < 11; i++) put(s, place[i]);
  put_many(s, n, 24);
}

static void op_surface(struct stream *s, unsigned n) {
  (void)n;
  COMMAND(s, CREATE_OBJECT, SURFACE, 50, TARGET, BGRA8, 0, 0);
  COMMAND(s, DESTROY_OBJECT, SURFACE, 50);
}

/* A fragment shader of `length` arithmetic instructions that differs from every other, used for one draw. */
static void new_shader(struct stream *s, unsigned n, unsigned length) {
  size_t size = 0;
  char *text = NULL;
  FILE *out = open_memstream(&text, &size);
  fprintf(out, "FRAG\nPROPERTY FS_COLOR0_WRITES_ALL_CBUFS 1\nDCL IN[0], GENERIC[0], PERSPECTIVE\nDCL OUT[0], COLOR\n"
               "DCL SAMP[0]\nDCL SVIEW[0], 2D, FLOAT\nDCL TEMP[0..1], LOCAL\nIMM[0] FLT32 {0x3f%06x, 0x3f800000, "
               "0x3e800000, 0x40000000}\n  0: TEX TEMP[0], IN[0].xyyy, SAMP[0], 2D\n", n & 0xFFFFFF);
  for (unsigned i = 1; i < length - 2; i++)
    fprintf(out, "  %u: MAD TEMP[%u], -TEMP[%u].yzxw, IMM[0].xyzz, IMM[0].wxyy\n", i, i % 2, (i + 1) % 2);
  fprintf(out, "  %u: MOV OUT[0], TEMP[%u]\n  %u: END\n", length - 2, (length - 3) % 2, length - 1);
  fclose(out);
  put_shader(s, 60, 1, text);
  free(text);
  COMMAND(s, BIND_SHADER, 0, 60, 1);
  put_draw(s, false);
  COMMAND(s, BIND_SHADER, 0, 21, 1);
  COMMAND(s, DESTROY_OBJECT, SHADER, 60);
}

static unsigned shader_serial;
static void op_shader_23(struct stream *s, unsigned n) { (void)n, new_shader(s, ++shader_serial, 23); }
static void op_shader_545(struct stream *s, unsigned n) { (void)n, new_shader(s, ++shader_serial, 545); }

static const struct operation {
  const char *name;
  void (*emit)(struct stream *stream, unsigned index);
  unsigned per_submission, rounds;
} operations[] = {
    {"nop", op_nop, 256, 20},
    {"stencil ref", op_stencil_ref, 256, 20},
    {"blend colour", op_blend_colour, 256, 20},
    {"viewport", op_viewport, 256, 20},
    {"64 dw constants", op_constants, 64, 20},
    {"sampler views", op_views, 128, 20},
    {"draw, nothing changed", op_draw, 128, 20},
    {"draw, 16 vec4 constants", op_draw_constants, 64, 20},
    {"draw, typical", op_typical, 64, 20},
    {"draw, heavy", op_heavy, 64, 20},
    {"clear", op_clear, 64, 20},
    {"inline write 96 B", op_inline_write, 128, 20},
    {"surface create + destroy", op_surface, 64, 20},
    {"new shader, 23 instructions", op_shader_23, 1, 20},
    {"new shader, 545 instructions", op_shader_545, 1, 6},
};

static void run_operation(const struct operation *operation) {
  struct stream streams[32] = {0};
  const unsigned warm_up = 3, total = operation->rounds + warm_up;
  for (unsigned i = 0; i < total; i++)
    for (unsigned n = 0; n < operation->per_submission; n++) operation->emit(&streams[i], n);
  for (unsigned i = 0; i < warm_up; i++) submit(&streams[i]);
  begin_operation();
  for (unsigned i = warm_up; i < total; i++) {
    begin_round();
    submit(&streams[i]);
    end_round(operation->per_submission);
  }
  end_operation(operation->name, operation->rounds * operation->per_submission);
  for (unsigned i = 0; i < total; i++) free(streams[i].words);
}

/* Two guest processes that draw in turn: a submission of one draw in each context. The second has a scene of its own. */
static void run_turns(void) {
  enum { WARM_UP = 3, TURNS = 40 };
  struct stream scene = {0}, frame = {0};
  if (api.context_create(OTHER_CONTEXT, 5, "other")) fail("context_create failed");
  for (uint32_t handle = TARGET; handle <= TEXTURE; handle++) api.ctx_attach_resource(OTHER_CONTEXT, handle);
  put_scene(&scene);
  submit_to(OTHER_CONTEXT, &scene);
  put_draw(&frame, false);
  for (unsigned i = 0; i < WARM_UP + TURNS; i++) {
    if (i == WARM_UP) begin_operation();
    begin_round();
    submit_to(CONTEXT, &frame);
    submit_to(OTHER_CONTEXT, &frame);
    end_round(2);
  }
  end_operation("draws in two contexts in turn", 2 * TURNS);
  api.context_destroy(OTHER_CONTEXT);
  free(scene.words);
  free(frame.words);
}

/* --- transfers and fences ------------------------------------------------------------------------------- */

static uint32_t fence_reached;
static void write_fence(void *cookie, uint32_t fence) { (void)cookie, fence_reached = fence; }

struct memory {
  uint8_t *bytes;
  struct iovec whole, pages[1024];
};

static void transfer(bool up, uint32_t handle, struct virgl_box *box, struct iovec *iov, unsigned count) {
  int result = up ? api.transfer_write_iov(handle, CONTEXT, 0, 0, 0, box, 0, iov, count)
                  : api.transfer_read_iov(handle, CONTEXT, 0, 0, 0, box, 0, iov, count);
  if (result) fail("the library refused a transfer");
}

static void run_transfer(const char *name, bool up, uint32_t handle, struct virgl_box box, struct iovec *iov,
                         unsigned count) {
  const unsigned rounds = 30, each = box.w * box.h > 4096 ? 1 : 200;
  transfer(up, handle, &box, iov, count);
  begin_operation();
  for (unsigned round = 0; round < rounds; round++) {
    begin_round();
    for (unsigned i = 0; i < each; i++) transfer(up, handle, &box, iov, count);
    end_round(each);
  }
  end_operation(name, rounds * each);
}

static void run_transfers(void) {
  enum { SIZE = 1024 * 1024 * 4 };
  static struct memory memory;
  memory.bytes = aligned_alloc(4096, SIZE);
  memset(memory.bytes, 0x55, SIZE);
  memory.whole = (struct iovec){memory.bytes, SIZE};
  for (unsigned i = 0; i < 1024; i++) memory.pages[i] = (struct iovec){memory.bytes + i * 4096, 4096};
  const struct virgl_box all = {0, 0, 0, 1024, 1024, 1}, small = {8, 8, 0, 16, 16, 1}, bytes = {0, 0, 0, 1 << 20, 1, 1};

  create_resource(LARGE, 2, BGRA8, VIRGL_RES_BIND_SAMPLER_VIEW | VIRGL_RES_BIND_RENDER_TARGET, 1024, 1024);
  create_resource(BUFFER, 0, R8, VIRGL_RES_BIND_VERTEX_BUFFER, 1 << 20, 1);
  run_transfer("1024x1024 BGRA up, one iovec", true, LARGE, all, &memory.whole, 1);
  run_transfer("1024x1024 BGRA down, one iovec", false, LARGE, all, &memory.whole, 1);
  run_transfer("1024x1024 BGRA up, 4 KiB iovecs", true, LARGE, all, memory.pages, 1024);
  run_transfer("1024x1024 BGRA down, 4 KiB iovecs", false, LARGE, all, memory.pages, 1024);
  run_transfer("16x16 BGRA up, one iovec", true, LARGE, small, &memory.whole, 1);
  run_transfer("16x16 BGRA down, one iovec", false, LARGE, small, &memory.whole, 1);
  run_transfer("16x16 BGRA up, 4 KiB iovecs", true, LARGE, small, memory.pages, 1024);
  run_transfer("1 MiB buffer up", true, BUFFER, bytes, &memory.whole, 1);
  run_transfer("1 MiB buffer down", false, BUFFER, bytes, &memory.whole, 1);

  begin_operation();
  uint32_t fence = 0;
  for (unsigned round = 0; round < 20; round++) {
    begin_round();
    for (unsigned i = 0; i < 100; i++) {
      if (api.create_fence(++fence, 0)) fail("the library refused a fence");
      while (fence_reached != fence) api.poll();
    }
    end_round(100);
  }
  end_operation("fence, polled until done", 2000);
}

/* --- start ---------------------------------------------------------------------------------------------- */

static long resident_kib(void) {
  long kib = 0;
  char line[256];
  FILE *status = fopen("/proc/self/status", "r");
  while (status && fgets(line, sizeof line, status))
    if (sscanf(line, "VmRSS: %ld", &kib) == 1) break;
  if (status) fclose(status);
  return kib;
}

#define ONCE(name, statement) \
  do {                        \
    begin_operation();        \
    begin_round();            \
    statement;                \
    end_round(1);             \
    end_operation(name, 1);   \
  } while (0)

static void start(void) {
  static struct virgl_renderer_callbacks callbacks = {.version = 1, .write_fence = write_fence};
  static char cookie;
  uint32_t version = 0, size = 0;
  int result = 0;
  ONCE("init", result = api.init(&cookie, VIRGL_RENDERER_USE_EGL | VIRGL_RENDERER_USE_SURFACELESS, &callbacks));
  if (result) fail("init failed");
  ONCE("context create", result = api.context_create(CONTEXT, 5, "bench"));
  if (result) fail("context_create failed");
  api.get_cap_set(2, &version, &size);
  void *caps = calloc(1, size);
  ONCE("fill_caps", api.fill_caps(2, version, caps));
  free(caps);
}

static void create_scene(void) {
  struct stream scene = {0};
  create_resource(TARGET, 2, BGRA8, VIRGL_RES_BIND_RENDER_TARGET | VIRGL_RES_BIND_SAMPLER_VIEW, 256, 256);
  create_resource(VERTICES, 0, R8, VIRGL_RES_BIND_VERTEX_BUFFER, 4096, 1);
  create_resource(INDICES, 0, R8, VIRGL_RES_BIND_INDEX_BUFFER, 4096, 1);
  create_resource(TEXTURE, 2, BGRA8, VIRGL_RES_BIND_SAMPLER_VIEW, 64, 64);
  put_scene(&scene);
  submit(&scene);
  submit(&(struct stream){.words = scene.words, .count = 0}); /* fails when the scene made the context unusable */
  free(scene.words);
}

int main(int count, char **arguments) {
  if (count < 3) fail("usage: driver LIBRARY commands|transfers [--calls]");
  show_calls = count > 3 && !strcmp(arguments[3], "--calls");
  long before = resident_kib();
  void *library = load(arguments[1]);
  long loaded = resident_kib();
  if (gl_counter_open(library)) fprintf(stderr, "driver: GL calls cannot be counted here\n");
  if (allocation_counter_watch(arguments[1])) fail("the library is not where it was loaded from");
  start();
  printf("# resident KiB: %ld after dlopen, %ld after init\n", loaded - before, resident_kib() - before);
  if (!strcmp(arguments[2], "transfers")) {
    run_transfers();
  } else {
    create_scene();
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++) run_operation(&operations[i]);
    run_turns();
  }
  api.context_destroy(CONTEXT);
  api.cleanup(NULL);
  return 0;
}
