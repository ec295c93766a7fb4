import CEpoxy
import GLDriver
import Platform

/// What an EGLDisplay offers beside contexts: dma-buf export and import, fences in file descriptors.
///
/// Built once per display from its extension string; every service says whether it exists. The display stays its
/// owner's.
package final class EGLDisplayServices: @unchecked Sendable {
  package let display: EGLDisplay
  package private(set) var extensions: EGLExtensions
  /// The GL driver's name as Mesa knows it; empty when the display does not tell.
  package let driverName: String

  package init(display: EGLDisplay) {
    self.display = display
    extensions = EGLExtensions(display: display)
    driverName = extensions.contains(.queryDriver) ? Self.driverName(of: display) : ""
  }

  /// Called once, with the first GL context current, before anything else. A display that is not the context's offers
  /// nothing: a client may name one and draw by GLX or on another, and epoxy ends the process for entry points that it
  /// cannot find for what is current.
  package func confirmContext() {
    if epoxy_eglGetCurrentDisplay() != display { extensions = [] }
  }

  /// Not by epoxy's own entry, which ends the process unless a context of the display is current.
  private static func driverName(of display: EGLDisplay) -> String {
    guard let function = epoxy_eglGetProcAddress("eglGetDisplayDriverName") else { return "" }
    let query = unsafeBitCast(function, to: (@convention(c) (EGLDisplay) -> UnsafePointer<CChar>?).self)
    return query(display).map { String(cString: $0) } ?? ""
  }
}
