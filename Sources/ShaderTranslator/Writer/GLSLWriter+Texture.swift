import TGSI

/// Texture instructions: which function one becomes, its sampler, coordinates and offsets. The functions are written in
/// +TextureSampling, +TextureFetch and +TextureQuery.
extension GLSLWriter {
  mutating func writeTexture(_ instruction: Instruction) throws(TranslationFault) {
    let samplerSource = instruction.sources[instruction.sources.count - 1]
    let slot = Int(samplerSource.register.index)
    guard plan.samplerIndex.indices.contains(slot), plan.samplerIndex[slot] != 255 else {
      throw .unsupported(.textureOperand)
    }
    let sampler = plan.samplers[Int(plan.samplerIndex[slot])]
    try writeChosen(samplerSource.register, sampler.first, sampler.count, .dynamicSamplerIndex) {
      (writer, register) throws(TranslationFault) in
      try writer.write(TextureUse(instruction: instruction, sampler: sampler, register: register))
    }
  }

  mutating func write(_ use: TextureUse) throws(TranslationFault) {
    let (instruction, sampler) = (use.instruction, use.sampler)
    switch instruction.opcode {
    case .txq: writeSizeQuery(use)
    case .txqs: writeSamplesQuery(use)
    case .lodq, .lod: try writeLODQuery(use)
    case .tg4: try writeGather(use, Result(instruction, use.target.isShadow ? .float : sampler.result))
    case .txf, .txfLz: try writeSample(use) { (writer, use) throws(TranslationFault) in writer.appendFetch(use) }
    default: try writeSample(use) { (writer, use) throws(TranslationFault) in try writer.appendSample(use) }
    }
  }

  /// `destination = fix(lookup).mask`.
  mutating func writeSample(
    _ use: TextureUse, _ lookup: (inout GLSLWriter, TextureUse) throws(TranslationFault) -> Void
  ) throws(TranslationFault) {
    let isScalar = use.target.isShadow
    let type: ScalarType = use.target.isShadow ? .float : use.sampler.result
    let result = Result(use.instruction, type)
    guard result.count > 0, result.destination.register.file != .null else { return }
    if let code = use.sampler.swizzle { return try writeSwizzled(use, code, result, isScalar: isScalar, lookup) }
    guard begin(result) else { return }
    if isScalar {
      append(type: .float, count: result.count)
      text.append("(")
      try lookup(&self, use)
      text.append(")")
    } else {
      try lookup(&self, use)
      text.append(".")
      append(components: result.components)
    }
    end(result)
  }

  /// Four texels' first component: a view that makes it a constant makes the whole result one.
  mutating func writeGather(_ use: TextureUse, _ result: Result) throws(TranslationFault) {
    guard begin(result) else { return }
    let selector = (use.sampler.swizzle ?? 0) & 7
    if selector >= 4 {
      append(type: result.type, count: result.count)
      text.append("(")
      append(constant: selector == 5, result.type)
      text.append(")")
    } else {
      try appendGather(use)
      text.append(".")
      append(components: result.components)
    }
    end(result)
  }

  /// The view's swizzle, where neither GL nor the texture can apply it.
  mutating func writeSwizzled(
    _ use: TextureUse, _ code: UInt16, _ result: Result, isScalar: Bool,
    _ lookup: (inout GLSLWriter, TextureUse) throws(TranslationFault) -> Void
  ) throws(TranslationFault) {
    text.append("{ ")
    append(type: result.type, count: 4)
    text.append(" s = ")
    if isScalar { text.append("vec4(") }
    try lookup(&self, use)
    text.append(isScalar ? "); " : "; ")
    if begin(result) {
      append(type: result.type, count: result.count)
      text.append("(")
      for index in 0..<result.count {
        if index > 0 { text.append(", ") }
        let selector = UInt8(truncatingIfNeeded: code >> (UInt16(result.components[index]) * 3) & 7)
        switch selector {
        case 4, 5: append(constant: selector == 5, result.type)
        default:
          text.append("s.")
          text.append(byte: Self.letter(isScalar ? 0 : selector))
        }
      }
      text.append(")")
      end(result)
    }
    text.append("}\n")
  }

