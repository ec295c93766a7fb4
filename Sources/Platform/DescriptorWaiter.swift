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

/// A thread that sleeps in epoll until one of the descriptors it watches becomes readable, and for ever when it watches
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
    shared.wake.signal()
    thread.join()
  }

  deinit { finish() }
}

/// What the two sides share.
private final class Shared: Sendable {
  let wake: EventDescriptor
  let mustStop = Atomic<Bool>(false)
  private let epoll: OwnedDescriptor
  /// Not a Mutex, which ThreadSanitizer cannot see: this thread is checked with it.
  private let watched = Monitor<[CInt: WatchedDescriptor]>([:])

  private static var batch: Int { 64 }
  private static var tickMilliseconds: CInt { 1000 }

  init() throws(Errno) {
    wake = try EventDescriptor()
    let made = epoll_create1(CInt(EPOLL_CLOEXEC))
    guard made >= 0 else { throw Errno.last }
    epoll = OwnedDescriptor(owning: made)
    try add(wake.raw)
  }

  private func add(_ descriptor: CInt) throws(Errno) {
    var event = unsafe epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(fd: descriptor))
    guard unsafe epoll_ctl(epoll.raw, EPOLL_CTL_ADD, descriptor, &event) == 0 else { throw Errno.last }
  }

  /// The set of epoll and the table change together, so that a number in an event names what the table says.
  func watch(_ descriptor: WatchedDescriptor) throws(Errno) {
    let refused: Errno? = watched.update { watched in
      do throws(Errno) {
        try add(descriptor.file.descriptor.raw)
        watched[descriptor.file.descriptor.raw] = descriptor
        return nil
      } catch {
        return error
      }
    }
    if let refused { throw refused }
    wake.signal()
  }

  func forget(_ descriptor: WatchedDescriptor) {
    watched.update { watched in
      guard watched[descriptor.file.descriptor.raw] === descriptor else { return }
      _ = remove(descriptor.file.descriptor.raw, &watched)
    }
  }

  private func remove(_ number: CInt, _ watched: inout [CInt: WatchedDescriptor]) -> WatchedDescriptor? {
    guard let found = watched.removeValue(forKey: number) else { return nil }
    epoll_ctl(epoll.raw, EPOLL_CTL_DEL, number, nil)
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
    let events = UnsafeMutableBufferPointer<epoll_event>.allocate(capacity: Self.batch)
    defer { unsafe events.deallocate() }
    var wantsTicks = false
    var nextTick = Monotonic.now
    while !mustStop.load(ordering: .acquiring) {
      let isWaiting = wantsTicks || watched.read { !$0.isEmpty }
      let count = unsafe epoll_wait(
        epoll.raw, events.baseAddress, CInt(Self.batch), isWaiting ? Self.tickMilliseconds : -1)
      if mustStop.load(ordering: .acquiring) { return }
      if unsafe take(events.prefix(Int(max(count, 0)))) {
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

  /// Marks what became ready. False: nothing did.
  private func take(_ events: Slice<UnsafeMutableBufferPointer<epoll_event>>) -> Bool {
    var isAnyReady = false
    for unsafe event in unsafe events {
      let number = unsafe event.data.fd
      if number == wake.raw {
        wake.clear()
        continue
      }
      guard let found = watched.update({ remove(number, &$0) }) else { continue }
      found.markReady()
      isAnyReady = true
    }
    return isAnyReady
  }
}
