extension TGSIPrinter {
  mutating func putInstructions(_ shader: Shader) {
    var depth = 0
    for number in shader.instructions.indices {
      let instruction = shader.instructions[number]
      switch instruction.opcode {
      case .else, .endif, .endloop: depth = max(0, depth - 1)
      default: break
      }
      for bound in [10, 100] where number < bound { put(" ") }
      put(number)
      put(": ")
      for _ in 0..<depth { put("  ") }
      put(instruction, shader)
      endLine()
      switch instruction.opcode {
      case .if, .uif, .else, .bgnloop: depth += 1
      default: break
      }
    }
  }

  private mutating func put(_ instruction: Instruction, _ shader: Shader) {
    put(.opcode, instruction.opcode.rawValue)
    if instruction.saturate { put("_SAT") }
    if instruction.precise { put("_PRECISE") }
    var separator: StaticString = " "
    for index in instruction.destinations.indices {
      put(separator)
      put(instruction.destinations[index].register)
      put(instruction.destinations[index].mask)
      separator = ", "
    }
    for index in instruction.sources.indices {
      put(separator)
      put(instruction.sources[index])
      separator = ", "
    }
    for bit in 0..<3 as Range<UInt8> where instruction.qualifiers.rawValue & (1 << bit) != 0 {
      put(", ")
      put(.qualifier, bit)
    }
    if let target = instruction.target {
      put(", ")
      put(.target, target.rawValue)
    }
    if instruction.format != .none {
      put(", ")
      put(.format, instruction.format.rawValue)
    }
    for offset in shader.offsets(of: instruction) {
      put(", ")
      put(Register(offset.file, offset.index))
      put(".")
      for position in [Component.x, .y, .z] { put(offset.swizzle[position]) }
    }
  }

  private mutating func put(_ source: Source) {
    if source.negate { put("-") }
    if source.absolute { put("|") }
    put(source.register)
    if source.swizzle != .identity {
      put(".")
      for position in Component.allCases { put(source.swizzle[position]) }
    }
    if source.absolute { put("|") }
  }

  private mutating func put(_ register: Register) {
    put(.file, register.file.rawValue)
    if let dimension = register.dimension { putBracket(dimension.index, dimension.indirect) }
    putBracket(register.index, register.indirect)
    if register.arrayID != 0 {
      put("(")
      put(register.arrayID)
      put(")")
    }
  }

  private mutating func putBracket(_ index: Int32, _ indirect: AddressOperand?) {
    put("[")
    if let indirect {
      put("ADDR[")
      put(indirect.register)
      put("].")
      put(indirect.component)
      if index > 0 { put("+") }
      if index != 0 { put(index) }
    } else {
      put(index)
    }
    put("]")
  }

  private mutating func put(_ component: Component) {
    switch component {
    case .x: put("x")
    case .y: put("y")
    case .z: put("z")
    case .w: put("w")
    }
  }

  /// A mask, unless it is full.
  mutating func put(_ mask: WriteMask) {
    guard mask != .all else { return }
    put(".")
    for component in Component.allCases where mask.contains(component) { put(component) }
  }
}
