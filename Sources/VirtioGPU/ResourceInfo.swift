/// What a display needs to know of a resource (`virgl_renderer_resource_info` and its extended form).
public struct ResourceInfo: Equatable, Sendable {
  /// A virgl format number; 0 when the resource has no type.
  package var format: UInt32 = 0
  package var width: UInt32 = 0
  package var height: UInt32 = 0
  package var depth: UInt32 = 0
  /// Bit 0: row 0 of the texture is the top row.
  package var flags: UInt32 = 0
  /// GL texture name, 0 without one.
  package var texture: UInt32 = 0
  /// Bytes between rows of level 0.
  package var stride: UInt32 = 0
  /// DRM fourcc of an export, 0 when not known.
  package var fourcc: UInt32 = 0
  /// Borrowed descriptor of the storage, or -1.
  package var descriptor: CInt = -1
  /// Whether the host can export the texture as a dma-buf, and then its planes and modifier.
  package var hasDMABufExport = false
  package var planes: Int32 = 0
  package var modifier: UInt64 = 0

  package init() {}
}

/// How a resource can be shared (`virgl_renderer_export_query`). No buffers: it cannot.
public struct ExportLayout: Equatable, Sendable {
  /// Distinct buffers behind the planes, at most 4.
  package var bufferCount = 0
  package var fourcc: UInt32 = 0
  /// New descriptors, only when asked for; -1 in unused places. The caller owns them.
  package var descriptors: InlineArray<4, CInt> = .init(repeating: -1)
  package var strides: InlineArray<4, UInt32> = .init(repeating: 0)
  package var offsets: InlineArray<4, UInt32> = .init(repeating: 0)
  /// A DRM format modifier; `DRM_FORMAT_MOD_INVALID` when unknown.
  package var modifier: UInt64 = 0x00FF_FFFF_FFFF_FFFF

  package init() {}

  public static func == (a: ExportLayout, b: ExportLayout) -> Bool {
    func same<T: Equatable>(_ x: InlineArray<4, T>, _ y: InlineArray<4, T>) -> Bool {
      x.indices.allSatisfy { x[$0] == y[$0] }
    }
    return a.bufferCount == b.bufferCount && a.fourcc == b.fourcc && a.modifier == b.modifier
      && same(a.descriptors, b.descriptors) && same(a.strides, b.strides) && same(a.offsets, b.offsets)
  }
}
