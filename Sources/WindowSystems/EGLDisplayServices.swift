import CEpoxy
import GLDriver
import Platform

/// What an EGLDisplay offers beside contexts: dma-buf export and import, fences in file descriptors.
///
/// Built once per display from its extension string; every service says whether it exists. The display stays its
/// owner's.
package final class EGLDisplayServices: @unchecked Sendable {
  package let display: EGLDisplay
  package let extensions: EGLExtensions
  /// The GL driver's name as Mesa knows it; empty when the display does not tell.
  package let driverName: String

  package init(display: EGLDisplay) {
    self.display = display
    extensions = EGLExtensions(display: display)
    driverName = extensions.contains(.queryDriver) ? Self.driverName(of: display) : ""
  }

  /// Not by epoxy's own entry, which ends the process unless a context of the display is current.
  private static func driverName(of display: EGLDisplay) -> String {
    guard let function = epoxy_eglGetProcAddress("eglGetDisplayDriverName") else { return "" }
    let query = unsafeBitCast(function, to: (@convention(c) (EGLDisplay) -> UnsafePointer<CChar>?).self)
    return query(display).map { String(cString: $0) } ?? ""
  }
}
