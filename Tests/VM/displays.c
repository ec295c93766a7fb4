/* The renderer's own displays on DRM nodes: from the monitor's descriptor, found by itself, and without any. */
#include "nodes.h"
#include "vmm.h"

#include <epoxy/egl.h>
#include <fcntl.h>
#include <gbm.h>
#include <unistd.h>

static void draw(void)
{
   make_context(1);
   make_picture(1, BIND_PICTURE, 1);
   prepare_fill(1, 1, FORMAT_BGRA);
   paint_and_see(1, 1, RED, 1);
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

/*
 * The monitor's own contexts on its own display, as QEMU gives them: callbacks of version 4, with a fence thread. What
 * the display can do beside rendering is used all the same.
 */
static struct {
   EGLDisplay display;
   EGLConfig config;
   int contexts;
} window;

static void *create_gl_context(void *cookie, int scanout, struct virgl_renderer_gl_ctx_param *wanted)
{
   (void)cookie, (void)scanout;
   EGLint attributes[] = {
      EGL_CONTEXT_MAJOR_VERSION, wanted->major_ver, EGL_CONTEXT_MINOR_VERSION, wanted->minor_ver, EGL_NONE,
   };
   eglBindAPI(EGL_OPENGL_API);
   EGLContext shared = wanted->shared ? eglGetCurrentContext() : EGL_NO_CONTEXT;
   EGLContext context = eglCreateContext(window.display, window.config, shared, attributes);
   window.contexts += context != EGL_NO_CONTEXT;
   return context;
}

static void destroy_gl_context(void *cookie, void *context)
{
   (void)cookie;
   window.contexts--;
   eglDestroyContext(window.display, context);
}

static int make_current(void *cookie, int scanout, void *context)
{
   (void)cookie, (void)scanout;
   return eglMakeCurrent(window.display, EGL_NO_SURFACE, EGL_NO_SURFACE, context) ? 0 : -1;
}

static void *get_egl_display(void *cookie)
{
   (void)cookie;
   return window.display;
}

static void open_window(void)
{
   int node = open_node("virtio_gpu", RENDER);
   window.display = eglGetPlatformDisplayEXT(EGL_PLATFORM_GBM_KHR, gbm_create_device(node), NULL);
   EGLint count = 0, any[] = {EGL_SURFACE_TYPE, 0, EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT, EGL_NONE};
   CHECK(eglInitialize(window.display, NULL, NULL), "%#x", eglGetError());
   CHECK(eglChooseConfig(window.display, any, &window.config, 1, &count) && count == 1, "%#x", eglGetError());

   callbacks.version = 4;
   callbacks.create_gl_context = create_gl_context;
   callbacks.destroy_gl_context = destroy_gl_context;
   callbacks.make_current = make_current;
   callbacks.get_egl_display = get_egl_display;
}

static void the_monitors_contexts(enum host host)
{
   (void)host;
   open_window();
   RETURNS(0, try_start(VIRGL_RENDERER_THREAD_SYNC | VIRGL_RENDERER_ASYNC_FENCE_CB, open_node("virtio_gpu", RENDER)));
   draw();
   /* The monitor draws itself on the same thread, and leaves nothing current. */
   make_current(NULL, 0, EGL_NO_CONTEXT);
   struct virgl_renderer_resource_info_ext info;
   RETURNS(0, virgl_renderer_resource_get_info_ext(1, &info));
   CHECK(info.has_dmabuf_export, "the display exports textures");
   make_current(NULL, 0, EGL_NO_CONTEXT);
   int fd = -1;
   RETURNS(0, virgl_renderer_get_fd_for_texture(info.base.tex_id, &fd));
   close(fd);
   struct virgl_renderer_resource_layout told;
   RETURNS(0, virgl_renderer_resource_query_layout(0, &told, SIDE, SIDE, FORMAT_BGRA, VIRGL_RES_BIND_SHARED));
   RETURNS(1, told.num_planes);
   make_current(NULL, 0, EGL_NO_CONTEXT);
   virgl_renderer_force_ctx_0();
   paint_and_see(1, 1, GREEN, 2);
   stop();
   CHECK(window.contexts == 0, "%d contexts are left", window.contexts);
}

static void *get_another_display(void *cookie)
{
   (void)cookie;
   static EGLDisplay other;
   if (!other) {
      other = eglGetPlatformDisplayEXT(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, NULL);
      CHECK(eglInitialize(other, NULL, NULL), "%#x", eglGetError());
   }
   return other;
}

/* Contexts and display do not belong together: the display is not used. */
static void a_display_that_is_not_the_contexts(enum host host)
{
   (void)host;
   open_window();
   callbacks.get_egl_display = get_another_display;
   RETURNS(0, try_start(0, -1));
   draw();
   struct virgl_renderer_resource_info_ext info;
   RETURNS(0, virgl_renderer_resource_get_info_ext(1, &info));
   CHECK(!info.has_dmabuf_export, "it would be the wrong display's");
   int fd = -1;
   RETURNS(-1, virgl_renderer_get_fd_for_texture(info.base.tex_id, &fd));
   stop();
}

const struct test display_tests[] = {
   ON_NODES("displays", the_monitors_node),
   ON_NODES("displays", the_monitors_node_with_es),
   ON_NODES("displays", the_monitors_node_with_a_fence_thread),
   {"displays/a_node_of_its_own", a_node_of_its_own, HOST_VIRTIO},
   ON_NODES("displays", a_node_that_is_none),
   ON_NODES("displays", many_lives),
   ON("virtio", HOST_VIRTIO, "displays", the_monitors_contexts),
   ON("virtio", HOST_VIRTIO, "displays", a_display_that_is_not_the_contexts),
   {0},
};
