import TGSI

/// Instructions on 32-bit components.
extension GLSLWriter {
  mutating func writeArithmetic(_ instruction: Instruction) throws(TranslationFault) {
    switch instruction.opcode {
    // Scalars and pairs of bits, which the writer of integers knows how to spread.
    case .voteAll, .voteAny, .voteEq, .clock: return try writeComponentwise(instruction)
    default: break
    }
    switch instruction.opcode.info.form {
    case .componentwise: try writeComponentwise(instruction)
    case .scalar: try writeScalar(instruction)
    default: try writePerChannel(instruction)
    }
  }

  /// The type the expression of a componentwise instruction has.
  private func resultType(_ instruction: Instruction) -> ScalarType {
    switch instruction.opcode.info.destinationTypes[0] {
    case .float: .float
    case .int: .int
    default: .uint
    }
  }

  /// Operand `index` at the written components.
  private mutating func operand(_ instruction: Instruction, _ index: Int, _ result: Result, as type: ScalarType) {
    append(source: instruction.sources[index], at: result.components, as: type)
  }

  private mutating func writeComponentwise(_ instruction: Instruction) throws(TranslationFault) {
    switch instruction.opcode {
    case .mov: return writeMove(instruction)
    case .cmp: return writeSelect(instruction, "lessThan", test: .float, zero: "0.0", first: 1)
    case .ucmp: return writeSelect(instruction, "notEqual", test: .uint, zero: "0u", first: 1)
    default: break
    }
    let result = Result(instruction, resultType(instruction))
    guard begin(result) else { return }
    switch instruction.opcode {
    case .add: binary(" + ", instruction, result, .float)
    case .sub: binary(" - ", instruction, result, .float)
    case .mul: binary(" * ", instruction, result, .float)
    case .div: binary(" / ", instruction, result, .float)
    case .mad: multiplyAdd(instruction, result, .float)
    case .fma:
      if plan.features.contains(.fusedMultiplyAdd) {
        call("fma", instruction, result, .float, operands: 3)
      } else {
        multiplyAdd(instruction, result, .float)
      }
    case .abs: call("abs", instruction, result, .float)
    case .min: call("min", instruction, result, .float, operands: 2)
    case .max: call("max", instruction, result, .float, operands: 2)
    case .flr: call("floor", instruction, result, .float)
    case .ceil: call("ceil", instruction, result, .float)
    case .trunc: call("trunc", instruction, result, .float)
    case .round: call("roundEven", instruction, result, .float)
    case .frc: call("fract", instruction, result, .float)
    case .ssg: call("sign", instruction, result, .float)
    case .lrp:
      text.append("mix(")
      operand(instruction, 2, result, as: .float)
      text.append(", ")
      operand(instruction, 1, result, as: .float)
      text.append(", ")
      operand(instruction, 0, result, as: .float)
      text.append(")")
    case .ddx: call("dFdx", instruction, result, .float)
    case .ddy: call("dFdy", instruction, result, .float)
    case .ddxFine: call(plan.features.contains(.fineDerivatives) ? "dFdxFine" : "dFdx", instruction, result, .float)
    case .ddyFine: call(plan.features.contains(.fineDerivatives) ? "dFdyFine" : "dFdy", instruction, result, .float)
    case .arl, .arr:
      append(type: .int, count: result.count)
      text.append(instruction.opcode == .arl ? "(floor(" : "(roundEven(")
      operand(instruction, 0, result, as: .float)
      text.append("))")
    case .uarl: operand(instruction, 0, result, as: .int)
    case .slt, .sge, .seq, .sne, .sgt, .sle: compareToFloat(instruction, result)
    case .fslt, .fsge, .fseq, .fsne: compareToMask(instruction, result, .float)
    case .islt, .isge: compareToMask(instruction, result, .int)
    case .uslt, .usge, .useq, .usne: compareToMask(instruction, result, .uint)
    default: try writeInteger(instruction, result)
    }
    end(result)
  }

