import TGSI

/// Doubles as pairs of words, on hosts whose GLSL has no such type.
extension GLSLWriter {
  /// The functions that the plan chose.
  mutating func writeSoftDoubles() {
    plan.softDoubles.forEach { text.append($0.text) }
  }

  /// The value of an instruction for one pair: a `uvec2`, or the 32-bit result of a conversion or a comparison.
  mutating func writeSoft(_ instruction: Instruction, _ pair: UInt8) throws(TranslationFault) {
    let sources = instruction.sources
    guard let function = SoftDouble(instruction.opcode) else {
      switch instruction.opcode {
      case .dabs: return softMagnitude { $0.softDouble(sources[0], pair) }
      case .dneg: return softNegation { $0.softDouble(sources[0], pair) }
      default: throw .unsupported(.opcode)
      }
    }
    text.append(function.name)
    text.append("(")
    let types = instruction.opcode.info.sourceTypes
    for index in types.indices {
      if index > 0 { text.append(", ") }
      switch types[index] {
      case .double: softDouble(sources[index], pair)
      case .float: append(source: sources[index], at: Components(pair), as: .float)
      case .uint: append(source: sources[index], at: Components(pair), as: .uint)
      // The exponent of DLDEXP stands in the first word of the pair, the operand of I2D in a component of its own.
      default:
        append(source: sources[index], at: Components(instruction.opcode == .dldexp ? pair * 2 : pair), as: .int)
      }
    }
    text.append(")")
  }

  /// The fraction; the exponent goes to `e`.
  mutating func writeSoftFraction(_ source: Source, _ pair: UInt8) {
    text.append(SoftDouble.frexp.name)
    text.append("(")
    softDouble(source, pair)
    text.append(", e)")
  }

  private mutating func softDouble(_ source: Source, _ pair: UInt8) {
    var components = Components(pair * 2)
    components.append(pair * 2 + 1)
    let plain = { (writer: inout GLSLWriter) in
      writer.append(register: source.register, components.through(source.swizzle), as: .uint)
    }
    switch (source.negate, source.absolute) {
    case (false, false): plain(&self)
    case (true, false): softNegation(plain)
    case (false, true): softMagnitude(plain)
    case (true, true): softNegation { $0.softMagnitude(plain) }
    }
  }

  private mutating func softNegation(_ body: (inout GLSLWriter) -> Void) {
    text.append("(")
    body(&self)
    text.append(" ^ uvec2(0u, 0x80000000u))")
  }

  private mutating func softMagnitude(_ body: (inout GLSLWriter) -> Void) {
    text.append("(")
    body(&self)
    text.append(" & uvec2(0xffffffffu, 0x7fffffffu))")
  }
}
