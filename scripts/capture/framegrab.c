/*
 * framegrab: a preload for GL clients that turns an animation into one repeatable picture.
 *
 * It gives the program (not its libraries: Mesa's own timeouts stay real) a clock that advances by a fixed
 * step per presented frame, and at the chosen frame reads the default framebuffer, writes it as a PPM file
 * whose comment line names GL_RENDERER, and ends the process, or lets it present that frame and no further one.
 *
 *   FRAMEGRAB_OUTPUT   file to write; without it the preload only passes calls on
 *   FRAMEGRAB_FRAME    frame to take, counted from 1 (default 5)
 *   FRAMEGRAB_HOLD     when set, the frame is presented and stays: the process sleeps before the next one
 *   FRAMEGRAB_STEP_US  clock step per frame in microseconds (default 16667)
 *
 * Exit status of the client: 0 when the picture was written, 97 when it could not be.
 *
 * Build: cc -shared -fPIC -O1 -o framegrab.so framegrab.c -ldl
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <link.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

/* The few GL names used, so that neither GL nor GLES headers (which exclude each other) are needed. */
enum {
  GL_PACK_ALIGNMENT_ = 0x0D05,
  GL_UNSIGNED_BYTE_ = 0x1401,
  GL_RGBA_ = 0x1908,
  GL_RENDERER_ = 0x1F01,
  GL_FRAMEBUFFER_ = 0x8D40,
  GL_PIXEL_PACK_BUFFER_ = 0x88EB,
};
enum { EGL_HEIGHT_ = 0x3056, EGL_WIDTH_ = 0x3057, GLX_WIDTH_ = 0x801D, GLX_HEIGHT_ = 0x801E };

typedef void *(*Resolver)(const char *name);

static unsigned long frames;

/* dlsym is replaced below: glmark2 finds eglSwapBuffers through it, not through the dynamic linker. */
static void *real_dlsym(void *handle, const char *name) {
  static void *(*real)(void *, const char *);
  if (!real) real = dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.2.5");
  return real(handle, name);
}

/* Library the program looked a presenting function up in; the real one is taken from there. */
static void *program_library = RTLD_NEXT;

static void *next(const char *name) {
  void *symbol = real_dlsym(RTLD_NEXT, name);
  if (!symbol) symbol = real_dlsym(program_library, name);
  if (!symbol) {
    fprintf(stderr, "framegrab: no %s behind the preload\n", name);
    _exit(97);
  }
  return symbol;
}

static unsigned long setting(const char *name, unsigned long otherwise) {
  const char *text = getenv(name);
  return text ? strtoul(text, NULL, 10) : otherwise;
}

/* --- clock ---------------------------------------------------------------------------------------------- */

struct Range {
  uintptr_t low, high;
};

/* The first object dl_iterate_phdr reports is the program itself. */
static int program_range(struct dl_phdr_info *info, size_t size, void *out) {
  (void)size;
  struct Range *range = out;
  for (int i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr) *header = &info->dlpi_phdr[i];
    if (header->p_type != PT_LOAD) continue;
    uintptr_t low = info->dlpi_addr + header->p_vaddr, high = low + header->p_memsz;
    if (!range->low || low < range->low) range->low = low;
    if (high > range->high) range->high = high;
  }
  return 1;
}

static int called_by_program(void *caller) {
  static struct Range program;
  if (!program.high) dl_iterate_phdr(program_range, &program);
  return (uintptr_t)caller >= program.low && (uintptr_t)caller < program.high;
}

static uint64_t frame_clock_us(void) {
  const uint64_t start = 1000000000;
  return start + frames * setting("FRAMEGRAB_STEP_US", 16667);
}

int clock_gettime(clockid_t clock, struct timespec *out) {
  static int (*real)(clockid_t, struct timespec *);
  if (!getenv("FRAMEGRAB_OUTPUT") || !called_by_program(__builtin_return_address(0))) {
    if (!real) real = next("clock_gettime");
    return real(clock, out);
  }
  uint64_t now = frame_clock_us();
  out->tv_sec = now / 1000000;
  out->tv_nsec = now % 1000000 * 1000;
  return 0;
}

int gettimeofday(struct timeval *restrict out, void *restrict zone) {
  static int (*real)(struct timeval *, void *);
  if (!getenv("FRAMEGRAB_OUTPUT") || !called_by_program(__builtin_return_address(0))) {
    if (!real) real = next("gettimeofday");
    return real(out, zone);
  }
  uint64_t now = frame_clock_us();
  out->tv_sec = now / 1000000;
  out->tv_usec = now % 1000000;
  return 0;
}

