/* Counting thunks over libepoxy's function pointers; see counters.h. */
#define _GNU_SOURCE
#include "counters.h"

#include <dlfcn.h>
#include <elf.h>
#include <link.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

struct pointer {
  const char *name;
  void *target; /* the GL function itself */
  unsigned long calls;
};

static struct pointer *pointers;
static size_t pointer_count;

#ifdef __x86_64__
enum { THUNK_SIZE = 32 };

/* movabs $&calls, %rax; incq (%rax); movabs $&target, %rax; jmp *(%rax). rax holds no argument of a GL function. */
static void write_thunk(uint8_t *code, struct pointer *pointer) {
  const uint64_t calls = (uintptr_t)&pointer->calls, target = (uintptr_t)&pointer->target;
  static const uint8_t load[] = {0x48, 0xB8}, increment[] = {0x48, 0xFF, 0x00}, jump[] = {0xFF, 0x20};
  memcpy(code, load, 2);
  memcpy(code + 2, &calls, 8);
  memcpy(code + 10, increment, 3);
  memcpy(code + 13, load, 2);
  memcpy(code + 15, &target, 8);
  memcpy(code + 23, jump, 2);
}
#else
enum { THUNK_SIZE = 0 };
static void write_thunk(uint8_t *code, struct pointer *pointer) { (void)code, (void)pointer; }
#endif

int gl_counter_open(void *library) {
  struct link_map *map = NULL;
  void *epoxy = dlopen("libepoxy.so.0", RTLD_NOW | RTLD_NOLOAD), *egl = dlopen("libEGL.so.1", RTLD_NOW);
  if (!THUNK_SIZE || !epoxy || !egl || dlinfo(library, RTLD_DI_LINKMAP, &map)) return -1;
  void *(*resolve)(const char *) = dlsym(egl, "eglGetProcAddress");

  const ElfW(Sym) *symbols = NULL;
  const char *strings = NULL;
  const uint32_t *hash = NULL;
  for (const ElfW(Dyn) *entry = map->l_ld; entry->d_tag != DT_NULL; entry++) {
    if (entry->d_tag == DT_SYMTAB) symbols = (const void *)entry->d_un.d_ptr;
    if (entry->d_tag == DT_STRTAB) strings = (const void *)entry->d_un.d_ptr;
    if (entry->d_tag == DT_GNU_HASH) hash = (const void *)entry->d_un.d_ptr;
  }
  if (!resolve || !symbols || !strings || !hash) return -1;

  /* A GNU hash table leaves out the imported symbols, which stand first: its second word says how many. */
  const size_t imported = hash[1];
  pointers = calloc(imported, sizeof *pointers);
  uint8_t *code = mmap(NULL, imported * THUNK_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (!pointers || code == MAP_FAILED) return -1;
  for (size_t i = 0; i < imported; i++) {
    const char *name = strings + symbols[i].st_name;
    if (strncmp(name, "epoxy_gl", 8) || name[8] < 'A' || name[8] > 'Z') continue;
    void **variable = dlsym(epoxy, name);
    void *target = resolve(name + strlen("epoxy_"));
    if (!variable || !target) continue;
    struct pointer *pointer = &pointers[pointer_count];
    *pointer = (struct pointer){.name = name + strlen("epoxy_"), .target = target};
    write_thunk(code + pointer_count++ * THUNK_SIZE, pointer);
    *variable = code + (pointer_count - 1) * THUNK_SIZE;
  }
  return mprotect(code, imported * THUNK_SIZE, PROT_READ | PROT_EXEC);
}

void gl_counter_reset(void) {
  for (size_t i = 0; i < pointer_count; i++) pointers[i].calls = 0;
}

unsigned long gl_counter_total(void) {
  unsigned long total = 0;
  for (size_t i = 0; i < pointer_count; i++) total += pointers[i].calls;
  return total;
}

void gl_counter_print(unsigned long per) {
  for (size_t i = 0; i < pointer_count; i++)
    if (pointers[i].calls) printf("# %8.2f %s\n", (double)pointers[i].calls / per, pointers[i].name);
}
