import TGSI

/// The instructions in order.
extension GLSLWriter {
  mutating func writeBody() throws(TranslationFault) {
    for index in shader.instructions.indices { try write(shader.instructions[index]) }
  }

  private mutating func write(_ instruction: Instruction) throws(TranslationFault) {
    let info = instruction.opcode.info
    switch info.class {
    case .arithmetic:
      if info.form == .pairs { try writePairs(instruction) } else { try writeArithmetic(instruction) }
    case .flow: try writeFlow(instruction)
    case .texture, .textureQuery: try writeTexture(instruction)
    case .kill: writeKill(instruction)
    case .memory: try writeMemory(instruction)
    case .emission: writeEmission(instruction)
    case .barrier: writeBarrier(instruction)
    case .interpolation: try writeInterpolation(instruction)
    }
  }

  // MARK: Flow

  private mutating func writeFlow(_ instruction: Instruction) throws(TranslationFault) {
    switch instruction.opcode {
    case .if, .uif:
      text.append("if (")
      append(source: instruction.sources[0], at: Components(0), as: instruction.opcode == .if ? .float : .uint)
      text.append(instruction.opcode == .if ? " != 0.0) {\n" : " != 0u) {\n")
    case .else: text.append("} else {\n")
    case .endif: text.append("}\n")
    case .bgnloop: text.append("for (;;) {\n")
    case .endloop: text.append("}\n")
    case .brk: text.append("break;\n")
    case .cont: text.append("continue;\n")
    case .ret: if plan.bodyIsFunction { text.append("return;\n") }
    case .end, .nop: break
    default: throw .unsupported(.opcode)
    }
  }

  private mutating func writeKill(_ instruction: Instruction) {
    guard instruction.opcode == .killIf else { return text.append("discard;\n") }
    text.append("if (any(lessThan(")
    append(source: instruction.sources[0], at: Components(first: 4), as: .float)
    text.append(", vec4(0.0)))) discard;\n")
  }

  private mutating func writeEmission(_ instruction: Instruction) {
    let stream = plan.geometry?.usesStreams == true ? immediate(instruction.sources[0], 0) : 0
    if instruction.opcode == .emit {
      text.append("end_vertex();\n")
      text.append(plan.geometry?.usesStreams == true ? "EmitStreamVertex(" : "EmitVertex(")
    } else {
      text.append(plan.geometry?.usesStreams == true ? "EndStreamPrimitive(" : "EndPrimitive(")
    }
    if plan.geometry?.usesStreams == true { text.append(decimal: Int(stream & 3)) }
    text.append(");\n")
  }

  private mutating func writeBarrier(_ instruction: Instruction) {
    if instruction.opcode == .barrier { return text.append("barrier();\n") }
    let mask = immediate(instruction.sources[0], 0)
    let isCompute = plan.stage == .compute
    guard mask != 0 else { return }
    if mask & 16 != 0, isCompute { return text.append("groupMemoryBarrier();\n") }
    guard mask & 15 != 15, plan.features.contains(.typedMemoryBarriers) else {
      return text.append("memoryBarrier();\n")
    }
    if mask & 1 != 0 { text.append("memoryBarrierBuffer();\n") }
    if mask & 2 != 0 { text.append("memoryBarrierAtomicCounter();\n") }
    if mask & 4 != 0 { text.append("memoryBarrierImage();\n") }
    if mask & 8 != 0, isCompute { text.append("memoryBarrierShared();\n") }
  }

  /// The bits of an immediate operand's component, 0 for anything else.
  func immediate(_ source: Source, _ position: Int) -> UInt32 {
    guard source.register.file == .immediate, shader.immediates.indices.contains(Int(source.register.index)),
      let component = Component(rawValue: UInt8(position & 3))
    else { return 0 }
    return shader.immediates[Int(source.register.index)][source.swizzle[component]]
  }

  // MARK: Interpolation functions

