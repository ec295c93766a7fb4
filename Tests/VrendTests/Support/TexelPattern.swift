import GLDriver
import WireFormat

/// Texels whose bits survive any correct way through GL: no NaNs, no second spelling of -1, canonical exponents.
struct TexelPattern {
  private var state: UInt64

  init(seed: UInt64 = 1) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  /// xorshift64*: the same sequence on every run.
  private mutating func random() -> UInt64 {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return state &* 0x2545_F491_4F6C_DD1D
  }

  /// `count` bytes of texels or blocks.
  mutating func bytes(_ format: PixelFormat, count: Int) -> [UInt8] {
    guard let description = format.layoutDescription else { return [] }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    while bytes.count < count { append(format, description, to: &bytes) }
    return Array(bytes.prefix(count))
  }

  private mutating func append(_ format: PixelFormat, _ description: FormatDescription, to bytes: inout [UInt8]) {
    let size = Int(description.blockBytes)
    switch format {
    case .R11G11B10_FLOAT:
      // Exponent 15, mantissas at random: 1.0 to 2.0 in each channel.
      let red: UInt64 = 15 << 6 | random() & 63
      let green: UInt64 = 15 << 6 | random() & 63
      let blue: UInt64 = 15 << 5 | random() & 31
      appendLittleEndian(red | green << 11 | blue << 22, size, &bytes)
    case .R9G9B9E5_FLOAT:
      // The largest channel uses its top bit, so the exponent has one spelling only.
      let red: UInt64 = 256 | random() & 255
      let green: UInt64 = random() & 511
      let blue: UInt64 = random() & 511
      appendLittleEndian(red | green << 9 | blue << 18 | 16 << 27, size, &bytes)
    default:
      guard description.isPlain else {
        for _ in 0..<size { bytes.append(UInt8(truncatingIfNeeded: random())) }
        return
      }
      appendPlain(description, size, &bytes)
    }
  }

  private mutating func appendPlain(_ description: FormatDescription, _ size: Int, _ bytes: inout [UInt8]) {
    var low: UInt64 = 0
    var high: UInt64 = 0
    var bit: UInt64 = 0
    for index in 0..<description.channelCount {
      let channel = description.channel(index)
      let value = self.value(channel, isDepth: description.isDepthOrStencil)
      if bit < 64 { low |= value << bit } else { high |= value << (bit - 64) }
      bit += UInt64(channel.bits)
    }
    appendLittleEndian(low, min(8, size), &bytes)
    if size > 8 { appendLittleEndian(high, size - 8, &bytes) }
  }

  private mutating func value(_ channel: FormatChannel, isDepth: Bool) -> UInt64 {
    let mask: UInt64 = channel.bits >= 64 ? .max : (1 << UInt64(channel.bits)) - 1
    switch (channel.kind, channel.bits) {
    case (.float, 32): return UInt64((Float(random() & 1023) / 1024).bitPattern)
    case (.float, 16): return 0x3c00 | random() & 0x3ff
    case (.float, _): return 0
    case (.signed, _) where channel.isNormalized:
      let value = random() & mask
      return value == (mask >> 1) + 1 ? 0 : value
    case (.void, _) where isDepth: return 0
    default: return random() & mask
    }
  }

  private func appendLittleEndian(_ value: UInt64, _ count: Int, _ bytes: inout [UInt8]) {
    for index in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * UInt64(index)))) }
  }
}
