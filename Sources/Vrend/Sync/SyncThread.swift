import GLDriver
import Platform
import VirtioGPU
import WindowSystems

/// The thread "vrend-sync": waits for GL fences with a GL context of its own.
///
/// Made and finished on the renderer thread. It reports through its reporter, or leaves the fences to `poll`.
///
/// GL can wait for one fence at a time. The thread waits for the oldest in short slices and looks at the first fence of
/// every other timeline between them, so that no timeline waits for another's work for longer than a slice.
final class SyncThread {
  private let shared: SharedFences
  private let contexts: any GLContextSource
  private let context: GLContextHandle
  private let thread: WorkerThread

  /// How long a fence is held back for query results that only the renderer thread can read. The reference's number.
  private static var queryPatienceMilliseconds: UInt64 { 5000 }

  init(
    _ shared: SharedFences, contexts: any GLContextSource, version: GLContextVersion, root: GLContextHandle,
    reporter: FenceReporter, reports: Bool
  ) throws(Fault) {
    guard let context = contexts.createContext(version, sharing: root) else {
      throw Fault(.outOfMemory, "no GL context for it")
    }
    self.shared = shared
    self.contexts = contexts
    self.context = context

    // Whether the context can be current over there is known there only.
    let isBound = Monitor<Bool?>(nil)
    do throws(Errno) {
      thread = try WorkerThread(name: "vrend-sync") {
        let bound = contexts.makeCurrent(context)
        isBound.change { $0 = bound }
        guard bound else { return }
        SyncThread.run(shared, reporter, reports: reports)
        _ = contexts.makeCurrent(nil)
      }
    } catch {
      contexts.destroyContext(context)
      throw Fault(.outOfMemory, "pthread_create failed", UInt64(error.code))
    }
    if isBound.wait({ $0 }) != true {
      thread.join()
      contexts.destroyContext(context)
      throw Fault(.noDevice, "its GL context cannot be made current")
    }
  }

  var isCurrent: Bool { thread.isCurrent }

  /// Joins the thread, which was told to stop, and destroys its context.
  func finish() {
    guard !isFinished else { return }
    isFinished = true
    thread.join()
    contexts.destroyContext(context)
  }

  private var isFinished = false

  // MARK: On the thread

  private enum Work {
    case stop
    case await(FenceState.AwaitedFence, isAlone: Bool)
  }

  private static func run(_ shared: SharedFences, _ reporter: FenceReporter, reports: Bool) {
    var pace = WaitPace()
    while true {
      let work: Work? = shared.state.wait { state in
        if state.mustStop { return .stop }
        let isAlone = state.timelines.activeCount == 1
        return state.beginAwait(state.timelines.oldest).map { .await($0, isAlone: isAlone) }
      }
      guard case .await(let fence, let isAlone) = work else { return }
      let isDone = GLFence.isDone(fence.point.signal, within: pace.nanoseconds(isAlone: isAlone))
      finishWait(fence, isDone, shared, reporter, reports)
      if isDone {
        pace.reset()
        continue
      }
      if checkOthers(shared, reporter, reports) { pace.reset() } else { pace.slowDown() }
      if let stuck = shared.state.update({ $0.stuckFence() }) { reporter.warnStuck(stuck) }
    }
  }

  /// Looks at the first fence of each timeline. True: one was done although it is not the oldest.
  private static func checkOthers(_ shared: SharedFences, _ reporter: FenceReporter, _ reports: Bool) -> Bool {
    var isAnyDone = false
    var turns = shared.state.update { $0.timelines.activeCount }
    while turns > 1 {
      turns -= 1
      guard let fence = shared.state.update({ $0.beginAwait($0.headInTurn()) }) else { continue }
      let isDone = GLFence.isDone(fence.point.signal, within: 0)
      finishWait(fence, isDone, shared, reporter, reports)
      if isDone { isAnyDone = true }
    }
    return isAnyDone
  }

  private static func finishWait(
    _ fence: FenceState.AwaitedFence, _ isDone: Bool, _ shared: SharedFences, _ reporter: FenceReporter, _ reports: Bool
  ) {
    if isDone, fence.point.followsQueries { waitForQueries(shared, reporter.log) }
    if !reports {
      let isFirst = shared.state.update { state in
        let hadReady = state.timelines.hasReady
        state.endAwait(isDone: isDone)
        return !hadReady && state.timelines.hasReady
      }
      // The client takes all that is ready until there is no more: it is woken for the first.
      if isFirst { shared.signalEvent() }
      return
    }
    var next = shared.state.update { state in
      state.endAwait(isDone: isDone)
      return take(&state)
    }
    while let (fence, life) = next {
      reporter.report(fence, life)
      // Wakes who waits for the end of the callback.
      next = shared.state.change { take(&$0) }
    }
  }

  private static func take(_ state: inout FenceState) -> (Fence, FenceTimes.Life?)? {
    state.beginReport().map { ($0, state.timelines.times.lastLife) }
  }

  /// Lets the renderer thread write query results; only it can make the contexts current that own the queries.
  private static func waitForQueries(_ shared: SharedFences, _ log: Log) {
    shared.state.change { $0.queries = .wanted }
    shared.wantsQueries = true
    shared.signalEvent()
    let deadline = Monotonic.now.advanced(milliseconds: queryPatienceMilliseconds)
    let isServed = shared.state.wait(until: deadline) { state in
      state.queries == .served || state.mustStop ? true : nil
    }
    shared.state.change { $0.queries = .none }
    if isServed == nil { log.warning("query results are late: the client does not poll") }
  }
}

/// How long to wait for one fence before looking at others: longer and longer while that finds nothing.
///
/// The longest is what another timeline may have to wait, and how fast `finish` is while the GPU hangs.
private struct WaitPace {
  private var slice = shortest

  private static var shortest: UInt64 { 1_000_000 }
  private static var longest: UInt64 { 8_000_000 }
  private static var alone: UInt64 { 32_000_000 }

  /// Nanoseconds. Short waits are dear: every one of them sets a timer, in a virtual machine by leaving it.
  ///
  /// - Parameter isAlone: no other timeline has fences just now.
  func nanoseconds(isAlone: Bool) -> UInt64 { isAlone ? Self.alone : slice }

  mutating func reset() { slice = Self.shortest }
  mutating func slowDown() { slice = min(slice * 2, Self.longest) }
}
