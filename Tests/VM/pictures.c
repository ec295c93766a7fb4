#include "pictures.h"

#include <drm_fourcc.h>

void start_with_picture(enum host host, uint32_t bind)
{
   start(host);
   make_context(1);
   make_picture(1, bind, 1);
   prepare_fill(1, 1, FORMAT_BGRA);
   paint(1, 1, RED, 1);
   wait_reported(1, 1);
}

bool is_rgba(uint32_t fourcc)
{
   CHECK(fourcc == DRM_FORMAT_ARGB8888 || fourcc == DRM_FORMAT_ABGR8888, "%.4s", (char *)&fourcc);
   return fourcc == DRM_FORMAT_ABGR8888;
}

uint32_t as_bgra(uint32_t value, uint32_t fourcc)
{
   return is_rgba(fourcc) ? (value & 0xff00ff00) | (value & 0xff) << 16 | (value >> 16 & 0xff) : value;
}
