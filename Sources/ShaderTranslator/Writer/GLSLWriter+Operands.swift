import TGSI

/// Sources and destinations.
extension GLSLWriter {
  /// A source at the given positions of its swizzle, as values of `type`, modifiers applied.
  mutating func append(source: Source, at positions: Components, as type: ScalarType) {
    let components = positions.through(source.swizzle)
    let modifiers = source.modifiers
    if modifiers.contains(.negate) {
      text.append(type == .uint ? "(~" : "(-")
    }
    if modifiers.contains(.absolute) { text.append(type == .uint ? "uabs_(" : "abs(") }
    append(register: source.register, components, as: type)
    if modifiers.contains(.absolute) { text.append(")") }
    if modifiers.contains(.negate) { text.append(type == .uint ? " + 1u)" : ")") }
  }

  /// A register's components as values of `type`; the bits are kept.
  mutating func append(register: Register, _ components: Components, as type: ScalarType) {
    switch register.file {
    case .immediate: append(immediate: register, components, as: type)
    case .address:
      cast(from: .int, to: type, count: components.count) {
        $0.text.append("a")
        $0.text.append(decimal: Int(register.index))
        $0.text.append(".")
        $0.append(components: components)
      }
    case .input: append(input: register, components, as: type)
    case .systemValue: append(systemValue: Int(register.index), components, as: type)
    default:
      cast(from: storedType(of: register), to: type, count: components.count) {
        $0.append(variable: register)
        $0.text.append(".")
        $0.append(components: components)
      }
    }
  }

  /// Writes what `body` writes, its bits seen as another type.
  mutating func cast(from: ScalarType, to: ScalarType, count: Int, _ body: (inout GLSLWriter) -> Void) {
    let isCast = appendCast(from: from, to: to, count: count)
    body(&self)
    if isCast { text.append(")") }
  }

  /// Opens a cast; true when a closing parenthesis is owed.
  mutating func appendCast(from: ScalarType, to: ScalarType, count: Int) -> Bool {
    switch (from, to) {
    case (.float, .int): text.append("floatBitsToInt(")
    case (.float, .uint): text.append("floatBitsToUint(")
    case (.int, .float): text.append("intBitsToFloat(")
    case (.uint, .float): text.append("uintBitsToFloat(")
    case (.int, .uint), (.uint, .int):
      append(type: to, count: count)
      text.append("(")
    default: return false
    }
    return true
  }

  func storedType(of register: Register) -> ScalarType {
    switch register.file {
    case .temporary: temporaryClass(register) == .float ? .float : .uint
    case .output:
      facts.stage == .tessControl ? .float : outputClass(Int(register.index)) == .float ? .float : .uint
    case .address: .int
    default: .uint
    }
  }

  func outputClass(_ index: Int) -> ValueClass {
    if plan.outputsAreIndexed { return outputArrayClass }
    return facts.outputClasses.indices.contains(index) ? facts.outputClasses[index] : .uint
  }

  private func temporaryClass(_ register: Register) -> ValueClass {
    if let array = temporaryArray(register) { return facts.temporaries.arrays[array].valueClass }
    let index = Int(register.index)
    return facts.temporaries.entries.indices.contains(index) ? facts.temporaries.entries[index].valueClass : .uint
  }

  private func temporaryArray(_ register: Register) -> Int? {
    if register.indirect != nil { return facts.temporaries.arrayIndex(of: register) }
    let index = Int(register.index)
    guard facts.temporaries.entries.indices.contains(index) else { return nil }
    let number = Int(facts.temporaries.entries[index].array)
    return number == 0 ? nil : number - 1
  }

  /// The GLSL variable of a register, without components.
  mutating func append(variable register: Register) {
    switch register.file {
    case .temporary: append(temporary: register)
    case .output: append(output: register)
    case .constant: append(constant: register)
    default: text.append("uvec4(0u)")
    }
  }

  private mutating func append(temporary register: Register) {
    guard let array = temporaryArray(register) else {
      text.append("t")
      text.append(decimal: Int(register.index))
      return
    }
    let range = facts.temporaries.arrays[array].range
    text.append("ta")
    text.append(decimal: array)
    text.append("[")
    if let indirect = register.indirect {
      append(index: indirect, plus: Int(register.index) - Int(range.first), last: range.count - 1)
    } else {
      text.append(decimal: Int(register.index) - Int(range.first))
    }
    text.append("]")
  }

