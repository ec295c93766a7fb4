import Platform

/// How an image lies in dma-bufs.
package struct DMABufLayout: Sendable {
  /// Planes of an image that EGL and GBM can name.
  package static var maxPlanes: Int { 4 }
  /// `DRM_FORMAT_MOD_INVALID` (drm_fourcc.h).
  package static var unknownModifier: UInt64 { 0x00FF_FFFF_FFFF_FFFF }

  /// One plane, in bytes of the buffer it lies in.
  package struct Plane: Sendable {
    /// From row to row.
    package var stride: UInt32 = 0
    package var offset: UInt32 = 0
    /// To the next plane or the end of the buffer; 0 when that is not known.
    package var size: UInt64 = 0

    package init(stride: UInt32 = 0, offset: UInt32 = 0) {
      self.stride = stride
      self.offset = offset
    }
  }

  /// A DRM format code.
  package var fourcc: UInt32
  /// 1…4.
  package var planeCount: Int
  package var modifier: UInt64
  package var planes: InlineArray<4, Plane> = .init(repeating: Plane())

  package init(fourcc: UInt32, planeCount: Int, modifier: UInt64 = Self.unknownModifier) {
    self.fourcc = fourcc
    self.planeCount = planeCount
    self.modifier = modifier
  }

  /// Gives each plane the bytes to the next one in the same buffer, the last one those to the end.
  ///
  /// - Parameters:
  ///   - bufferBytes: of the dma-buf. Buffers of virtio-gpu may be smaller than the images on the host they stand for.
  ///   - rows: of the first plane.
  package mutating func setSizes(bufferBytes: UInt64, rows: UInt32) {
    let bufferBytes = max(bufferBytes, UInt64(planes[0].offset) + UInt64(planes[0].stride) * UInt64(rows))
    for plane in 0..<planeCount {
      let start = UInt64(planes[plane].offset)
      var end = bufferBytes
      for other in 0..<planeCount where UInt64(planes[other].offset) > start {
        end = min(end, UInt64(planes[other].offset))
      }
      planes[plane].size = end > start ? end - start : 0
    }
  }
}

/// An image in dma-bufs. A plain value: whoever made it says who closes the descriptors.
package struct DMABufImage: Sendable {
  package var layout: DMABufLayout
  /// Per plane; -1: the plane lies in the same buffer as the one before.
  package var descriptors: InlineArray<4, CInt> = .init(repeating: -1)

  package init(layout: DMABufLayout) { self.layout = layout }

  /// Distinct buffers.
  package var bufferCount: Int { descriptors.indices.count { descriptors[$0] >= 0 } }

  /// Closes every descriptor from `first` on, for the one who owns them.
  package mutating func closeDescriptors(from first: Int = 0) {
    for plane in first..<DMABufLayout.maxPlanes {
      _ = OwnedDescriptor(owning: descriptors[plane])
      descriptors[plane] = -1
    }
  }
}