  mutating func append(constant isOne: Bool, _ type: ScalarType) {
    switch type {
    case .float: text.append(isOne ? "1.0" : "0.0")
    case .int: text.append(isOne ? "1" : "0")
    case .uint: text.append(isOne ? "1u" : "0u")
    }
  }

  // MARK: Names and coordinates

  mutating func append(sampler use: TextureUse) {
    text.append(.sampler, plan.stage, Int(use.sampler.first))
    guard use.sampler.count > 1 else { return }
    text.append("[")
    let offset = Int(use.register.index) - Int(use.sampler.first)
    if let indirect = use.register.indirect {
      append(index: indirect, plus: offset, last: Int(use.sampler.count) - 1)
    } else {
      text.append(decimal: offset)
    }
    text.append("]")
  }

  /// Components 0 and on of source 0, cast; no vector constructor for one.
  mutating func coordinate(_ use: TextureUse, _ components: Components, _ type: ScalarType = .float) {
    append(source: use.instruction.sources[0], at: components, as: type)
  }

  mutating func component(_ use: TextureUse, _ source: Int, _ index: UInt8, _ type: ScalarType = .float) {
    append(source: use.instruction.sources[source], at: Components(index), as: type)
  }

  /// The coordinates with layer and reference where GLSL wants them.
  mutating func appendPosition(_ use: TextureUse, withReference: Bool = true) {
    let target = use.target
    let isShadow = target.isShadow && withReference
    switch target {
    case .texture1D, .shadow1D:
      if use.sampler.widens || isShadow {
        text.append(isShadow ? "vec3(" : "vec2(")
        component(use, 0, 0)
        text.append(", 0.0")
        if isShadow {
          text.append(", ")
          component(use, 0, 2)
        }
        text.append(")")
      } else {
        component(use, 0, 0)
      }
    case .texture1DArray, .shadow1DArray:
      text.append(use.sampler.widens ? (isShadow ? "vec4(" : "vec3(") : (isShadow ? "vec3(" : "vec2("))
      component(use, 0, 0)
      if use.sampler.widens { text.append(", 0.0") }
      text.append(", ")
      component(use, 0, 1)
      if isShadow {
        text.append(", ")
        component(use, 0, 2)
      }
      text.append(")")
    case .rect, .shadowRect, .texture2D, .shadow2D:
      if isShadow { text.append("vec3(") }
      coordinate(use, Components(first: 2))
      normalise(use)
      if isShadow {
        text.append(", ")
        component(use, 0, 2)
        text.append(")")
      }
    case .texture3D, .cube, .texture2DArray: coordinate(use, Components(first: 3))
    case .shadowCube, .shadow2DArray: coordinate(use, Components(first: isShadow ? 4 : 3))
    default: coordinate(use, Components(first: 4))
    }
  }

  /// Unnormalised coordinates of an ordinary 2D texture.
  mutating func normalise(_ use: TextureUse) {
    guard use.sampler.normalises else { return }
    text.append(" / vec2(textureSize(")
    append(sampler: use)
    text.append(", 0))")
  }

  func offset(_ use: TextureUse, _ index: Int) -> TexelOffset {
    shader.texelOffsets[Int(use.instruction.firstOffset) + index]
  }

  /// A constant offset of the target's dimensions; variable ones only where GLSL takes them.
  mutating func appendOffset(_ use: TextureUse, _ index: Int) {
    let value = offset(use, index)
    let count =
      switch use.target {
      case .texture1D, .shadow1D, .texture1DArray, .shadow1DArray: 1
      case .texture3D: 3
      default: 2
      }
    let source = Source(Register(value.file, value.index), swizzle: value.swizzle)
    if use.sampler.widens {
      text.append("ivec2(")
      append(source: source, at: Components(0), as: .int)
      text.append(", 0)")
    } else {
      append(source: source, at: Components(first: count), as: .int)
    }
  }

  func hasOffset(_ use: TextureUse) -> Bool { use.instruction.offsetCount > 0 && !use.target.isCube }
}

/// One texture instruction with its sampler.
struct TextureUse {
  let instruction: Instruction
  let sampler: SamplerPlan
  /// The SAMP operand.
  let register: Register

  var target: TextureTarget { instruction.target ?? sampler.target }
}
