import Platform
import Synchronization
import VirtioGPU
import WindowSystems

/// Work of all contexts that waits for sync files which GL cannot wait for, or for fences behind such work.
///
/// Renderer thread. A thread sleeps until a sync file signals; it only raises a flag and wakes the client, because the
/// work belongs to GL contexts of the renderer thread: it runs at the next call that comes in (`serve`).
///
/// Waits form no circle: a submission can only wait for fences that were created before it.
final class HeldWork {
  private let fences: FenceRetirer
  private let log: Log
  /// How long a client that gets callbacks by itself may leave ready work alone, in milliseconds.
  private let patience: UInt64
  /// Set when GL can wait for sync files by itself.
  private let server: EGLDisplayServices?
  private let signals = HeldSignals()
  private var waiter: DescriptorWaiter?

  /// Those with held work.
  @exclusivity(unchecked) private var contexts: [VrendContext] = []
  /// Device-wide fences behind held work, each with the last ticket before it.
  @exclusivity(unchecked) private var globals: [(fence: FenceHandle, after: UInt64)] = []
  private var lastTicket: UInt64 = 0
  private var cost = 0
  private var descriptorCount = 0
  private var isAdvancing = false

  /// Bytes of held work of all contexts.
  private static var costLimit: Int { 128 << 20 }
  /// Sync files that are kept at once: a VMM has about a thousand descriptors for everything.
  private static var descriptorLimit: Int { 256 }
  /// How often a wait is reported.
  private static var stuckMilliseconds: UInt64 { 10_000 }

  init(fences: FenceRetirer, egl: EGLDisplayServices?, patience: UInt64, log: Log) {
    self.fences = fences
    self.patience = patience
    self.log = log
    server = egl.flatMap { $0.waitsForNativeFences ? $0 : nil }
  }

  /// Something is held somewhere.
  var isHolding: Bool { !contexts.isEmpty || !globals.isEmpty }

  /// Submissions, fences and transfers that wait, in bytes of memory.
  var bytes: Int { cost }

  // MARK: Waits

  /// Accepts new waits: all of them or none.
  func adopt(_ waits: [FenceDependency]) throws(Fault) {
    let files = waits.files
    guard descriptorCount + files.count <= Self.descriptorLimit else {
      throw Fault(.outOfMemory, "too many sync files are waited for", UInt64(descriptorCount))
    }
    if server == nil {
      for (index, file) in files.enumerated() {
        do throws(Fault) {
          try watch(file)
        } catch {
          for watched in files.prefix(index) { waiter?.forget(watched) }
          throw error
        }
      }
    }
    descriptorCount += files.count
  }

  private func watch(_ file: WatchedDescriptor) throws(Fault) {
    do throws(Errno) {
      try requireWaiter().watch(file)
    } catch {
      throw Fault(.outOfMemory, "a sync file cannot be waited for", UInt64(error.code))
    }
  }

  private func requireWaiter() throws(Errno) -> DescriptorWaiter {
    if let waiter { return waiter }
    let isClientCalledBack = fences.delivery == .threadReports
    let made = try DescriptorWaiter(
      name: "vrend-wait", interval: Self.stuckMilliseconds,
      onReady: { [signals, wake = fences.wakeClient] in
        signals.raise()
        wake()
      },
      onTick: { [signals, log, patience, release = fences.lateRelease] overdue in
        for seconds in overdue { log.warning("a submission has waited for a sync file for \(seconds) s") }
        guard signals.isRaised else { return false }
        if isClientCalledBack, signals.isLate(patience) {
          log.warning("held work is late: the client does not poll")
          release()
        }
        return true
      })
    waiter = made
    return made
  }

  /// Ends waits that are over or not wanted any more. Every adopted one comes here once.
  func forget(_ waits: [FenceDependency]) {
    for file in waits.files {
      waiter?.forget(file)
      descriptorCount -= 1
    }
  }

  /// Whether work may be given to GL now; what is still to be waited for, GL waits for then. The context's GL context
  /// becomes current.
  func areOver(_ waits: [FenceDependency], for context: VrendContext) -> Bool {
    for wait in waits {
      switch wait {
      case .file(let file): if server == nil, !file.check() { return false }
      case .fence(let handle): if fences.isHeld(handle) { return false }
      }
    }
    guard context.renderer.makeCurrent(context.current) else { return true }
    for wait in waits {
      switch wait {
      case .file(let file): waitOnServer(file)
      case .fence(let handle): fences.order(after: handle)
      }
    }
    return true
  }

