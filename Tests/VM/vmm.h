/* A small virtual machine monitor: starts the renderer, plays the guest's driver, and keeps account of fences. */
#ifndef VMM_H
#define VMM_H

#define VIRGL_RENDERER_UNSTABLE_APIS 1
#include "check.h"
#include <virglrenderer.h>

#include <stdbool.h>
#include <stdint.h>
#include <sys/uio.h>

/* The wire's numbers of formats and uses that the tests need. */
enum { FORMAT_BGRA = 1, FORMAT_BGRX = 2, FORMAT_RGBA = 67, FORMAT_R8 = 64 };
enum { BIND_PICTURE = VIRGL_RES_BIND_RENDER_TARGET | VIRGL_RES_BIND_SAMPLER_VIEW };

/* Colours as they lie in memory with FORMAT_BGRA. */
enum { BLUE = 0xff0000ffu, GREEN = 0xff00ff00u, RED = 0xffff0000u };

/* 64 KiB of picture: every test's pictures are this large. */
enum { SIDE = 64 };

/* Starts the renderer on a host; fences of contexts are collected, messages are printed. */
void start(enum host host);
void start_with_flags(enum host host, int flags);
/* What every start gives to virgl_renderer_init(); a test may change it before. */
extern struct virgl_renderer_callbacks callbacks;
/* virgl_renderer_init() itself, for tests in which it may fail. `node` is what get_drm_fd gives; taken. */
int try_start(int flags, int node);
void stop(void);

void make_context(uint32_t id);
/* A picture that contexts 1 … `contexts` may use. */
void make_picture(uint32_t id, uint32_t bind, int contexts);
/* A buffer of the guest's, with memory of its own when `memory` is given. */
void make_buffer(uint32_t id, uint32_t bind, uint32_t bytes, struct iovec *memory);
/* A submission that clears a picture to one of the colours. */
struct stream {
   uint32_t words[64];
   int count;
};
struct stream fill(uint32_t picture, uint32_t colour);
/* Before the first fill() of a picture in a context: makes the surface that fill() renders to. */
void prepare_fill(uint32_t context, uint32_t picture, uint32_t format);

int submit(uint32_t context, struct stream stream);

/* The pixel in the middle of a picture, read by the monitor (context 0). */
uint32_t pixel(uint32_t picture);

/* A fence on a context's ring 0. */
void make_fence(uint32_t context, uint64_t id);
/* Fills a picture, with a fence behind it. */
void paint(uint32_t context, uint32_t picture, uint32_t colour, uint64_t fence);
/* The same, and waits until it is there. */
void paint_and_see(uint32_t context, uint32_t picture, uint32_t colour, uint64_t fence);
/* Polls once; whether the fence has been reported since the start. */
bool is_reported(uint32_t context, uint64_t id);
/* Polls until it is reported; fails after half a minute. */
void wait_reported(uint32_t context, uint64_t id);
/* The place of a reported fence in the order of all reports, -1 when it was not reported. */
int report_order(uint32_t context, uint64_t id);
/* Polls for a while, in which whatever is free to run does run. */
void give_time(void);

#endif
