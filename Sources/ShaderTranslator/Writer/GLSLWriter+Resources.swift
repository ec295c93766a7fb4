import TGSI

/// Declarations of uniforms, samplers, images and buffers.
extension GLSLWriter {
  mutating func writeResources() {
    if plan.constantRows > 0 {
      text.append("uniform uvec4 ")
      text.append(.constants, plan.stage, 0)
      text.append("[")
      text.append(decimal: Int(plan.constantRows))
      text.append("];\n")
    }
    writeUniformBlocks()
    for sampler in plan.samplers { declare(sampler) }
    if plan.samplerInfoCount > 0 {
      text.append("uniform ivec2 ")
      text.append(NamePolicy.prefix(plan.stage))
      text.append("_sampinfo[")
      text.append(decimal: plan.samplerInfoCount)
      text.append("];\n")
    }
    for image in plan.images { declare(image) }
    for buffer in plan.buffers { declare(buffer) }
    writeAtomicCounters()
    if !plan.helperBlock.isEmpty {
      text.append("layout(std140) uniform ")
      text.append(HelperBlock.name)
      text.append(" { vec4 clip_planes[8]; uvec4 stipple_rows[8]; };\n")
    }
    writeHelper(HelperUniforms.adjustY, "float", plan.usesAdjustY)
    writeHelper(HelperUniforms.alphaReference, "float", plan.usesAlphaReference)
    writeHelper(HelperUniforms.drawIDBase, "int", plan.usesDrawIDBase)
    writeHelper(HelperUniforms.tessLevels, "vec4", count: 2, plan.usesTessLevels)
  }

  private mutating func writeHelper(
    _ name: StaticString, _ type: StaticString, count: UInt8 = 1, _ isUsed: Bool
  ) {
    guard isUsed else { return }
    text.append("uniform ")
    text.append(type)
    text.append(" ")
    text.append(name)
    appendCount(count)
    text.append(";\n")
  }

  private mutating func writeUniformBlocks() {
    let indexed = facts.traits.contains(.indexesBlocks)
    guard facts.uniformBlocks != 0 else { return }
    let first = facts.uniformBlocks.trailingZeroBitCount
    if indexed {
      var rows: UInt32 = 1
      for slot in 1..<32 { rows = max(rows, facts.uniformBlockRows[slot]) }
      declareBlock(first, rows: rows)
      text.append("[")
      text.append(decimal: 32 - facts.uniformBlocks.leadingZeroBitCount - first)
      text.append("];\n")
      return
    }
    for slot in 1..<32 where facts.uniformBlocks >> UInt32(slot) & 1 != 0 {
      declareBlock(slot, rows: facts.uniformBlockRows[slot])
      text.append(";\n")
    }
  }

  private mutating func declareBlock(_ slot: Int, rows: UInt32) {
    text.append("layout(std140) uniform ")
    text.append(.uniformBlock, plan.stage, slot)
    text.append(" { uvec4 c[")
    text.append(decimal: Int(max(1, rows)))
    text.append("]; } ")
    text.append(.uniformMember, plan.stage, slot)
  }

  private mutating func declare(_ sampler: SamplerPlan) {
    text.append(plan.isES ? "uniform highp " : "uniform ")
    append(prefix: sampler.result)
    text.append("sampler")
    append(shape: sampler.shape)
    if sampler.target.isShadow { text.append("Shadow") }
    text.append(" ")
    text.append(.sampler, plan.stage, Int(sampler.first))
    if sampler.count > 1 {
      text.append("[")
      text.append(decimal: Int(sampler.count))
      text.append("]")
    }
    text.append(";\n")
  }

  mutating func append(prefix type: ScalarType) {
    switch type {
    case .float: break
    case .int: text.append("i")
    case .uint: text.append("u")
    }
  }

  mutating func append(shape: SamplerShape) {
    switch shape {
    case .buffer: text.append("Buffer")
    case .oneD: text.append("1D")
    case .twoD: text.append("2D")
    case .threeD: text.append("3D")
    case .cube: text.append("Cube")
    case .rect: text.append("2DRect")
    case .oneDArray: text.append("1DArray")
    case .twoDArray: text.append("2DArray")
    case .cubeArray: text.append("CubeArray")
    case .twoDMS: text.append("2DMS")
    case .twoDMSArray: text.append("2DMSArray")
    }
  }

  mutating func append(qualifiers raw: UInt8) {
    let qualifiers = MemoryQualifiers(rawValue: raw)
    if qualifiers.contains(.coherent) { text.append("coherent ") }
    if qualifiers.contains(.volatile) { text.append("volatile ") }
    if qualifiers.contains(.restrict) { text.append("restrict ") }
  }

