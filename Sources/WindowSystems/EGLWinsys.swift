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
  private let contexts: EGLContexts

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
    guard EGLContexts.arePossible(on: services) else {
      Self.close(display, platform)
      throw WinsysFailure(.noContext, "the display cannot make contexts without a surface")
    }
    self.display = display
    self.platform = platform
    if case .gbm(let device) = platform { self.buffers = device } else { self.buffers = buffers }
    self.flavour = flavour
    egl = services
    guard let contexts = EGLContexts(services, flavour) else {
      Self.close(display, platform)
      throw WinsysFailure(.noContext, "the display has no usable configuration")
    }
    self.contexts = contexts
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

  package func createContext(_ version: GLContextVersion, sharing: GLContextHandle?) -> GLContextHandle? {
    contexts.createContext(version, sharing: sharing)
  }

  package func destroyContext(_ context: GLContextHandle) { contexts.destroyContext(context) }

  package func makeCurrent(_ context: GLContextHandle?) -> Bool { contexts.makeCurrent(context) }
}
