#define _GNU_SOURCE
#include "nodes.h"
#include "check.h"

#include <dirent.h>
#include <drm.h>
#include <drm_mode.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/dma-buf.h>
#include <linux/sync_file.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* vgem's own interface (include/uapi/drm/vgem_drm.h of the kernel), which Debian ships in no package. */
struct vgem_fence_attach {
   uint32_t handle, flags, out_fence, pad;
};
struct vgem_fence_signal {
   uint32_t fence, flags;
};
#define VGEM_FENCE_WRITE 1
#define VGEM_FENCE_ATTACH DRM_IOWR(DRM_COMMAND_BASE + 1, struct vgem_fence_attach)
#define VGEM_FENCE_SIGNAL DRM_IOW(DRM_COMMAND_BASE + 2, struct vgem_fence_signal)

static int control(int fd, unsigned long request, void *argument)
{
   int result;
   do
      result = ioctl(fd, request, argument);
   while (result == -1 && (errno == EINTR || errno == EAGAIN));
   return result == -1 ? -errno : result;
}

int open_node(const char *driver, enum node kind)
{
   for (int minor = 0; minor < 8; minor++) {
      char path[64], name[32] = "";
      snprintf(path, sizeof(path), kind == CARD ? "/dev/dri/card%d" : "/dev/dri/renderD%d",
               kind == CARD ? minor : minor + 128);
      int fd = open(path, O_RDWR | O_CLOEXEC);
      if (fd < 0)
         continue;
      struct drm_version version = {.name = name, .name_len = sizeof(name) - 1};
      if (control(fd, DRM_IOCTL_VERSION, &version) == 0 && strcmp(name, driver) == 0)
         return fd;
      close(fd);
   }
   CHECK(false, "the guest has no node of %s", driver);
   return -1;
}

struct dumb_buffer make_dumb_buffer(const char *driver, uint32_t width, uint32_t height)
{
   struct dumb_buffer buffer = {.card = open_node(driver, CARD)};
   struct drm_mode_create_dumb dumb = {.width = width, .height = height, .bpp = 32};
   RETURNS(0, control(buffer.card, DRM_IOCTL_MODE_CREATE_DUMB, &dumb));
   struct drm_prime_handle prime = {.handle = dumb.handle, .flags = DRM_CLOEXEC | DRM_RDWR};
   RETURNS(0, control(buffer.card, DRM_IOCTL_PRIME_HANDLE_TO_FD, &prime));
   buffer.handle = dumb.handle;
   buffer.stride = dumb.pitch;
   buffer.size = dumb.size;
   buffer.dmabuf = prime.fd;
   return buffer;
}

void free_dumb_buffer(struct dumb_buffer *buffer)
{
   close(buffer->dmabuf);
   struct drm_mode_destroy_dumb destroy = {.handle = buffer->handle};
   control(buffer->card, DRM_IOCTL_MODE_DESTROY_DUMB, &destroy);
   close(buffer->card);
}

struct gate make_gate(void)
{
   struct gate gate = {.buffer = make_dumb_buffer("vgem", 64, 64)};
   struct vgem_fence_attach attach = {.handle = gate.buffer.handle, .flags = VGEM_FENCE_WRITE};
   RETURNS(0, control(gate.buffer.card, VGEM_FENCE_ATTACH, &attach));
   gate.fence = attach.out_fence;
   struct dma_buf_export_sync_file export = {.flags = DMA_BUF_SYNC_RW, .fd = -1};
   RETURNS(0, control(gate.buffer.dmabuf, DMA_BUF_IOCTL_EXPORT_SYNC_FILE, &export));
   gate.sync_file = export.fd;
   RETURNS(0, sync_status(gate.sync_file));
   return gate;
}

void signal_fence(struct gate *gate)
{
   /* Otherwise the kernel gave it up, because a call before this one took ten seconds: it waited. */
   RETURNS(0, sync_status(gate->sync_file));
   struct vgem_fence_signal signal = {.fence = gate->fence};
   RETURNS(0, control(gate->buffer.card, VGEM_FENCE_SIGNAL, &signal));
   RETURNS(1, sync_status(gate->sync_file));
}

void free_gate(struct gate *gate)
{
   close(gate->sync_file);
   free_dumb_buffer(&gate->buffer);
}

int dup_fence(const struct gate *gate)
{
   int fd = fcntl(gate->sync_file, F_DUPFD_CLOEXEC, 3);
   CHECK(fd >= 0, "errno %d", errno);
   return fd;
}

int sync_status(int fd)
{
   struct sync_file_info info = {0};
   int result = control(fd, SYNC_IOC_FILE_INFO, &info);
   CHECK(result == 0, "SYNC_IOC_FILE_INFO: %d", result);
   return info.status;
}

bool is_sync_file(int fd)
{
   struct sync_file_info info = {0};
   return control(fd, SYNC_IOC_FILE_INFO, &info) == 0;
}

void wait_sync(int fd)
{
   struct pollfd entry = {.fd = fd, .events = POLLIN};
   RETURNS(1, poll(&entry, 1, 30000));
   RETURNS(1, sync_status(fd));
}

static int count_descriptors(const char *kind)
{
   DIR *folder = opendir("/proc/self/fd");
   int count = 0;
   for (struct dirent *entry; (entry = readdir(folder));) {
      char target[128] = "";
      if (entry->d_name[0] == '.' || atoi(entry->d_name) == dirfd(folder))
         continue;
      if (readlinkat(dirfd(folder), entry->d_name, target, sizeof(target) - 1) > 0 && strstr(target, kind))
         count++;
   }
   closedir(folder);
   return count;
}

int open_descriptors(void)
{
   return count_descriptors("");
}

int open_dmabufs(void)
{
   return count_descriptors("/dmabuf");
}

void check_descriptors(int limit)
{
   int count = open_descriptors();
   for (int fd = 3; count > limit && fd < 64; fd++) {
      char path[32], target[128];
      snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
      ssize_t length = readlink(path, target, sizeof(target));
      if (length > 0)
         printf("descriptor %d: %.*s\n", fd, (int)length, target);
   }
   CHECK(count <= limit, "%d descriptors, more than %d", count, limit);
}

long resident_kib(void)
{
   long pages = 0;
   FILE *file = fopen("/proc/self/statm", "r");
   if (!file || fscanf(file, "%*s %ld", &pages) != 1)
      pages = 0;
   if (file)
      fclose(file);
   return pages * (sysconf(_SC_PAGESIZE) / 1024);
}
