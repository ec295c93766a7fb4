import TGSI

/// What a shader asks about a texture: sizes, levels, samples and the level of detail.
extension GLSLWriter {
  mutating func writeSizeQuery(_ use: TextureUse) {
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

  mutating func appendInfo(_ use: TextureUse, _ member: StaticString) {
    guard plan.samplerInfoCount > 0 else { return text.append("1") }
    text.append(NamePolicy.prefix(plan.stage))
    text.append("_sampinfo[")
    text.append(decimal: Int(use.sampler.rank))
    text.append("].")
    text.append(member)
  }

  mutating func writeSamplesQuery(_ use: TextureUse) {
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

  mutating func writeLODQuery(_ use: TextureUse) throws(TranslationFault) {
    let result = Result(use.instruction, .float)
    guard begin(result) else { return }
    text.append("vec4(")
    // Rectangles have one level, and GLSL no question about it.
    if plan.features.contains(.queryLod), use.target != .rect, use.target != .shadowRect {
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
