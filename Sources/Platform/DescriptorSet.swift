import CHostShims

/// Descriptors that a thread sleeps on until one of them becomes readable (epoll), for ever if it takes that long.
///
/// One thread waits; any thread may add, remove and wake.
package final class DescriptorSet: Sendable {
  private let epoll: OwnedDescriptor
  private let wakeEvent: EventDescriptor

  private static var batch: Int { 64 }
  private static var wakeToken: UInt64 { .max }

  /// - Throws: what the system refuses: descriptors.
  package init() throws(Errno) {
    let event = try EventDescriptor()
    let made = epoll_create1(CInt(EPOLL_CLOEXEC))
    guard made >= 0 else { throw Errno.last }
    let set = OwnedDescriptor(owning: made)
    try Self.add(event.raw, to: set.raw, token: Self.wakeToken)
    wakeEvent = event
    epoll = set
  }

  /// Adds a descriptor that stays open until `remove`.
  ///
  /// - Parameter token: what `wait` calls it; not UInt64.max.
  /// - Throws: ENOSPC and ENOMEM when the system has no room, EPERM when it cannot wait for such a file.
  package func add(_ descriptor: CInt, token: UInt64) throws(Errno) {
    try Self.add(descriptor, to: epoll.raw, token: token)
  }

  private static func add(_ descriptor: CInt, to epoll: CInt, token: UInt64) throws(Errno) {
    var event = unsafe epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(u64: token))
    guard unsafe epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) == 0 else { throw Errno.last }
  }

  /// Closing a descriptor is not enough: a duplicate of it would keep it in the set.
  package func remove(_ descriptor: CInt) { epoll_ctl(epoll.raw, EPOLL_CTL_DEL, descriptor, nil) }

  /// Ends the wait that is under way, or the next one.
  package func wake() { wakeEvent.signal() }

  /// Sleeps until something is readable, somebody wakes it, or `milliseconds` are over (negative: never).
  ///
  /// - Parameter onReady: called for each descriptor that is readable or hung up. It stays in the set.
  package func wait(milliseconds: CInt, onReady: (_ token: UInt64) -> Void) {
    unsafe withUnsafeTemporaryAllocation(of: epoll_event.self, capacity: Self.batch) { events in
      let count = unsafe epoll_wait(epoll.raw, events.baseAddress, CInt(events.count), milliseconds)
      for index in 0..<Int(max(count, 0)) {
        let token = unsafe events[index].data.u64
        if token == Self.wakeToken { wakeEvent.clear() } else { onReady(token) }
      }
    }
  }
}
