/// Text to `Shader`, statement by statement: what the grammar allows, nothing about meaning.
///
/// One pass, linear in the text, no recursion. Words are matched without regard to case; blanks and line ends are the
/// same, except that an unknown property swallows the rest of its line. Statements may come in any order.
struct Parser {
  let keywords = KeywordTable.shared
  var cursor = Cursor()
  var shader: Shader
  private var statements = 0

  init(stage: ShaderStage) { shader = Shader(stage: stage) }

  mutating func parse(_ text: Span<UInt8>) throws(ShaderFault) {
    try parseHeader(text)
    while true {
      let end = cursor.position
      cursor.skipBlanks(text)
      if cursor.peek(text) == 0 { return }
      guard cursor.position > end else { throw cursor.fault(.blankExpected, text) }
      statements += 1
      guard statements <= ShaderLimits.statements else { throw cursor.fault(.tooManyStatements, text) }
      try parseStatement(text)
    }
  }

  private mutating func parseHeader(_ text: Span<UInt8>) throws(ShaderFault) {
    cursor.skipBlanks(text)
    let word = cursor.word(text)
    guard let index = keywords.index(of: word, in: .header, text) else { throw fault(.unknownHeader, word) }
    guard let stage = Self.stage(ofHeader: index), stage == shader.stage else {
      throw ShaderFault(.wrongStage, at: UInt32(truncatingIfNeeded: word.start), value: Int64(index))
    }
  }

  /// The stage of a header word: the vocabulary keeps the order of the wire.
  static func stage(ofHeader index: UInt8) -> ShaderStage? { ShaderStage(rawValue: index) }

  private mutating func parseStatement(_ text: Span<UInt8>) throws(ShaderFault) {
    let byte = cursor.peek(text)
    if byte &- 0x30 < 10 {
      _ = try cursor.unsigned(text)
      cursor.skipBlanks(text)
      try cursor.expect(0x3A, .colonExpected, text)
      cursor.skipBlanks(text)
      return try parseInstruction(cursor.word(text), text)
    }
    let word = cursor.word(text)
    guard word.count > 0 else { throw cursor.fault(.unexpectedByte, text) }
    switch keywords.index(of: word, in: .statement, text) {
    case 0: try parseDeclaration(word, text)
    case 1: try parseImmediate(text)
    case 2: try parseProperty(text)
    default: try parseInstruction(word, text)
    }
  }

  // MARK: - Shared pieces

  func fault(_ code: ShaderFault.Code, _ word: Word) -> ShaderFault {
    ShaderFault(code, at: UInt32(truncatingIfNeeded: word.start), value: Int64(word.count))
  }

  /// Blanks, of which there must be at least one.
  mutating func requireBlank(_ text: Span<UInt8>) throws(ShaderFault) {
    let before = cursor.position
    cursor.skipBlanks(text)
    guard cursor.position > before else { throw cursor.fault(.blankExpected, text) }
  }

  /// The next word, which must be one of `vocabulary`; its index there.
  mutating func keyword(
    _ vocabulary: Vocabulary, _ code: ShaderFault.Code, _ text: Span<UInt8>
  ) throws(ShaderFault) -> UInt8 {
    let word = cursor.word(text)
    guard let index = keywords.index(of: word, in: vocabulary, text) else { throw fault(code, word) }
    return index
  }

  mutating func file(_ text: Span<UInt8>) throws(ShaderFault) -> RegisterFile {
    let start = cursor.position
    guard let file = RegisterFile(rawValue: try keyword(.file, .unknownFile, text)) else {
      throw ShaderFault(.unknownFile, at: UInt32(truncatingIfNeeded: start))
    }
    return file
  }
}

/// The letter x, y, z or w in either case; nil for any other byte.
@inline(__always)
func componentLetter(_ byte: UInt8) -> Component? {
  componentNumber(byte).flatMap { Component(rawValue: $0) }
}

/// Its number: in the alphabet w comes before x.
@inline(__always)
func componentNumber(_ byte: UInt8) -> UInt8? {
  let place = (byte | 0x20) &- 0x77
  return place < 4 ? (place &- 1) & 3 : nil
}
