import VirtioGPU

/// The rules of fences on timelines, written as plainly as possible.
struct FenceModel {
  struct Entry {
    var fence: Fence
    var isHeld: Bool
    var isDone = false
  }

  private(set) var pending: [TimelineKey: [Entry]] = [:]
  /// Done, in order, with what the client was not told yet.
  private(set) var ready: [TimelineKey: [Fence]] = [:]

  mutating func create(_ fence: Fence, isHeld: Bool = false) {
    pending[fence.timeline, default: []].append(Entry(fence: fence, isHeld: isHeld))
  }

  mutating func release(_ timeline: TimelineKey, _ id: FenceID) {
    change(timeline, id) { $0.isHeld = false }
  }

  private mutating func change(_ timeline: TimelineKey, _ id: FenceID, _ body: (inout Entry) -> Void) {
    guard let index = pending[timeline]?.firstIndex(where: { $0.fence.id == id }) else { return }
    body(&pending[timeline]![index])
  }

  /// The first of a timeline is done. A mergeable one that the client has not been told of gives way to it.
  mutating func completeFirst(_ timeline: TimelineKey) {
    guard let first = pending[timeline]?.first, !first.isHeld else { return }
    pending[timeline]!.removeFirst()
    if ready[timeline]?.last?.isMergeable == true { ready[timeline]!.removeLast() }
    ready[timeline, default: []].append(first.fence)
  }

  mutating func drop(_ timeline: TimelineKey) {
    pending[timeline] = nil
    ready[timeline] = nil
  }

  /// What is to be reported next of one timeline.
  func nextReport(_ timeline: TimelineKey) -> Fence? { ready[timeline]?.first }

  mutating func takeReport(_ timeline: TimelineKey) { ready[timeline]?.removeFirst() }

  var pendingCount: Int { pending.values.reduce(0) { $0 + $1.count } }
  var readyCount: Int { ready.values.reduce(0) { $0 + $1.count } }
}
