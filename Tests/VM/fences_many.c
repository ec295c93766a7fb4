/* Fences in numbers: nothing adds up. */
#include "waiting.h"

#include <unistd.h>

/* Each round: a new gate, work that waits for it, a fence, an export where there is one. Nothing may add up. */
static void many_fences(enum host host, int rounds)
{
   start_three(host);
   int descriptors = 0;
   long memory = 0;
   struct gate gate = make_gate();
   for (int round = 0; round < rounds; round++) {
      uint64_t id = 10 + (uint64_t)round;
      if (round == rounds / 10) {
         descriptors = open_descriptors();
         memory = resident_kib();
      }
      if (round == 0)
         attach_gate(1, &gate);
      RETURNS(0, submit_after(1, fill(1, RED), (uint64_t[]){id - 1}, 1));
      if (round == 0)
         signal_fence(&gate);
      make_fence(1, id);
      int exported = virgl_renderer_get_fence_fd(id);
      if (exported >= 0)
         close(exported);
      if (round % 16 == 15)
         wait_reported(1, id);
   }
   wait_reported(1, 10 + (uint64_t)rounds - 1);
   int descriptors_after = open_descriptors();
   long memory_after = resident_kib();
   CHECK(descriptors_after <= descriptors + 8, "descriptors %d, then %d", descriptors, descriptors_after);
   CHECK(memory_after < memory + 4096, "resident %ld KiB, then %ld", memory, memory_after);
   NOTE("%d fences; resident %ld KiB after a tenth, %ld at the end; descriptors %d and %d", rounds, memory,
        memory_after, descriptors, descriptors_after);
   free_gate(&gate);
   stop();
}

static void hundred_thousand_fences(enum host host)
{
   many_fences(host, 100000);
}

/* The same where each fence is a sync file; each is a round trip through the emulated device. */
static void thousands_of_native_fences(enum host host)
{
   many_fences(host, 2000);
}

/* New gates all the time: sync files that come from outside. */
static void many_gates(enum host host)
{
   start_three(host);
   int descriptors = 0;
   for (int round = 0; round < 200; round++) {
      if (round == 20)
         descriptors = open_descriptors();
      struct gate gate = make_gate();
      uint64_t id = 10 + (uint64_t)round;
      attach_gate(1, &gate);
      RETURNS(0, submit(1, fill(1, round & 1 ? RED : GREEN)));
      make_fence(1, id);
      RETURNS(0, submit_after(2, fill(2, RED), &id, 1));
      CHECK(!is_reported(1, id), "round %d", round);
      signal_fence(&gate);
      wait_reported(1, id);
      CHECK(pixel(1) == (round & 1 ? RED : GREEN), "round %d: %08x", round, pixel(1));
      free_gate(&gate);
   }
   make_fence(2, 1000);
   wait_reported(2, 1000);
   check_descriptors(descriptors + 8);
   stop();
}

const struct test fence_number_tests[] = {
   ON("software", HOST_SOFTWARE, "fences-many", hundred_thousand_fences),
   ON("virtio", HOST_VIRTIO, "fences-many", thousands_of_native_fences),
   ON("software", HOST_SOFTWARE, "fences-many", many_gates),
   ON("virtio", HOST_VIRTIO, "fences-many", many_gates),
   {0},
};
