import TGSI

/// Atomic counters.
extension GLSLWriter {
  private mutating func append(counter register: Register) {
    let binding = Int(register.dimension?.index ?? 0)
    let index = Int(register.index)
    for (number, declaration) in shader.atomicCounters.enumerated()
    where Int(declaration.binding) == binding
      && (Int(declaration.range.first)...Int(declaration.range.last)).contains(index)
    {
      text.append("counter")
      text.append(decimal: number)
      text.append("[")
      if let indirect = register.indirect {
        append(index: indirect, plus: index - Int(declaration.range.first), last: declaration.range.count - 1)
      } else {
        text.append(decimal: index - Int(declaration.range.first))
      }
      return text.append("]")
    }
    text.append("counter0[0]")
  }

  mutating func writeCounter(_ instruction: Instruction, _ register: Register) throws(TranslationFault) {
    try writeOldValue(instruction, .uint) { (writer) throws(TranslationFault) in
      try writer.appendCounterCall(instruction, register)
    }
  }

  private mutating func appendCounterCall(
    _ instruction: Instruction, _ register: Register
  ) throws(TranslationFault) {
    let operand = instruction.sources.count > 2 ? immediate(instruction.sources[2], 0) : 0
    let isImmediate = instruction.sources.count > 2 && instruction.sources[2].register.file == .immediate
    switch instruction.opcode {
    case .load:
      text.append("atomicCounter(")
      append(counter: register)
      text.append(")")
    case .atomuadd where isImmediate && operand == 1:
      text.append("atomicCounterIncrement(")
      append(counter: register)
      text.append(")")
    case .atomuadd where isImmediate && operand == .max:
      // GLSL gives the new value, the guest wants the old one.
      text.append("atomicCounterDecrement(")
      append(counter: register)
      text.append(") + 1u")
    default:
      guard let name = atomicName(instruction.opcode), plan.features.contains(.atomicCounterArithmetic) else {
        throw .missingFeature(.atomicCounterArithmetic)
      }
      text.append("atomicCounter")
      text.append(name)
      if plan.counterArithmeticIsExtension { text.append("ARB") }
      text.append("(")
      append(counter: register)
      appendAtomicData(instruction, .uint)
      text.append(")")
    }
  }
}
