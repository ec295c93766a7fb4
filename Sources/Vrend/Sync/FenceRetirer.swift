import Platform
import VirtioGPU
import WindowSystems

extension NativeFence: SharableFence {}
extension EGLDisplayServices: SharableFenceSource {
  package func makeSharableFence() -> (any SharableFence)? { makeNativeFence() }
}

/// Makes GL fences for the client's fences and reports them when they are done, in one of three ways (FenceDelivery).
///
/// Renderer thread, except where it says otherwise. The client is called without a lock held; after `remove`, `dropAll`
/// or `shutDown` returns, no callback begins for what was dropped. A fence is always reported once: if GL or the sync
/// thread fails, early rather than never.
package final class FenceRetirer {
  package let delivery: FenceDelivery
  /// Who writes query results; set by the owner once it exists, and let go by `shutDown`. Not weak: a weak reference
  /// would make every retain of the owner, on the draw path too, a slow one.
  @exclusivity(unchecked) package var queries: (any PendingQueries)?
  /// The device-wide timeline.
  package let globalTimeline: TimelineSlot

  private let sink: any FenceSink
  private let reporter: FenceReporter
  private let measures: Bool
  private let waitingQueries: QueryTally
  private let shared: SharedFences
  private let thread: SyncThread?
  /// The fences when there is no thread: no lock is needed then.
  @exclusivity(unchecked) private var local: FenceState
  /// What makes fences that have sync files; nil when the host has none.
  private let source: (any SharableFenceSource)?
  /// Where they are.
  private let table: FenceTable
  @exclusivity(unchecked) private var fruitlessPolls: UInt32 = 0

  /// How long a callback may hold up `remove`: the client may hold, across its call, a lock that its callback wants.
  private static var callbackPatienceMilliseconds: UInt64 { 1000 }
  /// Timelines whose first fence a poll looks at beside the oldest fence.
  private static var turnsPerPoll: Int { 4 }
  /// Polls in a row that found nothing before the clock is asked whether a fence is stuck.
  private static var pollsPerClock: UInt32 { 64 }

  /// - Parameters:
  ///   - source: what makes fences that have sync files; nil when the host has none.
  ///   - table: where those go.
  ///   - waitingQueries: how many results `queries` has still to write.
  ///   - patience: how long a fence is held back for query results that only the renderer thread can read, in
  ///     milliseconds.
  ///   - measures: note when fences are created, done and reported.
  ///
  /// With a thread, makes its GL context, for which the first context of the winsys must be current; it is current
  /// again afterwards. When the host cannot give one, delivery falls back to `polled`.
  package init(
    delivery: FenceDelivery, winsys: any Winsys, version: GLContextVersion, root: GLContextHandle,
    sink: any FenceSink, source: (any SharableFenceSource)?, table: FenceTable, waitingQueries: QueryTally,
    measures: Bool = false, patience: UInt64 = 5000, log: Log
  ) {
    let reporter = FenceReporter(sink: sink, log: log)
    self.reporter = reporter
    self.sink = sink
    self.table = table
    self.measures = measures
    self.waitingQueries = waitingQueries
    self.source = source
    let watchesFiles = source != nil && delivery != .polled
    func makeState() -> FenceState { FenceState(measures: measures, table: table, watchesFiles: watchesFiles) }
    local = makeState()
    globalTimeline = local.globalTimeline
    var made: (SharedFences, SyncThread)?
    if delivery != .polled {
      do throws(Fault) {
        let shared = try SharedFences(makeState(), hasFiles: watchesFiles)
        let loop = SyncLoop(
          shared: shared, table: table, reporter: reporter, reports: delivery == .threadReports, patience: patience)
        let thread = try SyncThread(
          loop, contexts: winsys.contextsForThreads(), version: version, root: root)
        made = (shared, thread)
      } catch {
        log.warning("no fence thread (\(error.what)): fences are reported by polling")
      }
      _ = winsys.makeCurrent(root)
    }
    self.delivery = made == nil ? .polled : delivery
    shared = made?.0 ?? SharedFences(makeState())
    thread = made?.1
  }

  deinit { shutDown() }

  /// Readable while `poll` has something to do; -1 without a thread. Borrowed.
  package var pollDescriptor: CInt { shared.eventDescriptor }

  private var hasWaitingQueries: Bool { waitingQueries.count > 0 }

  /// For what the sync thread does not wait for: waking it would cost more than the rest.
  @inline(__always)
  private func access<Result>(_ body: (inout FenceState) -> Result) -> Result {
    thread == nil ? body(&local) : shared.state.update(body)
  }

  /// For new work of the sync thread.
  @inline(__always)
  private func change<Result>(_ body: (inout FenceState) -> Result) -> Result {
    thread == nil ? body(&local) : shared.change(body)
  }

  // MARK: Timelines

  /// A timeline of a context, until `remove`.
  package func makeTimeline() -> TimelineSlot { access { $0.makeTimeline() } }

  /// Forgets a context's timeline; none of its fences is reported any more.
  package func remove(_ slot: TimelineSlot, of context: ContextID) {
    change { $0.remove(slot) }
    awaitCallback(of: context)
  }

  /// Forgets all fences; none of them is reported any more.
  package func dropAll() {
    change { $0.dropAll() }
    awaitCallback(of: nil)
  }

  /// Waits for the end of a callback for a context, or any.
  private func awaitCallback(of context: ContextID?) {
    guard let thread, !thread.isCurrent else { return }
    let deadline = Monotonic.now.advanced(milliseconds: Self.callbackPatienceMilliseconds)
    let isQuiet = shared.state.wait(until: deadline) { state in
      state.reporting == nil || (context != nil && state.reporting != context) ? true : nil
    }
    if isQuiet == nil { reporter.log.warning("a fence callback of the client has not returned for a second") }
  }

  /// Drops everything and ends the thread. A GL context of the share group must be current.
  package func shutDown() {
    queries = nil
    change {
      $0.dropAll()
      $0.mustStop = true
    }
    thread?.finish()
    collectGarbage()
  }

  // MARK: Creation

  /// Adds a fence after all GL work so far. A GL context that has seen all that work must be current.
  package func create(_ fence: Fence, on slot: TimelineSlot) {
    let point = makePoint(fence.id)
    guard thread != nil else {
      local.append(fence, to: slot, point)
      return
    }
    let garbage = shared.change { state in
      state.append(fence, to: slot, point)
      return state.takeGarbage()
    }
    if let garbage { delete(garbage) }
  }

  /// Adds a fence after work that has not been given to GL yet.
  package func createHeld(_ fence: Fence, on slot: TimelineSlot) -> FenceHandle {
    access { $0.append(fence, to: slot, nil) }
  }

  /// Makes a held fence one after all GL work so far; see `create`.
  package func release(_ handle: FenceHandle) {
    guard let fence = access({ $0.timelines.fence(handle) }) else { return }
    let point = makePoint(fence.id)
    change { $0.release(handle, point, of: fence.id) }
  }

  /// Counts every held fence as done, so that the sync thread reports them. Any thread.
  var lateRelease: @Sendable () -> Void { { [shared] in shared.change { $0.releaseAllHeld() } } }

  private func makePoint(_ id: FenceID) -> FencePoint {
    serveQueries()
    let followsQueries = hasWaitingQueries
    if source != nil, makeSharable(id) { return FencePoint(signal: 0, hasFile: true, followsQueries: followsQueries) }
    return FencePoint(signal: GLFence.make(), followsQueries: followsQueries)
  }

  /// Makes the fence one that has sync files, in the table. False when the host refuses, or the table: it has too many,
  /// or one of another timeline under this id.
  private func makeSharable(_ id: FenceID) -> Bool {
    guard let fence = source?.makeSharableFence() else { return false }
    do throws(Fault) {
      try table.insert(id, fence)
    } catch {
      reporter.log.debug("\(error.what) (\(error.value))")
      return false
    }
    GLFence.flush()
    return true
  }

  // MARK: Fences as conditions

  /// A fence that is not reported yet, by the VMM's id.
  package func find(_ id: FenceID) -> (handle: FenceHandle, timeline: TimelineKey)? { access { $0.find(id) } }

  /// Whether the work before a fence is waiting to be given to GL.
  package func isHeld(_ handle: FenceHandle) -> Bool { access { $0.timelines.isHeld(handle) } }

  /// Orders later work of the current GL context behind a fence that is not held, in the GPU.
  ///
  /// Work of all contexts goes through one thread, and each switch between their GL contexts is ordered already; but
  /// not around `virgl_renderer_force_ctx_0`, after which it is unknown what was current.
  package func order(after handle: FenceHandle) {
    guard let (point, fence) = access({ state in
      state.timelines.point(of: handle).flatMap { point in state.timelines.fence(handle).map { (point, $0) } }
    }) else { return }
    if point.hasFile { table.find(fence.id)?.orderLaterWork() } else { GLFence.order(after: point.signal) }
  }

  // MARK: Delivery

  /// Writes query results and, unless a thread does it, reports the fences that are done. A GL context of the share
  /// group must be current.
  package func poll() {
    if thread == nil { pollHere() } else { pollWithThread() }
    collectGarbage()
  }

  private func pollWithThread() {
    shared.clearEvent()
    serveQueries()
    if hasWaitingQueries { queries?.writeWaitingResults(mustWait: false) }
    if delivery == .threadThenPolled { reportReady() }
  }

  private func reportReady() {
    while let (fence, life) = shared.state.update({ state in
      state.takeReady().map { ($0, state.timelines.times.lastLife) }
    }) {
      reporter.report(fence, life)
    }
  }

  private func pollHere() {
    if hasWaitingQueries { queries?.writeWaitingResults(mustWait: false) }
    var isFruitless = true
    while let oldest = local.timelines.oldest, completeIfDone(oldest) { isFruitless = false }
    if local.timelines.activeCount > 1, checkOthers() { isFruitless = false }
    if isFruitless { noteFruitlessPoll() }
    while let fence = local.takeReady() {
      if measures { reporter.trace(local.timelines.times.lastLife) }
      sink.retire(fence)
    }
  }

  /// Looks at a few timelines in turn, for work that overtook older work of others.
  private func checkOthers() -> Bool {
    var isAnyDone = false
    for _ in 0..<min(local.timelines.activeCount - 1, Self.turnsPerPoll) {
      var head = local.headInTurn()
      while let fence = head, fence != local.timelines.oldest {
        head = local.timelines.successor(of: fence)
        guard completeIfDone(fence) else { break }
        isAnyDone = true
      }
    }
    return isAnyDone
  }

  /// Asks GL. Results of queries before the fence are written first, which does not block: their work is done.
  @inline(__always)
  private func completeIfDone(_ handle: FenceHandle) -> Bool {
    guard let point = local.timelines.point(of: handle),
      point.hasFile ? hasSignalled(handle) : GLFence.isDone(point.signal)
    else { return false }
    if point.followsQueries, hasWaitingQueries { queries?.writeWaitingResults(mustWait: true) }
    local.completeHere(handle)
    return true
  }

  @inline(never)
  private func hasSignalled(_ handle: FenceHandle) -> Bool {
    local.pending(handle).map { $0.point.isDone($0.id, table) } ?? false
  }

  private func noteFruitlessPoll() {
    fruitlessPolls &+= 1
    guard fruitlessPolls % Self.pollsPerClock == 0, let stuck = local.stuckFence() else { return }
    reporter.warnStuck(stuck)
  }

  /// Writes the query results that the sync thread waits for. Cheap when it does not.
  @inline(__always)
  package func serveQueries() {
    if thread != nil, shared.wantsQueries { serveQueriesNow() }
  }

  @inline(never)
  private func serveQueriesNow() {
    queries?.writeWaitingResults(mustWait: true)
    shared.wantsQueries = false
    shared.state.change { if $0.queries == .wanted { $0.queries = .served } }
  }

  /// Wakes the client for `poll`. Any thread.
  var wakeClient: @Sendable () -> Void { { [shared] in shared.signalEvent() } }

  private func collectGarbage() {
    if source != nil { table.releaseEnded() }
    if let garbage = access({ $0.takeGarbage() }) { delete(garbage) }
  }

  private func delete(_ garbage: [UInt]) {
    for signal in garbage { GLFence.delete(signal) }
  }

  // MARK: Figures

  /// Fences that are not reported yet, and how long the reported ones took.
  package var figures: (outstanding: Int, latency: FenceTimes.Histogram) {
    access { ($0.timelines.pendingCount, $0.timelines.times.histogram) }
  }
}
