extension Validator {
  /// The register that names what a memory instruction works on, or the output that FBFETCH reads.
  func checkResource(
    _ register: Register, for instruction: Instruction, _ shader: borrowing Shader
  ) throws(ShaderFault) {
    let position = instruction.position
    switch register.file {
    case .image where instruction.opcode != .fbfetch: try checkImage(register, instruction, shader)
    case .buffer where instruction.opcode != .fbfetch:
      try refuseDimension(register, at: position)
      try checkMember(register, of: declared.buffers, at: position)
    case .memory where instruction.opcode != .fbfetch && instruction.opcode != .resq:
      // The index has no meaning: there is one shared memory.
      guard !shader.memory.isEmpty, register.indirect == nil, register.dimension == nil else {
        throw undeclared(register, at: position)
      }
    case .atomicCounter
    where instruction.opcode != .fbfetch && instruction.opcode != .resq && instruction.opcode != .store:
      try checkCounter(register, shader, at: position)
    case .output where instruction.opcode == .fbfetch: try checkReadable(register, shader, at: position)
    default: throw ShaderFault(.resourceExpected, at: position, value: Int64(register.file.rawValue))
    }
  }

  /// A direct number must be in the set; an indirect one needs a set that is not empty.
  private func checkMember(_ register: Register, of set: UInt32, at position: UInt32) throws(ShaderFault) {
    if let address = register.indirect {
      try checkAddress(address, at: position)
      guard set != 0 else { throw undeclared(register, at: position) }
    } else if !DeclaredRegisters.contains(set, register.index) {
      throw undeclared(register, at: position)
    }
  }

  private func checkImage(
    _ register: Register, _ instruction: Instruction, _ shader: borrowing Shader
  ) throws(ShaderFault) {
    let position = instruction.position
    try refuseDimension(register, at: position)
    if let target = instruction.target, target == .unknown || target.isShadow {
      throw ShaderFault(.illegalTarget, at: position, value: Int64(target.rawValue))
    }
    if let address = register.indirect {
      try checkAddress(address, at: position)
      guard !shader.images.isEmpty else { throw undeclared(register, at: position) }
      return
    }
    guard register.index >= 0, register.index < ShaderLimits.images, declared.images[Int(register.index)] != 0 else {
      throw undeclared(register, at: position)
    }
    let image = shader.images[Int(declared.images[Int(register.index)]) - 1]
    let format = image.format == .none ? instruction.format : image.format
    switch instruction.opcode {
    case .store:
      guard image.writable else { throw ShaderFault(.imageNotWritable, at: position, value: Int64(register.index)) }
    case .load:
      guard format != .none else { throw ShaderFault(.imageNotReadable, at: position, value: Int64(register.index)) }
    case .resq: break
    default:
      guard image.writable else { throw ShaderFault(.imageNotWritable, at: position, value: Int64(register.index)) }
      let fits =
        format == .r32Uint || format == .r32Sint || (format == .r32Float && instruction.opcode == .atomxchg)
      guard fits else { throw ShaderFault(.atomicFormat, at: position, value: Int64(format.rawValue)) }
    }
  }

  /// A counter of a declared binding; without a dimension, of binding 0.
  private func checkCounter(
    _ register: Register, _ shader: borrowing Shader, at position: UInt32
  ) throws(ShaderFault) {
    guard register.dimension?.indirect == nil else {
      throw ShaderFault(.indirectNotAllowed, at: position, value: Int64(register.file.rawValue))
    }
    if let address = register.indirect { try checkAddress(address, at: position) }
    let binding = register.dimension?.index ?? 0
    for counter in shader.atomicCounters where Int32(counter.binding) == binding {
      if register.indirect != nil || counter.range.contains(register.index) { return }
    }
    throw undeclared(register, at: position)
  }
}
