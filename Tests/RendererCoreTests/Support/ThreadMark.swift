import Glibc

/// Remembers the thread that made it.
struct ThreadMark: Sendable {
  private let thread: UInt

  init() { thread = UInt(pthread_self()) }

  var isHere: Bool { thread == UInt(pthread_self()) }
}
