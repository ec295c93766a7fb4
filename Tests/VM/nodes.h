/* DRM nodes of the guest, and fences that the tests decide about. */
#ifndef NODES_H
#define NODES_H

#include <stdbool.h>
#include <stdint.h>

enum node { CARD, RENDER };

/* A new descriptor of the node of a kernel driver ("vgem", "virtio_gpu"). */
int open_node(const char *driver, enum node kind);

/* A buffer of the kernel's, shared by its dma-buf: 32 bits per pixel, `stride` bytes per row. */
struct dumb_buffer {
   int card;
   uint32_t handle;
   uint32_t stride;
   uint64_t size;
   int dmabuf;
};

struct dumb_buffer make_dumb_buffer(const char *driver, uint32_t width, uint32_t height);
void free_dumb_buffer(struct dumb_buffer *buffer);

/*
 * A fence of vgem that is not done until signal_fence(), in a sync file. The kernel gives it up after ten seconds and
 * refuses to signal it then.
 */
struct gate {
   struct dumb_buffer buffer;
   uint32_t fence;
   int sync_file;
};

struct gate make_gate(void);
void signal_fence(struct gate *gate);
void free_gate(struct gate *gate);
/* A new descriptor of the gate's sync file, to give away. */
int dup_fence(const struct gate *gate);

/* State of a sync file: 0 pending, 1 done, negative errno when it ended in an error. */
int sync_status(int fd);
/* Whether a descriptor is a sync file at all. */
bool is_sync_file(int fd);
/* Waits until a sync file is done. */
void wait_sync(int fd);

/* Open descriptors and resident KiB of this process. */
int open_descriptors(void);
int open_dmabufs(void);
/* No more than `limit` are open; says which there are otherwise. */
void check_descriptors(int limit);
long resident_kib(void);

#endif