  /// Copies keep bits; modifiers act on the sign of a float.
  private mutating func writeMove(_ instruction: Instruction) {
    let source = instruction.sources[0]
    let register = instruction.destinations[0].register
    let isFloat =
      instruction.saturate || !source.modifiers.isEmpty || storedType(of: register) == .float
    let result = Result(instruction, isFloat ? .float : storedType(of: register))
    guard begin(result) else { return }
    append(source: source, at: result.components, as: result.type)
    end(result)
  }

  /// `test(src0, 0) ? src1 : src2` for each component; bits are kept, so the choice is made on the stored type.
  private mutating func writeSelect(
    _ instruction: Instruction, _ test: StaticString, test testType: ScalarType, zero: StaticString, first: Int
  ) {
    let hasModifiers = !instruction.sources[1].modifiers.isEmpty || !instruction.sources[2].modifiers.isEmpty
    let stored = storedType(of: instruction.destinations[0].register)
    let isFloat = instruction.saturate || hasModifiers && instruction.opcode == .cmp || stored == .float
    let type: ScalarType = isFloat ? .float : .uint
    let result = Result(instruction, type)
    guard begin(result) else { return }
    append(type: type, count: result.count)
    text.append("(")
    for index in 0..<result.count {
      if index > 0 { text.append(", ") }
      let at = Components(result.components[index])
      append(source: instruction.sources[0], at: at, as: testType)
      text.append(testType == .float ? " < 0.0 ? " : " != 0u ? ")
      append(source: instruction.sources[1], at: at, as: type)
      text.append(" : ")
      append(source: instruction.sources[2], at: at, as: type)
    }
    text.append(")")
    end(result)
  }

  mutating func binary(_ symbol: StaticString, _ instruction: Instruction, _ result: Result, _ type: ScalarType) {
    text.append("(")
    operand(instruction, 0, result, as: type)
    text.append(symbol)
    operand(instruction, 1, result, as: type)
    text.append(")")
  }

  mutating func multiplyAdd(_ instruction: Instruction, _ result: Result, _ type: ScalarType) {
    text.append("(")
    operand(instruction, 0, result, as: type)
    text.append(" * ")
    operand(instruction, 1, result, as: type)
    text.append(" + ")
    operand(instruction, 2, result, as: type)
    text.append(")")
  }

  mutating func call(
    _ name: StaticString, _ instruction: Instruction, _ result: Result, _ type: ScalarType, operands: Int = 1
  ) {
    text.append(name)
    text.append("(")
    for index in 0..<operands {
      if index > 0 { text.append(", ") }
      operand(instruction, index, result, as: type)
    }
    text.append(")")
  }

  private func comparison(_ opcode: Opcode) -> (vector: StaticString, scalar: StaticString) {
    switch opcode {
    case .slt, .fslt, .islt, .uslt: ("lessThan", " < ")
    case .sge, .fsge, .isge, .usge: ("greaterThanEqual", " >= ")
    case .seq, .fseq, .useq: ("equal", " == ")
    case .sgt: ("greaterThan", " > ")
    case .sle: ("lessThanEqual", " <= ")
    default: ("notEqual", " != ")
    }
  }

  /// A comparison's truth as a bool or bvec.
  private mutating func compare(_ instruction: Instruction, _ result: Result, _ type: ScalarType) {
    let names = comparison(instruction.opcode)
    if result.count == 1 { return binary(names.scalar, instruction, result, type) }
    call(names.vector, instruction, result, type, operands: 2)
  }

  private mutating func compareToFloat(_ instruction: Instruction, _ result: Result) {
    append(type: .float, count: result.count)
    text.append("(")
    compare(instruction, result, .float)
    text.append(")")
  }

  /// All ones or zeros: the negated truth.
  private mutating func compareToMask(_ instruction: Instruction, _ result: Result, _ type: ScalarType) {
    text.append("(0u - ")
    append(type: .uint, count: result.count)
    text.append("(")
    compare(instruction, result, type)
    text.append("))")
  }

  // MARK: Scalars repeated into every component

  private mutating func writeScalar(_ instruction: Instruction) throws(TranslationFault) {
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

  private mutating func writePerChannel(_ instruction: Instruction) throws(TranslationFault) {
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
