import TGSI

/// Integer and bit instructions, conversions, votes and the clock; between `begin` and `end` of their result.
extension GLSLWriter {
  mutating func writeInteger(_ instruction: Instruction, _ result: Result) throws(TranslationFault) {
    switch instruction.opcode {
    case .uadd: binary(" + ", instruction, result, .uint)
    case .umul: binary(" * ", instruction, result, .uint)
    case .umad: multiplyAdd(instruction, result, .uint)
    case .and: binary(" & ", instruction, result, .uint)
    case .or: binary(" | ", instruction, result, .uint)
    case .xor: binary(" ^ ", instruction, result, .uint)
    case .not:
      text.append("~")
      append(source: instruction.sources[0], at: result.components, as: .uint)
    case .shl: shift(" << ", instruction, result, .uint)
    case .ushr: shift(" >> ", instruction, result, .uint)
    case .ishr: shift(" >> ", instruction, result, .int)
    case .ineg:
      text.append("-")
      append(source: instruction.sources[0], at: result.components, as: .int)
    case .iabs: call("abs", instruction, result, .int)
    case .issg: call("sign", instruction, result, .int)
    case .imin: call("min", instruction, result, .int, operands: 2)
    case .imax: call("max", instruction, result, .int, operands: 2)
    case .umin: call("min", instruction, result, .uint, operands: 2)
    case .umax: call("max", instruction, result, .uint, operands: 2)
    case .idiv: divide(instruction, result, .int, " / ")
    case .udiv: divide(instruction, result, .uint, " / ")
    case .mod: divide(instruction, result, .int, " % ")
    case .umod: divide(instruction, result, .uint, " % ")
    case .imulHi, .umulHi: try multiplyHigh(instruction, result)
    case .i2f: convert(instruction, result, from: .int, to: .float)
    case .u2f: convert(instruction, result, from: .uint, to: .float)
    case .f2i: convert(instruction, result, from: .float, to: .int)
    case .f2u: convert(instruction, result, from: .float, to: .uint)
    case .ibfe, .ubfe: extract(instruction, result)
    case .bfi: insert(instruction, result)
    case .brev: call("bitfieldReverse", instruction, result, .uint)
    case .popc: counted("bitCount", instruction, result, .uint)
    case .lsb: counted("findLSB", instruction, result, .uint)
    case .imsb: counted("findMSB", instruction, result, .int)
    case .umsb: counted("findMSB", instruction, result, .uint)
    case .voteAll: vote("allInvocations", instruction, result)
    case .voteAny: vote("anyInvocation", instruction, result)
    case .voteEq: vote("allInvocationsEqual", instruction, result)
    case .clock:
      text.append("uvec4(clock2x32ARB(), 0u, 0u).")
      append(components: result.components)
    case .fbfetch:
      let index = Int(instruction.sources[0].register.index)
      cast(from: .float, to: result.type, count: result.count) {
        $0.text.append(.fragmentOutput, .fragment, $0.colourLocation(ofOutput: index))
        $0.text.append(".")
        $0.append(components: result.components.through(instruction.sources[0].swizzle))
      }
    case .ldexp:
      text.append("ldexp(")
      append(source: instruction.sources[0], at: result.components, as: .float)
      text.append(", ")
      append(source: instruction.sources[1], at: result.components, as: .int)
      text.append(")")
    default: throw .unsupported(.opcode)
    }
  }

  private func colourLocation(ofOutput index: Int) -> Int {
    guard plan.outputs.indices.contains(index), case .colour(let location) = plan.outputs[index] else { return 0 }
    return Int(location)
  }

  /// Counts are taken modulo 32, as the guest's hardware does.
  private mutating func shift(
    _ symbol: StaticString, _ instruction: Instruction, _ result: Result, _ type: ScalarType
  ) {
    text.append("(")
    append(source: instruction.sources[0], at: result.components, as: type)
    text.append(symbol)
    text.append("(")
    append(source: instruction.sources[1], at: result.components, as: .uint)
    text.append(" & 31u))")
  }

  /// A divisor of zero must not fault: the quotient is all ones.
  private mutating func divide(
    _ instruction: Instruction, _ result: Result, _ type: ScalarType, _ symbol: StaticString
  ) {
    if result.count > 1 {
      append(type: type, count: result.count)
      text.append("(")
    }
    for index in 0..<result.count {
      if index > 0 { text.append(", ") }
      let at = Components(result.components[index])
      text.append("(")
      append(source: instruction.sources[1], at: at, as: type)
      text.append(type == .int ? " == 0 ? -1 : " : " == 0u ? 0xffffffffu : ")
      append(source: instruction.sources[0], at: at, as: type)
      text.append(symbol)
      append(source: instruction.sources[1], at: at, as: type)
      text.append(")")
    }
    if result.count > 1 { text.append(")") }
  }

