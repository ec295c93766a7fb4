import WireFormat

/// A DRM format code (drm_fourcc.h): four characters, the first in the low byte.
@frozen
package struct DRMFourCC: RawRepresentable, Hashable, Sendable {
  package let rawValue: UInt32
  @inlinable package init(rawValue: UInt32) { self.rawValue = rawValue }
}

extension DRMFourCC {
  /// The code of a format on the display and dma-buf paths; nil when it has none (sRGB formats never have).
  package init?(_ pixelFormat: PixelFormat) {
    var found: DRMFourCC?
    FormatBindingTable.forEachFourCC { if $0 == pixelFormat { found = $1 } }
    guard let found else { return nil }
    self = found
  }

  /// The wire format of a code; nil for codes outside the table.
  package var pixelFormat: PixelFormat? {
    var found: PixelFormat?
    FormatBindingTable.forEachFourCC { if $1 == self { found = $0 } }
    return found
  }
}