  /// An index computed at run time, kept inside the array: GLSL leaves anything else undefined.
  mutating func append(index: AddressOperand, plus offset: Int, last: Int) {
    text.append("clamp(")
    append(address: index, plus: offset)
    text.append(", 0, ")
    text.append(decimal: last)
    text.append(")")
  }

  mutating func append(address: AddressOperand, plus offset: Int) {
    text.append("a")
    text.append(decimal: Int(address.register))
    text.append(".")
    text.append(byte: Self.letter(address.component.rawValue))
    if offset != 0 {
      text.append(" + ")
      text.append(decimal: offset)
    }
  }

  private mutating func append(output register: Register) {
    let index = Int(register.index)
    if facts.stage == .tessControl { return append(controlOutput: register, isRead: true) }
    if plan.outputsAreIndexed {
      text.append("oa[")
      if let indirect = register.indirect {
        append(index: indirect, plus: index, last: facts.outputs.count - 1)
      } else {
        text.append(decimal: index)
      }
      text.append("]")
    } else {
      text.append("o")
      text.append(decimal: index)
    }
  }

  private mutating func append(constant register: Register) {
    let block = register.dimension
    if let block, block.index > 0 || block.indirect != nil {
      append(block: block)
      text.append(".c[")
      let slot = facts.traits.contains(.indexesBlocks) ? facts.uniformBlocks.trailingZeroBitCount : Int(block.index)
      let rows =
        facts.traits.contains(.indexesBlocks) ? facts.uniformBlockRows.max() ?? 1 : facts.uniformBlockRows[slot & 31]
      append(row: register, rows: Int(max(1, rows)))
      text.append("]")
      return
    }
    text.append(.constants, plan.stage, 0)
    text.append("[")
    append(row: register, rows: Int(max(1, plan.constantRows)))
    text.append("]")
  }

  private mutating func append(block: Dimension) {
    guard facts.traits.contains(.indexesBlocks) else {
      return text.append(.uniformMember, plan.stage, Int(block.index))
    }
    let first = facts.uniformBlocks.trailingZeroBitCount
    let last = 31 - facts.uniformBlocks.leadingZeroBitCount - first
    text.append(.uniformMember, plan.stage, first)
    text.append("[")
    if let indirect = block.indirect {
      append(index: indirect, plus: Int(block.index) - first, last: last)
    } else {
      text.append(decimal: max(0, min(last, Int(block.index) - first)))
    }
    text.append("]")
  }

  private mutating func append(row register: Register, rows: Int) {
    if let indirect = register.indirect {
      append(index: indirect, plus: Int(register.index), last: rows - 1)
    } else {
      text.append(decimal: Int(register.index))
    }
  }

  // MARK: Immediates

  private mutating func append(immediate register: Register, _ components: Components, as type: ScalarType) {
    let index = Int(register.index)
    guard shader.immediates.indices.contains(index) else { return text.append("0") }
    let bits = shader.immediates[index].bits
    if components.count > 1 {
      append(type: type, count: components.count)
      text.append("(")
    }
    for position in 0..<components.count {
      if position > 0 { text.append(", ") }
      let component = Int(components[position])
      guard type == .float else {
        append(literal: bits[component], as: type)
        continue
      }
      // Shaders use a constant often, and finding a float's decimals is dear.
      let known = floatLiterals[4 * index + component]
      if known.count > 0 {
        text.appendAgain(known)
      } else {
        let start = text.count
        append(literal: bits[component], as: type)
        floatLiterals[4 * index + component] = text.place(from: start)
      }
    }
    if components.count > 1 { text.append(")") }
  }

  mutating func append(literal bits: UInt32, as type: ScalarType) {
    switch type {
    case .uint:
      text.append(decimal: UInt64(bits))
      text.append("u")
    case .int:
      let value = Int32(bitPattern: bits)
      // The most negative number has no literal.
      if value == .min { text.append("(-2147483647 - 1)") } else { text.append(decimal: Int(value)) }
    case .float: append(float: Float(bitPattern: bits))
    }
  }

  /// The shortest decimal that reads back as the same number; bit patterns for what has none.
  private mutating func append(float value: Float) {
    guard value.isNormal || (value == 0 && value.sign == .plus) else {
      text.append("uintBitsToFloat(")
      text.append(decimal: UInt64(value.bitPattern))
      text.append("u)")
      return
    }
    if value < 0 { text.append("(") }
    let magnitude = value.magnitude
    if magnitude < 65536, magnitude == magnitude.rounded(.towardZero) {
      if value < 0 { text.append("-") }
      text.append(decimal: UInt64(magnitude))
      text.append(".0")
    } else {
      for byte in value.description.utf8 { text.append(byte: byte) }
    }
    if value < 0 { text.append(")") }
  }

