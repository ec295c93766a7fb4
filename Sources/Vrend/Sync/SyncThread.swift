import GLDriver
import Platform
import VirtioGPU
import WindowSystems

/// The thread "vrend-sync": waits for GL fences with a GL context of its own, oldest first.
///
/// Made and finished on the renderer thread. It reports through its sink, or leaves the fences to `poll`.
final class SyncThread {
  private let shared: SharedFences
  private let winsys: any Winsys
  private let context: GLContextHandle
  private let thread: WorkerThread

  /// A wait for the GPU is cut into pieces so that a hung GPU cannot hold up `finish`.
  private static var sliceNanoseconds: UInt64 { 100_000_000 }
  /// How long a fence is held back for query results that only the renderer thread can read. The reference's number.
  private static var queryPatienceMilliseconds: UInt64 { 5000 }

  init(
    _ shared: SharedFences, winsys: any Winsys, version: GLContextVersion, root: GLContextHandle,
    reporter: (any FenceSink)?, log: Log
  ) throws(Fault) {
    guard let context = winsys.createContext(version, sharing: root) else {
      throw Fault(.outOfMemory, "no GL context for it")
    }
    self.shared = shared
    self.winsys = winsys
    self.context = context

    // Whether the context can be current over there is known there only.
    let isBound = Monitor<Bool?>(nil)
    do throws(Errno) {
      thread = try WorkerThread(name: "vrend-sync") {
        let bound = winsys.makeCurrent(context)
        isBound.change { $0 = bound }
        guard bound else { return }
        SyncThread.run(shared, reporter: reporter, log: log)
        _ = winsys.makeCurrent(nil)
      }
    } catch {
      winsys.destroyContext(context)
      throw Fault(.outOfMemory, "pthread_create failed", UInt64(error.code))
    }
    if isBound.wait({ $0 }) != true {
      thread.join()
      winsys.destroyContext(context)
      throw Fault(.noDevice, "its GL context cannot be made current")
    }
  }

  var isCurrent: Bool { thread.isCurrent }

  /// Joins the thread, which was told to stop, and destroys its context.
  func finish() {
    guard !isFinished else { return }
    isFinished = true
    thread.join()
    winsys.destroyContext(context)
  }

  private var isFinished = false

  // MARK: On the thread

  private enum Work {
    case stop
    case await(FencePoint)
  }

  private static func run(_ shared: SharedFences, reporter: (any FenceSink)?, log: Log) {
    while true {
      let work: Work? = shared.state.wait { state in
        if state.mustStop { return .stop }
        return state.awaitOldest().map { .await($0) }
      }
      guard case .await(let point) = work else { return }
      while !point.isDone(within: sliceNanoseconds) {
        if shared.state.read({ $0.mustStop }) { break }
      }
      if point.followsQueries { waitForQueries(shared, log) }
      shared.state.change { state in
        state.endAwait()
        state.collect { $0.serial <= point.serial || (!$0.followsQueries && $0.isDone(within: 0)) }
      }
      if let reporter { report(shared, to: reporter) } else { shared.signalEvent() }
    }
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

  private static func report(_ shared: SharedFences, to reporter: any FenceSink) {
    while let fence = shared.state.change({ $0.mustStop ? $0.endReport() : $0.beginReport() }) {
      reporter.retire(fence)
    }
  }
}
