import TGSI

/// Texels without a filter: texelFetch and textureGather.
extension GLSLWriter {
  mutating func appendFetch(_ use: TextureUse) {
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


  mutating func appendGather(_ use: TextureUse) throws(TranslationFault) {
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
}
