/* The renderer's own displays on DRM nodes: from the monitor's descriptor, found by itself, and without any. */
#include "nodes.h"
#include "vmm.h"

#include <fcntl.h>
#include <unistd.h>

static void draw(void)
{
   make_context(1);
   make_picture(1, BIND_PICTURE, 1);
   prepare_fill(1, 1, FORMAT_BGRA);
   RETURNS(0, submit(1, fill(1, RED)));
   make_fence(1, 1);
   wait_reported(1, 1);
   CHECK(pixel(1) == RED, "%08x", pixel(1));
}

static void the_monitors_node(enum host host)
{
   start(host);
   draw();
   stop();
}

static void the_monitors_node_with_es(enum host host)
{
   start_with_flags(host, VIRGL_RENDERER_USE_GLES);
   draw();
   stop();
}

static void the_monitors_node_with_a_fence_thread(enum host host)
{
   start_with_flags(host, VIRGL_RENDERER_THREAD_SYNC);
   CHECK(virgl_renderer_get_poll_fd() >= 0, "no poll descriptor");
   draw();
   stop();
}

/* get_drm_fd says -1: the library looks for a node that works. */
static void a_node_of_its_own(enum host host)
{
   (void)host;
   RETURNS(0, try_start(VIRGL_RENDERER_USE_EGL, -1));
   draw();
   stop();
}

/* A descriptor that is no DRM node: init fails, nothing stays open, and the next init works. */
static void a_node_that_is_none(enum host host)
{
   int descriptors = open_descriptors();
   CHECK(try_start(VIRGL_RENDERER_USE_EGL, open("/dev/null", O_RDWR | O_CLOEXEC)) != 0, "it started on /dev/null");
   check_descriptors(descriptors);
   start(host);
   draw();
   stop();
}

static void many_lives(enum host host)
{
   int descriptors = 0;
   long memory = 0;
   for (int life = 0; life < 8; life++) {
      start(host);
      draw();
      stop();
      if (life == 3) {
         descriptors = open_descriptors();
         memory = resident_kib();
      }
   }
   check_descriptors(descriptors);
   NOTE("resident %ld KiB after 4 lives, %ld after 8", memory, resident_kib());
}

#define ON_NODES(test)                          \
   {"displays/vgem/" #test, test, HOST_VGEM},    \
   {"displays/virtio/" #test, test, HOST_VIRTIO}

const struct test display_tests[] = {
   ON_NODES(the_monitors_node),
   ON_NODES(the_monitors_node_with_es),
   ON_NODES(the_monitors_node_with_a_fence_thread),
   {"displays/a_node_of_its_own", a_node_of_its_own, HOST_VIRTIO},
   ON_NODES(a_node_that_is_none),
   ON_NODES(many_lives),
   {0},
};
