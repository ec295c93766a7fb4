import VirtioGPU

/// `FenceTimelines` behind a reference, because the testing macros copy what they look at.
final class TimelinesRig {
  private var timelines: FenceTimelines

  init(measures: Bool = false) { timelines = FenceTimelines(measures: measures) }

  func makeTimeline() -> TimelineSlot { timelines.makeTimeline() }
  func remove(_ slot: TimelineSlot, discard: (FencePoint) -> Void = { _ in }) {
    timelines.removeTimeline(slot) { point, _, _ in discard(point) }
  }
  func append(_ fence: Fence, to slot: TimelineSlot, _ signal: UInt?) -> FenceHandle {
    timelines.append(fence, to: slot, signal.map { FencePoint(signal: $0) })
  }
  func release(_ handle: FenceHandle, _ signal: UInt) -> Bool {
    timelines.release(handle, FencePoint(signal: signal))
  }
  func releaseAllHeld() { timelines.releaseAllHeld() }
  var oldest: FenceHandle? { timelines.oldest }
  func headInTurn() -> FenceHandle? { timelines.headInTurn() }
  func successor(of handle: FenceHandle) -> FenceHandle? { timelines.successor(of: handle) }
  func isPending(_ handle: FenceHandle) -> Bool { timelines.isPending(handle) }
  func isHeld(_ handle: FenceHandle) -> Bool { timelines.isHeld(handle) }
  func signal(of handle: FenceHandle) -> UInt? { timelines.point(of: handle)?.signal }
  func fence(_ handle: FenceHandle) -> Fence? { timelines.fence(handle) }
  func find(_ id: UInt64) -> FenceHandle? { timelines.find(FenceID(id)) }
  func complete(_ handle: FenceHandle) { timelines.complete(handle) }
  func takeReady() -> Fence? { timelines.takeReady() }
  var hasReady: Bool { timelines.hasReady }
  var pendingCount: Int { timelines.pendingCount }
  var activeCount: Int { timelines.activeCount }
  var reportedCount: UInt64 { timelines.times.histogram.total }
  var lastLife: FenceTimes.Life? { timelines.times.lastLife }

  /// Everything that is ready, in order.
  func drain() -> [UInt64] {
    var ids: [UInt64] = []
    while let fence = timelines.takeReady() { ids.append(fence.id.rawValue) }
    return ids
  }
}
