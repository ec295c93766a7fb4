import Platform
import VirtioGPU

/// The fences and what becomes of their GL objects. Guarded by a Monitor when there is a sync thread.
struct FenceState: ~Copyable {
  private(set) var timelines: FenceTimelines
  /// The device-wide timeline: the first, so the same in every value.
  let globalTimeline: TimelineSlot
  /// Where fences are that exist as sync files; nil when the host makes none.
  private let table: FenceTable?
  /// GL objects nobody waits on any more; deleted by the renderer thread.
  private var garbage: [UInt] = []
  /// The point the sync thread waits on just now.
  private var awaited: AwaitedFence?
  /// The context whose fence is being reported by the sync thread just now.
  private(set) var reporting: ContextID?
  private var stuck = StuckWatch()

  var queries = QueryRequest.none
  var mustStop = false

  /// A request of the sync thread to the renderer thread: write the query results before I report.
  enum QueryRequest { case none, wanted, served }

  init(measures: Bool, table: FenceTable?) {
    timelines = FenceTimelines(measures: measures)
    self.table = table
    globalTimeline = timelines.makeTimeline()
  }

  // MARK: Renderer thread

  mutating func makeTimeline() -> TimelineSlot { timelines.makeTimeline() }

  @discardableResult
  mutating func append(_ fence: Fence, to slot: TimelineSlot, _ point: FencePoint?) -> FenceHandle {
    timelines.append(fence, to: slot, point)
  }

  /// Gives a held fence its point; that of one that is gone is not needed.
  mutating func release(_ handle: FenceHandle, _ point: FencePoint) {
    if !timelines.release(handle, point), point.signal != 0 { garbage.append(point.signal) }
  }

  mutating func releaseAllHeld() { timelines.releaseAllHeld() }

  mutating func find(_ id: FenceID) -> (handle: FenceHandle, timeline: TimelineKey)? {
    guard let handle = timelines.find(id), let fence = timelines.fence(handle) else { return nil }
    return (handle, fence.timeline)
  }

  /// Forgets a timeline and its fences, reported or not.
  mutating func remove(_ slot: TimelineSlot) {
    var doomed = Doomed(table, awaited)
    timelines.removeTimeline(slot) { doomed.add($0, $1, $2) }
    garbage += doomed.signals
  }

  /// Forgets all fences, reported or not.
  mutating func dropAll() {
    var doomed = Doomed(table, awaited)
    timelines.dropAll { doomed.add($0, $1, $2) }
    garbage += doomed.signals
  }

  /// Collects what dropped fences leave behind.
  private struct Doomed {
    private(set) var signals: [UInt] = []
    private let table: FenceTable?
    private let awaited: AwaitedFence?

    init(_ table: FenceTable?, _ awaited: AwaitedFence?) {
      self.table = table
      self.awaited = awaited
    }

    mutating func add(_ point: FencePoint, _ handle: FenceHandle, _ id: FenceID) {
      if point.signal != 0, awaited?.handle != handle { signals.append(point.signal) }
      table?.drop(id)
    }
  }

  /// GL objects to delete, a context being current.
  @inline(__always)
  mutating func takeGarbage() -> [UInt]? {
    guard !garbage.isEmpty else { return nil }
    defer { garbage.removeAll() }
    return garbage
  }

  // MARK: Completion

  /// Makes the first fence of a timeline ready to be reported.
  mutating func complete(_ handle: FenceHandle) {
    guard let point = timelines.point(of: handle) else { return }
    if let table, let fence = timelines.fence(handle) { table.retire(fence.id) }
    timelines.complete(handle)
    if point.signal != 0 { garbage.append(point.signal) }
  }

  /// As `complete`, on the renderer thread: the GL object goes at once.
  @inline(__always)
  mutating func completeHere(_ handle: FenceHandle, _ point: FencePoint) {
    guard timelines.isPending(handle) else { return }
    if let table, let fence = timelines.fence(handle) { table.retire(fence.id) }
    timelines.complete(handle)
    if point.signal != 0 { GLFence.delete(point.signal) }
  }

  mutating func headInTurn() -> FenceHandle? { timelines.headInTurn() }

  /// Takes the next fence to report. One at a time, so that a callback may drop those behind it.
  mutating func takeReady() -> Fence? { timelines.takeReady() }

  /// The oldest fence and how long it is that, in seconds, once per interval.
  mutating func stuckFence() -> (fence: Fence, seconds: UInt64)? {
    let oldest = timelines.oldest
    guard let seconds = stuck.secondsIfDue(oldest), let fence = oldest.flatMap({ timelines.fence($0) }) else {
      return nil
    }
    return (fence, seconds)
  }

  // MARK: Sync thread

  /// A fence whose point is asked for without the lock held: its GL object stays until `endAwait`.
  struct AwaitedFence {
    let handle: FenceHandle
    let point: FencePoint
  }

  mutating func beginAwait(_ handle: FenceHandle?) -> AwaitedFence? {
    awaited = handle.flatMap { handle in
      timelines.point(of: handle).map { AwaitedFence(handle: handle, point: $0) }
    }
    return awaited
  }

  /// Ends the wait. It may have been dropped meanwhile.
  mutating func endAwait(isDone: Bool) {
    guard let ended = awaited else { return }
    awaited = nil
    if !timelines.isPending(ended.handle) {
      if ended.point.signal != 0 { garbage.append(ended.point.signal) }
    } else if isDone {
      complete(ended.handle)
    }
  }

  /// Takes the next fence for the sync thread, noting that it is being reported, or that none is any more.
  mutating func beginReport() -> Fence? {
    let fence = mustStop ? nil : takeReady()
    reporting = fence?.timeline.context
    return fence
  }
}

/// Notices that the same fence is the oldest for too long, without a clock reading per fence.
struct StuckWatch {
  private var serial: UInt64 = 0
  private var since = Monotonic(nanoseconds: 0)
  private var nextReport = Monotonic(nanoseconds: 0)

  /// The reference's number.
  static var intervalMilliseconds: UInt64 { 10_000 }

  /// Seconds that the fence has been the oldest, the first time that it is asked after every interval.
  mutating func secondsIfDue(_ oldest: FenceHandle?, now: Monotonic = .now) -> UInt64? {
    guard let oldest, oldest.serial == serial else {
      serial = oldest?.serial ?? 0
      since = now
      nextReport = now.advanced(milliseconds: Self.intervalMilliseconds)
      return nil
    }
    guard nextReport <= now else { return nil }
    nextReport = now.advanced(milliseconds: Self.intervalMilliseconds)
    return now.since(since) / 1_000_000_000
  }
}
