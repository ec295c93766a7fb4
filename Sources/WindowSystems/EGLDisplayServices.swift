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

  package init(display: EGLDisplay) {
    self.display = display
    extensions = EGLExtensions(display: display)
  }
}
