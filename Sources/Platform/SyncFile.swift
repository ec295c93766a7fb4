import CHostShims
import Glibc

/// A kernel fence in a file descriptor (`<linux/sync_file.h>`): becomes readable once, when all work before it is done.
package struct SyncFile: ~Copyable, Sendable {
  package var descriptor: OwnedDescriptor

  package init(owning descriptor: consuming OwnedDescriptor) { self.descriptor = descriptor }

  package enum State: Sendable {
    case pending
    case signalled
    /// The work failed or the descriptor is no sync file; it will never signal.
    case failed
  }

  /// Waits at most `milliseconds`; 0 asks only, negative waits for ever.
  package borrowing func wait(milliseconds: CInt) -> State {
    var entry = pollfd(fd: descriptor.raw, events: Int16(POLLIN), revents: 0)
    while true {
      let ready = unsafe poll(&entry, 1, milliseconds)
      if ready < 0 && (errno == EINTR || errno == EAGAIN) { continue }
      if ready == 0 { return .pending }
      return ready > 0 && entry.revents & Int16(POLLERR | POLLNVAL) == 0 ? .signalled : .failed
    }
  }

  package var isSignalled: Bool { borrowing get { wait(milliseconds: 0) != .pending } }

  /// A sync file that signals when both have. EINVAL or ENOTTY when one is no sync file.
  package borrowing func merged(with other: borrowing SyncFile) throws(Errno) -> SyncFile {
    let made = unsafe hostshims_sync_merge("virglrenderer", descriptor.raw, other.descriptor.raw)
    guard made >= 0 else { throw Errno.last }
    return SyncFile(owning: OwnedDescriptor(owning: made))
  }

  /// Another descriptor of the same fence; the caller closes it.
  package borrowing func export() throws(Errno) -> CInt { try descriptor.duplicate().take() }

  /// Gives the descriptor away: the caller closes it.
  package consuming func take() -> CInt { descriptor.take() }

  package borrowing func duplicate() throws(Errno) -> SyncFile { SyncFile(owning: try descriptor.duplicate()) }
}
