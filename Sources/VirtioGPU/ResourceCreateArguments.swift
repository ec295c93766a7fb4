/// The guest's RESOURCE_CREATE_3D (`virgl_renderer_resource_create_args`), unproven.
@frozen
package struct ResourceCreateArguments: Equatable, Sendable {
  package var handle: UInt32
  /// Texture target, gallium numbering (0 = buffer).
  package var target: UInt32
  /// A virgl format number.
  package var format: UInt32
  /// `VIRGL_RES_BIND_*`.
  package var bind: UInt32
  /// Texels; bytes for buffers.
  package var width: UInt32
  package var height: UInt32
  package var depth: UInt32
  package var arraySize: UInt32
  /// Mip levels less one.
  package var lastLevel: UInt32
  /// 0 and 1 both mean single-sampled.
  package var sampleCount: UInt32
  /// `VIRGL_RESOURCE_*` flags: bit 0 Y_0_TOP.
  package var flags: UInt32

  package init(
    handle: UInt32, target: UInt32, format: UInt32, bind: UInt32, width: UInt32, height: UInt32 = 1,
    depth: UInt32 = 1, arraySize: UInt32 = 1, lastLevel: UInt32 = 0, sampleCount: UInt32 = 0, flags: UInt32 = 0
  ) {
    self.handle = handle
    self.target = target
    self.format = format
    self.bind = bind
    self.width = width
    self.height = height
    self.depth = depth
    self.arraySize = arraySize
    self.lastLevel = lastLevel
    self.sampleCount = sampleCount
    self.flags = flags
  }
}
