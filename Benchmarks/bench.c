/*
 * Measures what one VirGL command costs inside a libvirglrenderer.so.1: instructions of the library itself, GL calls,
 * and allocations. The library is given as a path and loaded at run time, so that two of them can be compared.
 *
 *   bench LIBRARY count         GL calls and allocations per operation, as a table of "name gl allocations"
 *   bench LIBRARY instructions  one callgrind dump per operation (run it under valgrind --tool=callgrind)
 *
 * Every operation is repeated inside submissions, after a warm-up in which shaders are translated and linked.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <link.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <valgrind/callgrind.h>

#include "gl-thunks.h"

#include <virgl/virglrenderer.h>

enum { REPEATS = 64, SUBMISSIONS = 8 };

/* ---- the library ---- */

static int (*init_renderer)(void *, int, struct virgl_renderer_callbacks *);
static int (*create_context)(uint32_t, uint32_t, const char *);
static int (*create_resource)(struct virgl_renderer_resource_create_args *, struct iovec *, uint32_t);
static void (*attach_resource)(int, int);
static int (*submit)(void *, int, int);

static void load(const char *path)
{
   void *library = dlopen(path, RTLD_NOW);
   if (!library) {
      fprintf(stderr, "bench: %s\n", dlerror());
      exit(2);
   }
   init_renderer = dlsym(library, "virgl_renderer_init");
   create_context = dlsym(library, "virgl_renderer_context_create");
   create_resource = dlsym(library, "virgl_renderer_resource_create");
   attach_resource = dlsym(library, "virgl_renderer_ctx_attach_resource");
   submit = dlsym(library, "virgl_renderer_submit_cmd");
}

/* ---- allocations made by the library ---- */

static uintptr_t library_start, library_end;
static unsigned long allocations;
static int counting;

static int find_library(struct dl_phdr_info *info, size_t size, void *data)
{
   (void)size;
   (void)data;
   if (!strstr(info->dlpi_name, "libvirglrenderer"))
      return 0;
   library_start = info->dlpi_addr;
   for (int i = 0; i < info->dlpi_phnum; i++) {
      uintptr_t end = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr + info->dlpi_phdr[i].p_memsz;
      if (info->dlpi_phdr[i].p_type == PT_LOAD && end > library_end)
         library_end = end;
   }
   return 1;
}

static void note(void *caller)
{
   if (counting && (uintptr_t)caller >= library_start && (uintptr_t)caller < library_end)
      allocations++;
}

extern void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t), *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

void *malloc(size_t size)
{
   note(__builtin_return_address(0));
   return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
   note(__builtin_return_address(0));
   return __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
   note(__builtin_return_address(0));
   return __libc_realloc(old, size);
}

int posix_memalign(void **result, size_t alignment, size_t size)
{
   note(__builtin_return_address(0));
   *result = __libc_memalign(alignment, size);
   return *result ? 0 : 12;
}

void *aligned_alloc(size_t alignment, size_t size)
{
   note(__builtin_return_address(0));
   return __libc_memalign(alignment, size);
}

/* ---- GL calls: epoxy's function pointers, sent through counting thunks (gl-thunks.S) ---- */

unsigned long gl_calls;
void *gl_originals[GL_FUNCTION_COUNT];

static void count_gl_calls(void)
{
   void *epoxy = dlopen("libepoxy.so.0", RTLD_NOW);
   for (int i = 0; i < GL_FUNCTION_COUNT; i++) {
      void **pointer = dlsym(epoxy, gl_function_names[i]);
      if (!pointer)
         continue;
      gl_originals[i] = *pointer;
      *pointer = gl_thunks + i * GL_THUNK_SIZE;
   }
}

/* ---- the stream ---- */

static uint32_t words[1 << 16];
static int used;

static void begin(int command, int object, int length) { words[used++] = command | object << 8 | length << 16; }
static void word(uint32_t value) { words[used++] = value; }

static void number(float value)
{
   uint32_t bits;
   memcpy(&bits, &value, 4);
   word(bits);
}

static int send(void)
{
   int result = submit(words, 1, used);
   used = 0;
   return result;
}

