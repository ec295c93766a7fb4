/*
 * How long a library takes to tell its client that a fence is done, and what waiting costs.
 *
 *   fence_latency LIBRARY poll|thread|async objects|files CONTEXTS ROUNDS [soak]
 *
 * libepoxy's sync functions are replaced by fences that this program signals, so that the moment of signalling is known
 * and the host's GL has no part in it. With "objects" they are GL sync objects; with "files", EGL syncs that have
 * descriptors, as on hosts with EGL_ANDROID_native_fence_sync: eventfds stand for sync files. Every round makes one fence on each context's timeline and signals them in an
 * order that changes from round to round, as several engines or priorities do. Output, separated by tabs: p50 and p99
 * of signal to callback in nanoseconds, CPU time of the process in nanoseconds per fence, and CPU time in microseconds
 * per second while 0.5 s pass with every fence pending.
 *
 * soak: instead, ROUNDS fences in a row, and the growth of descriptors and resident KiB after the first tenth.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#define VIRGL_RENDERER_UNSTABLE_APIS 1
#include "virglrenderer.h"

enum { GL_ALREADY_SIGNALED = 0x911A, GL_TIMEOUT_EXPIRED = 0x911B, GL_CONDITION_SATISFIED = 0x911C };
enum { MOST_CONTEXTS = 64 };

static void fail(const char *what) {
  fprintf(stderr, "fence_latency: %s\n", what);
  exit(1);
}

#define API(FUNCTION)                                                                             \
  FUNCTION(init) FUNCTION(cleanup) FUNCTION(poll) FUNCTION(get_poll_fd) FUNCTION(context_create) \
  FUNCTION(context_create_fence)
static struct {
#define FUNCTION(name) __typeof__(virgl_renderer_##name) *name;
  API(FUNCTION)
#undef FUNCTION
} api;

static uint64_t now_ns(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

/* --- fences of our own ------------------------------------------------------------------------------------ */

struct sync {
  atomic_bool signalled;
  int file; /* -1: none */
};

static pthread_mutex_t gpu = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t gpu_progress;
static bool has_files;
static bool is_manual; /* fences wait for signal_sync(); otherwise they are done at once */
static struct sync *last_made;
static long live_syncs;

static void *make_sync(unsigned condition, unsigned flags) {
  (void)condition, (void)flags;
  struct sync *sync = malloc(sizeof *sync);
  sync->file = has_files ? eventfd(!is_manual, EFD_CLOEXEC) : -1;
  pthread_mutex_lock(&gpu);
  sync->signalled = !is_manual;
  last_made = sync;
  live_syncs++;
  pthread_mutex_unlock(&gpu);
  return sync;
}

static unsigned wait_sync(void *object, unsigned flags, uint64_t nanoseconds) {
  (void)flags;
  struct sync *sync = object;
  unsigned result = GL_ALREADY_SIGNALED;
  /* Without the lock: who only asks does not meet who signals. */
  if (atomic_load(&sync->signalled)) return result;
  if (nanoseconds == 0) return GL_TIMEOUT_EXPIRED;
  pthread_mutex_lock(&gpu);
  if (!sync->signalled) {
    const uint64_t end = now_ns() + (nanoseconds < 1000000000000 ? nanoseconds : 1000000000000);
    const struct timespec until = {end / 1000000000, end % 1000000000};
    while (!sync->signalled && pthread_cond_timedwait(&gpu_progress, &gpu, &until) != ETIMEDOUT) {
    }
    result = sync->signalled ? GL_CONDITION_SATISFIED : GL_TIMEOUT_EXPIRED;
  }
  pthread_mutex_unlock(&gpu);
  return result;
}

static void order_sync(void *object, unsigned flags, uint64_t nanoseconds) {
  (void)object, (void)flags, (void)nanoseconds;
}

static void delete_sync(void *object) {
  if (!object) return;
  pthread_mutex_lock(&gpu);
  live_syncs--;
  pthread_mutex_unlock(&gpu);
  if (((struct sync *)object)->file >= 0) close(((struct sync *)object)->file);
  free(object);
}

/* Returns when: waiting for a client that asks all the time is not the library's part. */
static uint64_t signal_sync(struct sync *sync) {
  pthread_mutex_lock(&gpu);
  const uint64_t at = now_ns();
  sync->signalled = true;
  if (sync->file >= 0 && eventfd_write(sync->file, 1)) fail("an eventfd is full");
  pthread_cond_broadcast(&gpu_progress);
  pthread_mutex_unlock(&gpu);
  return at;
}

/* The same as EGL's: display first, other constants, extensions that say so. */
enum { EGL_TIMEOUT_EXPIRED = 0x30F5, EGL_CONDITION_SATISFIED = 0x30F6, EGL_EXTENSIONS = 0x3055 };
static const char *(*query_string)(void *, int);

static const char *query_string_with_fences(void *display, int name) {
  static char text[8192];
  const char *real = query_string(display, name);
  if (!display || name != EGL_EXTENSIONS || !real) return real;
  snprintf(text, sizeof text, "%s EGL_KHR_fence_sync EGL_KHR_wait_sync EGL_ANDROID_native_fence_sync", real);
  return text;
}

