#ifndef CVIRGLRENDERER_H
#define CVIRGLRENDERER_H
#include <stdarg.h>
#include <stdint.h>
#include <sys/uio.h>
#endif
