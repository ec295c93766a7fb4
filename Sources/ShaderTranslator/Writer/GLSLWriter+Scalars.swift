import TGSI

/// Instructions whose result is one scalar in all components, or has a rule for each component.
extension GLSLWriter {
  mutating func writeScalar(_ instruction: Instruction) throws(TranslationFault) {
    let isPacked: Bool =
      switch instruction.opcode {
      case .pk2h, .pk2us, .pk4b, .pk4ub: true
      default: false
      }
    let result = Result(instruction, isPacked ? .uint : .float)
    guard begin(result) else { return }
    if result.count > 1 {
      append(type: result.type, count: result.count)
      text.append("(")
    }
    switch instruction.opcode {
    case .rcp:
      text.append("1.0 / ")
      append(source: instruction.sources[0], at: Components(0), as: .float)
    case .rsq: function("inversesqrt", instruction, 1)
    case .sqrt: function("sqrt", instruction, 1)
    case .ex2: function("exp2", instruction, 1)
    case .lg2: function("log2", instruction, 1)
    case .sin: function("sin", instruction, 1)
    case .cos: function("cos", instruction, 1)
    case .pow:
      text.append("pow(")
      append(source: instruction.sources[0], at: Components(0), as: .float)
      text.append(", ")
      append(source: instruction.sources[1], at: Components(0), as: .float)
      text.append(")")
    case .dp2: dot(instruction, 2)
    case .dp3: dot(instruction, 3)
    case .dp4: dot(instruction, 4)
    case .dph:
      dot(instruction, 3)
      text.append(" + ")
      append(source: instruction.sources[1], at: Components(3), as: .float)
    case .pk2h: function("packHalf2x16", instruction, 2)
    case .pk2us: function("packUnorm2x16", instruction, 2)
    case .pk4b: function("packSnorm4x8", instruction, 4)
    case .pk4ub: function("packUnorm4x8", instruction, 4)
    default: throw .unsupported(.opcode)
    }
    if result.count > 1 { text.append(")") }
    end(result)
  }

  private mutating func function(_ name: StaticString, _ instruction: Instruction, _ count: Int) {
    text.append(name)
    text.append("(")
    append(source: instruction.sources[0], at: Components(first: count), as: .float)
    text.append(")")
  }

  private mutating func dot(_ instruction: Instruction, _ count: Int) {
    text.append("dot(")
    append(source: instruction.sources[0], at: Components(first: count), as: .float)
    text.append(", ")
    append(source: instruction.sources[1], at: Components(first: count), as: .float)
    text.append(")")
  }

  // MARK: A rule for each component

  mutating func writePerChannel(_ instruction: Instruction) throws(TranslationFault) {
    let result = Result(instruction, .float)
    guard begin(result) else { return }
    text.append("(")
    try appendChannels(instruction)
    text.append(").")
    append(components: result.components)
    end(result)
  }

  private mutating func x(_ instruction: Instruction, _ source: Int, _ component: UInt8) {
    append(source: instruction.sources[source], at: Components(component), as: .float)
  }

  private mutating func appendChannels(_ instruction: Instruction) throws(TranslationFault) {
    switch instruction.opcode {
    case .lit:
      // (1, max(x, 0), x > 0 ? max(y, 0)^clamp(w) : 0, 1)
      text.append("vec4(1.0, max(")
      x(instruction, 0, 0)
      text.append(", 0.0), ")
      x(instruction, 0, 0)
      text.append(" > 0.0 ? pow(max(")
      x(instruction, 0, 1)
      text.append(", 0.0), clamp(")
      x(instruction, 0, 3)
      text.append(", -128.0, 128.0)) : 0.0, 1.0)")
    case .exp:
      text.append("vec4(exp2(floor(")
      x(instruction, 0, 0)
      text.append(")), fract(")
      x(instruction, 0, 0)
      text.append("), exp2(")
      x(instruction, 0, 0)
      text.append("), 1.0)")
    case .log:
      // (floor of the exponent, mantissa, logarithm, 1) of |x|.
      text.append("vec4(floor(log2(abs(")
      x(instruction, 0, 0)
      text.append("))), abs(")
      x(instruction, 0, 0)
      text.append(") / exp2(floor(log2(abs(")
      x(instruction, 0, 0)
      text.append(")))), log2(abs(")
      x(instruction, 0, 0)
      text.append(")), 1.0)")
    case .dst:
      text.append("vec4(1.0, ")
      x(instruction, 0, 1)
      text.append(" * ")
      x(instruction, 1, 1)
      text.append(", ")
      x(instruction, 0, 2)
      text.append(", ")
      x(instruction, 1, 3)
      text.append(")")
    case .scs:
      text.append("vec4(cos(")
      x(instruction, 0, 0)
      text.append("), sin(")
      x(instruction, 0, 0)
      text.append("), 0.0, 1.0)")
    case .xpd:
      text.append("vec4(cross(")
      append(source: instruction.sources[0], at: Components(first: 3), as: .float)
      text.append(", ")
      append(source: instruction.sources[1], at: Components(first: 3), as: .float)
      text.append("), 1.0)")
    case .up2h: unpack("unpackHalf2x16", instruction, isPair: true)
    case .up2us: unpack("unpackUnorm2x16", instruction, isPair: true)
    case .up4b: unpack("unpackSnorm4x8", instruction, isPair: false)
    case .up4ub: unpack("unpackUnorm4x8", instruction, isPair: false)
    default: throw .unsupported(.opcode)
    }
  }

  private mutating func unpack(_ name: StaticString, _ instruction: Instruction, isPair: Bool) {
    text.append(name)
    text.append("(")
    append(source: instruction.sources[0], at: Components(0), as: .uint)
    text.append(isPair ? ").xyxy" : ")")
  }
}
