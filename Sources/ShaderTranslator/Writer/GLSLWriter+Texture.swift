import TGSI

/// Sampling, fetching, gathering and asking about textures.
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

  private mutating func write(_ use: TextureUse) throws(TranslationFault) {
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
  private mutating func writeSample(
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
  private mutating func writeGather(_ use: TextureUse, _ result: Result) throws(TranslationFault) {
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
  private mutating func writeSwizzled(
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

  private mutating func append(constant isOne: Bool, _ type: ScalarType) {
    switch type {
    case .float: text.append(isOne ? "1.0" : "0.0")
    case .int: text.append(isOne ? "1" : "0")
    case .uint: text.append(isOne ? "1u" : "0u")
    }
  }

  // MARK: Names and coordinates

  private mutating func append(sampler use: TextureUse) {
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
  private mutating func coordinate(_ use: TextureUse, _ components: Components, _ type: ScalarType = .float) {
    append(source: use.instruction.sources[0], at: components, as: type)
  }

  private mutating func component(_ use: TextureUse, _ source: Int, _ index: UInt8, _ type: ScalarType = .float) {
    append(source: use.instruction.sources[source], at: Components(index), as: type)
  }

  /// The coordinates with layer and reference where GLSL wants them.
  private mutating func appendPosition(_ use: TextureUse, withReference: Bool = true) {
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
  private mutating func normalise(_ use: TextureUse) {
    guard use.sampler.normalises else { return }
    text.append(" / vec2(textureSize(")
    append(sampler: use)
    text.append(", 0))")
  }

  private func offset(_ use: TextureUse, _ index: Int) -> TexelOffset {
    shader.texelOffsets[Int(use.instruction.firstOffset) + index]
  }

  /// A constant offset of the target's dimensions; variable ones only where GLSL takes them.
  private mutating func appendOffset(_ use: TextureUse, _ index: Int) {
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

  private func hasOffset(_ use: TextureUse) -> Bool { use.instruction.offsetCount > 0 && !use.target.isCube }

  // MARK: Sampling

  private mutating func appendSample(_ use: TextureUse) throws(TranslationFault) {
    switch use.instruction.opcode {
    case .tex, .tex2: appendPlain(use, bias: nil)
    case .txb: appendPlain(use, bias: plan.stage == .fragment ? (0, 3) : nil)
    case .txb2: appendPlain(use, bias: plan.stage == .fragment ? biasOperand(use) : nil)
    case .txl: appendLevel(use, (0, 3))
    case .txl2: appendLevel(use, biasOperand(use))
    case .texLz: appendLevel(use, nil)
    case .txp: appendProjected(use)
    case .txd: appendGivenGradients(use)
    default: throw .unsupported(.opcode)
    }
  }

  private func biasOperand(_ use: TextureUse) -> (Int, UInt8) { use.target == .shadowCubeArray ? (1, 1) : (1, 0) }

  /// A comparison in layers of 2D.
  private func isArrayShadow(_ use: TextureUse) -> Bool {
    use.target.isShadow && use.sampler.shape == .twoDArray
  }

  /// Comparisons in layers have fewer functions: what is missing is done by `textureGrad`, which they all have.
  private func lacksFunction(_ use: TextureUse, levelOrBias: Bool) -> Bool {
    guard isArrayShadow(use) else { return false }
    return levelOrBias && !plan.features.contains(.shadowLod)
      || hasOffset(use) && !plan.features.contains(.shadowArrayOffset)
  }

  private mutating func appendPlain(_ use: TextureUse, bias: (Int, UInt8)?) {
    if lacksFunction(use, levelOrBias: bias != nil) { return appendByGradients(use, bias: bias) }
    // Rectangle textures have no levels, and comparisons in cube arrays no bias.
    let lacksBias = use.target == .shadowCubeArray && !plan.features.contains(.shadowLod)
    let bias = use.sampler.shape == .rect || lacksBias ? nil : bias
    let offsets = hasOffset(use)
    text.append(offsets ? "textureOffset(" : "texture(")
    append(sampler: use)
    text.append(", ")
    appendPosition(use)
    if use.target == .shadowCubeArray {
      text.append(", ")
      component(use, 1, 0)
    }
    if offsets {
      text.append(", ")
      appendOffset(use, 0)
    }
    if let bias {
      text.append(", ")
      component(use, bias.0, bias.1)
    }
    text.append(")")
  }

  private mutating func appendLevel(_ use: TextureUse, _ level: (Int, UInt8)?) {
    if use.sampler.shape == .rect { return appendPlain(use, bias: nil) }
    if lacksFunction(use, levelOrBias: true) { return appendByGradients(use, level: level) }
    if use.target.isCube, use.target.isShadow, !plan.features.contains(.shadowLod) {
      return appendPlain(use, bias: nil)
    }
    let offsets = hasOffset(use)
    text.append(offsets ? "textureLodOffset(" : "textureLod(")
    append(sampler: use)
    text.append(", ")
    appendPosition(use)
    if use.target == .shadowCubeArray {
      text.append(", ")
      component(use, 1, 0)
    }
    text.append(", ")
    if let level { component(use, level.0, level.1) } else { text.append("0.0") }
    if offsets {
      text.append(", ")
      appendOffset(use, 0)
    }
    text.append(")")
  }

  /// An explicit level where only gradients exist: a step of 2^level texels in each direction.
  private mutating func appendByGradients(_ use: TextureUse, level: (Int, UInt8)?) {
    appendGradients(use) { writer, axis in
      writer.text.append(axis == 0 ? "vec2(exp2(" : "vec2(0.0, exp2(")
      if let level { writer.component(use, level.0, level.1) } else { writer.text.append("0.0") }
      writer.text.append(") / float(textureSize(")
      writer.append(sampler: use)
      writer.text.append(axis == 0 ? ", 0).x), 0.0)" : ", 0).y))")
    }
  }

  /// The level that GLSL would choose, plus a bias. Only fragment shaders have derivatives; elsewhere it is level 0.
  private mutating func appendByGradients(_ use: TextureUse, bias: (Int, UInt8)?) {
    guard plan.stage == .fragment else { return appendByGradients(use, level: nil) }
    appendGradients(use) { writer, axis in
      writer.text.append(axis == 0 ? "dFdx(" : "dFdy(")
      if use.sampler.widens {
        writer.text.append("vec2(")
        writer.component(use, 0, 0)
        writer.text.append(", 0.0)")
      } else {
        writer.coordinate(use, Components(first: 2))
      }
      writer.text.append(")")
      guard let bias else { return }
      writer.text.append(" * exp2(")
      writer.component(use, bias.0, bias.1)
      writer.text.append(")")
    }
  }

  /// `textureGrad` with both gradients from `gradient`, and the offset if there is one.
  private mutating func appendGradients(_ use: TextureUse, _ gradient: (inout GLSLWriter, Int) -> Void) {
    text.append(hasOffset(use) ? "textureGradOffset(" : "textureGrad(")
    append(sampler: use)
    text.append(", ")
    appendPosition(use)
    for axis in 0..<2 {
      text.append(", ")
      gradient(&self, axis)
    }
    if hasOffset(use) {
      text.append(", ")
      appendOffset(use, 0)
    }
    text.append(")")
  }

  private mutating func appendProjected(_ use: TextureUse) {
    let offsets = hasOffset(use)
    switch use.target {
    case .texture1D, .texture2D, .rect, .texture3D, .shadow1D, .shadow2D, .shadowRect: break
    default: return appendPlain(use, bias: nil)
    }
    text.append(offsets ? "textureProjOffset(" : "textureProj(")
    append(sampler: use)
    text.append(", ")
    switch use.target {
    case .texture1D where use.sampler.widens, .shadow1D:
      text.append("vec4(")
      component(use, 0, 0)
      text.append(", 0.0, ")
      component(use, 0, 2)
      text.append(", ")
      component(use, 0, 3)
      text.append(")")
    case .rect, .shadowRect:
      if use.sampler.normalises {
        text.append("vec4(")
        coordinate(use, Components(first: 2))
        normalise(use)
        text.append(", ")
        component(use, 0, 2)
        text.append(", ")
        component(use, 0, 3)
        text.append(")")
      } else {
        coordinate(use, Components(first: 4))
      }
    case .texture1D:
      text.append("vec2(")
      component(use, 0, 0)
      text.append(", ")
      component(use, 0, 3)
      text.append(")")
    default: coordinate(use, Components(first: 4))
    }
    if offsets {
      text.append(", ")
      appendOffset(use, 0)
    }
    text.append(")")
  }

  private mutating func appendGivenGradients(_ use: TextureUse) {
    if use.target == .shadowCubeArray { return appendPlain(use, bias: nil) }
    appendGradients(use) { writer, axis in
      let source = axis + 1
      switch use.target {
      case .texture1D, .shadow1D, .texture1DArray, .shadow1DArray:
        if use.sampler.widens {
          writer.text.append("vec2(")
          writer.component(use, source, 0)
          writer.text.append(", 0.0)")
        } else {
          writer.component(use, source, 0)
        }
      case .texture3D, .cube, .shadowCube, .cubeArray:
        writer.append(source: use.instruction.sources[source], at: Components(first: 3), as: .float)
      default:
        writer.append(source: use.instruction.sources[source], at: Components(first: 2), as: .float)
        writer.normalise(use)
      }
    }
  }

  // MARK: Fetching

  private mutating func appendFetch(_ use: TextureUse) {
    let offsets = hasOffset(use)
    text.append(offsets ? "texelFetchOffset(" : "texelFetch(")
    append(sampler: use)
    text.append(", ")
    switch use.target {
    case .buffer: coordinate(use, Components(0), .int)
    case .texture1D, .shadow1D:
      if use.sampler.widens { text.append("ivec2(") }
      coordinate(use, Components(0), .int)
      if use.sampler.widens { text.append(", 0)") }
    case .texture1DArray, .shadow1DArray:
      if use.sampler.widens {
        text.append("ivec3(")
        coordinate(use, Components(0), .int)
        text.append(", 0, ")
        coordinate(use, Components(1), .int)
        text.append(")")
      } else {
        coordinate(use, Components(first: 2), .int)
      }
    case .texture3D, .texture2DArray, .shadow2DArray, .texture2DArrayMSAA: coordinate(use, Components(first: 3), .int)
    default: coordinate(use, Components(first: 2), .int)
    }
    if use.sampler.shape != .rect, use.sampler.shape != .buffer {
      text.append(", ")
      let isLevel0 = use.sampler.normalises || use.instruction.opcode == .txfLz
      if isLevel0 { text.append("0") } else { component(use, 0, 3, .int) }
    }
    if offsets {
      text.append(", ")
      appendOffset(use, 0)
    }
    text.append(")")
  }

  // MARK: Gathering

  private mutating func appendGather(_ use: TextureUse) throws(TranslationFault) {
    let count = Int(use.instruction.offsetCount)
    text.append(count == 4 ? "textureGatherOffsets(" : count > 0 ? "textureGatherOffset(" : "textureGather(")
    append(sampler: use)
    text.append(", ")
    // The reference value of a shadow gather is an argument of its own.
    appendPosition(use, withReference: false)
    if use.target.isShadow {
      text.append(", ")
      switch use.target {
      case .shadow2D, .shadowRect: component(use, 0, 2)
      case .shadowCubeArray: component(use, 1, 0)
      default: component(use, 0, 3)
      }
    }
    if count == 4 {
      text.append(", ivec2[4](")
      for index in 0..<4 {
        if index > 0 { text.append(", ") }
        appendOffset(use, index)
      }
      text.append(")")
    } else if count > 0 {
      text.append(", ")
      appendOffset(use, 0)
    }
    if !use.target.isShadow {
      let selected = immediate(use.instruction.sources[1], 0) & 3
      if selected != 0 {
        text.append(", ")
        text.append(decimal: Int(selected))
      }
    }
    text.append(")")
  }

  // MARK: Queries

  private mutating func writeSizeQuery(_ use: TextureUse) {
    let result = Result(use.instruction, .int)
    guard begin(result) else { return }
    text.append("ivec4(")
    text.append("textureSize(")
    append(sampler: use)
    switch use.sampler.shape {
    case .buffer, .rect, .twoDMS, .twoDMSArray: break
    default:
      text.append(", ")
      if use.sampler.normalises { text.append("0") } else { component(use, 0, 0, .int) }
    }
    text.append(")")
    let dimensions: Int
    switch use.target {
    case .buffer, .texture1D, .shadow1D:
      if use.sampler.widens { text.append(".x") }
      dimensions = 1
    case .texture1DArray, .shadow1DArray:
      if use.sampler.widens { text.append(".xz") }
      dimensions = 2
    case .texture3D, .texture2DArray, .shadow2DArray, .cubeArray, .shadowCubeArray, .texture2DArrayMSAA: dimensions = 3
    default: dimensions = 2
    }
    for _ in dimensions..<3 { text.append(", 0") }
    text.append(", ")
    switch use.sampler.shape {
    case .buffer, .rect, .twoDMS, .twoDMSArray: text.append("1")
    default:
      if plan.features.contains(.queryLevels) {
        text.append("textureQueryLevels(")
        append(sampler: use)
        text.append(")")
      } else {
        appendInfo(use, "x")
      }
    }
    text.append(").")
    append(components: result.components)
    end(result)
  }

  private mutating func appendInfo(_ use: TextureUse, _ member: StaticString) {
    guard plan.samplerInfoCount > 0 else { return text.append("1") }
    text.append(NamePolicy.prefix(plan.stage))
    text.append("_sampinfo[")
    text.append(decimal: Int(use.sampler.rank))
    text.append("].")
    text.append(member)
  }

  private mutating func writeSamplesQuery(_ use: TextureUse) {
    let result = Result(use.instruction, .int)
    guard begin(result) else { return }
    append(type: .int, count: result.count)
    text.append("(")
    if plan.features.contains(.querySamples) {
      text.append("textureSamples(")
      append(sampler: use)
      text.append(")")
    } else {
      appendInfo(use, "y")
    }
    text.append(")")
    end(result)
  }

  private mutating func writeLODQuery(_ use: TextureUse) throws(TranslationFault) {
    let result = Result(use.instruction, .float)
    guard begin(result) else { return }
    text.append("vec4(")
    if plan.features.contains(.queryLod) {
      text.append(plan.queryLodIsExtension ? "textureQueryLOD(" : "textureQueryLod(")
      append(sampler: use)
      text.append(", ")
      let count =
        switch use.target {
        case .texture1D, .shadow1D, .texture1DArray, .shadow1DArray: 1
        case .texture3D, .cube, .shadowCube, .cubeArray, .shadowCubeArray: 3
        default: 2
        }
      if use.sampler.widens { text.append("vec2(") }
      coordinate(use, Components(first: count))
      if use.sampler.widens { text.append(", 0.0)") }
      text.append(")")
    } else {
      text.append("vec2(0.0)")
    }
    text.append(", 0.0, 0.0).")
    append(components: result.components)
    end(result)
  }
}

/// One texture instruction with its sampler.
struct TextureUse {
  let instruction: Instruction
  let sampler: SamplerPlan
  /// The SAMP operand.
  let register: Register

  var target: TextureTarget { instruction.target ?? sampler.target }
}
