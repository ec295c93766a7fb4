import CGBM
import GLDriver
import Platform

/// A GBM device on a DRM node whose descriptor it owns: what an EGL display can stand on, and where buffers come from.
///
/// `@unchecked`: immutable, and used on the renderer thread only.
package final class GBMDevice: @unchecked Sendable {
  let pointer: OpaquePointer
  /// The kernel driver behind the node.
  package let driverName: String
  private let descriptor: OwnedDescriptor

  /// nil when the descriptor is no DRM node or GBM cannot use it; it is closed then.
  ///
  /// Asked of the kernel, because Mesa's GBM takes any descriptor and then draws in software.
  package init?(_ descriptor: consuming OwnedDescriptor) {
    guard let driverName = DRMNode.driverName(of: descriptor.raw),
      let pointer = gbm_create_device(descriptor.raw)
    else { return nil }
    self.pointer = pointer
    self.driverName = driverName
    self.descriptor = descriptor
  }

  deinit { gbm_device_destroy(pointer) }

  /// What a buffer is allocated for (`GBM_BO_USE_*`).
  package struct Uses: OptionSet, Hashable, Sendable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    package static let scanout = Uses(rawValue: GBM_BO_USE_SCANOUT.rawValue)
    package static let cursor = Uses(rawValue: GBM_BO_USE_CURSOR.rawValue)
    package static let rendering = Uses(rawValue: GBM_BO_USE_RENDERING.rawValue)
    package static let linear = Uses(rawValue: GBM_BO_USE_LINEAR.rawValue)
  }

  /// How a buffer would lie in memory: one is allocated, described and given back.
  ///
  /// - Parameters:
  ///   - width: texels, not 0; likewise `height`.
  ///   - format: a DRM format code.
  /// - Returns: nil when no such buffer can be had.
  package func probe(width: UInt32, height: UInt32, format: DRMFourCC, uses: Uses) -> DMABufLayout? {
    guard let buffer = gbm_bo_create(pointer, width, height, format.rawValue, uses.rawValue) else { return nil }
    defer { gbm_bo_destroy(buffer) }
    let count = Int(gbm_bo_get_plane_count(buffer))
    guard 1...DMABufLayout.maxPlanes ~= count else { return nil }
    var layout = DMABufLayout(fourcc: format.rawValue, planeCount: count, modifier: gbm_bo_get_modifier(buffer))
    for plane in 0..<count {
      layout.planes[plane] = DMABufLayout.Plane(
        stride: gbm_bo_get_stride_for_plane(buffer, CInt(plane)), offset: gbm_bo_get_offset(buffer, CInt(plane)))
    }
    let memory = OwnedDescriptor(owning: gbm_bo_get_fd(buffer))
    layout.setSizes(bufferBytes: memory.byteCount ?? 0, rows: height)
    return layout
  }
}
