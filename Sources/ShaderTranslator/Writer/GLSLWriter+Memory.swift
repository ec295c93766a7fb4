import TGSI

/// Loads, stores and atomics on images, buffers, shared memory and counters.
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

  private func atomicName(_ opcode: Opcode) -> StaticString? {
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

  // MARK: Images

  private func image(_ register: Register) throws(TranslationFault) -> ImagePlan {
    let slot = Int(register.index)
    guard let image = plan.images.first(where: { (Int($0.slot)..<Int($0.slot) + Int($0.count)).contains(slot) }) else {
      throw .unsupported(.imageAccess)
    }
    return image
  }

  private mutating func append(image: ImagePlan, _ register: Register, isWrite: Bool = false) {
    text.append(isWrite && image.hasWriteSide ? .imageWriteSide : .image, plan.stage, Int(image.slot))
    append(element: Int(register.index) - Int(image.slot), of: Int(image.count), register.indirect)
  }

  /// `[n]` into an array of images or blocks; nothing for single ones.
  private mutating func append(element: Int, of count: Int, _ indirect: AddressOperand?) {
    guard count > 1 else { return }
    text.append("[")
    if let indirect { append(index: indirect, plus: element, last: count - 1) } else { text.append(decimal: element) }
    text.append("]")
  }

  private func buffer(_ register: Register) -> BufferPlan? {
    let slot = Int(register.index) - Int(facts.firstStorage)
    return plan.buffers.first { (Int($0.slot)..<Int($0.slot) + Int($0.count)).contains(slot) }
  }

  private mutating func append(buffer register: Register, isSigned: Bool) {
    let slot = Int(register.index) - Int(facts.firstStorage)
    guard let buffer = buffer(register) else { return text.append(.storageMember, plan.stage, slot) }
    text.append(isSigned && buffer.hasSignedSide ? .storageSignedMember : .storageMember, plan.stage, Int(buffer.slot))
    append(element: slot - Int(buffer.slot), of: Int(buffer.count), register.indirect)
  }

  private mutating func append(imageCoordinate source: Source, _ image: ImagePlan) {
    switch image.target {
    case .buffer: append(source: source, at: Components(0), as: .int)
    case .texture1D where !image.widens: append(source: source, at: Components(0), as: .int)
    case .texture1D:
      text.append("ivec2(")
      append(source: source, at: Components(0), as: .int)
      text.append(", 0)")
    case .texture1DArray where image.widens:
      text.append("ivec3(")
      append(source: source, at: Components(0), as: .int)
      text.append(", 0, ")
      append(source: source, at: Components(1), as: .int)
      text.append(")")
    case .texture2D, .rect, .texture1DArray: append(source: source, at: Components(first: 2), as: .int)
    case .texture2DMSAA:
      append(source: source, at: Components(first: 2), as: .int)
      text.append(", ")
      append(source: source, at: Components(3), as: .int)
    case .texture2DArrayMSAA:
      append(source: source, at: Components(first: 3), as: .int)
      text.append(", ")
      append(source: source, at: Components(3), as: .int)
    default: append(source: source, at: Components(first: 3), as: .int)
    }
  }

  private mutating func writeImage(
    _ instruction: Instruction, _ image: ImagePlan, _ register: Register
  ) throws(TranslationFault) {
    switch instruction.opcode {
    case .store:
      text.append("imageStore(")
      append(image: image, register, isWrite: true)
      text.append(", ")
      append(imageCoordinate: instruction.sources[0], image)
      text.append(", ")
      append(source: instruction.sources[1], at: Components(first: 4), as: image.type)
      text.append(");\n")
    case .load:
      let result = Result(instruction, image.type)
      guard begin(result) else { return }
      text.append("imageLoad(")
      append(image: image, register)
      text.append(", ")
      append(imageCoordinate: instruction.sources[1], image)
      text.append(").")
      append(components: result.components)
      end(result)
    case .resq: writeImageSize(instruction, image, register)
    default:
      guard let name = atomicName(instruction.opcode) else { throw .unsupported(.imageAccess) }
      writeAtomic(instruction, image.type) { writer in
        writer.text.append("imageAtomic")
        writer.text.append(name)
        writer.text.append("(")
        writer.append(image: image, register)
        writer.text.append(", ")
        writer.append(imageCoordinate: instruction.sources[1], image)
      }
    }
  }

  private mutating func writeImageSize(_ instruction: Instruction, _ image: ImagePlan, _ register: Register) {
    let result = Result(instruction, .int)
    guard begin(result) else { return }
    text.append("ivec4(imageSize(")
    append(image: image, register)
    text.append(")")
    let dimensions: Int
    switch image.target {
    case .buffer, .texture1D:
      if image.widens { text.append(".x") }
      dimensions = 1
    case .texture1DArray:
      if image.widens { text.append(".xz") }
      dimensions = 2
    case .texture3D, .texture2DArray, .cubeArray, .texture2DArrayMSAA: dimensions = 3
    default: dimensions = 2
    }
    for _ in dimensions..<3 { text.append(", 0") }
    text.append(", 1).")
    append(components: result.components)
    end(result)
  }

  /// `destination = name(place, data…)`, or the call alone when nothing wants the old value.
  private mutating func writeAtomic(
    _ instruction: Instruction, _ type: ScalarType, _ place: (inout GLSLWriter) -> Void
  ) {
    let result = Result(instruction, type)
    let isStored = begin(result)
    if isStored, result.count > 1 {
      append(type: type, count: result.count)
      text.append("(")
    }
    place(&self)
    for index in 2..<max(2, instruction.sources.count) {
      text.append(", ")
      append(source: instruction.sources[index], at: Components(0), as: type)
    }
    text.append(")")
    if isStored {
      if result.count > 1 { text.append(")") }
      end(result)
    } else {
      text.append(";\n")
    }
  }

  // MARK: Buffers and shared memory

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

  private mutating func writeBuffer(_ instruction: Instruction, _ register: Register) throws(TranslationFault) {
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

  // MARK: Atomic counters

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

  private mutating func writeCounter(_ instruction: Instruction, _ register: Register) throws(TranslationFault) {
    let result = Result(instruction, .uint)
    let isStored = begin(result)
    if isStored, result.count > 1 {
      append(type: .uint, count: result.count)
      text.append("(")
    }
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
      for index in 2..<max(2, instruction.sources.count) {
        text.append(", ")
        append(source: instruction.sources[index], at: Components(0), as: .uint)
      }
      text.append(")")
    }
    if isStored {
      if result.count > 1 { text.append(")") }
      end(result)
    } else {
      text.append(";\n")
    }
  }
}
