/// A position in the text and the steps over its smallest parts. The text ends at its first NUL or at its last byte.
///
/// The text itself is passed to each step: it stays with the caller for the whole parse.
struct Cursor {
  var position = 0

  /// The next byte, or 0 at the end.
  @inline(__always)
  func peek(_ text: Span<UInt8>) -> UInt8 { position < text.count ? text[position] : 0 }

  @inline(__always)
  mutating func skipBlanks(_ text: Span<UInt8>) {
    while position < text.count {
      let byte = text[position]
      guard byte == 0x20 || byte == 0x0A || byte == 0x09 else { return }
      position &+= 1
    }
  }

  /// Steps over `byte` if it is next.
  @inline(__always)
  mutating func take(_ byte: UInt8, _ text: Span<UInt8>) -> Bool {
    guard position < text.count, text[position] == byte else { return false }
    position &+= 1
    return true
  }

  /// Steps over blanks and then `byte`; without it, stays where it was.
  @inline(__always)
  mutating func takeAfterBlanks(_ byte: UInt8, _ text: Span<UInt8>) -> Bool {
    let before = position
    skipBlanks(text)
    if take(byte, text) { return true }
    position = before
    return false
  }

  @inline(__always)
  mutating func expect(_ byte: UInt8, _ code: ShaderFault.Code, _ text: Span<UInt8>) throws(ShaderFault) {
    guard take(byte, text) else { throw fault(code, text) }
  }

  /// The word at the cursor; empty if none starts here.
  mutating func word(_ text: Span<UInt8>) -> Word {
    var word = Word(start: position, end: position)
    while position < text.count {
      let byte = wordByte(text[position])
      if byte == 0 { break }
      word.add(byte)
      position &+= 1
    }
    word.end = position
    return word
  }

  /// Decimal digits, at least one, of a number that fits 32 bits.
  mutating func unsigned(_ text: Span<UInt8>) throws(ShaderFault) -> UInt32 {
    let start = position
    var value: UInt64 = 0
    while position < text.count {
      let digit = text[position] &- 0x30
      guard digit < 10 else { break }
      value = value &* 10 &+ UInt64(digit)
      guard value <= UInt64(UInt32.max) else { throw fault(.numberTooLarge, text) }
      position &+= 1
    }
    guard position > start else { throw fault(.numberExpected, text) }
    return UInt32(truncatingIfNeeded: value)
  }

  /// An optional sign and digits, within 32 bits.
  mutating func signed(_ text: Span<UInt8>) throws(ShaderFault) -> Int32 {
    let start = position
    let negative = take(0x2D, text)
    if !negative { _ = take(0x2B, text) }
    let magnitude = Int64(try unsigned(text))
    guard let value = Int32(exactly: negative ? -magnitude : magnitude) else {
      throw ShaderFault(.numberTooLarge, at: UInt32(truncatingIfNeeded: start), value: magnitude)
    }
    return value
  }

  /// A fault at the cursor, with the byte found there.
  func fault(_ code: ShaderFault.Code, _ text: Span<UInt8>) -> ShaderFault {
    ShaderFault(code, at: UInt32(truncatingIfNeeded: position), value: Int64(peek(text)))
  }
}
