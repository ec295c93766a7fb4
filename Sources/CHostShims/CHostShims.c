#define _GNU_SOURCE
#include "CHostShims.h"

#include <linux/sync_file.h>
#include <string.h>

int hostshims_error_text(int number, char *text, size_t size)
{
   const char *found = strerror_r(number, text, size);
   if (found != text) {
      if (size == 0)
         return ERANGE;
      strncpy(text, found, size - 1);
      text[size - 1] = '\0';
   }
   return 0;
}

int hostshims_duplicate_descriptor(int fd)
{
   return fcntl(fd, F_DUPFD_CLOEXEC, 3);
}

int hostshims_sync_merge(const char *name, int a, int b)
{
   struct sync_merge_data merge = { .fd2 = b, .fence = -1 };
   strncpy(merge.name, name, sizeof(merge.name) - 1);

   int result;
   do
      result = ioctl(a, SYNC_IOC_MERGE, &merge);
   while (result == -1 && (errno == EINTR || errno == EAGAIN));
   return result == -1 ? -1 : merge.fence;
}

int hostshims_is_sync_file(int fd)
{
   struct sync_file_info info = { .num_fences = 0 };

   int result;
   do
      result = ioctl(fd, SYNC_IOC_FILE_INFO, &info);
   while (result == -1 && (errno == EINTR || errno == EAGAIN));
   return result == 0;
}

void hostshims_name_thread(const char *name)
{
   pthread_setname_np(pthread_self(), name);
}

int hostshims_memory_descriptor(const char *name)
{
   return memfd_create(name, MFD_CLOEXEC);
}

void *hostshims_map_shared(void *address, size_t bytes, int fd, int replace)
{
   void *mapped = mmap(address, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | (replace ? MAP_FIXED : 0), fd, 0);
   return mapped == MAP_FAILED ? NULL : mapped;
}
