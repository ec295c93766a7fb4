import CEpoxy
import GLDriver

/// The client's own GL platform, as its callbacks offer it.
///
/// Contexts are made and destroyed on the renderer thread; `makeCurrent` is called on the thread that wants the
/// context.
package protocol ClientGLPlatform: AnyObject, Sendable {
  /// `create_gl_context` with scanout 0. `shared`: share objects with the context that is current.
  func createContext(_ version: GLContextVersion, shared: Bool) -> UnsafeMutableRawPointer?
  /// `destroy_gl_context`.
  func destroyContext(_ context: UnsafeMutableRawPointer)
  /// `make_current` with scanout 0. False when the client reports an error.
  func makeCurrent(_ context: UnsafeMutableRawPointer?) -> Bool
  /// `get_egl_display` (callbacks version 4), or nil.
  var eglDisplay: UnsafeMutableRawPointer? { get }
}

/// Contexts made by the client (QEMU's display back ends).
package final class ClientWinsys: Winsys {
  package let flavour: GLFlavour
  package let egl: EGLDisplayServices?
  package let buffers: GBMDevice?
  private let platform: any ClientGLPlatform

  /// - Parameters:
  ///   - flavour: what the client is asked for; GLES when USE_GLES was given.
  ///   - buffers: on the client's device, if it names one.
  package init(platform: any ClientGLPlatform, flavour: GLFlavour, buffers: GBMDevice? = nil) {
    self.platform = platform
    self.flavour = flavour
    self.buffers = buffers
    egl = platform.eglDisplay.map { EGLDisplayServices(display: $0) }
  }

  package var summary: String { egl == nil ? "client contexts" : "client contexts on the client's EGL display" }

  package func createContext(_ version: GLContextVersion, sharing: GLContextHandle?) -> GLContextHandle? {
    platform.createContext(version, shared: sharing != nil).map { GLContextHandle($0) }
  }

  package func destroyContext(_ context: GLContextHandle) { platform.destroyContext(context.pointer) }

  package func makeCurrent(_ context: GLContextHandle?) -> Bool { platform.makeCurrent(context?.pointer) }

  /// A client binds its contexts to its window, which EGL refuses on a second thread. On a display that the client
  /// names there are contexts without a surface. The client was not asked what kind of GL its contexts really are; EGL
  /// knows.
  package func contextsForThreads() -> any GLContextSource {
    guard let egl, let lender = epoxy_eglGetCurrentContext(), EGLContexts.arePossible(on: egl),
      let contexts = EGLContexts(egl, epoxy_eglQueryAPI() == EGLenum(EGL.OPENGL_ES_API) ? .es : flavour)
    else { return self }
    return BorrowingContexts(contexts, lender: GLContextHandle(lender))
  }
}

/// Contexts of EGL that share objects with a context of the client, whose own handle for it may be anything.
private final class BorrowingContexts: GLContextSource {
  private let contexts: EGLContexts
  private let lender: GLContextHandle

  init(_ contexts: EGLContexts, lender: GLContextHandle) {
    self.contexts = contexts
    self.lender = lender
  }

  func createContext(_ version: GLContextVersion, sharing: GLContextHandle?) -> GLContextHandle? {
    contexts.createContext(version, sharing: lender)
  }

  func destroyContext(_ context: GLContextHandle) { contexts.destroyContext(context) }

  func makeCurrent(_ context: GLContextHandle?) -> Bool { contexts.makeCurrent(context) }
}
