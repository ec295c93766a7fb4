/// Decides whether a program may be translated; the only maker of `ValidShader`.
///
/// One walk over the declarations, one over the instructions, each in constant time per item. What it promises is
/// written at `ValidShader`. It is lenient where real guests are odd (wide masks, a saturate on an integer, a property
/// of another stage) and strict where a wrong program would reach the host's compiler or index past a table.
package struct Validator {
  let stage: ShaderStage
  let declared: DeclaredRegisters
  var flow = FlowState()
  /// Target each sampler is sampled with, plus one; 0 = not yet.
  var sampledTargets = InlineArray<32, UInt8>(repeating: 0)

  /// Checks `shader`. A fault's offset is that of the declaration or instruction that broke the rule.
  package static func validate(_ shader: consuming Shader) throws(ShaderFault) -> ValidShader {
    try checkProperties(shader.properties, shader.stage)
    guard shader.immediates.count <= ShaderLimits.immediates else {
      throw ShaderFault(.tooManyImmediates, at: 0, value: Int64(shader.immediates.count))
    }
    guard shader.instructions.count <= ShaderLimits.instructions else {
      throw ShaderFault(.tooManyInstructions, at: 0, value: Int64(shader.instructions.count))
    }
    var validator = Validator(stage: shader.stage, declared: try DeclaredRegisters(shader))
    for index in shader.instructions.indices {
      try validator.check(shader.instructions[index], of: shader)
    }
    try validator.flow.finish(at: shader.instructions.last?.position ?? 0)
    return ValidShader(proven: shader)
  }

  private mutating func check(_ instruction: Instruction, of shader: borrowing Shader) throws(ShaderFault) {
    let info = instruction.opcode.info
    let position = instruction.position
    guard info.isTranslatable else {
      throw ShaderFault(.unsupportedOpcode, at: position, value: Int64(instruction.opcode.rawValue))
    }
    guard info.isLegal(in: stage) else {
      throw ShaderFault(.opcodeNotInStage, at: position, value: Int64(instruction.opcode.rawValue))
    }
    guard instruction.destinations.count == info.destinationCount, instruction.sources.count == info.sourceCount
    else { throw ShaderFault(.operandCount, at: position, value: Int64(instruction.sources.count)) }
    try flow.step(instruction.opcode, stage, at: position)
    for index in instruction.destinations.indices {
      let destination = instruction.destinations[index]
      if info.destinationTypes[index] == .resource {
        try checkResource(destination.register, for: instruction, shader)
      } else {
        try checkDestination(destination.register, for: instruction, shader)
      }
    }
    for index in instruction.sources.indices {
      let source = instruction.sources[index]
      switch info.sourceTypes[index] {
      case .sampler: try checkSampler(source, position)
      case .resource:
        guard source.modifiers.isEmpty else { throw ShaderFault(.illegalSource, at: position) }
        try checkResource(source.register, for: instruction, shader)
      default: try checkReadable(source.register, shader, at: position)
      }
    }
    switch info.class {
    case .texture, .textureQuery: try checkTexture(instruction, shader)
    case .emission, .barrier, .interpolation: try checkSpecial(instruction, shader)
    case .arithmetic, .flow, .kill, .memory: break
    }
  }

  /// EMIT, ENDPRIM and MEMBAR take a number the translator must know; INTERP_* an input register.
  private func checkSpecial(_ instruction: Instruction, _ shader: borrowing Shader) throws(ShaderFault) {
    guard !instruction.sources.isEmpty else { return }
    let source = instruction.sources[0]
    if instruction.opcode.info.class == .interpolation {
      guard source.register.file == .input else {
        throw ShaderFault(.illegalSource, at: instruction.position, value: Int64(source.register.file.rawValue))
      }
      return
    }
    let value = try immediateValue(source, shader, at: instruction.position)
    if instruction.opcode.info.class == .emission, value > 3 {
      throw ShaderFault(.streamOutOfRange, at: instruction.position, value: Int64(value))
    }
  }

  /// The x component of an operand that must be an immediate.
  func immediateValue(
    _ source: Source, _ shader: borrowing Shader, at position: UInt32
  ) throws(ShaderFault) -> UInt32 {
    guard source.register.file == .immediate else {
      throw ShaderFault(.immediateExpected, at: position, value: Int64(source.register.file.rawValue))
    }
    try checkReadable(source.register, shader, at: position)
    return shader.immediates[Int(source.register.index)][source.swizzle[.x]]
  }
}
