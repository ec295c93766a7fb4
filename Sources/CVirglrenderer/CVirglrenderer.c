#include "CVirglrenderer.h"

static void call_with_list(virgl_debug_callback_type callback, const char *format, ...)
{
   va_list list;
   va_start(list, format);
   callback(format, list);
   va_end(list);
}

void cvirglrenderer_call_debug_callback(void *callback, const char *message)
{
   call_with_list((virgl_debug_callback_type)callback, "%s", message);
}
