/* Fences and descriptors that cannot be, and ends that come while work waits. */
#define _GNU_SOURCE
#include "waiting.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

static void start_one(enum host host)
{
   start(host);
   make_context(1);
   make_picture(1, BIND_PICTURE, 1);
   prepare_fill(1, 1, FORMAT_BGRA);
   RETURNS(0, submit(1, fill(1, BLUE)));
}

static bool is_open(int fd)
{
   return fcntl(fd, F_GETFD) >= 0;
}

/* The context still works, and nothing waits. */
static void check_alive(uint32_t context, uint64_t fence)
{
   paint_and_see(context, 1, GREEN, fence);
}

/* A descriptor that is no sync file is refused and closed; of an unknown context it stays the caller's. */
static void descriptors_that_are_no_fences(enum host host)
{
   start_one(host);
   int wrong[] = {eventfd(0, EFD_CLOEXEC), open("/dev/null", O_RDWR | O_CLOEXEC), memfd_create("x", MFD_CLOEXEC),
                  open_node("vgem", CARD)};
   for (unsigned i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
      int result = virgl_renderer_attach_fence(1, wrong[i]);
      CHECK(result < 0, "descriptor %u was taken for a fence: %d", i, result);
      CHECK(!is_open(wrong[i]), "descriptor %u stayed open", i);
   }
   CHECK(virgl_renderer_attach_fence(1, -1) < 0, "no descriptor");
   CHECK(virgl_renderer_attach_fence(1, 54321) < 0, "a descriptor that is not open");
   check_alive(1, 2);

   struct gate gate = make_gate();
   int fd = dup_fence(&gate);
   RETURNS(EINVAL, virgl_renderer_attach_fence(77, fd));
   CHECK(is_open(fd), "the caller's descriptor was closed");
   close(fd);
   stop();
}

static void ids_that_name_nothing(enum host host)
{
   start_one(host);
   struct stream red = fill(1, RED);
   uint64_t ids[] = {0, 1, UINT64_MAX, 1ull << 63, 77};
   RETURNS(0, submit_after(1, red, ids, 5));
   for (int i = 0; i < 5; i++)
      RETURNS(0, virgl_renderer_context_push_fence_wait(1, 0, ids[i]));
   RETURNS(-EINVAL, virgl_renderer_context_push_fence_wait(0, 0, 1));
   RETURNS(-EINVAL, virgl_renderer_context_push_fence_wait(99, 0, 1));
   RETURNS(-EINVAL, virgl_renderer_context_push_fence_wait(1, 1, 1));
   RETURNS(-EINVAL, virgl_renderer_context_push_fence_wait(1, UINT32_MAX, 1));
   CHECK(submit_after(1, red, NULL, 3) != 0, "ids are missing");
   CHECK(submit_after(99, red, ids, 2) > 0, "no such context");
   int fd = 5;
   RETURNS(-EINVAL, virgl_renderer_export_fence(UINT64_MAX, &fd));
   RETURNS(-1, fd);
   RETURNS(-EINVAL, virgl_renderer_export_fence(0, NULL));
   RETURNS(-1, virgl_renderer_get_fence_fd(0));
   check_alive(1, 2);
   stop();
}

/* Two fences of one id: the second is refused, or ends as the first does; neither is lost to the first's waiter. */
static void the_same_id_twice(enum host host)
{
   start_one(host);
   struct gate gate = make_gate();
   attach_gate(1, &gate);
   paint(1, 1, RED, 2);
   (void)virgl_renderer_context_create_fence(1, 0, 0, 2);
   give_time();
   CHECK(!is_reported(1, 2), "nothing is done yet");
   signal_fence(&gate);
   wait_reported(1, 2);
   check_alive(1, 3);
   stop();
}

/* A guest that piles up waits meets a bound, and the context works on once they are over. */
static void waits_without_end(enum host host)
{
   start_one(host);
   make_context(2);
   struct gate gate = make_gate();
   int descriptors = open_descriptors();
   int accepted = 0, refusal = 0;
   while (accepted < 100000 && refusal == 0) {
      int fd = dup_fence(&gate);
      refusal = virgl_renderer_attach_fence(1, fd);
      accepted += refusal == 0;
      CHECK(open_descriptors() < descriptors + 4096, "%d waits hold %d descriptors", accepted, open_descriptors());
   }
   CHECK(refusal <= 0, "%d", refusal);
   NOTE("%d waits accepted, then %d", accepted, refusal);
   signal_fence(&gate);
   check_alive(1, 2);
   free_gate(&gate);
   stop();
}

