/// A program back to text, in the form guests print it: parsing the result gives an equal program.
///
/// Byte offsets are the only thing that does not survive.
package struct TGSIPrinter {
  private(set) var text: [UInt8] = []
  let keywords = KeywordTable.shared

  /// The text of `shader`, with a line feed after each line and no NUL.
  package static func print(_ shader: Shader) -> [UInt8] {
    var printer = TGSIPrinter()
    printer.put(shader.stage.header)
    printer.endLine()
    printer.putProperties(shader.properties)
    printer.putDeclarations(shader)
    for number in shader.immediates.indices { printer.put(shader.immediates[number], number) }
    printer.putInstructions(shader)
    return printer.text
  }

  // MARK: - Pieces

  mutating func put(_ string: StaticString) {
    string.withUTF8Buffer { unsafe text.append(contentsOf: $0) }
  }

  mutating func put(byte: UInt8) { text.append(byte) }

  /// A word, or the bare number where a program that nobody validated has no word.
  mutating func put(_ vocabulary: Vocabulary, _ index: UInt8) {
    let word = keywords.spelling(vocabulary, index)
    if word.isEmpty { put(index) } else { text.append(contentsOf: word) }
  }

  mutating func put(_ number: some BinaryInteger) {
    for byte in String(number).utf8 { text.append(byte) }
  }

  mutating func endLine() { text.append(0x0A) }

  // MARK: - Properties and immediates

  private mutating func putProperties(_ properties: Properties) {
    for property in Property.allCases {
      guard let value = properties[property] else { continue }
      put("PROPERTY ")
      put(.property, property.rawValue)
      put(" ")
      let word = UInt8(truncatingIfNeeded: value)
      switch property {
      case .gsInputPrimitive, .gsOutputPrimitive: put(.primitive, word)
      case .fsCoordOrigin: put(.origin, word)
      case .fsCoordPixelCenter: put(.center, word)
      case .nextShader: put(.header, word)
      default: put(value)
      }
      endLine()
    }
  }

  private mutating func put(_ immediate: Immediate, _ number: Int) {
    put("IMM[")
    put(number)
    put("] ")
    put(.immediate, immediate.type.rawValue)
    put(" {")
    for position in 0..<(immediate.type.is64Bit ? 2 : 4) {
      if position > 0 { put(", ") }
      switch immediate.type {
      case .float32: putHex(immediate.bits[position])
      case .uint32: put(immediate.bits[position])
      case .int32: put(Int32(bitPattern: immediate.bits[position]))
      case .float64:
        for byte in Double(bitPattern: immediate.pair(position)).description.utf8 { text.append(byte) }
      case .int64: put(Int64(bitPattern: immediate.pair(position)))
      case .uint64: put(immediate.pair(position))
      }
    }
    put("}")
    endLine()
  }

  private mutating func putHex(_ value: UInt32) {
    put("0x")
    for shift in stride(from: UInt32(28), through: 0, by: -4) {
      let digit = UInt8(truncatingIfNeeded: value >> shift & 15)
      put(byte: digit < 10 ? 0x30 + digit : 0x57 + digit)
    }
  }
}

extension Immediate {
  /// The 64-bit value in components xy (0) or zw (1).
  package func pair(_ position: Int) -> UInt64 {
    position == 0 ? UInt64(bits.x) | UInt64(bits.y) << 32 : UInt64(bits.z) | UInt64(bits.w) << 32
  }
}
