extension Parser {
  /// `PROPERTY name value`. A name nobody knows skips its line: newer guests may send more.
  mutating func parseProperty(_ text: Span<UInt8>) throws(ShaderFault) {
    try requireBlank(text)
    let word = cursor.word(text)
    guard word.count > 0 else { throw cursor.fault(.unexpectedByte, text) }
    guard word.count <= ShaderLimits.propertyName else { throw fault(.propertyNameTooLong, word) }
    guard let index = keywords.index(of: word, in: .property, text), let property = Property(rawValue: index) else {
      return try skipLine(text)
    }
    cursor.skipBlanks(text)
    let value: UInt32 =
      switch property {
      case .gsInputPrimitive, .gsOutputPrimitive: UInt32(try keyword(.primitive, .badPropertyValue, text))
      case .fsCoordOrigin: UInt32(try keyword(.origin, .badPropertyValue, text))
      case .fsCoordPixelCenter: UInt32(try keyword(.center, .badPropertyValue, text))
      case .nextShader: UInt32(try keyword(.header, .badPropertyValue, text))
      default: try cursor.unsigned(text)
      }
    shader.properties[property] = value
  }

  private mutating func skipLine(_ text: Span<UInt8>) throws(ShaderFault) {
    while true {
      let byte = cursor.peek(text)
      if byte == 0 || byte == 0x0A { return }
      guard byte == 0x09 || (byte >= 0x20 && byte <= 0x7E) else { throw cursor.fault(.unexpectedByte, text) }
      cursor.position &+= 1
    }
  }
}
