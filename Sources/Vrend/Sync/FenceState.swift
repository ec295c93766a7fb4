import CEpoxy
import VirtioGPU

/// What the renderer thread and the sync thread share about fences. Guarded by a Monitor.
struct FenceState {
  /// Created and not known to be done.
  private var timelines: [TimelineKey: Timeline<FencePoint>] = [:]
  /// Done and not reported yet, in order.
  private var ready: [Fence] = []
  /// Those before it were taken.
  private var nextReady = 0
  /// GL objects nobody waits on any more; deleted by the renderer thread.
  private var garbage: [GLsync] = []
  /// The point the sync thread waits on just now.
  private var awaited: FencePoint?
  /// The context whose fence is being reported by the sync thread just now.
  private(set) var reporting: ContextID?

  var queries = QueryRequest.none
  var mustStop = false

  /// A request of the sync thread to the renderer thread: write the query results before I report.
  enum QueryRequest { case none, wanted, served }

  mutating func append(_ fence: Fence, _ point: FencePoint) {
    timelines[fence.timeline, default: Timeline()].append(fence.id, isMergeable: fence.isMergeable, point)
  }

  /// The oldest point, now marked as waited on.
  mutating func awaitOldest() -> FencePoint? {
    awaited = timelines.values.lazy.compactMap { $0.first?.payload }.min { $0.serial < $1.serial }
    return awaited
  }

  /// Moves fences that are done to `ready`; `isDone` is asked for the oldest of each timeline first.
  mutating func collect(isDone: (FencePoint) -> Bool) {
    for key in Array(timelines.keys) {
      guard var timeline = timelines.removeValue(forKey: key) else { continue }
      timeline.retire(
        isDone: { point in
          guard isDone(point) else { return false }
          discard(point)
          return true
        },
        report: { ready.append(Fence(timeline: key, id: $0.id, isMergeable: $0.isMergeable)) })
      if !timeline.isEmpty { timelines[key] = timeline }
    }
  }

  /// Ends the wait begun by `awaitOldest`. False: the fence was dropped meanwhile.
  mutating func endAwait() {
    guard let point = awaited else { return }
    awaited = nil
    let isPending = timelines.values.contains { $0.first?.payload.serial == point.serial }
    if !isPending { discard(point) }
  }

  /// Takes the next fence to report. One at a time, so that a callback may drop those behind it.
  mutating func takeReady() -> Fence? {
    guard nextReady < ready.count else {
      ready.removeAll(keepingCapacity: true)
      nextReady = 0
      return nil
    }
    nextReady += 1
    return ready[nextReady - 1]
  }

  /// Takes the next fence for the sync thread, noting that it is being reported.
  mutating func beginReport() -> Fence? {
    let fence = takeReady()
    reporting = fence?.timeline.context
    return fence
  }

  /// Nothing is being reported any more.
  mutating func endReport() -> Fence? {
    reporting = nil
    return nil
  }

  /// Forgets all fences, or those of one context, reported or not.
  mutating func drop(_ context: ContextID?) {
    for key in Array(timelines.keys) where context == nil || key.context == context {
      timelines.removeValue(forKey: key)?.forEach { discard($0.payload) }
    }
    ready.removeFirst(nextReady)
    nextReady = 0
    ready.removeAll { context == nil || $0.timeline.context == context }
  }

  /// Deletes unused GL objects. Renderer thread, a context current.
  mutating func collectGarbage() {
    for sync in garbage { epoxy_glDeleteSync(sync) }
    garbage.removeAll(keepingCapacity: true)
  }

  private mutating func discard(_ point: FencePoint) {
    guard let sync = point.sync, awaited?.serial != point.serial else { return }
    garbage.append(sync)
  }
}