static void shader(uint32_t handle, uint32_t stage, const char *text)
{
   int bytes = strlen(text) + 1, dwords = (bytes + 3) / 4;
   begin(1, 4, 5 + dwords);
   word(handle);
   word(stage);
   word(bytes);
   word(300);
   word(0);
   memset(words + used, 0, dwords * 4);
   memcpy(words + used, text, bytes);
   used += dwords;
}

static const char vertex_text[] =
   "VERT\nDCL IN[0]\nDCL IN[1]\nDCL OUT[0], POSITION\nDCL OUT[1], GENERIC[0]\nDCL CONST[0..15]\nDCL TEMP[0]\n"
   "  0: MAD TEMP[0], IN[0], CONST[0], CONST[15]\n  1: MOV OUT[0], TEMP[0]\n  2: MOV OUT[1], IN[1]\n  3: END\n";
static const char fragment_text[] =
   "FRAG\nDCL IN[0], GENERIC[0], PERSPECTIVE\nDCL OUT[0], COLOR\nDCL SAMP[0]\nDCL SVIEW[0], 2D, FLOAT\n"
   "DCL CONST[0..15]\nDCL TEMP[0]\n"
   "  0: TEX TEMP[0], IN[0], SAMP[0], 2D\n  1: MUL OUT[0], TEMP[0], CONST[3]\n  2: END\n";

/* Object handles and resource ids. */
enum {
   TARGET = 1, TEXTURE, VERTICES, INDICES, VERTICES2,
   SURFACE = 10, VERTEX_SHADER, FRAGMENT_SHADER, VERTEX_SHADER2, FRAGMENT_SHADER2, BLEND, BLEND2, DSA, DSA2, RASTERIZER,
   RASTERIZER2, ELEMENTS, VIEW, VIEW2, SAMPLER, SCRATCH_SURFACE,
};

static void resource(uint32_t handle, uint32_t target, uint32_t format, uint32_t bind, uint32_t width, uint32_t height)
{
   struct virgl_renderer_resource_create_args arguments = {
      .handle = handle, .target = target, .format = format, .bind = bind, .width = width, .height = height,
      .depth = 1, .array_size = 1,
   };
   if (create_resource(&arguments, NULL, 0)) {
      fprintf(stderr, "bench: resource %u refused\n", handle);
      exit(2);
   }
   attach_resource(1, handle);
}

static void blend(uint32_t handle, uint32_t target0)
{
   begin(1, 1, 11);
   word(handle);
   word(4);
   word(0);
   word(target0);
   for (int i = 1; i < 8; i++)
      word(0xfu << 27);
}

static void rasterizer(uint32_t handle, uint32_t flags)
{
   begin(1, 2, 9);
   word(handle);
   word(flags);
   number(1);
   word(0);
   word(0xffff);
   number(1);
   number(0);
   number(0);
   number(0);
}

static void depth_state(uint32_t handle, uint32_t flags)
{
   begin(1, 3, 5);
   word(handle);
   word(flags);
   word(0);
   word(0);
   number(0);
}

static void sampler_view(uint32_t handle)
{
   begin(1, 6, 6);
   word(handle);
   word(TEXTURE);
   word(1 | 2u << 24);
   word(0);
   word(0);
   word(0 | 1 << 3 | 2 << 6 | 3 << 9);
}

static void constants(uint32_t stage, int dwords, int seed)
{
   begin(12, 0, 2 + dwords);
   word(stage);
   word(0);
   for (int i = 0; i < dwords; i++)
      number(i + seed);
}

static void bind(int kind, uint32_t handle)
{
   begin(2, kind, 1);
   word(handle);
}

static void bind_shader(uint32_t handle, uint32_t stage)
{
   begin(31, 0, 2);
   word(handle);
   word(stage);
}

static void vertex_buffer(uint32_t id)
{
   begin(6, 0, 3);
   word(32);
   word(0);
   word(id);
}

static void sampler_views(uint32_t handle)
{
   begin(10, 0, 3);
   word(1);
   word(0);
   word(handle);
}

static void draw(int indexed)
{
   begin(8, 0, 12);
   word(0);
   word(3);
   word(4);
   word(indexed);
   word(1);
   for (int i = 0; i < 5; i++)
      word(0);
   word(indexed ? 2 : ~0u);
   word(0);
}

