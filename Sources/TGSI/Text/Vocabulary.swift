/// The word lists of the language. A word means something only within one of them.
enum Vocabulary: UInt8, CaseIterable, Sendable {
  case statement, header, opcode, file, semantic, interpolation, location, declarationFlag, target, returnType
  case format, imageFlag, memoryKind, immediate, property, primitive, origin, center, qualifier

  /// The words, separated by blanks, in the order of the enum they stand for; nil for opcodes, which have a table.
  var words: StaticString? {
    switch self {
    case .statement: "DCL IMM PROPERTY"
    case .header: "VERT FRAG GEOM TESS_CTRL TESS_EVAL COMP"
    case .opcode: nil
    case .file: RegisterFile.words
    case .semantic: SemanticName.words
    case .interpolation: Interpolation.words
    case .location: InterpolationLocation.words
    case .declarationFlag: DeclarationFlag.words
    case .target: TextureTarget.words
    case .returnType: ReturnType.words
    case .format: ImageFormat.words
    case .imageFlag: "WR RAW"
    case .memoryKind: MemoryKind.words
    case .immediate: ImmediateType.words
    case .property: Property.words
    case .primitive: Primitive.words
    case .origin: CoordOrigin.words
    case .center: PixelCenter.words
    case .qualifier: MemoryQualifiers.words
    }
  }

  /// What every word of the list begins with in the text.
  var prefix: StaticString { self == .format ? "PIPE_FORMAT_" : "" }
}

/// The remaining words of a declaration's tail.
enum DeclarationFlag: UInt8 {
  case array, local, stream, invariant, atomic

  static let words: StaticString = "ARRAY LOCAL STREAM INVARIANT ATOMIC"
}

/// A word of the text: where it stands, and its letters in upper case, so that case costs nothing.
struct Word {
  var start: Int
  var end: Int
  /// The last eight letters, upper case, the last one lowest: of a short word, the word itself.
  var letters: UInt64 = 0

  var count: Int { end - start }

  @inline(__always)
  mutating func add(_ byte: UInt8) {
    letters = letters &<< 8 | UInt64(byte)
  }
}

/// The byte in upper case when it may stand in a word (letter, digit, underscore), else 0.
@inline(__always)
func wordByte(_ byte: UInt8) -> UInt8 {
  let upper = byte & 0xDF
  if upper &- 0x41 < 26 { return upper }
  return byte &- 0x30 < 10 || byte == 0x5F ? byte : 0
}