static void hold(struct gate *gate)
{
   *gate = make_gate();
   attach_gate(1, gate);
   paint(1, 1, RED, 2);
}

/* Context 2 draws to the same picture. */
static void start_with_neighbour(enum host host)
{
   start_one(host);
   make_context(2);
   virgl_renderer_ctx_attach_resource(2, 1);
   prepare_fill(2, 1, FORMAT_BGRA);
}

/* No end of a life waits for the gate, no fence is reported afterwards, and the picture stays as it was. */
static void destroying_a_context_that_waits(enum host host)
{
   start_with_neighbour(host);
   struct gate gate;
   hold(&gate);
   virgl_renderer_context_destroy(1);
   check_alive(2, 3);
   signal_fence(&gate);
   give_time();
   CHECK(!is_reported(1, 2), "a fence of a context that is gone");
   CHECK(pixel(1) == GREEN, "%08x", pixel(1));
   stop();
}

static void a_waiter_outlives_what_it_waits_for(enum host host)
{
   start_with_neighbour(host);
   struct gate gate;
   hold(&gate);
   RETURNS(0, submit_after(2, fill(1, GREEN), (uint64_t[]){2}, 1));
   make_fence(2, 3);
   virgl_renderer_context_destroy(1);
   wait_reported(2, 3);
   CHECK(pixel(1) == GREEN, "%08x", pixel(1));
   signal_fence(&gate);
   stop();
}

static void reset_while_work_waits(enum host host)
{
   start_one(host);
   struct gate gate;
   hold(&gate);
   virgl_renderer_reset();
   make_context(1);
   make_picture(1, BIND_PICTURE, 1);
   prepare_fill(1, 1, FORMAT_BGRA);
   check_alive(1, 3);
   signal_fence(&gate);
   give_time();
   CHECK(!is_reported(1, 2), "a fence from before the reset");
   stop();
}

static void cleanup_while_work_waits(enum host host)
{
   int descriptors = 0;
   for (int life = 0; life < 3; life++) {
      start_one(host);
      struct gate gate;
      hold(&gate);
      stop();
      signal_fence(&gate);
      free_gate(&gate);
      if (life == 0)
         descriptors = open_descriptors();
   }
   check_descriptors(descriptors);
}

/* The resources that waiting work names go away under it. */
static void resources_go_while_work_waits(enum host host)
{
   start_one(host);
   struct gate gate;
   hold(&gate);
   virgl_renderer_ctx_detach_resource(1, 1);
   virgl_renderer_resource_unref(1);
   signal_fence(&gate);
   wait_reported(1, 2);
   stop();
}

/* vgem gives a fence up after ten seconds: the work goes on by itself. */
static void a_gate_that_nobody_opens(enum host host)
{
   start_one(host);
   struct gate gate;
   hold(&gate);
   CHECK(!is_reported(1, 2), "nothing is done yet");
   wait_reported(1, 2);
   CHECK(sync_status(gate.sync_file) != 0, "it was reported before the gate was given up");
   CHECK(pixel(1) == RED, "%08x", pixel(1));
   stop();
}

const struct test fence_hostile_tests[] = {
   ON_RENDERERS("fences-hostile", descriptors_that_are_no_fences),
   ON_RENDERERS("fences-hostile", ids_that_name_nothing),
   ON_RENDERERS("fences-hostile", the_same_id_twice),
   ON_RENDERERS("fences-hostile", waits_without_end),
   ON_RENDERERS("fences-hostile", destroying_a_context_that_waits),
   ON_RENDERERS("fences-hostile", a_waiter_outlives_what_it_waits_for),
   ON_RENDERERS("fences-hostile", reset_while_work_waits),
   ON_RENDERERS("fences-hostile", cleanup_while_work_waits),
   ON_RENDERERS("fences-hostile", resources_go_while_work_waits),
   ON("software", HOST_SOFTWARE, "fences-hostile", a_gate_that_nobody_opens),
   {0},
};
