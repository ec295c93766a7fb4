import CHostShims
import Glibc

/// An eventfd used as a flag between threads: readable from `signal()` until `clear()`.
package struct EventDescriptor: ~Copyable, Sendable {
  private let descriptor: OwnedDescriptor

  /// Non-blocking and close-on-exec.
  package init() throws(Errno) {
    let made = eventfd(0, CInt(EFD_CLOEXEC | EFD_NONBLOCK))
    guard made >= 0 else { throw Errno.last }
    descriptor = OwnedDescriptor(owning: made)
  }

  /// For polling; still owned here.
  package var raw: CInt { descriptor.raw }

  package borrowing func signal() {
    var one: UInt64 = 1
    // A full counter (EAGAIN) is readable too, which is all that is wanted.
    while unsafe write(descriptor.raw, &one, 8) == -1 && errno == EINTR {}
  }

  package borrowing func clear() {
    var count: UInt64 = 0
    while unsafe read(descriptor.raw, &count, 8) == -1 && errno == EINTR {}
  }
}
