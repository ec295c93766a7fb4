import CEpoxy
import GLDriver
import Platform
import Synchronization
import WindowSystems

/// A client that lends contexts of its own EGL display, as QEMU's displays do, and counts them.
final class LendingPlatform: ClientGLPlatform {
  private let winsys: EGLWinsys
  private let lendsDisplay: Bool
  /// Contexts are bound to a window, which EGL refuses on a second thread.
  private let hasWindow: Bool
  private let home = ThreadMark()
  /// Made and not destroyed.
  let alive = Mutex<Set<GLContextHandle>>([])
  /// How many contexts may be made; the rest is refused.
  let limit = Mutex(Int.max)

  init(_ flavour: GLFlavour = .core, lendsDisplay: Bool = false, hasWindow: Bool = false) throws {
    winsys = try EGLWinsys(.surfaceless, flavour: flavour, log: .silent)
    self.lendsDisplay = lendsDisplay
    self.hasWindow = hasWindow
  }

  func createContext(_ version: GLContextVersion, shared: Bool) -> UnsafeMutableRawPointer? {
    guard limit.withLock({ limit in
      limit -= 1
      return limit >= 0
    }) else { return nil }
    let current = epoxy_eglGetCurrentContext().map { GLContextHandle($0) }
    guard !shared || current != nil, let made = winsys.createContext(version, sharing: shared ? current : nil) else {
      return nil
    }
    alive.withLock { _ = $0.insert(made) }
    return made.pointer
  }

  func destroyContext(_ context: UnsafeMutableRawPointer) {
    alive.withLock { _ = $0.remove(GLContextHandle(context)) }
    winsys.destroyContext(GLContextHandle(context))
  }

  func makeCurrent(_ context: UnsafeMutableRawPointer?) -> Bool {
    (!hasWindow || home.isHere) && winsys.makeCurrent(context.map { GLContextHandle($0) })
  }

  var eglDisplay: UnsafeMutableRawPointer? { lendsDisplay ? winsys.egl?.display : nil }
}
