/// A set of pixel formats, in the form that the capability sets carry: bit n % 32 of word n / 32 is format n.
@frozen
public struct FormatMask: Sendable {
  public static let wordCount = 16

  public var words: InlineArray<16, UInt32>

  @inlinable public init() { words = InlineArray(repeating: 0) }

  @inlinable public func contains(_ format: PixelFormat) -> Bool {
    words[format.index >> 5] & (1 << UInt32(format.number & 31)) != 0
  }

  @inlinable public mutating func insert(_ format: PixelFormat) {
    words[format.index >> 5] |= 1 << UInt32(format.number & 31)
  }

  @inlinable public mutating func remove(_ format: PixelFormat) {
    words[format.index >> 5] &= ~(1 << UInt32(format.number & 31))
  }

  public var count: Int {
    var total = 0
    for word in words.indices { total += words[word].nonzeroBitCount }
    return total
  }
}

extension FormatMask: Equatable {
  public static func == (a: FormatMask, b: FormatMask) -> Bool {
    for word in a.words.indices where a.words[word] != b.words[word] { return false }
    return true
  }
}
