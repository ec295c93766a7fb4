#include "waiting.h"

void start_three(enum host host)
{
   start(host);
   for (uint32_t id = 1; id <= 3; id++)
      make_context(id);
   for (uint32_t id = 1; id <= 3; id++) {
      make_picture(id, BIND_PICTURE, 3);
      prepare_fill(id, id, FORMAT_BGRA);
      paint_and_see(id, id, BLUE, 1);
   }
}

int submit_after(uint32_t context, struct stream stream, uint64_t *fences, uint32_t count)
{
   return virgl_renderer_submit_cmd2(stream.words, (int)context, stream.count, fences, count);
}

void attach_gate(uint32_t context, const struct gate *gate)
{
   RETURNS(0, virgl_renderer_attach_fence((int)context, dup_fence(gate)));
}

void check_held(uint32_t context, uint64_t fence)
{
   give_time();
   CHECK(!is_reported(context, fence), "fence %llu", (unsigned long long)fence);
   CHECK(pixel(context) == BLUE, "context %u: %08x", context, pixel(context));
}

void check_done(uint32_t context, uint64_t fence)
{
   wait_reported(context, fence);
   CHECK(pixel(context) == RED, "context %u: %08x", context, pixel(context));
}
