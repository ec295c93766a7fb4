/*
 * The frame of the tests that run inside a guest with DRM nodes (scripts/test-vm). Each test is a process: the first
 * failed check says where and ends it with status 1.
 */
#ifndef CHECK_H
#define CHECK_H

#include <stdio.h>
#include <stdlib.h>

/* What GL the library under test runs on. */
enum host {
   HOST_SOFTWARE, /* llvmpipe without any device: EGL surfaceless; no native fences */
   HOST_VGEM,     /* llvmpipe, displaying on vgem's card node: GBM with dumb buffers */
   HOST_VIRTIO,   /* Mesa's virgl driver on virtio-gpu's render node: GBM, native fences */
};

struct test {
   const char *name;
   void (*run)(enum host host);
   enum host host;
};

#define ON(kind, host, group, test) {group "/" kind "/" #test, test, host}
/* A row of a table for each host with a DRM node, and for each with or without native fences. */
#define ON_NODES(group, test) ON("vgem", HOST_VGEM, group, test), ON("virtio", HOST_VIRTIO, group, test)
#define ON_RENDERERS(group, test) ON("software", HOST_SOFTWARE, group, test), ON("virtio", HOST_VIRTIO, group, test)

/* Every file of tests ends its table with an empty name. */
extern const struct test fence_tests[];
extern const struct test fence_hostile_tests[];
extern const struct test fence_number_tests[];
extern const struct test display_tests[];
extern const struct test export_tests[];
extern const struct test import_tests[];
extern const struct test layout_tests[];

#define CHECK(condition, ...)                                                     \
   do {                                                                           \
      if (!(condition)) {                                                         \
         printf("%s:%d: %s: ", __FILE_NAME__, __LINE__, #condition);              \
         printf(__VA_ARGS__);                                                     \
         printf("\n");                                                            \
         exit(1);                                                                 \
      }                                                                           \
   } while (0)

/* `call` returns `expected`. */
#define RETURNS(expected, call)                                  \
   do {                                                          \
      long long got_ = (call);                                   \
      CHECK(got_ == (long long)(expected), "it is %lld", got_);  \
   } while (0)

/* A figure for the reader, shown behind the test's name. */
#define NOTE(...) (printf("note: "), printf(__VA_ARGS__), printf("\n"))

#endif
