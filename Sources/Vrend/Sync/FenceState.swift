import Platform
import VirtioGPU

/// The fences and what becomes of their GL objects. Guarded by a Monitor when there is a sync thread.
struct FenceState: ~Copyable {
  private(set) var timelines: FenceTimelines
  /// The device-wide timeline: the first, so the same in every value.
  let globalTimeline: TimelineSlot
  /// Where fences are that exist as sync files.
  private let table: FenceTable
  /// GL objects nobody waits on any more; deleted by the renderer thread.
  private var garbage: [UInt] = []
  /// The point the sync thread waits on just now.
  private var awaited: AwaitedFence?
  /// The context whose fence is being reported by the sync thread just now.
  private(set) var reporting: ContextID?
  private var stuck = StuckWatch()
  /// The sync thread watches files. What of these it may watch is gone:
  private let watchesFiles: Bool
  private var droppedHeads: [UInt64] = []
  private var sleep = Sleep.none

  var queries = QueryRequest.none
  var mustStop = false

  /// A request of the sync thread to the renderer thread: write the query results before I report.
  enum QueryRequest { case none, wanted, served }

  /// - Parameter watchesFiles: a thread takes what `takeHeads` returns.
  init(measures: Bool, table: FenceTable, watchesFiles: Bool) {
    timelines = FenceTimelines(measures: measures, notesHeads: watchesFiles)
    self.table = table
    self.watchesFiles = watchesFiles
    globalTimeline = timelines.makeTimeline()
  }

  // MARK: Renderer thread

  mutating func makeTimeline() -> TimelineSlot { timelines.makeTimeline() }

  @discardableResult
  mutating func append(_ fence: Fence, to slot: TimelineSlot, _ point: FencePoint?) -> FenceHandle {
    timelines.append(fence, to: slot, point)
  }

  /// Gives a held fence its point; that of one that is gone is not needed.
  mutating func release(_ handle: FenceHandle, _ point: FencePoint, of id: FenceID) {
    guard !timelines.release(handle, point) else { return }
    if point.signal != 0 { garbage.append(point.signal) }
    if point.hasFile { table.drop(id) }
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
    bury(doomed)
  }

  /// Forgets all fences, reported or not.
  mutating func dropAll() {
    var doomed = Doomed(table, awaited)
    timelines.dropAll { doomed.add($0, $1, $2) }
    bury(doomed)
  }

  private mutating func bury(_ doomed: Doomed) {
    garbage += doomed.signals
    if watchesFiles { droppedHeads += doomed.files }
  }

  /// Collects what dropped fences leave behind.
  private struct Doomed {
    private(set) var signals: [UInt] = []
    /// Serials of fences that have files.
    private(set) var files: [UInt64] = []
    private let table: FenceTable
    private let awaited: AwaitedFence?

    init(_ table: FenceTable, _ awaited: AwaitedFence?) {
      self.table = table
      self.awaited = awaited
    }

    mutating func add(_ point: FencePoint, _ handle: FenceHandle, _ id: FenceID) {
      if point.signal != 0, awaited?.handle != handle { signals.append(point.signal) }
      guard point.hasFile else { return }
      files.append(handle.serial)
      table.drop(id)
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
    if let point = finish(handle), point.signal != 0 { garbage.append(point.signal) }
  }

  /// As `complete`, on the renderer thread: the GL object goes at once.
  @inline(__always)
  mutating func completeHere(_ handle: FenceHandle) {
    if let point = finish(handle), point.signal != 0 { GLFence.delete(point.signal) }
  }

  @inline(__always)
  private mutating func finish(_ handle: FenceHandle) -> FencePoint? {
    guard let point = timelines.point(of: handle) else { return nil }
    if point.hasFile, let fence = timelines.fence(handle) { table.retire(fence.id) }
    timelines.complete(handle)
    return point
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

  /// A pending fence and what to ask for. Its GL object stays from `beginAwait` until `endAwait`, lock or not.
  struct AwaitedFence {
    let handle: FenceHandle
    let id: FenceID
    let point: FencePoint
  }

  @inline(__always)
  func pending(_ handle: FenceHandle) -> AwaitedFence? {
    guard let point = timelines.point(of: handle), let fence = timelines.fence(handle) else { return nil }
    return AwaitedFence(handle: handle, id: fence.id, point: point)
  }

  mutating func beginAwait(_ handle: FenceHandle?) -> AwaitedFence? {
    awaited = handle.flatMap { pending($0) }
    return awaited
  }

  /// Ends the wait. It may have been dropped meanwhile.
  mutating func endAwait(_ fence: AwaitedFence, isDone: Bool) {
    if awaited?.handle == fence.handle { awaited = nil }
    if !timelines.isPending(fence.handle) {
      if fence.point.signal != 0 { garbage.append(fence.point.signal) }
    } else if isDone {
      complete(fence.handle)
    }
  }

  /// What the sync thread has to do next.
  enum Step {
    case stop
    /// Watch the files of these, and those with these serials no longer.
    case watch(new: [AwaitedFence], gone: [UInt64])
    /// Sleep on the files.
    case sleep
    /// Ask for fences: this is the oldest.
    case ask(AwaitedFence)
  }

  /// - Parameter watchesAll: no fence with a file has to be asked for.
  mutating func nextStep(watchesAll: Bool) -> Step? {
    if mustStop { return .stop }
    if hasHeadNews { return takeHeadNews() }
    if watchesAll, timelines.withoutFileCount == 0 { return timelines.oldest == nil ? nil : .sleep }
    return beginAwait(timelines.oldest).map { .ask($0) }
  }

  private var hasHeadNews: Bool { timelines.hasNewHeads || !droppedHeads.isEmpty }

  private mutating func takeHeadNews() -> Step {
    defer { droppedHeads = [] }
    return .watch(new: timelines.takeNewHeads().compactMap { pending($0) }, gone: droppedHeads)
  }

  // MARK: Sleep on files

  /// How the sync thread sleeps, or is about to.
  enum Sleep {
    case none
    /// For a moment, because there are fences that it has to ask for.
    case nap
    case long
  }

  private func hasNews(during sleep: Sleep) -> Bool {
    mustStop || hasHeadNews || (sleep == .long && timelines.withoutFileCount > 0)
  }

  /// False: there is news already.
  mutating func begin(_ sleep: Sleep) -> Bool {
    self.sleep = hasNews(during: sleep) ? .none : sleep
    return self.sleep == sleep
  }

  mutating func endSleep() { sleep = .none }

  /// True: it sleeps and has to be woken.
  mutating func endSleepForNews() -> Bool {
    guard sleep != .none, hasNews(during: sleep) else { return false }
    sleep = .none
    return true
  }

  // MARK: Reports

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
