import CDRM
import Glibc
import Platform

/// Looks for a DRM render node of this machine.
package enum RenderNode {
  /// Render nodes are numbered from 128 (drm.h).
  private static let minors = 128..<192

  /// The first node that can be opened; the descriptor is none when there is no node.
  package static func open() -> OwnedDescriptor {
    for minor in minors {
      let descriptor = Glibc.open("/dev/dri/renderD\(minor)", O_RDWR | O_CLOEXEC)
      if descriptor >= 0 { return OwnedDescriptor(owning: descriptor) }
    }
    return OwnedDescriptor(none: ())
  }
}
