import CEpoxy
import GLDriver

/// Contexts without a surface on an EGL display that is somebody else's to open and close.
final class EGLContexts: GLContextSource, @unchecked Sendable {
  private let display: EGLDisplay
  private let flavour: GLFlavour
  private let config: EGLConfig?
  private let isRobust: Bool

  /// Whether the display offers contexts that need no surface.
  static func arePossible(on services: EGLDisplayServices) -> Bool {
    services.extensions.contains([.surfacelessContext, .createContext])
  }

  /// Nil when the display has no configuration for this kind of GL.
  init?(_ services: EGLDisplayServices, _ flavour: GLFlavour) {
    display = services.display
    self.flavour = flavour
    config = Self.chooseConfig(services.display, flavour)
    isRobust = services.extensions.contains(.createContextRobustness)
    guard config != nil || services.extensions.contains(.noConfigContext) else { return nil }
  }

  private static func chooseConfig(_ display: EGLDisplay, _ flavour: GLFlavour) -> EGLConfig? {
    let attributes: [EGLint] = [
      EGL.SURFACE_TYPE, 0, EGL.RENDERABLE_TYPE, flavour == .es ? EGL.OPENGL_ES3_BIT : EGL.OPENGL_BIT, EGL.NONE,
    ]
    var config: EGLConfig?
    var count: EGLint = 0
    guard epoxy_eglChooseConfig(display, attributes, &config, 1, &count) != 0, count > 0 else { return nil }
    return config
  }

  func createContext(_ version: GLContextVersion, sharing: GLContextHandle?) -> GLContextHandle? {
    guard epoxy_eglBindAPI(EGLenum(flavour == .es ? EGL.OPENGL_ES_API : EGL.OPENGL_API)) != 0 else { return nil }
    for robustness in isRobust ? [Robustness.withResets, .ofAccess, .none] : [.none] {
      if let context = create(version, sharing, robustness) { return context }
    }
    return nil
  }

  /// What a context is asked to survive. All of a share group get the same: the display always gives what it gave.
  private enum Robustness {
    /// Accesses beyond buffers; and a reset of the GPU, which some guest may have caused, is told of and takes the
    /// context with it.
    case withResets
    case ofAccess
    case none
  }

  private func create(
    _ version: GLContextVersion, _ sharing: GLContextHandle?, _ robustness: Robustness
  ) -> GLContextHandle? {
    var attributes: [EGLint] = [
      EGL.CONTEXT_MAJOR_VERSION_KHR, version.major, EGL.CONTEXT_MINOR_VERSION_KHR, version.minor,
    ]
    if flavour != .es, (version.major, version.minor) >= (3, 2) {
      attributes += [
        EGL.CONTEXT_OPENGL_PROFILE_MASK_KHR,
        flavour == .compat
          ? EGL.CONTEXT_OPENGL_COMPATIBILITY_PROFILE_BIT_KHR : EGL.CONTEXT_OPENGL_CORE_PROFILE_BIT_KHR,
      ]
    }
    if robustness != .none { attributes += [EGL.CONTEXT_OPENGL_ROBUST_ACCESS_EXT, 1] }
    if robustness == .withResets {
      // The extension's name is for ES only; desktop GL has that of EGL_KHR_create_context.
      attributes += [
        flavour == .es
          ? EGL.CONTEXT_OPENGL_RESET_NOTIFICATION_STRATEGY_EXT : EGL.CONTEXT_OPENGL_RESET_NOTIFICATION_STRATEGY_KHR,
        EGL.LOSE_CONTEXT_ON_RESET_EXT,
      ]
    }
    attributes.append(EGL.NONE)
    return epoxy_eglCreateContext(display, config, sharing?.pointer, attributes).map { GLContextHandle($0) }
  }

  func destroyContext(_ context: GLContextHandle) {
    _ = epoxy_eglDestroyContext(display, context.pointer)
  }

  func makeCurrent(_ context: GLContextHandle?) -> Bool {
    epoxy_eglMakeCurrent(display, nil, nil, context?.pointer) != 0
  }
}
