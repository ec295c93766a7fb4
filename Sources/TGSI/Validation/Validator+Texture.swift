extension Validator {
  func checkSampler(_ source: Source, _ position: UInt32) throws(ShaderFault) {
    let register = source.register
    guard register.file == .sampler, source.modifiers.isEmpty else {
      throw ShaderFault(.samplerExpected, at: position, value: Int64(register.file.rawValue))
    }
    try refuseDimension(register, at: position)
    if let address = register.indirect {
      try checkAddress(address, at: position)
      guard declared.samplers != 0 else { throw undeclared(register, at: position) }
    } else {
      guard DeclaredRegisters.contains(declared.samplers, register.index) else {
        throw undeclared(register, at: position)
      }
    }
  }

  /// Target, agreement with the other uses of the sampler, gather component and texel offsets.
  mutating func checkTexture(_ instruction: Instruction, _ shader: borrowing Shader) throws(ShaderFault) {
    guard let target = instruction.target, Self.makesSense(target, for: instruction.opcode) else {
      throw ShaderFault(
        .illegalTarget, at: instruction.position, value: Int64((instruction.target ?? .unknown).rawValue))
    }
    try recordTarget(target, instruction)
    if instruction.opcode == .tg4, !target.isShadow {
      let component = try immediateValue(instruction.sources[1], shader, at: instruction.position)
      guard component <= 3 else {
        throw ShaderFault(.immediateOutOfRange, at: instruction.position, value: Int64(component))
      }
    }
    try checkOffsets(instruction, shader)
  }

  private static func makesSense(_ target: TextureTarget, for opcode: Opcode) -> Bool {
    switch opcode {
    case .txq: target != .unknown
    case .txqs: target.isMultisample
    case .txf: target != .unknown && !target.isCube && !target.isShadow
    case .txp: isSampled(target) && !target.isArray
    case .tg4:
      switch target {
      case .texture1D, .texture3D, .shadow1D, .texture1DArray, .shadow1DArray: false
      default: isSampled(target)
      }
    default: isSampled(target)
    }
  }

  /// Whether filtered access exists: neither texels of a buffer nor samples.
  private static func isSampled(_ target: TextureTarget) -> Bool {
    target != .buffer && target != .unknown && !target.isMultisample
  }

  /// All uses of one sampler must agree on its type; queries may leave out that it compares.
  private mutating func recordTarget(_ target: TextureTarget, _ instruction: Instruction) throws(ShaderFault) {
    let sampler = instruction.sources[instruction.sources.count - 1].register
    guard sampler.indirect == nil, instruction.opcode.info.class == .texture else { return }
    let index = Int(sampler.index)
    let mark = target.rawValue &+ 1
    guard sampledTargets[index] == 0 || sampledTargets[index] == mark else {
      throw ShaderFault(.targetMismatch, at: instruction.position, value: Int64(index))
    }
    sampledTargets[index] = mark
  }

  /// None, one, or four for a gather. Only a gather may take an offset that is not an immediate.
  private func checkOffsets(_ instruction: Instruction, _ shader: borrowing Shader) throws(ShaderFault) {
    let count = Int(instruction.offsetCount)
    guard count > 0 else { return }
    let offsets = shader.offsets(of: instruction)
    let isGather = instruction.opcode == .tg4
    guard offsets.count == count, count == 1 || (isGather && count == 4) else {
      throw ShaderFault(.badTexelOffset, at: instruction.position, value: Int64(count))
    }
    for offset in offsets {
      guard offset.file == .immediate || (isGather && count == 1) else {
        throw ShaderFault(.immediateExpected, at: instruction.position, value: Int64(offset.file.rawValue))
      }
      try checkReadable(Register(offset.file, offset.index), shader, at: instruction.position)
    }
  }
}
