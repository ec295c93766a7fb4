/// A cursor: rows tightly packed in the resource's own format, GL's last row first.
package struct CursorImage: Sendable {
  package var width: UInt32
  package var height: UInt32
  /// `height` rows of `width` texels.
  package var pixels: [UInt8]

  package init(width: UInt32, height: UInt32, pixels: [UInt8]) {
    self.width = width
    self.height = height
    self.pixels = pixels
  }
}

/// A texture as one plane of a dma-buf.
package struct ExportedTexture: Sendable {
  /// New; the caller closes it.
  package var descriptor: CInt
  /// Bytes.
  package var stride: Int32
  package var offset: Int32

  package init(descriptor: CInt, stride: Int32, offset: Int32) {
    self.descriptor = descriptor
    self.stride = stride
    self.offset = offset
  }
}
