import CHostShims
import Synchronization

/// A descriptor somebody waits for: readable, or hung up, once.
package final class WatchedDescriptor: Sendable {
  fileprivate let file: SyncFile
  private let ready = Atomic<Bool>(false)
  /// When the wait began, and the last time that somebody was told how long it takes.
  private let begun = Monotonic.now
  private let lastReport: Atomic<UInt64>

  /// Takes over the file.
  package init(_ file: consuming SyncFile) {
    self.file = file
    lastReport = Atomic(begun.nanoseconds)
  }

  /// Whether it has signalled: known once a waiter saw it, which any thread may ask.
  package var isReady: Bool { ready.load(ordering: .acquiring) }

  fileprivate func markReady() { ready.store(true, ordering: .releasing) }

  /// Asks the kernel.
  package func check() -> Bool {
    if !isReady, file.isSignalled { markReady() }
    return isReady
  }

  /// For an EGL or a kernel driver that waits for it.
  package func withFile<Result>(_ body: (borrowing SyncFile) -> Result) -> Result { body(file) }

  /// Seconds waited, the first time that it is asked after every `interval`.
  fileprivate func secondsIfDue(_ now: Monotonic, interval milliseconds: UInt64) -> UInt64? {
    let last = Monotonic(nanoseconds: lastReport.load(ordering: .relaxed))
    guard last.advanced(milliseconds: milliseconds) <= now else { return nil }
    lastReport.store(now.nanoseconds, ordering: .relaxed)
    return now.since(begun) / 1_000_000_000
  }
}

/// A thread that sleeps until one of the descriptors it watches becomes readable, and for ever when it watches
/// none: waiting costs no time, however many there are.
///
/// Any thread may watch and forget; `finish` once, from the owner.
package final class DescriptorWaiter: Sendable {
  private let shared: Shared
  private let thread: WorkerThread

  /// - Parameters:
  ///   - interval: milliseconds after which a wait is overdue, and again each time.
  ///   - onReady: called on the thread, without a lock, after descriptors became ready.
  ///   - onTick: called there about once a second while a descriptor is watched, after one became ready, and as long as
  ///     the last call said true, with the seconds that each overdue descriptor has waited; one is overdue once per
  ///     interval.
  /// - Throws: what the system refuses: descriptors or threads.
  package init(
    name: String, interval: UInt64, onReady: @escaping @Sendable () -> Void,
    onTick: @escaping @Sendable (_ overdue: [UInt64]) -> Bool
  ) throws(Errno) {
    let shared = try Shared()
    self.shared = shared
    thread = try WorkerThread(name: name) { shared.run(interval, onReady, onTick) }
  }

  /// Begins to wait. - Throws: `outOfMemory` when the system has no room, EPERM when it cannot wait for such a file.
  package func watch(_ descriptor: WatchedDescriptor) throws(Errno) { try shared.watch(descriptor) }

  /// Waits no longer; a call of `onReady` may be under way.
  package func forget(_ descriptor: WatchedDescriptor) { shared.forget(descriptor) }

  /// Ends the thread.
  package func finish() {
    shared.mustStop.store(true, ordering: .releasing)
    shared.descriptors.wake()
    thread.join()
  }

  deinit { finish() }
}

/// What the two sides share.
private final class Shared: Sendable {
  let descriptors: DescriptorSet
  let mustStop = Atomic<Bool>(false)
  /// Not a Mutex, which ThreadSanitizer cannot see: this thread is checked with it.
  private let watched = Monitor<[CInt: WatchedDescriptor]>([:])

  private static var tickMilliseconds: CInt { 1000 }

  init() throws(Errno) { descriptors = try DescriptorSet() }

  /// The set and the table change together, so that a token names what the table says.
  func watch(_ descriptor: WatchedDescriptor) throws(Errno) {
    let refused: Errno? = watched.update { watched in
      let number = descriptor.file.descriptor.raw
      do throws(Errno) {
        try descriptors.add(number, token: UInt64(UInt32(bitPattern: number)))
        watched[number] = descriptor
        return nil
      } catch {
        return error
      }
    }
    if let refused { throw refused }
    descriptors.wake()
  }

  func forget(_ descriptor: WatchedDescriptor) {
    watched.update { watched in
      guard watched[descriptor.file.descriptor.raw] === descriptor else { return }
      _ = remove(descriptor.file.descriptor.raw, &watched)
    }
  }

  private func remove(_ number: CInt, _ watched: inout [CInt: WatchedDescriptor]) -> WatchedDescriptor? {
    guard let found = watched.removeValue(forKey: number) else { return nil }
    descriptors.remove(number)
    return found
  }

  private func overdue(_ milliseconds: UInt64) -> [UInt64] {
    let now = Monotonic.now
    return watched.update { watched in
      watched.values.compactMap { $0.secondsIfDue(now, interval: milliseconds) }
    }
  }

  // MARK: On the thread

  func run(_ interval: UInt64, _ onReady: () -> Void, _ onTick: ([UInt64]) -> Bool) {
    var wantsTicks = false
    var nextTick = Monotonic.now
    while !mustStop.load(ordering: .acquiring) {
      let isWaiting = wantsTicks || watched.read { !$0.isEmpty }
      var isAnyReady = false
      descriptors.wait(milliseconds: isWaiting ? Self.tickMilliseconds : -1) { token in
        guard let found = watched.update({ remove(CInt(truncatingIfNeeded: token), &$0) }) else { return }
        found.markReady()
        isAnyReady = true
      }
      if mustStop.load(ordering: .acquiring) { return }
      if isAnyReady {
        onReady()
        wantsTicks = true
      }
      let now = Monotonic.now
      if nextTick <= now {
        nextTick = now.advanced(milliseconds: UInt64(Self.tickMilliseconds))
        wantsTicks = onTick(overdue(interval))
      }
    }
  }
}
