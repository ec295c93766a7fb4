/*
 * Work that waits for fences: nothing of it happens before the fence, all of it after, in order, and no call waits.
 *
 * That a call did not wait is seen without a clock: a gate is opened by this thread alone, so after a call that had
 * waited for it the gate could only have been given up by the kernel, which signal_fence() refuses.
 */
#include "waiting.h"

#include <time.h>
#include <unistd.h>

static double milliseconds(void)
{
   struct timespec now;
   clock_gettime(CLOCK_MONOTONIC, &now);
   return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void attached_sync_file_holds_work(enum host host)
{
   start_three(host);
   struct gate gate = make_gate();
   double before = milliseconds();
   attach_gate(1, &gate);
   paint(1, 1, RED, 2);
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
   paint_and_see(1, 1, GREEN, 3);
   stop();
}

static void later_work_keeps_its_place(enum host host)
{
   start_three(host);
   struct gate gate = make_gate();
   attach_gate(1, &gate);
   paint(1, 1, GREEN, 2);
   paint(1, 1, RED, 3);
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
   paint(1, 1, RED, 2);
   paint(2, 2, RED, 2);
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
   paint(1, 1, RED, 2);
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
   paint(1, 1, RED, 2);
   attach_gate(2, &second);
   paint(2, 2, RED, 3);
   /* Both, and one that is nobody's. */
   RETURNS(0, virgl_renderer_context_push_fence_wait(3, 0, 2));
   RETURNS(0, virgl_renderer_context_push_fence_wait(3, 0, 3));
   RETURNS(0, virgl_renderer_context_push_fence_wait(3, 0, 999));
   paint(3, 3, RED, 4);
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
   paint(1, 1, RED, 2);
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
   paint(1, 1, GREEN, 3);
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
   paint(1, 1, RED, 2);
   int exported = virgl_renderer_get_fence_fd(2);
   CHECK(exported >= 0, "%d", exported);
   RETURNS(0, virgl_renderer_attach_fence(2, exported));
   attach_gate(2, &gate);
   paint(2, 2, RED, 3);
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
   paint(1, 1, RED, 2);
   RETURNS(0, submit_after(2, fill(2, RED), (uint64_t[]){2}, 1));
   make_fence(2, 3);
   check_held(1, 2);
   check_held(2, 3);
   signal_fence(&gate);
   check_done(1, 2);
   check_done(2, 3);
   stop();
}

const struct test fence_tests[] = {
   ON_RENDERERS("fences", attached_sync_file_holds_work),
   ON_RENDERERS("fences", only_the_next_submission_waits),
   ON_RENDERERS("fences", later_work_keeps_its_place),
   ON_RENDERERS("fences", other_contexts_go_on),
   ON_RENDERERS("fences", submit_cmd2_passes_fences_on),
   ON_RENDERERS("fences", push_fence_wait_passes_fences_on),
   ON_RENDERERS("fences", fences_that_are_done_hold_nothing),
   ON("virtio", HOST_VIRTIO, "fences", fences_leave_as_sync_files),
   ON("virtio", HOST_VIRTIO, "fences", exported_fence_comes_back),
   ON("software", HOST_SOFTWARE, "fences", fences_without_sync_files_are_told_so),
   ON_RENDERERS("fences", with_a_fence_thread),
   {0},
};
