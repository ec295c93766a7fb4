/*
 * Work that waits for fences: nothing of it happens before the fence, all of it after, in order, and no call waits.
 *
 * That a call did not wait is seen without a clock: a gate is opened by this thread alone, so after a call that had
 * waited for it the gate could only have been given up by the kernel, which signal_fence() refuses.
 */
#include "nodes.h"
#include "vmm.h"

#include <time.h>
#include <unistd.h>

static double milliseconds(void)
{
   struct timespec now;
   clock_gettime(CLOCK_MONOTONIC, &now);
   return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* Contexts 1, 2 and 3, and a blue picture for each, with its context's number. */
static void start_three(enum host host)
{
   start(host);
   for (uint32_t id = 1; id <= 3; id++)
      make_context(id);
   for (uint32_t id = 1; id <= 3; id++) {
      make_picture(id, BIND_PICTURE, 3);
      prepare_fill(id, id, FORMAT_BGRA);
      RETURNS(0, submit(id, fill(id, BLUE)));
      make_fence(id, 1);
      wait_reported(id, 1);
      CHECK(pixel(id) == BLUE, "%08x", pixel(id));
   }
}

static int submit_after(uint32_t context, struct stream stream, uint64_t *fences, uint32_t count)
{
   return virgl_renderer_submit_cmd2(stream.words, (int)context, stream.count, fences, count);
}

static void attach_gate(uint32_t context, const struct gate *gate)
{
   RETURNS(0, virgl_renderer_attach_fence((int)context, dup_fence(gate)));
}

static void check_held(uint32_t context, uint64_t fence)
{
   give_time();
   CHECK(!is_reported(context, fence), "fence %llu", (unsigned long long)fence);
   CHECK(pixel(context) == BLUE, "context %u: %08x", context, pixel(context));
}

static void check_done(uint32_t context, uint64_t fence)
{
   wait_reported(context, fence);
   CHECK(pixel(context) == RED, "context %u: %08x", context, pixel(context));
}

static void attached_sync_file_holds_work(enum host host)
{
   start_three(host);
   struct gate gate = make_gate();
   double before = milliseconds();
   attach_gate(1, &gate);
   RETURNS(0, submit(1, fill(1, RED)));
   make_fence(1, 2);
   virgl_renderer_poll();
   double spent = milliseconds() - before;
   check_held(1, 2);
   signal_fence(&gate);
   check_done(1, 2);
   NOTE("attach, submit, fence and poll took %.1f ms of the caller", spent);
   stop();
}

static void only_the_next_submission_waits(enum host host)
{
   start_three(host);
   struct gate gate = make_gate();
   attach_gate(1, &gate);
   RETURNS(0, submit(1, fill(1, RED)));
   signal_fence(&gate);
   make_fence(1, 2);
   check_done(1, 2);
   /* The file was used up: this does not wait for anything. */
   RETURNS(0, submit(1, fill(1, GREEN)));
   make_fence(1, 3);
   wait_reported(1, 3);
   CHECK(pixel(1) == GREEN, "%08x", pixel(1));
   stop();
}

static void later_work_keeps_its_place(enum host host)
{
   start_three(host);
   struct gate gate = make_gate();
   attach_gate(1, &gate);
   RETURNS(0, submit(1, fill(1, GREEN)));
   make_fence(1, 2);
   RETURNS(0, submit(1, fill(1, RED)));
   make_fence(1, 3);
   check_held(1, 2);
   CHECK(!is_reported(1, 3), "it overtook");
   signal_fence(&gate);
   check_done(1, 3);
   CHECK(report_order(1, 2) >= 0 && report_order(1, 2) < report_order(1, 3), "order %d %d", report_order(1, 2),
         report_order(1, 3));
   stop();
}

static void other_contexts_go_on(enum host host)
{
   start_three(host);
   struct gate gate = make_gate();
   attach_gate(1, &gate);
   RETURNS(0, submit(1, fill(1, RED)));
   make_fence(1, 2);
   RETURNS(0, submit(2, fill(2, RED)));
   make_fence(2, 2);
   check_done(2, 2);
   check_held(1, 2);
   signal_fence(&gate);
   check_done(1, 2);
   stop();
}

/* Gate → context 1 → (fence 2 of context 1) → context 2 → (fence 3 of context 2) → context 3. */
static void submit_cmd2_passes_fences_on(enum host host)
{
   start_three(host);
   struct gate gate = make_gate();
   attach_gate(1, &gate);
   RETURNS(0, submit(1, fill(1, RED)));
   make_fence(1, 2);
   RETURNS(0, submit_after(2, fill(2, RED), (uint64_t[]){2}, 1));
   make_fence(2, 3);
   RETURNS(0, submit_after(3, fill(3, RED), (uint64_t[]){3, 2, 12345}, 3));
   make_fence(3, 4);
   check_held(1, 2);
   check_held(2, 3);
   check_held(3, 4);
   signal_fence(&gate);
   check_done(3, 4);
   check_done(2, 3);
   check_done(1, 2);
   CHECK(report_order(1, 2) < report_order(2, 3) && report_order(2, 3) < report_order(3, 4), "order %d %d %d",
         report_order(1, 2), report_order(2, 3), report_order(3, 4));
   stop();
}

static void push_fence_wait_passes_fences_on(enum host host)
{
   start_three(host);
   struct gate first = make_gate(), second = make_gate();
   attach_gate(1, &first);
   RETURNS(0, submit(1, fill(1, RED)));
   make_fence(1, 2);
   attach_gate(2, &second);
   RETURNS(0, submit(2, fill(2, RED)));
   make_fence(2, 3);
   /* Both, and one that is nobody's. */
   RETURNS(0, virgl_renderer_context_push_fence_wait(3, 0, 2));
   RETURNS(0, virgl_renderer_context_push_fence_wait(3, 0, 3));
   RETURNS(0, virgl_renderer_context_push_fence_wait(3, 0, 999));
   RETURNS(0, submit(3, fill(3, RED)));
   make_fence(3, 4);
   check_held(3, 4);
   signal_fence(&first);
   check_done(1, 2);
   check_held(3, 4);
   signal_fence(&second);
   check_done(2, 3);
   check_done(3, 4);
   stop();
}

/* A fence that is done already, and one that waits only for earlier work of the same context, hold nothing. */
static void fences_that_are_done_hold_nothing(enum host host)
{
   start_three(host);
   RETURNS(0, virgl_renderer_context_push_fence_wait(1, 0, 1));
   RETURNS(0, submit_after(1, fill(1, RED), (uint64_t[]){1}, 1));
   make_fence(1, 2);
   RETURNS(0, virgl_renderer_context_push_fence_wait(1, 0, 2));
   make_fence(1, 3);
   wait_reported(1, 3);
   CHECK(pixel(1) == RED, "%08x", pixel(1));
   stop();
}

/*
 * With native fences every fence of work that GL has is a sync file. One behind work that is held back is none yet: the
 * kernel makes no sync file for what has not been submitted.
 */
static void fences_leave_as_sync_files(enum host host)
{
   start_three(host);
   struct gate gate = make_gate();
   RETURNS(0, submit(1, fill(1, RED)));
   make_fence(1, 2);
   int exported = -1;
   RETURNS(0, virgl_renderer_export_fence(2, &exported));
   int second = virgl_renderer_get_fence_fd(2);
   CHECK(is_sync_file(exported) && is_sync_file(second) && exported != second, "%d %d", exported, second);
   wait_sync(exported);
   wait_sync(second);
   check_done(1, 2);
   int done = virgl_renderer_export_signalled_fence();
   CHECK(done >= 0 && is_sync_file(done), "%d", done);
   RETURNS(1, sync_status(done));
   attach_gate(1, &gate);
   RETURNS(0, submit(1, fill(1, GREEN)));
   make_fence(1, 3);
   RETURNS(-1, virgl_renderer_get_fence_fd(3));
   signal_fence(&gate);
   wait_reported(1, 3);
   stop();
}

/* The sync file of one context's fence, taken out and attached to another context together with one of the kernel's. */
static void exported_fence_comes_back(enum host host)
{
   start_three(host);
   struct gate gate = make_gate();
   RETURNS(0, submit(1, fill(1, RED)));
   make_fence(1, 2);
   int exported = virgl_renderer_get_fence_fd(2);
   CHECK(exported >= 0, "%d", exported);
   RETURNS(0, virgl_renderer_attach_fence(2, exported));
   attach_gate(2, &gate);
   RETURNS(0, submit(2, fill(2, RED)));
   make_fence(2, 3);
   check_done(1, 2);
   check_held(2, 3);
   signal_fence(&gate);
   check_done(2, 3);
   stop();
}

/* Without native fences there is nothing to export, and it is said so. */
static void fences_without_sync_files_are_told_so(enum host host)
{
   start_three(host);
   make_fence(1, 2);
   int exported = 7;
   RETURNS(-22, virgl_renderer_export_fence(2, &exported));
   RETURNS(-1, exported);
   RETURNS(-1, virgl_renderer_get_fence_fd(2));
   RETURNS(-1, virgl_renderer_export_signalled_fence());
   stop();
}

static void with_a_fence_thread(enum host host)
{
   start_with_flags(host, VIRGL_RENDERER_THREAD_SYNC | VIRGL_RENDERER_ASYNC_FENCE_CB);
   for (uint32_t id = 1; id <= 2; id++) {
      make_context(id);
      make_picture(id, BIND_PICTURE, 0);
      virgl_renderer_ctx_attach_resource((int)id, (int)id);
      prepare_fill(id, id, FORMAT_BGRA);
      RETURNS(0, submit(id, fill(id, BLUE)));
   }
   struct gate gate = make_gate();
   attach_gate(1, &gate);
   RETURNS(0, submit(1, fill(1, RED)));
   make_fence(1, 2);
   RETURNS(0, submit_after(2, fill(2, RED), (uint64_t[]){2}, 1));
   make_fence(2, 3);
   check_held(1, 2);
   check_held(2, 3);
   signal_fence(&gate);
   check_done(1, 2);
   check_done(2, 3);
   stop();
}

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

#define ON_BOTH(test)                              \
   {"fences/software/" #test, test, HOST_SOFTWARE}, \
   {"fences/virtio/" #test, test, HOST_VIRTIO}

const struct test fence_tests[] = {
   ON_BOTH(attached_sync_file_holds_work),
   ON_BOTH(only_the_next_submission_waits),
   ON_BOTH(later_work_keeps_its_place),
   ON_BOTH(other_contexts_go_on),
   ON_BOTH(submit_cmd2_passes_fences_on),
   ON_BOTH(push_fence_wait_passes_fences_on),
   ON_BOTH(fences_that_are_done_hold_nothing),
   {"fences/virtio/fences_leave_as_sync_files", fences_leave_as_sync_files, HOST_VIRTIO},
   {"fences/virtio/exported_fence_comes_back", exported_fence_comes_back, HOST_VIRTIO},
   {"fences/software/fences_without_sync_files_are_told_so", fences_without_sync_files_are_told_so, HOST_SOFTWARE},
   ON_BOTH(with_a_fence_thread),
   {"fences/software/hundred_thousand_fences", hundred_thousand_fences, HOST_SOFTWARE},
   {"fences/virtio/thousands_of_native_fences", thousands_of_native_fences, HOST_VIRTIO},
   ON_BOTH(many_gates),
   {0},
};
