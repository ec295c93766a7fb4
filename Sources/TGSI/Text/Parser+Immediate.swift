extension Parser {
  /// `IMM[n] TYPE {a, b, c, d}`; the number, if given, is the running count. Missing values are zero.
  mutating func parseImmediate(_ text: Span<UInt8>) throws(ShaderFault) {
    let start = cursor.position
    guard shader.immediates.count < ShaderLimits.immediates else {
      throw cursor.fault(.tooManyImmediates, text)
    }
    if cursor.take(0x5B, text) {
      cursor.skipBlanks(text)
      let number = try cursor.unsigned(text)
      guard Int(number) == shader.immediates.count else {
        throw ShaderFault(.immediateOutOfOrder, at: UInt32(truncatingIfNeeded: start), value: Int64(number))
      }
      cursor.skipBlanks(text)
      try cursor.expect(0x5D, .bracketExpected, text)
    }
    try requireBlank(text)
    let name = cursor.position
    guard let type = ImmediateType(rawValue: try keyword(.immediate, .unknownImmediateType, text)) else {
      throw ShaderFault(.unknownImmediateType, at: UInt32(truncatingIfNeeded: name))
    }
    cursor.skipBlanks(text)
    try cursor.expect(0x7B, .braceExpected, text)
    var bits = SIMD4<UInt32>(repeating: 0)
    let capacity = type.is64Bit ? 2 : 4
    var count = 0
    repeat {
      guard count < capacity else { throw cursor.fault(.tooManyValues, text) }
      cursor.skipBlanks(text)
      try parseValue(type, at: count, into: &bits, text)
      count += 1
      cursor.skipBlanks(text)
    } while cursor.take(0x2C, text)
    try cursor.expect(0x7D, .braceExpected, text)
    shader.immediates.append(Immediate(type, bits))
  }

  private mutating func parseValue(
    _ type: ImmediateType, at position: Int, into bits: inout SIMD4<UInt32>, _ text: Span<UInt8>
  ) throws(ShaderFault) {
    switch type {
    case .float32: bits[position] = try float32(text)
    case .uint32: bits[position] = try cursor.unsigned(text)
    case .int32: bits[position] = UInt32(bitPattern: try cursor.signed(text))
    case .float64: set(try decimal(text, words: true).bitPattern, at: position, in: &bits)
    case .int64, .uint64: set(try integer64(text, signed: type == .int64), at: position, in: &bits)
    }
  }

  private func set(_ value: UInt64, at position: Int, in bits: inout SIMD4<UInt32>) {
    bits[position * 2] = UInt32(truncatingIfNeeded: value)
    bits[position * 2 + 1] = UInt32(truncatingIfNeeded: value >> 32)
  }

  /// Eight hexadecimal digits after a lower-case `0x` are the bits; anything else is a decimal number.
  private mutating func float32(_ text: Span<UInt8>) throws(ShaderFault) -> UInt32 {
    let start = cursor.position
    guard cursor.take(0x30, text), cursor.take(0x78, text) else {
      cursor.position = start
      return Float(try decimal(text, words: false)).bitPattern
    }
    var bits: UInt32 = 0
    for _ in 0..<8 {
      guard let digit = hexDigit(cursor.peek(text)) else { throw cursor.fault(.hexDigitExpected, text) }
      bits = bits &<< 4 | UInt32(digit)
      cursor.position &+= 1
    }
    return bits
  }

  private func hexDigit(_ byte: UInt8) -> UInt8? {
    let digit = byte &- 0x30
    if digit < 10 { return digit }
    let letter = (byte | 0x20) &- 0x61
    return letter < 6 ? letter + 10 : nil
  }

  /// A decimal number: digits on one side of the point at least. Rare: guests print bits.
  private mutating func decimal(_ text: Span<UInt8>, words: Bool) throws(ShaderFault) -> Double {
    let start = cursor.position
    if !cursor.take(0x2D, text) { _ = cursor.take(0x2B, text) }
    if words, let special = specialNumber(text, negative: cursor.position > start && text[start] == 0x2D) {
      return special
    }
    var digits = skipDigits(text)
    if cursor.take(0x2E, text) { digits += skipDigits(text) }
    guard digits > 0 else { throw cursor.fault(.numberExpected, text) }
    if cursor.peek(text) | 0x20 == 0x65 {
      cursor.position &+= 1
      if !cursor.take(0x2D, text) { _ = cursor.take(0x2B, text) }
      guard skipDigits(text) > 0 else { throw cursor.fault(.numberExpected, text) }
    }
    let length = cursor.position - start
    guard length <= ShaderLimits.decimalNumber else {
      throw ShaderFault(.numberTooLong, at: UInt32(truncatingIfNeeded: start), value: Int64(length))
    }
    var spelling = ""
    for position in start..<cursor.position { spelling.unicodeScalars.append(Unicode.Scalar(text[position])) }
    guard let value = Double(spelling) else {
      throw ShaderFault(.numberExpected, at: UInt32(truncatingIfNeeded: start))
    }
    return value
  }

  /// `inf` and `nan`, as old guests print doubles.
  private mutating func specialNumber(_ text: Span<UInt8>, negative: Bool) -> Double? {
    let start = cursor.position
    let word = cursor.word(text)
    if word.count == 3 {
      let letters = (text[start] | 0x20, text[start + 1] | 0x20, text[start + 2] | 0x20)
      if letters == (0x69, 0x6E, 0x66) { return negative ? -.infinity : .infinity }
      if letters == (0x6E, 0x61, 0x6E) { return .nan }
    }
    cursor.position = start
    return nil
  }

  private mutating func skipDigits(_ text: Span<UInt8>) -> Int {
    let start = cursor.position
    while cursor.peek(text) &- 0x30 < 10 { cursor.position &+= 1 }
    return cursor.position - start
  }

  /// A 64-bit integer by the rules of C: `0x` is hexadecimal, a leading 0 octal.
  private mutating func integer64(_ text: Span<UInt8>, signed: Bool) throws(ShaderFault) -> UInt64 {
    let start = cursor.position
    let negative = signed && cursor.take(0x2D, text)
    if signed && !negative { _ = cursor.take(0x2B, text) }
    var radix: UInt64 = 10
    var digits = 0
    if cursor.take(0x30, text) {
      digits = 1
      radix = 8
      if cursor.peek(text) | 0x20 == 0x78 {
        cursor.position &+= 1
        radix = 16
        digits = 0
      }
    }
    var magnitude: UInt64 = 0
    while let digit = hexDigit(cursor.peek(text)), UInt64(digit) < radix {
      let (product, tooBig) = magnitude.multipliedReportingOverflow(by: radix)
      let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
      guard !tooBig, !carry else { throw cursor.fault(.numberTooLarge, text) }
      magnitude = sum
      digits += 1
      cursor.position &+= 1
    }
    guard digits > 0 else { throw cursor.fault(.numberExpected, text) }
    guard signed else { return magnitude }
    let limit = UInt64(Int64.max) + (negative ? 1 : 0)
    guard magnitude <= limit else {
      throw ShaderFault(.numberTooLarge, at: UInt32(truncatingIfNeeded: start))
    }
    return negative ? 0 &- magnitude : magnitude
  }
}