  private mutating func declare(_ image: ImagePlan) {
    writeImage(image, isWriteSide: false)
    if image.hasWriteSide { writeImage(image, isWriteSide: true) }
  }

  private mutating func writeImage(_ image: ImagePlan, isWriteSide: Bool) {
    text.append("layout(binding=")
    text.append(decimal: Int(image.unit))
    let isWriteOnly = image.writeOnly || isWriteSide
    if image.format != .none {
      text.append(", ")
      text.append(image.format.qualifier)
    } else if !isWriteOnly, !plan.features.contains(.formatlessImageLoads) {
      text.append(", rgba32f")
    }
    text.append(") ")
    append(qualifiers: image.qualifiers)
    if isWriteOnly { text.append("writeonly ") } else if image.readOnly { text.append("readonly ") }
    text.append(plan.isES ? "uniform highp " : "uniform ")
    append(prefix: image.type)
    text.append("image")
    append(shape: image.shape)
    text.append(" ")
    text.append(isWriteSide ? .imageWriteSide : .image, plan.stage, Int(image.slot))
    appendCount(image.count)
    text.append(";\n")
  }

  private mutating func declare(_ buffer: BufferPlan) {
    writeBuffer(buffer, .storageBlock, .storageMember, isSigned: buffer.isSigned)
    if buffer.hasSignedSide { writeBuffer(buffer, .storageSignedBlock, .storageSignedMember, isSigned: true) }
  }

  private mutating func writeBuffer(
    _ buffer: BufferPlan, _ block: NamePolicy.Resource, _ member: NamePolicy.Resource, isSigned: Bool
  ) {
    text.append("layout(std430, binding=")
    text.append(decimal: Int(buffer.binding))
    text.append(") ")
    append(qualifiers: buffer.qualifiers)
    text.append("buffer ")
    text.append(block, plan.stage, Int(buffer.slot))
    text.append(isSigned ? " { int d[]; } " : " { uint d[]; } ")
    text.append(member, plan.stage, Int(buffer.slot))
    appendCount(buffer.count)
    text.append(";\n")
  }

  private mutating func appendCount(_ count: UInt8) {
    guard count > 1 else { return }
    text.append("[")
    text.append(decimal: Int(count))
    text.append("]")
  }

  private mutating func writeAtomicCounters() {
    for (index, counter) in shader.atomicCounters.enumerated() {
      text.append("layout(binding=")
      text.append(decimal: Int(counter.binding))
      text.append(", offset=")
      text.append(decimal: Int(counter.range.first) * 4)
      text.append(") uniform atomic_uint counter")
      text.append(decimal: index)
      text.append("[")
      text.append(decimal: counter.range.count)
      text.append("];\n")
    }
  }
}

extension ImageFormat {
  /// GLSL's layout qualifier.
  var qualifier: StaticString {
    switch self {
    case .none: "rgba32f"
    case .r8Unorm: "r8"
    case .r8g8Unorm: "rg8"
    case .r8g8b8a8Unorm: "rgba8"
    case .r8Snorm: "r8_snorm"
    case .r8g8Snorm: "rg8_snorm"
    case .r8g8b8a8Snorm: "rgba8_snorm"
    case .r8Uint: "r8ui"
    case .r8g8Uint: "rg8ui"
    case .r8g8b8a8Uint: "rgba8ui"
    case .r8Sint: "r8i"
    case .r8g8Sint: "rg8i"
    case .r8g8b8a8Sint: "rgba8i"
    case .r16Unorm: "r16"
    case .r16g16Unorm: "rg16"
    case .r16g16b16a16Unorm: "rgba16"
    case .r16Snorm: "r16_snorm"
    case .r16g16Snorm: "rg16_snorm"
    case .r16g16b16a16Snorm: "rgba16_snorm"
    case .r16Float: "r16f"
    case .r16g16Float: "rg16f"
    case .r16g16b16a16Float: "rgba16f"
    case .r16Uint: "r16ui"
    case .r16g16Uint: "rg16ui"
    case .r16g16b16a16Uint: "rgba16ui"
    case .r16Sint: "r16i"
    case .r16g16Sint: "rg16i"
    case .r16g16b16a16Sint: "rgba16i"
    case .r32Float: "r32f"
    case .r32g32Float: "rg32f"
    case .r32g32b32a32Float: "rgba32f"
    case .r32Uint: "r32ui"
    case .r32g32Uint: "rg32ui"
    case .r32g32b32a32Uint: "rgba32ui"
    case .r32Sint: "r32i"
    case .r32g32Sint: "rg32i"
    case .r32g32b32a32Sint: "rgba32i"
    case .r10g10b10a2Unorm: "rgb10_a2"
    case .r10g10b10a2Uint: "rgb10_a2ui"
    case .r11g11b10Float: "r11f_g11f_b10f"
    }
  }
}
