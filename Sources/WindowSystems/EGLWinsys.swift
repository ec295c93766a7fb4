import CEpoxy
import GLDriver
import Platform

/// The library's own EGL display: surfaceless, on a device, or on a GBM device.
///
/// Contexts need no surface: everything is rendered to textures.
package final class EGLWinsys: Winsys, @unchecked Sendable {
  package let summary: String
  package let flavour: GLFlavour
  package let egl: EGLDisplayServices?
  package let buffers: GBMDevice?

  private let display: EGLDisplay
  private let platform: EGLPlatform
  private let config: EGLConfig?
  private let isRobust: Bool

  /// Opens and initialises a display.
  ///
  /// - Parameters:
  ///   - kind: what to open; see `EGLPlatform`.
  ///   - flavour: the kind of GL for every context.
  ///   - buffers: where buffers are allocated when the display has no device of its own.
  /// - Throws: `noDisplay` when EGL has no such display, `noContext` when it lacks what surfaceless rendering needs.
  package init(
    _ platform: EGLPlatform, flavour: GLFlavour, buffers: GBMDevice? = nil, log: Log
  ) throws(WinsysFailure) {
    guard let display = platform.openDisplay() else {
      throw WinsysFailure(.noDisplay, "EGL has no such display", Int(epoxy_eglGetError()))
    }
    var major: EGLint = 0
    var minor: EGLint = 0
    guard epoxy_eglInitialize(display, &major, &minor) != 0 else {
      throw WinsysFailure(.noDisplay, "eglInitialize failed", Int(epoxy_eglGetError()))
    }
    let services = EGLDisplayServices(display: display)
    guard services.extensions.contains([.surfacelessContext, .createContext]) else {
      Self.close(display, platform)
      throw WinsysFailure(.noContext, "the display cannot make contexts without a surface")
    }
    self.display = display
    self.platform = platform
    if case .gbm(let device) = platform { self.buffers = device } else { self.buffers = buffers }
    self.flavour = flavour
    egl = services
    config = Self.chooseConfig(display, flavour)
    isRobust = services.extensions.contains(.createContextRobustness)
    guard config != nil || services.extensions.contains(.noConfigContext) else {
      Self.close(display, platform)
      throw WinsysFailure(.noContext, "the display has no usable configuration")
    }
    summary = "EGL \(major).\(minor), \(platform.summary)"
    log.info("window system: \(summary)")
  }

  deinit { Self.close(display, platform) }

  /// EGL hands the same display to everybody who asks for the surfaceless one or for a device, also to the client and
  /// to another renderer in this process, and does not count its users: ending it would end theirs. The display of
  /// our own GBM device is ours alone, and has to end before the device does.
  private static func close(_ display: EGLDisplay, _ platform: EGLPlatform) {
    if case .gbm = platform { _ = epoxy_eglTerminate(display) }
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

  package func createContext(_ version: GLContextVersion, sharing: GLContextHandle?) -> GLContextHandle? {
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

  package func destroyContext(_ context: GLContextHandle) {
    _ = epoxy_eglDestroyContext(display, context.pointer)
  }

  package func makeCurrent(_ context: GLContextHandle?) -> Bool {
    epoxy_eglMakeCurrent(display, nil, nil, context?.pointer) != 0
  }
}
