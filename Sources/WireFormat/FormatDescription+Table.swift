/// Decoding of the generated description table.
///
/// A row is 18 characters and a line end. Each character holds a small number as its code minus 0x30:
/// layout, block bytes, block width, block height, traits (two digits of 6 bits), four swizzle sources, then
/// kind and bits of four channels. A kind digit is a `ChannelKind` plus 8 for normalised and 16 for pure integer.
extension PixelFormat {
  /// The format's memory layout, or nil when no format has this number. A handful of loads from read-only data.
  public var layoutDescription: FormatDescription? {
    guard index < PixelFormatTable.count else { return nil }
    let row = PixelFormatRow(index: index)
    guard let layout = FormatLayout(rawValue: row[0]), layout != .unknown else { return nil }
    let source: (Int) -> SwizzleSource = { SwizzleSource(rawValue: row[$0]) ?? .none }
    return FormatDescription(
      layout: layout, blockBytes: row[1], blockWidth: row[2], blockHeight: row[3],
      traits: FormatTraits(rawValue: UInt16(row[4]) | UInt16(row[5]) << 6),
      swizzle: ComponentSwizzle(source(6), source(7), source(8), source(9)),
      channel0: row.channel(at: 10), channel1: row.channel(at: 12), channel2: row.channel(at: 14),
      channel3: row.channel(at: 16))
  }
}

@safe private struct PixelFormatRow {
  private static let width = 19
  private let start: UnsafePointer<UInt8>

  /// - Parameter index: below `PixelFormatTable.count`.
  init(index: Int) { unsafe start = PixelFormatTable.rows.utf8Start + index &* Self.width }

  @inline(__always)
  subscript(column: Int) -> UInt8 {
    // In bounds: the table is one literal of `count` rows of this width (tested), and column is below 18.
    unsafe start[column] &- 0x30
  }

  @inline(__always)
  func channel(at column: Int) -> FormatChannel {
    let kind = self[column]
    return FormatChannel(
      kind: ChannelKind(rawValue: kind & 7) ?? .absent, isNormalized: kind & 8 != 0, isPureInteger: kind & 16 != 0,
      bits: self[column &+ 1])
  }
}
