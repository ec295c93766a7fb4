/// A set of pixel formats, in the form that the capability sets carry: bit n % 32 of word n / 32 is format n.
@frozen
package struct FormatMask: Sendable {
  package static let wordCount = 16

  package var words: InlineArray<16, UInt32>

  @inlinable package init() { words = InlineArray(repeating: 0) }

  @inlinable package func contains(_ format: PixelFormat) -> Bool {
    words[format.index >> 5] & (1 << UInt32(format.number & 31)) != 0
  }

  @inlinable package mutating func insert(_ format: PixelFormat) {
    words[format.index >> 5] |= 1 << UInt32(format.number & 31)
  }

  @inlinable package mutating func remove(_ format: PixelFormat) {
    words[format.index >> 5] &= ~(1 << UInt32(format.number & 31))
  }

  package var count: Int {
    var total = 0
    for word in words.indices { total += words[word].nonzeroBitCount }
    return total
  }
}

extension FormatMask: Equatable {
  package static func == (a: FormatMask, b: FormatMask) -> Bool {
    for word in a.words.indices where a.words[word] != b.words[word] { return false }
    return true
  }
}
