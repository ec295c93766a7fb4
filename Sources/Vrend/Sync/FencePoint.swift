import CEpoxy
import GLDriver

/// A point in the GL command stream that becomes done. Owned by FenceState, which sees that it is deleted.
struct FencePoint: @unchecked Sendable {
  /// Nil when GL could not make one: counts as done, for a fence is never lost.
  let sync: GLsync?
  /// Grows with creation, over all timelines.
  let serial: UInt64
  /// Query results of work before it were outstanding when it was made.
  let followsQueries: Bool

  /// After all commands of the current context so far; flushes, so that it signals without further help.
  init(serial: UInt64, followsQueries: Bool) {
    sync = epoxy_glFenceSync(GL.SYNC_GPU_COMMANDS_COMPLETE, 0)
    epoxy_glFlush()
    self.serial = serial
    self.followsQueries = followsQueries
  }

  /// Waits for at most `nanoseconds`. A lost context counts as done. Any context of the share group must be current.
  func isDone(within nanoseconds: GLuint64) -> Bool {
    guard let sync else { return true }
    return epoxy_glClientWaitSync(sync, 0, nanoseconds) != GL.TIMEOUT_EXPIRED
  }
}
