import Platform
import VirtioGPU

/// What the thread "vrend-sync" does: waits for fences, and reports them or leaves them to `poll`.
///
/// It sleeps on the sync files of fences that have them. The others are GL's, which can wait for one at a time: for the
/// oldest, the next in most hosts' order, in slices; between them the thread looks at the first fence of every other
/// timeline (WaitPace).
struct SyncLoop: Sendable {
  let shared: SharedFences
  let table: FenceTable
  let reporter: FenceReporter
  /// Reports by itself; otherwise it wakes the client.
  let reports: Bool
  /// How long a fence is held back for query results that only the renderer thread can read, in milliseconds.
  let patience: UInt64

  /// Timelines to look at after a fence was done: enough to notice soon that work overtakes.
  private static var looksPerFence: Int { 4 }

  /// Returns once told to stop and the wait under way is over. A GL context of the share group must be current.
  func run() {
    var pace = WaitPace()
    var watch = HeadWatch(shared)
    while let step = shared.state.wait({ $0.nextStep(watchesAll: watch.isComplete) }) {
      switch step {
      case .stop: return
      case .watch(let new, let gone):
        for serial in gone { watch.remove(serial) }
        for fence in new { begin(fence, &watch) }
        continue
      case .sleep: sleep(&watch, .long, StuckWatch.intervalMilliseconds)
      case .ask(let oldest): ask(oldest, &pace, &watch)
      }
      if let stuck = shared.state.update({ $0.stuckFence() }) { reporter.warnStuck(stuck) }
    }
  }

  // MARK: Fences with sync files

  private func begin(_ fence: FenceState.AwaitedFence, _ watch: inout HeadWatch) {
    guard let sharable = table.find(fence.id), !sharable.isSignalled else { return finish(fence) }
    watch.add(fence, sharable.makeFile())
  }

  private func sleep(_ watch: inout HeadWatch, _ kind: FenceState.Sleep, _ milliseconds: UInt64) {
    for fence in watch.sleep(kind, milliseconds: CInt(clamping: milliseconds)) { finish(fence) }
  }

  // MARK: Fences that have to be asked for

  private func ask(_ oldest: FenceState.AwaitedFence, _ pace: inout WaitPace, _ watch: inout HeadWatch) {
    let outcome = wait(oldest, pace.slice, &watch)
    end(oldest, isDone: outcome != .pending, &watch)
    let foundOvertaking = lookAtOthers(atMost: outcome != .pending ? Self.looksPerFence : .max, &watch)
    pace.adapt(foundOvertaking: foundOvertaking, hasWaited: outcome != .wasDone)
  }

  /// Waits for the oldest fence, and in the files for all.
  private func wait(
    _ oldest: FenceState.AwaitedFence, _ nanoseconds: UInt64, _ watch: inout HeadWatch
  ) -> GLFence.Outcome {
    guard oldest.point.hasFile else {
      defer { sleep(&watch, .nap, 0) }
      return GLFence.wait(oldest.point.signal, atMost: nanoseconds)
    }
    sleep(&watch, .nap, nanoseconds / 1_000_000)
    return oldest.point.isDone(oldest.id, table) ? .cameDuringWait : .pending
  }

  /// Looks at the first fence of other timelines in turn. True: one was done before the oldest.
  private func lookAtOthers(atMost limit: Int, _ watch: inout HeadWatch) -> Bool {
    var foundOvertaking = false
    var looks = min(limit, shared.state.update { $0.timelines.activeCount } - 1)
    while looks > 0 {
      looks -= 1
      let (found, oldest) = shared.state.update { ($0.beginAwait($0.headInTurn()), $0.timelines.oldest) }
      guard let fence = found else { continue }
      let isDone = fence.point.isDone(fence.id, table)
      end(fence, isDone: isDone, &watch)
      if isDone, fence.handle != oldest { foundOvertaking = true }
    }
    return foundOvertaking
  }

  // MARK: Ends

  /// Ends the question for a fence.
  private func end(_ fence: FenceState.AwaitedFence, isDone: Bool, _ watch: inout HeadWatch) {
    guard isDone else { return shared.state.update { $0.endAwait(fence, isDone: false) } }
    if fence.point.hasFile { watch.remove(fence.handle.serial) }
    finish(fence)
  }

  /// A fence has signalled: it is ready, and reported if that is for this thread.
  private func finish(_ fence: FenceState.AwaitedFence) {
    // Nobody needs results before a fence that was dropped.
    if fence.point.followsQueries, shared.state.update({ $0.timelines.isPending(fence.handle) }) { waitForQueries() }
    if !reports {
      let isFirst = shared.state.update { state in
        let hadReady = state.timelines.hasReady
        state.endAwait(fence, isDone: true)
        return !hadReady && state.timelines.hasReady
      }
      // The client takes all that is ready until there is no more: it is woken for the first.
      if isFirst { shared.signalEvent() }
      return
    }
    var next = shared.state.update { state in
      state.endAwait(fence, isDone: true)
      return Self.take(&state)
    }
    while let (fence, life) = next {
      reporter.report(fence, life)
      // Wakes who waits for the end of the callback.
      next = shared.state.change { Self.take(&$0) }
    }
  }

  private static func take(_ state: inout FenceState) -> (Fence, FenceTimes.Life?)? {
    state.beginReport().map { ($0, state.timelines.times.lastLife) }
  }

  /// Lets the renderer thread write query results; only it can make the contexts current that own the queries.
  private func waitForQueries() {
    shared.state.change { $0.queries = .wanted }
    shared.wantsQueries = true
    shared.signalEvent()
    let deadline = Monotonic.now.advanced(milliseconds: patience)
    let isServed = shared.state.wait(until: deadline) { state in
      state.queries == .served || state.mustStop ? true : nil
    }
    shared.state.change { $0.queries = .none }
    if isServed == nil { reporter.log.warning("query results are late: the client does not poll") }
  }
}

/// How long to wait for the oldest fence before looking at other timelines.
///
/// A slice that ends without news costs a wake-up. A short one costs even when the fence comes first: its timer is the
/// next to fire, so the kernel sets the clock for it and back, and in a virtual machine that means leaving it twice. So
/// slices grow, until work overtakes older work of others, for then the next may do so too: it is reported late by at
/// most a quarter of the waits since that last happened.
private struct WaitPace {
  /// Nanoseconds of slices, used up or not, since work overtook.
  private var quiet: UInt64 = 0

  private static var shortest: UInt64 { 1_000_000 }
  /// What the first fence that overtakes may have to wait, and how long the end takes while the GPU hangs.
  private static var longest: UInt64 { 100_000_000 }

  /// Nanoseconds.
  var slice: UInt64 { min(max(quiet / 4, Self.shortest), Self.longest) }

  mutating func adapt(foundOvertaking: Bool, hasWaited: Bool) {
    if foundOvertaking {
      quiet = 0
    } else if hasWaited {
      quiet = min(quiet + slice, Self.longest * 4)
    }
  }
}