static void viewport(float size)
{
   begin(4, 0, 7);
   word(0);
   number(size);
   number(size);
   number(0.5f);
   number(size);
   number(size);
   number(0.5f);
}

static void set_up(void)
{
   resource(TARGET, 2, 1, 1 << 1 | 1 << 3, 64, 64);
   resource(TEXTURE, 2, 1, 1 << 3, 16, 16);
   resource(VERTICES, 0, 64, 1 << 4, 4096, 1);
   resource(VERTICES2, 0, 64, 1 << 4, 4096, 1);
   resource(INDICES, 0, 64, 1 << 5, 4096, 1);
   begin(29, 0, 1);
   word(1);
   begin(28, 0, 1);
   word(1);
   begin(1, 8, 5);
   word(SURFACE);
   word(TARGET);
   word(1);
   word(0);
   word(0);
   begin(5, 0, 3);
   word(1);
   word(0);
   word(SURFACE);
   shader(VERTEX_SHADER, 0, vertex_text);
   shader(VERTEX_SHADER2, 0, vertex_text);
   shader(FRAGMENT_SHADER, 1, fragment_text);
   shader(FRAGMENT_SHADER2, 1, fragment_text);
   blend(BLEND, 0xfu << 27);
   blend(BLEND2, 1 | 3 << 4 | 0x13 << 9 | 3 << 17 | 0x13 << 22 | 0xfu << 27);
   depth_state(DSA, 0);
   depth_state(DSA2, 1 | 1 << 1 | 1 << 2);
   rasterizer(RASTERIZER, 1 << 1 | 1 << 15 | 1 << 29);
   rasterizer(RASTERIZER2, 1 << 1 | 2 << 8 | 1 << 15 | 1 << 29);
   begin(1, 5, 9);
   word(ELEMENTS);
   for (int i = 0; i < 2; i++) {
      word(i * 16);
      word(0);
      word(0);
      word(31); /* R32G32B32A32_FLOAT */
   }
   sampler_view(VIEW);
   sampler_view(VIEW2);
   begin(1, 7, 9);
   word(SAMPLER);
   word(2 | 2 << 3 | 2 << 6);
   for (int i = 0; i < 7; i++)
      word(0);
   begin(18, 0, 3);
   word(1);
   word(0);
   word(SAMPLER);
   sampler_views(VIEW);
   bind(1, BLEND);
   bind(2, RASTERIZER);
   bind(3, DSA);
   bind(5, ELEMENTS);
   bind_shader(VERTEX_SHADER, 0);
   bind_shader(FRAGMENT_SHADER, 1);
   vertex_buffer(VERTICES);
   constants(0, 64, 0);
   constants(1, 64, 0);
   viewport(32);
   begin(11, 0, 3);
   word(INDICES);
   word(2);
   word(0);
   draw(0);
   draw(1);
   if (send()) {
      fprintf(stderr, "bench: the set-up was refused\n");
      exit(2);
   }
}

/* ---- operations ---- */

static void op_nop(int i) { (void)i; begin(0, 0, 0); }
static void op_draw(int i) { (void)i; draw(0); }
static void op_constants_draw(int i) { constants(0, 64, i); draw(0); }

static void op_typical(int i)
{
   constants(0, 64, i);
   constants(1, 64, i);
   vertex_buffer(i & 1 ? VERTICES : VERTICES2);
   sampler_views(i & 1 ? VIEW : VIEW2);
   draw(0);
}

static void op_heavy(int i)
{
   bind_shader(i & 1 ? VERTEX_SHADER : VERTEX_SHADER2, 0);
   bind_shader(i & 1 ? FRAGMENT_SHADER : FRAGMENT_SHADER2, 1);
   bind(1, i & 1 ? BLEND : BLEND2);
   bind(2, i & 1 ? RASTERIZER : RASTERIZER2);
   bind(3, i & 1 ? DSA : DSA2);
   constants(0, 64, i);
   constants(1, 64, i);
   vertex_buffer(i & 1 ? VERTICES : VERTICES2);
   sampler_views(i & 1 ? VIEW : VIEW2);
   begin(11, 0, 3);
   word(INDICES);
   word(2);
   word(0);
   draw(1);
}