static void *make_egl_sync(void *display, unsigned type, const int *attributes) {
  (void)display, (void)type, (void)attributes;
  return make_sync(0, 0);
}

static int wait_egl_sync(void *display, void *sync, int flags, uint64_t nanoseconds) {
  (void)display, (void)flags;
  return wait_sync(sync, 0, nanoseconds) == GL_TIMEOUT_EXPIRED ? EGL_TIMEOUT_EXPIRED : EGL_CONDITION_SATISFIED;
}

static int order_egl_sync(void *display, void *sync, int flags) {
  (void)display, (void)sync, (void)flags;
  return 1;
}

static unsigned delete_egl_sync(void *display, void *sync) {
  (void)display;
  delete_sync(sync);
  return 1;
}

static int dup_egl_sync(void *display, void *sync) {
  (void)display;
  return dup(((struct sync *)sync)->file);
}

static void replace(void *epoxy, const char *name, void *function) {
  void **variable = dlsym(epoxy, name);
  if (!variable) fail("libepoxy lacks a function");
  *variable = function;
}

static void replace_egl(void *epoxy) {
  /* Not what libepoxy has there: that resolves itself by asking for extensions. */
  void *egl = dlopen("libEGL.so.1", RTLD_NOW);
  query_string = egl ? dlsym(egl, "eglQueryString") : NULL;
  if (!query_string) fail("there is no EGL");
  replace(epoxy, "epoxy_eglQueryString", query_string_with_fences);
  replace(epoxy, "epoxy_eglCreateSyncKHR", make_egl_sync);
  replace(epoxy, "epoxy_eglClientWaitSyncKHR", wait_egl_sync);
  replace(epoxy, "epoxy_eglWaitSyncKHR", order_egl_sync);
  replace(epoxy, "epoxy_eglDestroySyncKHR", delete_egl_sync);
  replace(epoxy, "epoxy_eglDupNativeFenceFDANDROID", dup_egl_sync);
}

/* --- the client ------------------------------------------------------------------------------------------- */

static volatile uint64_t told[MOST_CONTEXTS + 1]; /* by context: the fence that is done */
static uint64_t told_at[MOST_CONTEXTS + 1];
static pthread_mutex_t client = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t client_progress = PTHREAD_COND_INITIALIZER;

static void write_fence(void *cookie, uint32_t fence) { (void)cookie, (void)fence; }

static void write_context_fence(void *cookie, uint32_t context, uint32_t ring, uint64_t fence) {
  (void)cookie, (void)ring;
  const uint64_t at = now_ns();
  pthread_mutex_lock(&client);
  told_at[context] = at;
  told[context] = fence;
  pthread_cond_signal(&client_progress);
  pthread_mutex_unlock(&client);
}

enum mode { POLL, THREAD, ASYNC };
static enum mode mode;

/* Returns once the client was told of a context's fence. */
static void await(unsigned context, uint64_t fence) {
  if (mode == ASYNC) {
    pthread_mutex_lock(&client);
    while (told[context] < fence) pthread_cond_wait(&client_progress, &client);
    pthread_mutex_unlock(&client);
    return;
  }
  struct pollfd entry = {api.get_poll_fd(), POLLIN, 0};
  while (told[context] < fence) {
    if (mode == THREAD && poll(&entry, 1, 10000) != 1) fail("the poll descriptor stays silent");
    api.poll();
  }
}

/* Ids are of all contexts together, as those of the Linux guest's driver are. */
static uint64_t fence_id(unsigned context, uint64_t number) { return number * (MOST_CONTEXTS + 1) + context; }

static struct sync *make_fence(unsigned context, uint64_t fence) {
  if (api.context_create_fence(context, 0, 0, fence)) fail("the library refused a fence");
  return last_made;
}

