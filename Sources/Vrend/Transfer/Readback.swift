import GLDriver
import Glibc
import VirtioGPU

/// What the display side of a VMM reads from a resource.
extension TransferEngine {
  /// Pixels of a cursor, for `virgl_renderer_get_cursor_data`.
  package struct CursorImage {
    /// Tight rows in the resource's own format, bottom row first. From `malloc`: the receiver frees it.
    package let bytes: UnsafeMutableRawPointer
    package let width: UInt32
    package let height: UInt32
  }

  /// Largest width and height of a cursor (virgl-resources 7).
  private static var cursorLimit: Int { 128 }

  /// The rows of a 2D texture, row 0 last. nil when the resource can be no cursor or the host cannot read it.
  package func cursorImage(_ resource: GLResource, _ scratch: ContextScratch) -> CursorImage? {
    let shape = resource.shape
    guard resource.isTexture, shape.target == .texture2D, !shape.isMultisample, !shape.isCompressed,
      resource.isClientLayoutExact, shape.width <= Self.cursorLimit, shape.height <= Self.cursorLimit
    else { return nil }
    let rowBytes = shape.rowBytes(shape.width)
    let count = rowBytes &* shape.height
    do {
      try fetch(
        resource, level: 0, shape.levelRegion(0), staging, rowPitch: rowBytes, layerPitch: count, byteCount: count,
        scratch)
    } catch { return nil }
    guard let bytes = malloc(count) else { return nil }
    resource.conversion.fromHost(staging, count: count)
    for row in 0..<shape.height {
      (bytes + row &* rowBytes).copyMemory(
        from: staging + (shape.height &- 1 &- row) &* rowBytes, byteCount: rowBytes)
    }
    return CursorImage(
      bytes: bytes, width: UInt32(truncatingIfNeeded: shape.width), height: UInt32(truncatingIfNeeded: shape.height))
  }

  /// A rectangle of level 0 into memory whose rows are as long as the whole level (`virgl_renderer_get_rect`).
  package func readRectangle(
    _ resource: GLResource, x: UInt32, y: UInt32, width: UInt32, height: UInt32, offset: UInt64,
    into memory: GuestMemory, _ scratch: ContextScratch
  ) throws(TransferFault) {
    let region = Region(x: Int(x), y: Int(y), z: 0, width: Int(width), height: Int(height), depth: 1)
    try fromHost(resource, TransferRequest(level: 0, region: region, offset: offset), into: memory, scratch)
  }
}