  /// A host that promises this and refuses is not waited for: its driver has failed.
  private func waitOnServer(_ file: WatchedDescriptor) {
    guard let server, !file.check() else { return }
    if !file.withFile({ server.waitOnServer(for: $0) }) { log.warning("the host refused to wait for a sync file") }
  }

  // MARK: Holding

  /// Puts an item behind the context's held work. - Throws: `outOfMemory` beyond the limits.
  func hold(_ item: HeldItem, of context: VrendContext) throws(Fault) {
    try requireRoom(item.cost, of: context)
    holdAnyway(item, of: context)
  }

  /// For items that are large: before they are made.
  func requireRoom(_ bytes: Int, of context: VrendContext) throws(Fault) {
    guard bytes <= context.held.room, bytes <= Self.costLimit - cost else {
      throw Fault(.outOfMemory, "too much work waits for fences", UInt64(cost))
    }
  }

  /// As `hold` for what cannot be refused.
  func holdAnyway(_ item: HeldItem, of context: VrendContext) {
    if !context.held.isHolding { contexts.append(context) }
    lastTicket += 1
    cost += item.cost
    context.held.append(item, ticket: lastTicket)
  }

  /// A device-wide fence is done after everything that was asked for before it.
  func holdGlobal(_ fence: Fence) {
    globals.append((fences.createHeld(fence, on: fences.globalTimeline), lastTicket))
  }

  // MARK: Going on

  /// Runs what need not wait any more. Costs a load when there is nothing.
  @inline(__always)
  func serve(_ renderer: VrendRenderer) {
    if signals.isRaised { advance(renderer) }
  }

  @inline(never)
  func advance(_ renderer: VrendRenderer) {
    guard !isAdvancing else { return }
    isAdvancing = true
    defer { isAdvancing = false }
    signals.clear()
    guard isHolding else { return }
    // The client may have come here from anywhere.
    renderer.forgetCurrent()
    while advanceContexts() || releaseGlobals(renderer) {}
    renderer.ensureCurrent()
  }

  private func advanceContexts() -> Bool {
    var isAnyDone = false
    for context in contexts where advance(context) { isAnyDone = true }
    contexts.removeAll { !$0.held.isHolding }
    return isAnyDone
  }

  private func advance(_ context: VrendContext) -> Bool {
    var isAnyDone = false
    while let item = context.held.first {
      if case .submission(_, let waits) = item {
        guard areOver(waits, for: context) else { break }
        forget(waits)
      }
      cost -= item.cost
      context.held.removeFirst()
      context.runHeld(item)
      isAnyDone = true
    }
    return isAnyDone
  }

  private func releaseGlobals(_ renderer: VrendRenderer) -> Bool {
    let oldest = contexts.lazy.compactMap(\.held.oldestTicket).min() ?? .max
    let count = globals.prefix { $0.after < oldest }.count
    guard count > 0 else { return false }
    let ready = globals.prefix(count).map(\.fence)
    globals.removeFirst(count)
    renderer.ensureCurrent()
    for fence in ready { fences.release(fence) }
    return true
  }

  // MARK: Giving up

  /// Forgets the held work of a context that ends, and its waits.
  func drop(_ context: VrendContext) {
    forget(context.held.takeWaits())
    while let item = context.held.first {
      if case .submission(_, let waits) = item { forget(waits) }
      cost -= item.cost
      context.held.removeFirst()
    }
    contexts.removeAll { $0 === context }
  }

  /// The fences themselves were dropped.
  func dropGlobals() { globals = [] }

  func shutDown() {
    waiter?.finish()
    waiter = nil
  }
}

/// What the waiting thread tells the renderer thread.
private final class HeldSignals: Sendable {
  private let flag = Atomic<Bool>(false)
  private let since = Atomic<UInt64>(0)

  @inline(__always) var isRaised: Bool { flag.load(ordering: .acquiring) }

  func raise() {
    guard !isRaised else { return }
    since.store(Monotonic.now.nanoseconds, ordering: .relaxed)
    flag.store(true, ordering: .releasing)
  }

  func clear() { flag.store(false, ordering: .releasing) }

  func isLate(_ milliseconds: UInt64) -> Bool {
    Monotonic(nanoseconds: since.load(ordering: .relaxed)).advanced(milliseconds: milliseconds) <= .now
  }
}

extension [FenceDependency] {
  fileprivate var files: [WatchedDescriptor] {
    compactMap { if case .file(let file) = $0 { file } else { nil } }
  }
}
