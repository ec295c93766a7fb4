#ifndef CHOSTSHIMS_H
#define CHOSTSHIMS_H
/* What Swift cannot import from the C library's headers: one declaration per gap. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>
#endif