  // MARK: System values

  private mutating func append(systemValue index: Int, _ components: Components, as type: ScalarType) {
    guard facts.systemValues.indices.contains(index), let name = facts.systemValues[index] else {
      return text.append("0")
    }
    switch name {
    case .instanceID: repeated("gl_InstanceID", .int, components, as: type)
    case .vertexID: repeated("gl_VertexID", .int, components, as: type)
    case .vertexIDNoBase:
      repeated(
        plan.drawParametersAreExtension ? "(gl_VertexID - gl_BaseVertexARB)" : "(gl_VertexID - gl_BaseVertex)", .int,
        components, as: type)
    case .baseVertex:
      repeated(plan.drawParametersAreExtension ? "gl_BaseVertexARB" : "gl_BaseVertex", .int, components, as: type)
    case .baseInstance:
      repeated(plan.drawParametersAreExtension ? "gl_BaseInstanceARB" : "gl_BaseInstance", .int, components, as: type)
    case .drawID:
      repeated(
        plan.drawParametersAreExtension ? "(gl_DrawIDARB + draw_id_base)" : "(gl_DrawID + draw_id_base)", .int,
        components, as: type)
    case .invocationID: repeated("gl_InvocationID", .int, components, as: type)
    case .primitiveID:
      repeated(facts.stage == .geometry ? "gl_PrimitiveIDIn" : "gl_PrimitiveID", .int, components, as: type)
    case .verticesIn: repeated("gl_PatchVerticesIn", .int, components, as: type)
    case .sampleID: repeated("gl_SampleID", .int, components, as: type)
    case .helperInvocation: repeated("(gl_HelperInvocation ? 0xffffffffu : 0u)", .uint, components, as: type)
    case .sampleMask: vector("ivec4(gl_SampleMaskIn[0], 0, 0, 0)", .int, components, as: type)
    case .samplePosition: vector("vec4(gl_SamplePosition, 0.0, 1.0)", .float, components, as: type)
    case .tessCoord: vector("vec4(gl_TessCoord, 0.0)", .float, components, as: type)
    case .tessOuter:
      vector(
        "vec4(gl_TessLevelOuter[0], gl_TessLevelOuter[1], gl_TessLevelOuter[2], gl_TessLevelOuter[3])", .float,
        components, as: type)
    case .tessInner:
      vector("vec4(gl_TessLevelInner[0], gl_TessLevelInner[1], 0.0, 0.0)", .float, components, as: type)
    case .defaultTessOuter: vector("tess_levels[0]", .float, components, as: type)
    case .defaultTessInner: vector("tess_levels[1]", .float, components, as: type)
    case .threadID: vector("uvec4(gl_LocalInvocationID, 0u)", .uint, components, as: type)
    case .blockID: vector("uvec4(gl_WorkGroupID, 0u)", .uint, components, as: type)
    case .gridSize: vector("uvec4(gl_NumWorkGroups, 0u)", .uint, components, as: type)
    case .blockSize: vector("uvec4(gl_WorkGroupSize, 0u)", .uint, components, as: type)
    case .face: repeated("(gl_FrontFacing ? 0xffffffffu : 0u)", .uint, components, as: type)
    case .position: vector("gl_FragCoord", .float, components, as: type)
    case .pointCoord: vector("vec4(gl_PointCoord, 0.0, 1.0)", .float, components, as: type)
    case .layer: repeated("gl_Layer", .int, components, as: type)
    case .viewportIndex: repeated("gl_ViewportIndex", .int, components, as: type)
    default:
      append(type: type, count: components.count)
      text.append("(0)")
    }
  }

  /// One scalar in every component.
  private mutating func repeated(
    _ value: StaticString, _ from: ScalarType, _ components: Components, as type: ScalarType
  ) {
    let made = type == .float ? from : type
    cast(from: made, to: type, count: components.count) {
      $0.append(type: made, count: components.count)
      $0.text.append("(")
      $0.text.append(value)
      $0.text.append(")")
    }
  }

  private mutating func vector(
    _ value: StaticString, _ from: ScalarType, _ components: Components, as type: ScalarType
  ) {
    cast(from: from, to: type, count: components.count) {
      $0.text.append(value)
      $0.text.append(".")
      $0.append(components: components)
    }
  }
}
