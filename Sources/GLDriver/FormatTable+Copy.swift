import CEpoxy
import WireFormat

extension FormatTable {
  /// Whether glCopyImageSubData may copy between these formats and gives what the guest means by a copy.
  ///
  /// GL copies bits between internal formats of one view class, or between a compressed block and a texel of its
  /// size. Between plain formats the bits must mean the same too; a component that is constant in the destination does
  /// not matter, so RGBA to RGBX is a copy and RGBX to RGBA is not. Sample counts, and storage that was imported with
  /// another internal format than the table's, are the caller's to check.
  package func canCopyImage(from source: PixelFormat, to destination: PixelFormat) -> Bool {
    let (from, to) = (self[source], self[destination])
    guard from.isCreatable, to.isCreatable else { return false }
    if source == destination { return true }
    let isCompressed = (from.flags.contains(.compressed), to.flags.contains(.compressed))
    switch isCompressed {
    case (true, true): return from.viewClass != .none && from.viewClass == to.viewClass
    case (true, false): return Self.isTexel(to, sameSizeAsBlockOf: from, isES: isES)
    case (false, true): return Self.isTexel(from, sameSizeAsBlockOf: to, isES: isES)
    case (false, false):
      guard from.internalFormat == to.internalFormat || (from.viewClass != .none && from.viewClass == to.viewClass),
        let sourceLayout = source.layoutDescription, let destinationLayout = destination.layoutDescription
      else { return false }
      return sourceLayout.meansTheSame(as: destinationLayout)
    }
  }

  private static func isTexel(_ plain: FormatEntry, sameSizeAsBlockOf compressed: FormatEntry, isES: Bool) -> Bool {
    let isASTC = compressed.viewClass.rawValue >= ViewClass.astc4x4.rawValue
    guard isES || !isASTC else { return false }
    return switch plain.viewClass {
    case .bits128: compressed.blockBytes == 16
    case .bits64: compressed.blockBytes == 8
    default: false
    }
  }
}

extension FormatDescription {
  /// Every component that the destination stores is stored the same way in `self`.
  fileprivate func meansTheSame(as destination: FormatDescription) -> Bool {
    guard isPlain, destination.isPlain, blockBytes == destination.blockBytes, isSRGB == destination.isSRGB,
      isDepthOrStencil == destination.isDepthOrStencil, channelCount == destination.channelCount
    else { return false }
    for index in 0..<4 where channel(index).bits != destination.channel(index).bits { return false }
    for component in 0..<4 {
      let wanted = destination.swizzle[component]
      guard wanted.rawValue <= SwizzleSource.w.rawValue else { continue }
      let index = Int(wanted.rawValue)
      guard swizzle[component] == wanted, channel(index) == destination.channel(index) else { return false }
    }
    return true
  }
}
