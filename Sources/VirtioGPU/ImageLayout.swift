/// One plane of `ImageLayout`, in bytes.
@frozen
package struct PlaneLayout: Sendable {
  package var offset: UInt64 = 0
  package var stride: UInt32 = 0
  package var size: UInt32 = 0

  package init() {}
}

/// The memory layout of an image, as VIRGL_CCMD_GET_PIPE_RESOURCE_LAYOUT and `virgl_renderer_resource_query_layout`
/// tell it.
@frozen
package struct ImageLayout: Sendable {
  /// 0: the storage has no layout to tell.
  package var planeCount: UInt32 = 0
  /// A DRM format modifier.
  package var modifier: UInt64 = 0
  package var planes: InlineArray<4, PlaneLayout> = .init(repeating: PlaneLayout())

  package init() {}
}

/// What an allocation is asked for, unproven: the arguments of `virgl_renderer_resource_query_layout`.
@frozen
package struct LayoutRequest: Hashable, Sendable {
  /// Texels.
  package var width: UInt32
  package var height: UInt32
  /// A virgl format number.
  package var format: UInt32
  /// `VIRGL_RES_BIND_*`.
  package var bind: UInt32

  package init(width: UInt32, height: UInt32, format: UInt32, bind: UInt32) {
    self.width = width
    self.height = height
    self.format = format
    self.bind = bind
  }
}
