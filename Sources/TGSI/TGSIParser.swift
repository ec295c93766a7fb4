/// The way in: text from a guest to a program that is safe to translate.
package enum TGSIParser {
  /// Parses and validates one complete program.
  ///
  /// The text ends at its first NUL, or at the end of the span; the caller has made it whole and host-owned. Takes time
  /// linear in the text. A fault carries its line and column.
  package static func parse(_ text: Span<UInt8>, stage: ShaderStage) throws(ShaderFault) -> ValidShader {
    do {
      return try Validator.validate(try parseOnly(text, stage: stage))
    } catch {
      throw error.located(in: text)
    }
  }

  /// The program as written, unproven.
  static func parseOnly(_ text: Span<UInt8>, stage: ShaderStage) throws(ShaderFault) -> Shader {
    guard text.count <= ShaderLimits.text else {
      throw ShaderFault(.textTooLong, at: 0, value: Int64(text.count))
    }
    var parser = Parser(stage: stage)
    try parser.parse(text)
    return parser.shader
  }
}
