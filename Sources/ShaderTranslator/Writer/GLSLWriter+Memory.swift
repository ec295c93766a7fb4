import TGSI

/// Loads, stores and atomics: to which kind of memory they go, and what all kinds share.
extension GLSLWriter {
  mutating func writeMemory(_ instruction: Instruction) throws(TranslationFault) {
    let resource =
      instruction.opcode == .store ? instruction.destinations[0].register : instruction.sources[0].register
    switch resource.file {
    case .image:
      let image = try image(resource)
      try writeChosen(resource, image.slot, image.count, .dynamicMemoryIndex) {
        (writer, register) throws(TranslationFault) in try writer.writeImage(instruction, image, register)
      }
    case .buffer:
      guard let buffer = buffer(resource) else { throw .unsupported(.memoryOperand) }
      try writeChosen(resource, buffer.slot &+ facts.firstStorage, buffer.count, .dynamicMemoryIndex) {
        (writer, register) throws(TranslationFault) in try writer.writeBuffer(instruction, register)
      }
    case .memory: try writeBuffer(instruction, resource)
    case .atomicCounter: try writeCounter(instruction, resource)
    default: throw .unsupported(.memoryOperand)
    }
  }

  /// An instruction on an element of an array of resources: where GLSL takes no run-time index, a choice between as
  /// many instructions as the array has elements.
  mutating func writeChosen(
    _ register: Register, _ first: UInt8, _ count: UInt8, _ feature: GLSLFeature,
    _ body: (inout GLSLWriter, Register) throws(TranslationFault) -> Void
  ) throws(TranslationFault) {
    guard let index = register.indirect, count > 1, !plan.features.contains(feature) else {
      return try body(&self, register)
    }
    text.append("switch (")
    append(index: index, plus: Int(register.index) - Int(first), last: Int(count) - 1)
    text.append(") {\n")
    var chosen = register
    chosen.indirect = nil
    for element in 0..<count {
      if element == count - 1 {
        text.append("default: ")
      } else {
        text.append("case ")
        text.append(decimal: Int(element))
        text.append(": ")
      }
      chosen.index = Int32(first) + Int32(element)
      try body(&self, chosen)
      text.append("break;\n")
    }
    text.append("}\n")
  }

  /// `[n]` into an array of images or blocks; nothing for single ones.
  mutating func append(element: Int, of count: Int, _ indirect: AddressOperand?) {
    guard count > 1 else { return }
    text.append("[")
    if let indirect { append(index: indirect, plus: element, last: count - 1) } else { text.append(decimal: element) }
    text.append("]")
  }

  /// What the functions for an operation are called, behind the kind of memory.
  func atomicName(_ opcode: Opcode) -> StaticString? {
    switch opcode {
    case .atomuadd: "Add"
    case .atomxchg: "Exchange"
    case .atomcas: "CompSwap"
    case .atomand: "And"
    case .atomor: "Or"
    case .atomxor: "Xor"
    case .atomumin, .atomimin: "Min"
    case .atomumax, .atomimax: "Max"
    default: nil
    }
  }

  /// `destination = name(place, data…)`; `place` writes all up to the data.
  mutating func writeAtomic(
    _ instruction: Instruction, _ type: ScalarType, _ place: (inout GLSLWriter) -> Void
  ) {
    writeOldValue(instruction, type) { writer in
      place(&writer)
      writer.appendAtomicData(instruction, type)
      writer.text.append(")")
    }
  }

  /// `destination = call`, or the call alone when nothing wants the old value.
  mutating func writeOldValue<Failure: Error>(
    _ instruction: Instruction, _ type: ScalarType, _ call: (inout GLSLWriter) throws(Failure) -> Void
  ) throws(Failure) {
    let result = Result(instruction, type)
    let isStored = begin(result)
    let isSpread = isStored && result.count > 1
    if isSpread {
      append(type: type, count: result.count)
      text.append("(")
    }
    try call(&self)
    if isSpread { text.append(")") }
    if isStored { end(result) } else { text.append(";\n") }
  }

  /// The operands behind the place, each after a comma.
  mutating func appendAtomicData(_ instruction: Instruction, _ type: ScalarType) {
    for index in 2..<max(2, instruction.sources.count) {
      text.append(", ")
      append(source: instruction.sources[index], at: Components(0), as: type)
    }
  }
}
