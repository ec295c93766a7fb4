/* malloc and its kin, counted when a chosen library calls them; see counters.h. */
#define _GNU_SOURCE
#include "counters.h"

#include <errno.h>
#include <link.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static uintptr_t watched_low, watched_high;
static unsigned long allocations;

static int find_library(struct dl_phdr_info *info, size_t size, void *path) {
  (void)size;
  if (strcmp(info->dlpi_name, path)) return 0;
  for (int i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr) *header = &info->dlpi_phdr[i];
    if (header->p_type != PT_LOAD || !(header->p_flags & PF_X)) continue;
    watched_low = info->dlpi_addr + header->p_vaddr;
    watched_high = watched_low + header->p_memsz;
  }
  return 1;
}

int allocation_counter_watch(const char *path) { return dl_iterate_phdr(find_library, (void *)path) ? 0 : -1; }
void allocation_counter_reset(void) { allocations = 0; }
unsigned long allocation_counter_total(void) { return allocations; }

static void count(void *caller) {
  if ((uintptr_t)caller >= watched_low && (uintptr_t)caller < watched_high)
    __atomic_fetch_add(&allocations, 1, __ATOMIC_RELAXED);
}

/* The program's own definitions come before libc's for every library; libc keeps these names for that purpose. */
void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);

void *malloc(size_t size) {
  count(__builtin_return_address(0));
  return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
  count(__builtin_return_address(0));
  return __libc_calloc(number, size);
}

void *realloc(void *old, size_t size) {
  count(__builtin_return_address(0));
  return __libc_realloc(old, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  count(__builtin_return_address(0));
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **out, size_t alignment, size_t size) {
  count(__builtin_return_address(0));
  *out = __libc_memalign(alignment, size);
  return *out ? 0 : ENOMEM;
}
