/* What a library does to the world outside: GL calls through libepoxy, and calls of malloc. */
#ifndef COUNTERS_H
#define COUNTERS_H

/*
 * GL calls. libepoxy exports one function pointer per GL function, which libraries call through. Each one that
 * `library` (a handle of dlopen) imports is replaced, before its first use, by a few bytes of machine code that add one
 * to a counter and jump to the GL function.
 */
int gl_counter_open(void *library); /* 0, or -1 when this machine or this library does not allow it */
void gl_counter_reset(void);
unsigned long gl_counter_total(void);
void gl_counter_print(unsigned long per); /* names of the called functions, with their calls divided by `per` */

/* Calls of malloc and its kin made by code of the library at `path` itself. */
int allocation_counter_watch(const char *path); /* 0, or -1 when no such library is loaded */
void allocation_counter_reset(void);
unsigned long allocation_counter_total(void);

#endif
