/* The public header as Swift needs it: with the unstable interfaces, with the two structures it only
 * declares, and with one function for what Swift cannot express. */
#ifndef CVIRGLRENDERER_H
#define CVIRGLRENDERER_H

#include <stdint.h>
#include <sys/uio.h>

/* A box of texels (bytes for buffers) of one level; the layout is the guest protocol's. */
struct virgl_box {
   uint32_t x, y, z;
   uint32_t w, h, d;
};

#define VIRGL_RENDERER_UNSTABLE_APIS 1
#include "../../../include/virgl/virglrenderer.h"

/* Calls a virgl_debug_callback_type with the format "%s" and the message: a va_list can only be made in C. */
void cvirglrenderer_call_debug_callback(void *callback, const char *message);

#endif
