import TGSI

/// Instructions on 32-bit components, each result from the same components of its operands.
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
    case .cmp: return writeSelect(instruction, test: .float)
    case .ucmp: return writeSelect(instruction, test: .uint)
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

  /// `src0 < 0 ? src1 : src2`, or `src0 != 0` of integers, for each component; bits are kept, so the choice is made on
  /// the stored type.
  private mutating func writeSelect(_ instruction: Instruction, test testType: ScalarType) {
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
}