  private mutating func writeInterpolation(_ instruction: Instruction) throws(TranslationFault) {
    let register = instruction.sources[0].register
    let index = Int(register.index)
    guard plan.inputs.indices.contains(index), register.indirect == nil else { throw .unsupported(.operand) }
    let result = Result(instruction, .float)
    guard begin(result) else { return }
    guard case .varying(let varying, let width) = plan.inputs[index] else {
      // A value that no varying carries is the same everywhere.
      append(source: instruction.sources[0], at: result.components, as: .float)
      return end(result)
    }
    widened(from: width) { $0.interpolate(varying, instruction) }
    text.append(".")
    append(components: result.components.through(instruction.sources[0].swizzle))
    end(result)
  }
}

extension GLSLWriter {
  private mutating func interpolate(_ varying: Varying, _ instruction: Instruction) {
    switch instruction.opcode {
    case .interpCentroid: text.append("interpolateAtCentroid(")
    case .interpSample: text.append("interpolateAtSample(")
    default: text.append("interpolateAtOffset(")
    }
    text.append(varying: varying, of: plan.inputOwner)
    switch instruction.opcode {
    case .interpSample:
      text.append(", ")
      append(source: instruction.sources[1], at: Components(0), as: .int)
    case .interpOffset:
      text.append(", ")
      append(source: instruction.sources[1], at: Components(first: 2), as: .float)
    default: break
    }
    text.append(")")
  }
}

/// Where one instruction's result goes.
struct Result {
  let destination: Destination
  /// The components written, in order.
  let components: Components
  /// What the expression gives.
  let type: ScalarType
  let saturates: Bool
  let isPrecise: Bool

  init(_ instruction: Instruction, _ type: ScalarType) {
    destination = instruction.destinations.isEmpty ? Destination(.none) : instruction.destinations[0]
    components = Components(destination.mask)
    self.type = type
    saturates = instruction.saturate && type == .float
    isPrecise = instruction.precise
  }

  var count: Int { components.count }
}

extension GLSLWriter {
  /// Opens `destination = `; false when nothing is stored and nothing shall be written.
  mutating func begin(_ result: Result) -> Bool {
    guard result.count > 0, result.destination.register.file != .null else { return false }
    if isScattered(result.destination.register) || isIndexedControlOutput(result.destination.register) {
      text.append("{ vec4 r = vec4(0.0); r.")
      append(components: result.components)
      text.append(" = ")
      openCasts(result, stored: .float)
      return true
    }
    if result.isPrecise, plan.features.contains(.precise) {
      text.append("{ precise ")
      append(type: result.type, count: result.count)
      text.append(" p = ")
      if result.saturates { text.append("clamp(") }
      return true
    }
    append(target: result.destination, result.components)
    text.append(" = ")
    openCasts(result, stored: targetType(result.destination.register))
    return true
  }

  mutating func end(_ result: Result) {
    let register = result.destination.register
    if isScattered(register) {
      closeCasts(result, stored: .float)
      return writeScattered(result)
    }
    if isIndexedControlOutput(register) {
      closeCasts(result, stored: .float)
      return writeIndexedStore(result)
    }
    if result.isPrecise, plan.features.contains(.precise) {
      if result.saturates { text.append(", 0.0, 1.0)") }
      text.append("; ")
      append(target: result.destination, result.components)
      text.append(" = ")
      cast(from: result.type, to: targetType(register), count: result.count) { $0.text.append("p") }
      return text.append("; }\n")
    }
    closeCasts(result, stored: targetType(register))
    text.append(";\n")
  }

  private mutating func openCasts(_ result: Result, stored: ScalarType) {
    _ = appendCast(from: result.type, to: stored, count: result.count)
    if result.saturates { text.append("clamp(") }
  }

  private mutating func closeCasts(_ result: Result, stored: ScalarType) {
    if result.saturates { text.append(", 0.0, 1.0)") }
    if result.type != stored { text.append(")") }
  }

  private func targetType(_ register: Register) -> ScalarType { storedType(of: register) }

  private mutating func append(target destination: Destination, _ components: Components) {
    let register = destination.register
    switch register.file {
    case .address:
      text.append("a")
      text.append(decimal: Int(register.index))
    case .output where plan.stage == .tessControl: append(controlOutput: register, isRead: false)
    default: append(variable: register)
    }
    text.append(".")
    append(components: components)
  }
}
