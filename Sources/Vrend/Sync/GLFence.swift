import CEpoxy
import GLDriver
import VirtioGPU

/// GL sync objects as signals of fence points.
enum GLFence {
  /// After all commands of the current context so far; flushes, so that it signals without further help. 0 when GL
  /// cannot make one: it counts as done, for a fence is never lost.
  @inline(__always)
  static func make() -> UInt {
    let sync = epoxy_glFenceSync(GL.SYNC_GPU_COMMANDS_COMPLETE, 0)
    flush()
    return UInt(bitPattern: sync)
  }

  /// Gives what is ordered so far to the GPU.
  @inline(__always)
  static func flush() { epoxy_glFlush() }

  /// Whether it has signalled. A lost context counts as done. Any context of the share group must be current.
  @inline(__always)
  static func isDone(_ signal: UInt) -> Bool { wait(signal, atMost: 0) != .pending }

  enum Outcome {
    case wasDone
    case cameDuringWait
    case pending
  }

  /// As `isDone`, and waits for at most that many nanoseconds.
  @inline(__always)
  static func wait(_ signal: UInt, atMost nanoseconds: GLuint64) -> Outcome {
    guard let sync = GLsync(bitPattern: signal) else { return .wasDone }
    switch epoxy_glClientWaitSync(sync, 0, nanoseconds) {
    case GL.TIMEOUT_EXPIRED: return .pending
    case GL.CONDITION_SATISFIED: return .cameDuringWait
    default: return .wasDone
    }
  }

  /// Makes later commands of the current context wait for it, in the GPU.
  static func order(after signal: UInt) {
    guard let sync = GLsync(bitPattern: signal) else { return }
    epoxy_glWaitSync(sync, 0, GLuint64.max)
  }

  /// Renderer thread, a context current.
  @inline(__always)
  static func delete(_ signal: UInt) { epoxy_glDeleteSync(GLsync(bitPattern: signal)) }
}

extension FencePoint {
  /// Asks the host whether the work before a fence is done. A GL context of the share group must be current.
  @inline(__always)
  func isDone(_ id: FenceID, _ table: FenceTable) -> Bool {
    hasFile ? table.find(id)?.isSignalled ?? true : GLFence.isDone(signal)
  }
}
