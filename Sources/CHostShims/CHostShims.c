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

static volatile sig_atomic_t request_came;
static struct sigaction action_before;
static int request_signal;

static void note_request(int number)
{
   (void)number;
   request_came = 1;
}

int hostshims_request_on_signal(int number)
{
   if (request_signal != 0)
      sigaction(request_signal, &action_before, NULL);
   request_signal = 0;
   request_came = 0;
   if (number == 0)
      return 0;

   struct sigaction action = { .sa_handler = note_request, .sa_flags = SA_RESTART };
   sigemptyset(&action.sa_mask);
   if (sigaction(number, &action, &action_before) != 0)
      return -1;
   request_signal = number;
   return 0;
}

int hostshims_take_request(void)
{
   if (!request_came)
      return 0;
   request_came = 0;
   return 1;
}
