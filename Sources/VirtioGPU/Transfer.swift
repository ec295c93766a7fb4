/// A copy between guest memory and one box of a resource (TRANSFER_TO_HOST_3D, TRANSFER_FROM_HOST_3D).
///
/// All numbers are the guest's and unproven.
@frozen
package struct Transfer: Equatable, Sendable {
  package enum Direction: Sendable {
    /// Guest memory to resource (`virgl_renderer_transfer_write_iov`).
    case toHost
    /// Resource to guest memory (`virgl_renderer_transfer_read_iov`).
    case fromHost
  }

  package var level: UInt32
  /// Bytes between rows in guest memory; 0 = tight rows of the level.
  package var stride: UInt32
  /// Bytes between layers in guest memory; 0 = tight layers of the level.
  package var layerStride: UInt32
  package var box: Box
  /// Byte in guest memory where the box begins.
  package var offset: UInt64

  @inlinable
  package init(level: UInt32, stride: UInt32, layerStride: UInt32, box: Box, offset: UInt64) {
    self.level = level
    self.stride = stride
    self.layerStride = layerStride
    self.box = box
    self.offset = offset
  }
}
