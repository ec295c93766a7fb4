import GLDriver
import WireFormat

/// Whether a copy of GL's bits means a copy of the guest's bits (virgl-semantics 11.1).
///
/// GL stores formats in its own channel order, so equal sizes are not enough: every channel of the destination must
/// come from the same channel, of the same type, of the source. Channels that are constant in the destination do not
/// matter, therefore the rule is not symmetric.
func copiesBits(_ source: PixelFormat, _ destination: PixelFormat, isES: Bool) -> Bool {
  if source == destination { return true }
  guard let s = source.layoutDescription, let d = destination.layoutDescription else { return false }
  switch (s.isCompressed, d.isCompressed) {
  case (false, false): return copiesPlain(s, d)
  case (true, true): return copiesCompressed(source, destination, s, d, isES: isES)
  case (true, false): return copiesMixed(compressed: s, plain: d, isES: isES)
  case (false, true): return copiesMixed(compressed: d, plain: s, isES: isES)
  }
}

private func copiesPlain(_ s: FormatDescription, _ d: FormatDescription) -> Bool {
  guard s.isPlain, d.isPlain, s.blockBytes == d.blockBytes, s.channelCount == d.channelCount, s.isSRGB == d.isSRGB,
    s.isDepthOrStencil == d.isDepthOrStencil
  else { return false }
  for index in 0..<4 where s.channel(index).bits != d.channel(index).bits { return false }
  for component in 0..<4 {
    let from = d.swizzle[component]
    guard from.rawValue <= SwizzleSource.w.rawValue else { continue }
    guard s.swizzle[component] == from else { return false }
    let (a, b) = (s.channel(Int(from.rawValue)), d.channel(Int(from.rawValue)))
    guard a.kind == b.kind, a.isNormalized == b.isNormalized else { return false }
  }
  return true
}

/// 128-bit texels with 128-bit blocks, 64-bit texels with 64-bit blocks; only the layouts GL has in these classes.
private func copiesMixed(compressed: FormatDescription, plain: FormatDescription, isES: Bool) -> Bool {
  guard plain.isPlain, !plain.isDepthOrStencil, compressed.blockBytes == plain.blockBytes else { return false }
  let isKnown =
    switch compressed.layout {
    case .s3tc, .rgtc, .bptc, .etc: true
    case .astc: isES
    default: false
    }
  guard isKnown else { return false }
  let bits = plain.channel0.bits
  switch (plain.blockBytes, plain.channelCount) {
  case (16, 4): return bits == 32
  case (8, 4): return bits == 16
  case (8, 2): return bits == 32
  default: return false
  }
}

private func copiesCompressed(
  _ source: PixelFormat, _ destination: PixelFormat, _ s: FormatDescription, _ d: FormatDescription, isES: Bool
) -> Bool {
  guard s.layout == d.layout, s.blockBytes == d.blockBytes, s.blockWidth == d.blockWidth,
    s.blockHeight == d.blockHeight
  else { return false }
  switch s.layout {
  case .rgtc: return true
  case .bptc: return s.traits.contains(.float) == d.traits.contains(.float)
  case .astc: return isES
  case .etc:
    let pair = (min(source.number, destination.number), max(source.number, destination.number))
    // RGB8, RGB8A1, RGBA8 with their sRGB twins, R11 and RG11 with their signed ones.
    return isES && pair.1 == pair.0 + 1 && pair.0 % 2 == PixelFormat.ETC2_RGB8.number % 2
  default: return false
  }
}
