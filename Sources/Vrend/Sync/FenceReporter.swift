import Platform
import VirtioGPU

/// Tells the client of fences and the log of their lives. The thread that reports; no lock is held.
struct FenceReporter: Sendable {
  let sink: any FenceSink
  let log: Log

  @inline(__always)
  func report(_ fence: Fence, _ life: FenceTimes.Life?) {
    trace(life)
    sink.retire(fence)
  }

  /// nil when lives are not measured.
  func trace(_ life: FenceTimes.Life?) {
    guard let life else { return }
    let timeline = life.fence.timeline
    log.debug(
      """
      fence \(life.fence.id.rawValue) of context \(timeline.context.rawValue), ring \(timeline.ring.rawValue): \
      done after \(life.untilDone) ns, reported \(life.untilReport) ns later
      """)
  }

  /// A fence that stays the oldest; the work before it may hang the GPU.
  func warnStuck(_ stuck: (fence: Fence, seconds: UInt64)) {
    let timeline = stuck.fence.timeline
    log.warning(
      """
      fence \(stuck.fence.id.rawValue) of context \(timeline.context.rawValue), ring \(timeline.ring.rawValue) \
      is not done after \(stuck.seconds) s
      """)
  }
}