static void op_stencil(int i) { begin(13, 0, 1); word(i & 0xff); }

static void op_blend_color(int i)
{
   begin(14, 0, 4);
   for (int c = 0; c < 4; c++)
      number(i / 64.0f);
}

static void op_viewport(int i) { viewport(16 + (i & 7)); }
static void op_constants(int i) { constants(0, 64, i); }
static void op_views(int i) { sampler_views(i & 1 ? VIEW : VIEW2); }

static void op_clear(int i)
{
   begin(7, 0, 8);
   word(4);
   for (int c = 0; c < 4; c++)
      number(i / 64.0f);
   word(0);
   word(0);
   word(0);
}

static void op_inline_write(int i)
{
   begin(9, 0, 11 + 24);
   word(VERTICES);
   for (int c = 0; c < 4; c++)
      word(0);
   word(0);
   word(0);
   word(0);
   word(96);
   word(1);
   word(1);
   for (int c = 0; c < 24; c++)
      word(i + c);
}

static void op_surface(int i)
{
   (void)i;
   begin(1, 8, 5);
   word(SCRATCH_SURFACE);
   word(TARGET);
   word(1);
   word(0);
   word(0);
   begin(3, 8, 1);
   word(SCRATCH_SURFACE);
}

static const struct {
   const char *name;
   void (*emit)(int);
} operations[] = {
   {"draw, nothing changed", op_draw},
   {"draw + 16 vec4 constants", op_constants_draw},
   {"typical draw", op_typical},
   {"heavy draw", op_heavy},
   {"nop", op_nop},
   {"stencil reference", op_stencil},
   {"blend colour", op_blend_color},
   {"viewport", op_viewport},
   {"64 dwords of constants", op_constants},
   {"sampler views", op_views},
   {"clear", op_clear},
   {"inline write, 96 bytes", op_inline_write},
   {"surface create + destroy", op_surface},
};

static void run(int operation, int submissions)
{
   for (int s = 0; s < submissions; s++) {
      for (int i = 0; i < REPEATS; i++)
         operations[operation].emit(i + s);
      if (send()) {
         fprintf(stderr, "bench: %s was refused\n", operations[operation].name);
         exit(2);
      }
   }
}

int main(int argc, char **argv)
{
   static struct virgl_renderer_callbacks callbacks = {.version = 1};
   static int cookie;
   if (argc != 3) {
      fprintf(stderr, "usage: bench LIBRARY count|instructions\n");
      return 2;
   }
   int wants_counts = !strcmp(argv[2], "count");
   load(argv[1]);
   if (init_renderer(&cookie, VIRGL_RENDERER_USE_EGL | VIRGL_RENDERER_USE_SURFACELESS, &callbacks) ||
       create_context(1, 5, "bench")) {
      fprintf(stderr, "bench: the renderer does not start\n");
      return 2;
   }
   set_up();
   int count = sizeof operations / sizeof *operations;
   // Twice over, so that what one operation leaves for the next draw has happened: libepoxy looks a function up at its
   // first call, and it may not be behind a counting thunk then.
   for (int o = 0; o < 2 * count; o++)
      run(o % count, 4);
   if (wants_counts) {
      dl_iterate_phdr(find_library, NULL);
      count_gl_calls();
   }
   for (int o = 0; o < count; o++) {
      run(o, 1);
      gl_calls = allocations = 0;
      counting = 1;
      CALLGRIND_ZERO_STATS;
      CALLGRIND_START_INSTRUMENTATION;
      CALLGRIND_TOGGLE_COLLECT;
      run(o, SUBMISSIONS);
      CALLGRIND_TOGGLE_COLLECT;
      CALLGRIND_STOP_INSTRUMENTATION;
      counting = 0;
      CALLGRIND_DUMP_STATS_AT(operations[o].name);
      if (wants_counts)
         printf("%s\t%.2f\t%.3f\n", operations[o].name, gl_calls / (double)(REPEATS * SUBMISSIONS),
                allocations / (double)(REPEATS * SUBMISSIONS));
      else
         printf("%s\n", operations[o].name);
   }
   return 0;
}