/* --- picture -------------------------------------------------------------------------------------------- */

static void write_picture(const char *path, Resolver resolve, unsigned width, unsigned height) {
  const char *(*GetString)(unsigned) = resolve("glGetString");
  void (*PixelStorei)(unsigned, int) = resolve("glPixelStorei");
  void (*BindFramebuffer)(unsigned, unsigned) = resolve("glBindFramebuffer");
  void (*BindBuffer)(unsigned, unsigned) = resolve("glBindBuffer");
  void (*ReadPixels)(int, int, int, int, unsigned, unsigned, void *) = resolve("glReadPixels");
  unsigned char *pixels = calloc((size_t)width * height, 4);
  FILE *file = fopen(path, "wb");
  if (!GetString || !PixelStorei || !ReadPixels || !BindFramebuffer || !pixels || !file) _exit(97);

  BindFramebuffer(GL_FRAMEBUFFER_, 0);
  if (BindBuffer) BindBuffer(GL_PIXEL_PACK_BUFFER_, 0);
  PixelStorei(GL_PACK_ALIGNMENT_, 1);
  ReadPixels(0, 0, width, height, GL_RGBA_, GL_UNSIGNED_BYTE_, pixels);

  fprintf(file, "P6\n# %s\n%u %u\n255\n", GetString(GL_RENDERER_), width, height);
  for (unsigned y = height; y-- > 0;)
    for (unsigned x = 0; x < width; x++) fwrite(pixels + ((size_t)y * width + x) * 4, 1, 3, file);
  free(pixels);
  if (fclose(file) != 0) _exit(97);
  if (!getenv("FRAMEGRAB_HOLD")) _exit(0);
}

/* True once the frame being presented is the one to take. */
static int frame_is_due(void) {
  unsigned long wanted = setting("FRAMEGRAB_FRAME", 5);
  frames++;
  while (getenv("FRAMEGRAB_OUTPUT") && frames > wanted) pause();
  return getenv("FRAMEGRAB_OUTPUT") && frames == wanted;
}

static void before_egl_swap(void *display, void *surface) {
  if (!frame_is_due()) return;
  unsigned (*QuerySurface)(void *, void *, int, int *) = next("eglQuerySurface");
  int width = 0, height = 0;
  QuerySurface(display, surface, EGL_WIDTH_, &width);
  QuerySurface(display, surface, EGL_HEIGHT_, &height);
  write_picture(getenv("FRAMEGRAB_OUTPUT"), next("eglGetProcAddress"), width, height);
}

unsigned eglSwapBuffers(void *display, void *surface) {
  before_egl_swap(display, surface);
  unsigned (*real)(void *, void *) = next("eglSwapBuffers");
  return real(display, surface);
}

/* Extensions are looked up by name: what the program got for the one that says what has changed in a frame. */
static unsigned (*real_swap_with_damage)(void *, void *, const int *, int);

static unsigned swap_with_damage(void *display, void *surface, const int *rectangles, int count) {
  before_egl_swap(display, surface);
  return real_swap_with_damage(display, surface, rectangles, count);
}

void *eglGetProcAddress(const char *name) {
  Resolver real = next("eglGetProcAddress");
  void *address = real(name);
  if (!address || strncmp(name, "eglSwapBuffersWithDamage", 24) != 0 ||
      !called_by_program(__builtin_return_address(0)))
    return address;
  real_swap_with_damage = address;
  return (void *)swap_with_damage;
}

void glXSwapBuffers(void *display, unsigned long drawable) {
  if (frame_is_due()) {
    void (*QueryDrawable)(void *, unsigned long, int, unsigned *) = next("glXQueryDrawable");
    unsigned width = 0, height = 0;
    QueryDrawable(display, drawable, GLX_WIDTH_, &width);
    QueryDrawable(display, drawable, GLX_HEIGHT_, &height);
    write_picture(getenv("FRAMEGRAB_OUTPUT"), next("glXGetProcAddressARB"), width, height);
  }
  void (*real)(void *, unsigned long) = next("glXSwapBuffers");
  real(display, drawable);
}

void *dlsym(void *restrict handle, const char *restrict name) {
  void *ours = strcmp(name, "eglSwapBuffers") == 0   ? (void *)eglSwapBuffers
               : strcmp(name, "glXSwapBuffers") == 0 ? (void *)glXSwapBuffers
                                                     : NULL;
  if (!ours || !called_by_program(__builtin_return_address(0))) return real_dlsym(handle, name);
  program_library = handle;
  return ours;
}
