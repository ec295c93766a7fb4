extension Validator {
  /// A register read as data.
  func checkReadable(
    _ register: Register, _ shader: borrowing Shader, at position: UInt32
  ) throws(ShaderFault) {
    switch register.file {
    case .temporary: try checkTemporary(register, at: position)
    case .immediate:
      try refuseDimensionAndIndirect(register, at: position)
      guard register.index >= 0, Int(register.index) < shader.immediates.count else {
        throw undeclared(register, at: position)
      }
    case .constant: try checkConstant(register, at: position)
    case .input, .output: try checkInterface(register, shader, at: position)
    case .systemValue:
      try refuseDimensionAndIndirect(register, at: position)
      guard DeclaredRegisters.contains(declared.systemValues, register.index) else {
        throw undeclared(register, at: position)
      }
    case .null, .sampler, .address, .predicate, .image, .samplerView, .buffer, .memory, .atomicCounter:
      throw ShaderFault(.illegalSource, at: position, value: Int64(register.file.rawValue))
    }
  }

  /// A register an instruction writes: the address registers by their own instructions, and by no other.
  func checkDestination(
    _ register: Register, for instruction: Instruction, _ shader: borrowing Shader
  ) throws(ShaderFault) {
    let position = instruction.position
    let loadsAddress = instruction.opcode == .arl || instruction.opcode == .arr || instruction.opcode == .uarl
    switch register.file {
    case .null: return
    case .address where loadsAddress:
      try refuseDimensionAndIndirect(register, at: position)
      guard DeclaredRegisters.contains(declared.addresses, register.index) else {
        throw undeclared(register, at: position)
      }
    case .temporary where !loadsAddress: try checkTemporary(register, at: position)
    case .output where !loadsAddress: try checkInterface(register, shader, at: position)
    default: throw ShaderFault(.illegalDestination, at: position, value: Int64(register.file.rawValue))
    }
  }

  func checkAddress(_ address: AddressOperand, at position: UInt32) throws(ShaderFault) {
    guard DeclaredRegisters.contains(declared.addresses, Int32(address.register)) else {
      throw ShaderFault(.undeclaredAddress, at: position, value: Int64(address.register))
    }
  }

  func undeclared(_ register: Register, at position: UInt32) -> ShaderFault {
    ShaderFault(.undeclaredRegister, at: position, value: Int64(register.index))
  }

  func refuseDimension(_ register: Register, at position: UInt32) throws(ShaderFault) {
    guard register.dimension == nil else {
      throw ShaderFault(.dimensionNotAllowed, at: position, value: Int64(register.file.rawValue))
    }
  }

  private func refuseDimensionAndIndirect(_ register: Register, at position: UInt32) throws(ShaderFault) {
    try refuseDimension(register, at: position)
    guard register.indirect == nil else {
      throw ShaderFault(.indirectNotAllowed, at: position, value: Int64(register.file.rawValue))
    }
  }

  // MARK: - By file

  /// An indirect access names its array, or starts from a declared register: guests without array numbers do so.
  ///
  /// In a tessellation control shader a dimension may be there and says nothing: Mesa's virgl driver, when it moves
  /// writes of a colour output to a temporary, leaves the vertex index of the output on the temporary.
  private func checkTemporary(_ register: Register, at position: UInt32) throws(ShaderFault) {
    if stage != .tessControl { try refuseDimension(register, at: position) }
    guard let address = register.indirect else {
      guard declared.hasTemporary(register.index) else { throw undeclared(register, at: position) }
      return
    }
    try checkAddress(address, at: position)
    if register.arrayID != 0 {
      guard declared.hasArray(register.arrayID) else {
        throw ShaderFault(.unknownArray, at: position, value: Int64(register.arrayID))
      }
    } else if !declared.hasTemporary(register.index) {
      throw undeclared(register, at: position)
    }
  }

  private func checkConstant(_ register: Register, at position: UInt32) throws(ShaderFault) {
    var slots: Int32
    if let dimension = register.dimension {
      if let address = dimension.indirect {
        try checkAddress(address, at: position)
        slots = declared.largestUniformBlock
      } else {
        guard dimension.index >= 0, dimension.index < ShaderLimits.constantBuffers else {
          throw ShaderFault(.dimensionOutOfRange, at: position, value: Int64(dimension.index))
        }
        slots = declared.constantSlots[Int(dimension.index)]
      }
    } else {
      slots = declared.constantSlots[0]
    }
    guard slots > 0 else { throw undeclared(register, at: position) }
    if let address = register.indirect {
      try checkAddress(address, at: position)
    } else if register.index < 0 || register.index >= slots {
      throw undeclared(register, at: position)
    }
  }

  /// IN and OUT. An indirect index needs something declared to index; what lies outside at run time is clamped.
  private func checkInterface(
    _ register: Register, _ shader: borrowing Shader, at position: UInt32
  ) throws(ShaderFault) {
    let isInput = register.file == .input
    var number: UInt8 = 0
    if register.index >= 0, register.index < ShaderLimits.interfaceRegisters {
      number = isInput ? declared.inputs[Int(register.index)] : declared.outputs[Int(register.index)]
    }
    if let address = register.indirect {
      try checkAddress(address, at: position)
      if number == 0, !(isInput ? shader.inputs : shader.outputs).isEmpty { number = 1 }
    }
    guard number > 0 else { throw undeclared(register, at: position) }
    let declaration = isInput ? shader.inputs[Int(number) - 1] : shader.outputs[Int(number) - 1]
    guard let dimension = register.dimension else {
      // The other half of the rewriting described at `checkTemporary`: the copy to the output has lost its vertex
      // index, and means the invocation's own vertex.
      if stage == .tessControl, !isInput { return }
      if declaration.perVertex, declaration.semantic?.name != .primitiveID {
        throw ShaderFault(.dimensionMissing, at: position, value: Int64(register.index))
      }
      return
    }
    guard declaration.perVertex || declaration.semantic?.name == .primitiveID else {
      throw ShaderFault(.dimensionNotAllowed, at: position, value: Int64(register.file.rawValue))
    }
    if let address = dimension.indirect {
      try checkAddress(address, at: position)
    } else {
      guard dimension.index >= 0, dimension.index < vertexLimit(isInput, shader.properties) else {
        throw ShaderFault(.dimensionOutOfRange, at: position, value: Int64(dimension.index))
      }
    }
  }

  /// Number of vertices a per-vertex register has.
  private func vertexLimit(_ isInput: Bool, _ properties: Properties) -> Int {
    switch stage {
    case .geometry: properties.geometryInput?.inputVertexCount ?? 0
    case .tessControl where !isInput: properties.tessControlVertices ?? 0
    default: ShaderLimits.patchVertices
    }
  }
}
