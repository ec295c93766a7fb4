/* Pictures that cross the borders of the renderer. */
#ifndef PICTURES_H
#define PICTURES_H

#include "nodes.h"
#include "vmm.h"

/* Context 1 and its red picture 1. */
void start_with_picture(enum host host, uint32_t bind);

/*
 * GL has one 8-bit format, so a driver may store what the guest calls BGRA as RGBA. The library tells which it is; the
 * colours of the tests are those of BGRA.
 */
bool is_rgba(uint32_t fourcc);
/* A pixel of a buffer of this format, in the tests' terms. */
uint32_t as_bgra(uint32_t value, uint32_t fourcc);

#endif
