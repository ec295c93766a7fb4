// The header is C++ too: it compiles, its functions have C linkage, and the version test works in #if.
#include <virglrenderer.h>

#if !VIRGL_CHECK_VERSION(1, 3, 0) || VIRGL_CHECK_VERSION(1, 3, 1)
#error "the header is not 1.3.0's"
#endif
#ifdef VIRGL_RENDERER_USE_VIDEO
#error "an unstable flag without VIRGL_RENDERER_UNSTABLE_APIS"
#endif

int main()
{
   return virgl_renderer_get_poll_fd() == -1 ? 0 : 1;
}
