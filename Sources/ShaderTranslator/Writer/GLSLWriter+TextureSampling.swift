import TGSI

/// Texture functions that filter: plain, with levels, biases, gradients and projections.
extension GLSLWriter {
  mutating func appendSample(_ use: TextureUse) throws(TranslationFault) {
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

  func biasOperand(_ use: TextureUse) -> (Int, UInt8) { use.target == .shadowCubeArray ? (1, 1) : (1, 0) }

  /// A comparison in layers of 2D.
  func isArrayShadow(_ use: TextureUse) -> Bool {
    use.target.isShadow && use.sampler.shape == .twoDArray
  }

  /// Comparisons in layers have fewer functions: what is missing is done by `textureGrad`, which they all have.
  func lacksFunction(_ use: TextureUse, levelOrBias: Bool) -> Bool {
    guard isArrayShadow(use) else { return false }
    return levelOrBias && !plan.features.contains(.shadowLod)
      || hasOffset(use) && !plan.features.contains(.shadowArrayOffset)
  }

  mutating func appendPlain(_ use: TextureUse, bias: (Int, UInt8)?) {
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

  mutating func appendLevel(_ use: TextureUse, _ level: (Int, UInt8)?) {
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
  mutating func appendByGradients(_ use: TextureUse, level: (Int, UInt8)?) {
    appendGradients(use) { writer, axis in
      writer.text.append(axis == 0 ? "vec2(exp2(" : "vec2(0.0, exp2(")
      if let level { writer.component(use, level.0, level.1) } else { writer.text.append("0.0") }
      writer.text.append(") / float(textureSize(")
      writer.append(sampler: use)
      writer.text.append(axis == 0 ? ", 0).x), 0.0)" : ", 0).y))")
    }
  }

  /// The level that GLSL would choose, plus a bias. Only fragment shaders have derivatives; elsewhere it is level 0.
  mutating func appendByGradients(_ use: TextureUse, bias: (Int, UInt8)?) {
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
  mutating func appendGradients(_ use: TextureUse, _ gradient: (inout GLSLWriter, Int) -> Void) {
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

  mutating func appendProjected(_ use: TextureUse) {
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

  mutating func appendGivenGradients(_ use: TextureUse) {
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
}
