#ifndef CHOSTSHIMS_H
#define CHOSTSHIMS_H
/* What Swift cannot import from the C library's headers: one declaration per gap. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/sysinfo.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

/* strerror_r has two signatures under one name. 0 and a terminated text, or an errno number. */
int hostshims_error_text(int number, char *text, size_t size);

/* fcntl is variadic. A close-on-exec duplicate, or -1 and errno. */
int hostshims_duplicate_descriptor(int fd);

/* SYNC_IOC_MERGE (<linux/sync_file.h>): a new close-on-exec descriptor that signals when both have, or -1
 * and errno. `name` is cut to 31 bytes. */
int hostshims_sync_merge(const char *name, int a, int b);

/* SYNC_IOC_FILE_INFO is a macro. 1 when the kernel knows the descriptor as a sync file. */
int hostshims_is_sync_file(int fd);

/* pthread_setname_np is a GNU extension. */
void hostshims_name_thread(const char *name);

/* memfd_create is a GNU extension. A close-on-exec descriptor, or -1 and errno. */
int hostshims_memory_descriptor(const char *name);

/* MAP_FAILED is a cast macro. NULL and errno on failure. */
void *hostshims_map_shared(void *address, size_t bytes, int fd, int replace);

/* A signal handler must not meet the Swift runtime. Has `number` set a flag that hostshims_take_request() takes, 0
 * gives the signal back to whoever had it; -1 and errno when that signal cannot be had. One signal per process. */
int hostshims_request_on_signal(int number);
int hostshims_take_request(void);
#endif
