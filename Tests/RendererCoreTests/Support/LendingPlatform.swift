import CEpoxy
import GLDriver
import Platform
import Synchronization
import WindowSystems

/// A client that lends contexts of its own EGL display, as QEMU's displays do, and counts them.
final class LendingPlatform: ClientGLPlatform {
  private let winsys: EGLWinsys
  private let lendsDisplay: Bool
  /// Made and not destroyed.
  let alive = Mutex<Set<GLContextHandle>>([])
  /// How many contexts may be made; the rest is refused.
  let limit = Mutex(Int.max)

  init(_ flavour: GLFlavour = .core, lendsDisplay: Bool = false) throws {
    winsys = try EGLWinsys(.surfaceless, flavour: flavour, log: .silent)
    self.lendsDisplay = lendsDisplay
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
    winsys.makeCurrent(context.map { GLContextHandle($0) })
  }

  var eglDisplay: UnsafeMutableRawPointer? { lendsDisplay ? winsys.egl?.display : nil }
}
