import TGSI

/// Loads, stores, atomics and sizes of storage buffers and of shared memory, which are arrays of words.
extension GLSLWriter {
  func buffer(_ register: Register) -> BufferPlan? {
    let slot = Int(register.index) - Int(facts.firstStorage)
    return plan.buffers.first { (Int($0.slot)..<Int($0.slot) + Int($0.count)).contains(slot) }
  }

  private mutating func append(buffer register: Register, isSigned: Bool) {
    let slot = Int(register.index) - Int(facts.firstStorage)
    guard let buffer = buffer(register) else { return text.append(.storageMember, plan.stage, slot) }
    text.append(isSigned && buffer.hasSignedSide ? .storageSignedMember : .storageMember, plan.stage, Int(buffer.slot))
    append(element: slot - Int(buffer.slot), of: Int(buffer.count), register.indirect)
  }

  /// One word: the byte address of a source shifted down, plus a word number.
  private mutating func append(word register: Register, _ address: Source, _ plus: Int, isSigned: Bool) {
    if register.file == .memory {
      text.append("cs_shared[min((")
      append(source: address, at: Components(0), as: .uint)
      text.append(" >> 2u) + ")
      text.append(decimal: plus)
      text.append("u, ")
      text.append(decimal: Int(max(1, plan.compute?.sharedWords ?? 1)) - 1)
      text.append("u)]")
      return
    }
    append(buffer: register, isSigned: isSigned)
    text.append(".d[(")
    append(source: address, at: Components(0), as: .uint)
    text.append(" >> 2u)")
    if plus > 0 {
      text.append(" + ")
      text.append(decimal: plus)
      text.append("u")
    }
    text.append("]")
  }

  private func wordType(_ register: Register, isSigned: Bool) -> ScalarType {
    if register.file == .memory { return plan.compute?.sharedIsSigned == true ? .int : .uint }
    guard let buffer = buffer(register) else { return .uint }
    return buffer.isSigned || (buffer.hasSignedSide && isSigned) ? .int : .uint
  }

  mutating func writeBuffer(_ instruction: Instruction, _ register: Register) throws(TranslationFault) {
    let isSigned = instruction.opcode == .atomimin || instruction.opcode == .atomimax
    let type = wordType(register, isSigned: isSigned)
    switch instruction.opcode {
    case .load:
      let result = Result(instruction, type)
      guard begin(result) else { return }
      append(type: type, count: result.count)
      text.append("(")
      for index in 0..<result.count {
        if index > 0 { text.append(", ") }
        append(word: register, instruction.sources[1], Int(result.components[index]), isSigned: false)
      }
      text.append(")")
      end(result)
    case .store:
      let components = Components(instruction.destinations[0].mask)
      for index in 0..<components.count {
        append(word: register, instruction.sources[0], Int(components[index]), isSigned: false)
        text.append(" = ")
        append(source: instruction.sources[1], at: Components(components[index]), as: type)
        text.append(";\n")
      }
    case .resq:
      let result = Result(instruction, .int)
      guard begin(result) else { return }
      append(type: .int, count: result.count)
      text.append("(")
      append(buffer: register, isSigned: false)
      text.append(".d.length() * 4)")
      end(result)
    default:
      guard let name = atomicName(instruction.opcode) else { throw .unsupported(.memoryOperand) }
      writeAtomic(instruction, type) { writer in
        writer.text.append("atomic")
        writer.text.append(name)
        writer.text.append("(")
        writer.append(word: register, instruction.sources[1], 0, isSigned: isSigned)
      }
    }
  }
}
