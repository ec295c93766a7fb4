import CHostShims

/// A thread of the library inside somebody else's process: named, with all signals blocked so that the client's
/// handlers never run on it, and joined before its owner ends.
@safe
package final class WorkerThread: @unchecked Sendable {
  private var thread = pthread_t()
  private var isJoined = false

  /// Bytes of stack; glibc's default of 8 MiB would count against the client's limits.
  private static var stackBytes: Int { 256 << 10 }

  private final class Start {
    let name: String
    let body: @Sendable () -> Void
    init(_ name: String, _ body: @escaping @Sendable () -> Void) {
      self.name = name
      self.body = body
    }
  }

  /// Starts the thread. - Parameter name: at most 15 bytes are shown by tools.
  package init(name: String, body: @escaping @Sendable () -> Void) throws(Errno) {
    var attributes = pthread_attr_t()
    unsafe pthread_attr_init(&attributes)
    defer { unsafe pthread_attr_destroy(&attributes) }
    unsafe pthread_attr_setstacksize(&attributes, WorkerThread.stackBytes)

    // A thread inherits the creator's mask: block everything around the creation.
    var all = sigset_t()
    var before = sigset_t()
    unsafe sigfillset(&all)
    unsafe pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }

    let start = unsafe Unmanaged.passRetained(Start(name, body))
    let result = unsafe pthread_create(
      &thread, &attributes,
      { argument in
        guard let argument = unsafe argument else { return nil }
        let start = unsafe Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
        unsafe hostshims_name_thread(String(start.name.prefix(15)))
        start.body()
        return nil
      }, start.toOpaque())
    guard result == 0 else {
      unsafe start.release()
      throw Errno(result)
    }
  }

  /// Waits for the body to return. Call once from the owner's thread; later calls return at once.
  package func join() {
    guard !isJoined else { return }
    isJoined = true
    pthread_join(thread, nil)
  }

  /// Whether the caller runs on this thread.
  package var isCurrent: Bool { pthread_equal(thread, pthread_self()) != 0 }

  deinit { join() }
}