  /// The high words come out of an inout argument, so there is a statement before the store.
  private mutating func multiplyHigh(_ instruction: Instruction, _ result: Result) throws(TranslationFault) {
    let isSigned = instruction.opcode == .imulHi
    let type: ScalarType = isSigned ? .int : .uint
    // Schoolbook on 16-bit halves keeps this an expression: floor(a·b / 2³²).
    if result.count > 1 {
      append(type: type, count: result.count)
      text.append("(")
    }
    for index in 0..<result.count {
      if index > 0 { text.append(", ") }
      let at = Components(result.components[index])
      text.append(isSigned ? "imul_high(" : "umul_high(")
      append(source: instruction.sources[0], at: at, as: type)
      text.append(", ")
      append(source: instruction.sources[1], at: at, as: type)
      text.append(")")
    }
    if result.count > 1 { text.append(")") }
  }

  /// Functions that instructions need, declared before the program.
  mutating func writeHelperFunctions() {
    if facts.traits.contains(.usesSignedHighProduct) {
      text.append("int imul_high(int a, int b) { int h, l; imulExtended(a, b, h, l); return h; }\n")
    }
    if facts.traits.contains(.usesUnsignedHighProduct) {
      text.append("uint umul_high(uint a, uint b) { uint h, l; umulExtended(a, b, h, l); return h; }\n")
    }
    guard facts.traits.contains(.usesAbsolute) else { return }
    text.append("uint uabs_(uint v) { return uint(abs(int(v))); }\n")
    text.append("uvec2 uabs_(uvec2 v) { return uvec2(abs(ivec2(v))); }\n")
    text.append("uvec3 uabs_(uvec3 v) { return uvec3(abs(ivec3(v))); }\n")
    text.append("uvec4 uabs_(uvec4 v) { return uvec4(abs(ivec4(v))); }\n")
  }

  private mutating func convert(_ instruction: Instruction, _ result: Result, from: ScalarType, to: ScalarType) {
    append(type: to, count: result.count)
    text.append("(")
    append(source: instruction.sources[0], at: result.components, as: from)
    text.append(")")
  }

  /// Counting functions give signed results; the register keeps the bits.
  private mutating func counted(
    _ name: StaticString, _ instruction: Instruction, _ result: Result, _ type: ScalarType
  ) {
    let isCast = appendCast(from: .int, to: result.type, count: result.count)
    call(name, instruction, result, type)
    if isCast { text.append(")") }
  }

  /// Offset and width are scalars in GLSL, vectors in TGSI. A width of 32 at offset 0 is the whole word.
  private mutating func extract(_ instruction: Instruction, _ result: Result) {
    let type: ScalarType = instruction.opcode == .ibfe ? .int : .uint
    eachComponent(result, type) { writer, at in
      writer.append(source: instruction.sources[2], at: at, as: .uint)
      writer.text.append(" >= 32u ? ")
      writer.append(source: instruction.sources[0], at: at, as: type)
      writer.text.append(" : bitfieldExtract(")
      writer.append(source: instruction.sources[0], at: at, as: type)
      writer.text.append(", ")
      writer.bitPosition(instruction.sources[1], at)
      writer.text.append(", ")
      writer.bitPosition(instruction.sources[2], at)
      writer.text.append(")")
    }
  }

  private mutating func insert(_ instruction: Instruction, _ result: Result) {
    eachComponent(result, .uint) { writer, at in
      writer.append(source: instruction.sources[3], at: at, as: .uint)
      writer.text.append(" >= 32u ? ")
      writer.append(source: instruction.sources[1], at: at, as: .uint)
      writer.text.append(" : bitfieldInsert(")
      writer.append(source: instruction.sources[0], at: at, as: .uint)
      writer.text.append(", ")
      writer.append(source: instruction.sources[1], at: at, as: .uint)
      writer.text.append(", ")
      writer.bitPosition(instruction.sources[2], at)
      writer.text.append(", ")
      writer.bitPosition(instruction.sources[3], at)
      writer.text.append(")")
    }
  }

  private mutating func bitPosition(_ source: Source, _ at: Components) {
    text.append("int(")
    append(source: source, at: at, as: .uint)
    text.append(" & 31u)")
  }

  private mutating func eachComponent(
    _ result: Result, _ type: ScalarType, _ body: (inout GLSLWriter, Components) -> Void
  ) {
    append(type: type, count: result.count)
    text.append("(")
    for index in 0..<result.count {
      if index > 0 { text.append(", ") }
      body(&self, Components(result.components[index]))
    }
    text.append(")")
  }

  private mutating func vote(_ name: StaticString, _ instruction: Instruction, _ result: Result) {
    text.append("(0u - ")
    append(type: .uint, count: result.count)
    text.append("(")
    text.append(name)
    if plan.extensions.contains(.shaderGroupVoteARB) {
      text.append("ARB")
    } else if plan.extensions.contains(.shaderGroupVoteEXT) {
      text.append("EXT")
    }
    text.append("(")
    append(source: instruction.sources[0], at: Components(0), as: .uint)
    text.append(" != 0u)))")
  }
}