static uint64_t cpu_ns(void) {
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return (uint64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static int compare(const void *a, const void *b) {
  const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

/* The GPU: a thread that signals one fence every 0.1 ms. */
static struct {
  struct sync *syncs[MOST_CONTEXTS];
  unsigned order[MOST_CONTEXTS], count;
  uint64_t fence, signalled_at[MOST_CONTEXTS + 1];
} work;

static void *run_gpu(void *unused) {
  (void)unused;
  for (unsigned i = 0; i < work.count; i++) {
    const unsigned context = work.order[i] + 1;
    usleep(100);
    work.signalled_at[context] = signal_sync(work.syncs[work.order[i]]);
  }
  return NULL;
}

static void measure(unsigned contexts, unsigned rounds) {
  uint64_t *latencies = calloc((size_t)contexts * rounds, sizeof *latencies), fence = 0, busy = 0;
  unsigned seed = 1;
  is_manual = true;
  for (unsigned round = 0; round < rounds; round++) {
    fence++;
    work.count = contexts;
    for (unsigned i = 0; i < contexts; i++) {
      work.syncs[i] = make_fence(i + 1, fence_id(i + 1, fence));
      work.order[i] = i;
    }
    for (unsigned i = contexts - 1; i > 0; i--) {
      const unsigned j = rand_r(&seed) % (i + 1), kept = work.order[i];
      work.order[i] = work.order[j];
      work.order[j] = kept;
    }
    const uint64_t before = cpu_ns();
    pthread_t thread;
    pthread_create(&thread, NULL, run_gpu, NULL);
    for (unsigned i = 0; i < contexts; i++) await(i + 1, fence_id(i + 1, fence));
    pthread_join(thread, NULL);
    busy += cpu_ns() - before;
    for (unsigned i = 1; i <= contexts; i++)
      latencies[round * contexts + i - 1] = told_at[i] - work.signalled_at[i];
  }
  const size_t count = (size_t)contexts * rounds;
  qsort(latencies, count, sizeof *latencies, compare);

  fence++;
  for (unsigned i = 0; i < contexts; i++) work.syncs[i] = make_fence(i + 1, fence_id(i + 1, fence));
  const uint64_t before = cpu_ns();
  usleep(500000);
  const uint64_t waiting = cpu_ns() - before;
  for (unsigned i = 0; i < contexts; i++) signal_sync(work.syncs[i]);
  for (unsigned i = 0; i < contexts; i++) await(i + 1, fence_id(i + 1, fence));
  printf("%lu\t%lu\t%lu\t%lu\n", (unsigned long)latencies[count / 2], (unsigned long)latencies[count * 99 / 100],
         (unsigned long)(busy / count), (unsigned long)(waiting * 2 / 1000));
  free(latencies);
}

static long open_descriptors(void) {
  long count = 0;
  DIR *folder = opendir("/proc/self/fd");
  while (readdir(folder)) count++;
  closedir(folder);
  return count;
}

static long resident_kib(void) {
  long kib = 0;
  char line[256];
  FILE *status = fopen("/proc/self/status", "r");
  while (fgets(line, sizeof line, status))
    if (sscanf(line, "VmRSS: %ld", &kib) == 1) break;
  fclose(status);
  return kib;
}

static void soak(unsigned contexts, unsigned fences) {
  long descriptors = 0, kib = 0;
  uint64_t made[MOST_CONTEXTS + 1] = {0};
  for (unsigned i = 0; i < fences; i++) {
    const unsigned context = i % contexts + 1;
    made[context] = fence_id(context, i);
    make_fence(context, made[context]);
    if (i % 64 == 63) await(context, made[context]);
    if (i == fences / 10) descriptors = open_descriptors(), kib = resident_kib();
  }
  for (unsigned i = 1; i <= contexts; i++) await(i, made[i]);
  printf("%ld\t%ld\n", open_descriptors() - descriptors, resident_kib() - kib);
}

int main(int count, char **arguments) {
  if (count < 6) fail("usage: fence_latency LIBRARY poll|thread|async objects|files CONTEXTS ROUNDS [soak]");
  mode = !strcmp(arguments[2], "poll") ? POLL : !strcmp(arguments[2], "thread") ? THREAD : ASYNC;
  has_files = !strcmp(arguments[3], "files");
  const unsigned contexts = atoi(arguments[4]), rounds = atoi(arguments[5]);
  if (contexts < 1 || contexts > MOST_CONTEXTS) fail("1 to 64 contexts");
  void *library = dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL);
  if (!library) fail(dlerror());
#define FUNCTION(name)                                \
  api.name = dlsym(library, "virgl_renderer_" #name); \
  if (!api.name) fail("the library lacks virgl_renderer_" #name);
  API(FUNCTION)
#undef FUNCTION

  pthread_condattr_t attributes;
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  pthread_cond_init(&gpu_progress, &attributes);
  void *epoxy = dlopen("libepoxy.so.0", RTLD_NOW | RTLD_NOLOAD);
  if (!epoxy) fail("the library does not use libepoxy");
  replace(epoxy, "epoxy_glFenceSync", make_sync);
  replace(epoxy, "epoxy_glClientWaitSync", wait_sync);
  replace(epoxy, "epoxy_glWaitSync", order_sync);
  replace(epoxy, "epoxy_glDeleteSync", delete_sync);
  if (has_files) replace_egl(epoxy);

  static struct virgl_renderer_callbacks callbacks = {
      .version = 3, .write_fence = write_fence, .write_context_fence = write_context_fence};
  static const int delivery[] = {0, VIRGL_RENDERER_THREAD_SYNC,
                                 VIRGL_RENDERER_THREAD_SYNC | VIRGL_RENDERER_ASYNC_FENCE_CB};
  if (api.init(&callbacks, VIRGL_RENDERER_USE_EGL | VIRGL_RENDERER_USE_SURFACELESS | delivery[mode], &callbacks))
    fail("init failed");
  for (unsigned i = 1; i <= contexts; i++)
    if (api.context_create(i, 5, "bench")) fail("context_create failed");
  if (count > 6) soak(contexts, rounds); else measure(contexts, rounds);
  fflush(stdout);
  api.cleanup(NULL);
  if (live_syncs > 1) fail("sync objects were leaked");
  return 0;
}
