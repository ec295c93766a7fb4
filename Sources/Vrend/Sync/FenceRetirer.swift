import Platform
import Synchronization
import VirtioGPU
import WindowSystems

/// Makes GL fences for the client's fences and reports them when they are done, in one of three ways (FenceDelivery).
///
/// Renderer thread, except for `pollDescriptor`. The client is called without a lock held; after `drop` or `shutDown`
/// returns, no callback begins for what was dropped. A fence is always reported once: if GL or the sync thread fails,
/// early rather than never.
package final class FenceRetirer {
  package let delivery: FenceDelivery
  /// Who writes query results; set by the owner once it exists, and let go by `shutDown`. Not weak: a weak reference
  /// would make every retain of the owner, on the draw path too, a slow one.
  package var queries: (any PendingQueries)?

  private let sink: any FenceSink
  private let log: Log
  private let shared: SharedFences
  private let thread: SyncThread?
  /// Set when the display makes fences in descriptors.
  private let descriptors: EGLDisplayServices?
  private let table: FenceTable
  private var nextSerial: UInt64 = 0

  /// How long a callback may hold up `drop`: the client may hold, across its call, a lock that its callback wants.
  private static var callbackPatienceMilliseconds: UInt64 { 1000 }

  /// - Parameter table: where fences go that exist as sync files.
  ///
  /// With a thread, makes its GL context, for which the first context of the winsys must be current; it is current
  /// again afterwards. When the host cannot give one, delivery falls back to `polled`.
  package init(
    delivery: FenceDelivery, winsys: any Winsys, version: GLContextVersion, root: GLContextHandle,
    sink: any FenceSink, table: FenceTable, log: Log
  ) {
    self.sink = sink
    self.log = log
    self.table = table
    descriptors = winsys.egl.flatMap { $0.hasNativeFences ? $0 : nil }
    var made: (SharedFences, SyncThread)?
    if delivery != .polled {
      do throws(Fault) {
        let shared = SharedFences(event: try SharedFences.makeEvent())
        let reporter = delivery == .threadReports ? sink : nil
        let thread = try SyncThread(
          shared, winsys: winsys, version: version, root: root, reporter: reporter, log: log)
        made = (shared, thread)
      } catch {
        log.warning("no fence thread (\(error.what)): fences are reported by polling")
      }
      _ = winsys.makeCurrent(root)
    }
    self.delivery = made == nil ? .polled : delivery
    shared = made?.0 ?? SharedFences(event: nil)
    thread = made?.1
  }

  deinit { shutDown() }

  /// Readable while `poll` has something to do; -1 without a thread. Borrowed.
  package var pollDescriptor: CInt { shared.eventDescriptor }

  /// Adds a fence after all GL work so far. A GL context that has seen all that work must be current.
  package func create(_ fence: Fence) {
    serveQueries()
    let point = FencePoint(serial: nextSerial, followsQueries: queries?.hasWaiting ?? false)
    nextSerial += 1
    offerDescriptor(fence.id)
    shared.state.change {
      $0.append(fence, point)
      $0.collectGarbage()
    }
  }

  /// Enters the fence into the table for other processes and contexts, if the host can.
  private func offerDescriptor(_ id: FenceID) {
    guard let descriptors, let file = descriptors.makeNativeFence() else { return }
    do throws(Fault) {
      try table.insert(id, file)
    } catch {
      log.debug("\(error.what) (\(error.value))")
    }
  }

  /// Writes query results and, unless a thread does it, reports the fences that are done. A GL context of the share
  /// group must be current.
  package func poll() {
    shared.clearEvent()
    serveQueries()
    queries?.writeWaitingResults(mustWait: false)
    if delivery == .polled { collectDone() }
    shared.state.change { $0.collectGarbage() }
    guard delivery != .threadReports else { return }
    while let fence = shared.state.change({ $0.takeReady() }) { sink.retire(fence) }
  }

  /// Writes the query results that the sync thread waits for. Cheap when it does not: called before every submission.
  @inline(__always)
  package func serveQueries() {
    if shared.wantsQueries { serveQueriesNow() }
  }

  /// Forgets the fences of one context, or all; none of them is reported any more.
  package func drop(_ context: ContextID?) {
    shared.state.change { $0.drop(context) }
    guard let thread, !thread.isCurrent else { return }
    let deadline = Monotonic.now.advanced(milliseconds: Self.callbackPatienceMilliseconds)
    let isQuiet = shared.state.wait(until: deadline) { state in
      state.reporting == nil || (context != nil && state.reporting != context) ? true : nil
    }
    if isQuiet == nil { log.warning("a fence callback of the client has not returned for a second") }
  }

  /// Drops everything and ends the thread. A GL context of the share group must be current.
  package func shutDown() {
    queries = nil
    shared.state.change {
      $0.drop(nil)
      $0.mustStop = true
    }
    thread?.finish()
    shared.state.change { $0.collectGarbage() }
  }

  /// Asks GL which fences are done. Results of queries before a fence are written first.
  private func collectDone() {
    if queries?.hasWaiting == true { queries?.writeWaitingResults(mustWait: false) }
    let mayFollowQueries = queries?.hasWaiting ?? false
    var needsQueries = false
    shared.state.change { state in
      state.collect { point in
        guard point.isDone(within: 0) else { return false }
        guard mayFollowQueries, point.followsQueries else { return true }
        needsQueries = true
        return false
      }
    }
    guard needsQueries else { return }
    // The work before that fence is done, so waiting for its queries does not block.
    queries?.writeWaitingResults(mustWait: true)
    shared.state.change { $0.collect { $0.isDone(within: 0) } }
  }

  @inline(never)
  private func serveQueriesNow() {
    queries?.writeWaitingResults(mustWait: true)
    shared.wantsQueries = false
    shared.state.change { if $0.queries == .wanted { $0.queries = .served } }
  }
}

/// The state of both threads, the eventfd that wakes the client, and a flag that is read without the lock.
final class SharedFences: Sendable {
  let state = Monitor(FenceState())
  private let event: EventDescriptor?
  private let queryFlag = Atomic<Bool>(false)

  init(event: consuming EventDescriptor?) { self.event = event }

  static func makeEvent() throws(Fault) -> EventDescriptor {
    do throws(Errno) {
      return try EventDescriptor()
    } catch {
      throw Fault(.outOfMemory, "no eventfd", UInt64(error.code))
    }
  }

  var eventDescriptor: CInt {
    switch event {
    case .some(let event): event.raw
    case nil: -1
    }
  }
  func signalEvent() {
    switch event {
    case .some(let event): event.signal()
    case nil: break
    }
  }

  func clearEvent() {
    switch event {
    case .some(let event): event.clear()
    case nil: break
    }
  }

  var wantsQueries: Bool {
    get { queryFlag.load(ordering: .acquiring) }
    set { queryFlag.store(newValue, ordering: .releasing) }
  }
}
