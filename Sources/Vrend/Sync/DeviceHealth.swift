import CEpoxy
import GLDriver

/// Whether the host's GPU is still there. Asked once per fence: after a reset every context of the share group is lost,
/// and GL does nothing more in it.
///
/// A protocol, because nothing on a software host can lose the GPU on purpose.
package protocol DeviceHealth: AnyObject {
  /// What GL says about the current context: GL_NO_ERROR, or how the GPU was lost. May say it only once.
  func resetStatus() -> GLenum
}

/// GL's own answer.
final class GLDeviceHealth: DeviceHealth {
  private enum Question { case core, arb, none }
  private let question: Question

  init(host: HostGL) {
    let isCore = host.version >= (host.isES ? GLVersion(3, 2) : GLVersion(4, 5))
    if isCore || host.features.contains(.khrRobustness) {
      question = .core
    } else {
      question = host.features.contains(.robustness) ? .arb : .none
    }
  }

  func resetStatus() -> GLenum {
    switch question {
    case .core: epoxy_glGetGraphicsResetStatus()
    case .arb: epoxy_glGetGraphicsResetStatusARB()
    case .none: GL.NO_ERROR
    }
  }
}

extension VrendRenderer {
  /// Looks after the GPU and the GL errors of the current context; with each fence, which costs more than this.
  func checkHealth(of context: VrendContext?) {
    guard !isLost else { return }
    let status = health.resetStatus()
    guard status == GL.NO_ERROR else { return loseDevice(status) }
    // Other errors are harmless: the call that made one had no effect. After this one GL's state is undefined.
    if GLQuery.drainErrors() == GL.OUT_OF_MEMORY { context?.runOut() }
  }

  /// The GPU is gone: every guest context fails, fences count as done. Only a new renderer helps.
  private func loseDevice(_ status: GLenum) {
    isLost = true
    let cause =
      switch status {
      case GL.GUILTY_CONTEXT_RESET: "by work of this renderer"
      case GL.INNOCENT_CONTEXT_RESET: "by somebody else's work"
      default: "for an unknown reason"
      }
    log.error("the host's GPU was reset \(cause): \(contextCount) guest contexts are lost")
    failAllContexts()
  }
}
