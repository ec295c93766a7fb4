import CDRM
import Glibc
import Platform

/// Questions to the kernel about DRM nodes.
package enum DRMNode {
  /// The name of the driver behind a descriptor, nil when it is no DRM node.
  package static func driverName(of descriptor: CInt) -> String? {
    guard descriptor >= 0, let version = drmGetVersion(descriptor) else { return nil }
    defer { drmFreeVersion(version) }
    return String(cString: version.pointee.name)
  }
}

/// Looks for the DRM render nodes of this machine.
package enum RenderNode {
  /// Render nodes are numbered from 128 (drm.h).
  private static let minors = 128..<192
  /// A driver of buffers and fences without a GPU: of use only when there is nothing else.
  private static let lastResort = "vgem"

  /// The nodes that can be opened, the likely ones first.
  package static var numbers: [Int] {
    let found = minors.compactMap { minor in
      let node = open(minor)
      return DRMNode.driverName(of: node.raw).map { (minor: minor, isLast: $0 == lastResort) }
    }
    return found.filter { !$0.isLast }.map(\.minor) + found.filter(\.isLast).map(\.minor)
  }

  /// The descriptor is none when the node cannot be opened.
  package static func open(_ minor: Int) -> OwnedDescriptor {
    OwnedDescriptor(owning: Glibc.open("/dev/dri/renderD\(minor)", O_RDWR | O_CLOEXEC))
  }
}
