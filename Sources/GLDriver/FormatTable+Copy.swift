import CEpoxy
import WireFormat

extension FormatTable {
  /// Whether glCopyImageSubData may copy between these formats and moves the bits that the guest means.
  ///
  /// GL copies bits between internal formats of one view class, or between a compressed block and a texel of its
  /// size. Between plain formats the guest's bits must lie the same way in both, and where the destination stores
  /// a component, the source must not have padding: RGBA to RGBX is a copy and RGBX to RGBA is not. Sample counts, and
  /// storage that was imported with another internal format than the table's, are the caller's to check.
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
      return sourceLayout.liesLike(destinationLayout) || sourceLayout.meansTheSame(as: destinationLayout)
    }
  }

  /// Whether such a copy also keeps the values that a shader reads, as a blit must.
  package func canCopyValues(from source: PixelFormat, to destination: PixelFormat) -> Bool {
    guard canCopyImage(from: source, to: destination) else { return false }
    guard source != destination else { return true }
    guard let sourceLayout = source.layoutDescription, let destinationLayout = destination.layoutDescription else {
      return false
    }
    return sourceLayout.meansTheSame(as: destinationLayout)
  }

  private static func isTexel(_ plain: FormatEntry, sameSizeAsBlockOf compressed: FormatEntry, isES: Bool) -> Bool {
    guard isES || !compressed.viewClass.isASTC else { return false }
    return switch plain.viewClass {
    case .bits128: compressed.blockBytes == 16
    case .bits64: compressed.blockBytes == 8
    default: false
    }
  }
}

extension ViewClass {
  /// One of the ASTC block sizes, which come last.
  package var isASTC: Bool { rawValue >= ViewClass.astc4x4.rawValue }
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

  /// Both keep red, green, blue and alpha in this order, as GL does for the guest's format, and no padding of `self`
  /// becomes a component.
  fileprivate func liesLike(_ destination: FormatDescription) -> Bool {
    guard blockBytes == destination.blockBytes, isInStorageOrder, destination.isInStorageOrder else { return false }
    return (0..<channelCount).allSatisfy {
      hasComponent($0) || (channelCount == destination.channelCount && !destination.hasComponent($0))
    }
  }

  private var isInStorageOrder: Bool {
    isPlain && !isDepthOrStencil && (0..<4).allSatisfy { !hasComponent($0) || Int(swizzle[$0].rawValue) == $0 }
  }
}
