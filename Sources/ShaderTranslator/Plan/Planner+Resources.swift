import TGSI

/// Uniforms, samplers, images and buffers.
extension Planner {
  mutating func planResources() throws(TranslationFault) {
    let stage = plan.stage
    plan.constantRows = facts.constantRows
    if facts.constantRows > 0 {
      // How many are too many is the GL driver's word: some link more than they promise.
      reflection.constants = NamePolicy.name(stage, .constants, 0)
      reflection.constantRows = facts.constantRows
    }
    for slot in 1..<32 where facts.uniformBlocks >> UInt32(slot) & 1 != 0 {
      guard facts.uniformBlockRows[slot] <= host.limits.uniformBlockSize / 16 else {
        throw .overLimit(.uniformBlockSize)
      }
      if !facts.traits.contains(.indexesBlocks) {
        reflection.uniformBlocks.append(
          Reflection.Binding(name: NamePolicy.name(stage, .uniformBlock, slot), slot: UInt8(slot), count: 1))
      }
    }
    if facts.traits.contains(.indexesBlocks), facts.uniformBlocks != 0 {
      try want(.dynamicBlockIndex)
      let first = facts.uniformBlocks.trailingZeroBitCount
      let count = 32 - facts.uniformBlocks.leadingZeroBitCount - first
      reflection.uniformBlocks.append(
        Reflection.Binding(
          name: NamePolicy.name(stage, .uniformBlock, first), slot: UInt8(first), count: UInt8(count)))
    }
    try planSamplers()
    try planImages()
    try planBuffers()
    reflection.usesHelperBlock = !plan.helperBlock.isEmpty
    if facts.traits.contains(.readsDrawID) { plan.usesDrawIDBase = true }
    reflection.usesAdjustY = plan.usesAdjustY
    reflection.usesAlphaReference = plan.usesAlphaReference
    reflection.usesDrawIDBase = plan.usesDrawIDBase
    reflection.usesTessLevels = plan.usesTessLevels
  }

  private mutating func planSamplers() throws(TranslationFault) {
    plan.samplerIndex = Array(repeating: 255, count: 32)
    let needsLevels = facts.traits.contains(.queriesLevels) && GLSLFeature.queryLevels.means(on: host) == .missing
    let needsSamples = facts.traits.contains(.queriesSamples) && GLSLFeature.querySamples.means(on: host) == .missing
    var slot = 0
    while slot < 32 {
      guard facts.samplers >> UInt32(slot) & 1 != 0 else {
        slot += 1
        continue
      }
      var count = 1
      for array in facts.samplerArrays where Int(array.first) == slot { count = array.count }
      if count > 1 { try want(.dynamicSamplerIndex) }
      let use = facts.samplerUses[slot]
      let rank = (facts.samplers & ((1 << UInt32(slot)) &- 1)).nonzeroBitCount
      let emulated = key.samplers.emulatedRectangles >> UInt32(slot) & 1 != 0
      var sampler = SamplerPlan(
        first: UInt8(slot), count: UInt8(clamping: count), target: use.target, result: Self.scalar(use.result),
        shape: .twoD, normalises: false, widens: false, swizzle: nil, rank: UInt8(clamping: rank))
      try shape(&sampler, emulatedRectangle: emulated)
      if key.samplers.swizzled >> UInt32(slot) & 1 != 0 {
        var code: UInt16 = 0
        for component in 0..<4 {
          code |= UInt16(key.samplers.swizzle(of: slot, component: component)) << UInt16(component * 3)
        }
        sampler.swizzle = code
      }
      for element in slot..<min(32, slot + count) { plan.samplerIndex[element] = UInt8(clamping: plan.samplers.count) }
      plan.samplers.append(sampler)
      reflection.samplers.append(
        Reflection.Binding(
          name: NamePolicy.name(plan.stage, .sampler, slot), slot: UInt8(slot), count: UInt8(clamping: count)))
      slot += count
    }
    reflection.samplerMask = facts.samplers
    reflection.shadowSamplers = facts.shadowSamplers
    if needsLevels || needsSamples, facts.samplers != 0 {
      plan.samplerInfoCount = facts.samplers.nonzeroBitCount
      reflection.samplerInfo = NamePolicy.name(plan.stage, .samplerInfo)
    }
  }

  private static func scalar(_ type: ImageFormat.ComponentType) -> ScalarType {
    switch type {
    case .float: .float
    case .int: .int
    case .uint: .uint
    }
  }

  private mutating func shape(_ sampler: inout SamplerPlan, emulatedRectangle: Bool) throws(TranslationFault) {
    let hasLines = GLSLFeature.oneDimensionalTextures.means(on: host) != .missing
    switch sampler.target {
    case .buffer:
      try want(.bufferTextures)
      sampler.shape = .buffer
    case .texture1D, .shadow1D:
      sampler.shape = hasLines ? .oneD : .twoD
      sampler.widens = !hasLines
    case .texture1DArray, .shadow1DArray:
      sampler.shape = hasLines ? .oneDArray : .twoDArray
      sampler.widens = !hasLines
    case .texture2D, .shadow2D: sampler.shape = .twoD
    case .rect, .shadowRect:
      let hasRectangles = try want(.rectangleTextures)
      if emulatedRectangle || !hasRectangles {
        sampler.normalises = true
        sampler.shape = .twoD
      } else {
        sampler.shape = .rect
      }
    case .texture3D: sampler.shape = .threeD
    case .cube, .shadowCube: sampler.shape = .cube
    case .texture2DArray, .shadow2DArray: sampler.shape = .twoDArray
    case .cubeArray, .shadowCubeArray:
      try want(.cubeArrayTextures)
      sampler.shape = .cubeArray
    case .texture2DMSAA:
      try want(.multisampleTextures)
      sampler.shape = .twoDMS
    case .texture2DArrayMSAA:
      try want(.multisampleArrayTextures)
      sampler.shape = .twoDMSArray
    case .unknown: throw .unsupported(.textureTarget)
    }
  }

  private mutating func planImages() throws(TranslationFault) {
    guard facts.images != 0 else { return }
    try want(.images)
    reflection.imageMask = facts.images
    let indexed = indexedBases(of: .image)
    var slot = 0
    while slot < 32 {
      guard facts.images >> UInt32(slot) & 1 != 0 else {
        slot += 1
        continue
      }
      var use = facts.imageUses[slot]
      var count = 1
      if indexed >> UInt32(slot) & 1 != 0 {
        try want(.dynamicMemoryIndex)
        while slot + count < 32, facts.images >> UInt32(slot + count) & 1 != 0,
          facts.imageUses[slot + count].target == use.target, facts.imageUses[slot + count].format == use.format
        {
          use.formUnion(facts.imageUses[slot + count])
          count += 1
        }
      }
      let unit = Int(key.link.firstImageUnit) + slot
      guard unit + count <= Int(host.limits.imageUnits) else { throw .overLimit(.imageUnits) }
      if use.atomics { try want(.imageAtomics) }
      if use.queries { try want(.imageSize) }
      if !use.format.isInEveryES { try want(.imageFormats) }
      // ES wants a format of every image; stores go by the format that the image is bound with.
      let format = use.format == .none && host.isES ? .r32g32b32a32Float : use.format
      let stores = use.stores || use.atomics
      var image = ImagePlan(
        slot: UInt8(slot), unit: UInt8(clamping: unit), shape: .twoD, target: use.target,
        type: Self.scalar(use.format.componentType), format: format, readOnly: !use.writable || !stores,
        writeOnly: use.writable && !use.loads && !use.atomics, qualifiers: use.qualifiers.rawValue,
        hasWriteSide: false, widens: false)
      if image.readOnly { image.writeOnly = false }
      var sampler = SamplerPlan(
        first: 0, count: 1, target: use.target, result: .float, shape: .twoD, normalises: false, widens: false,
        swizzle: nil, rank: 0)
      try shape(&sampler, emulatedRectangle: host.isES)
      image.shape = sampler.shape
      image.widens = sampler.widens
      if host.isES, stores, use.loads, !use.format.isSingle32 {
        image.hasWriteSide = true
        image.readOnly = true
      }
      image.count = UInt8(clamping: count)
      plan.images.append(image)
      slot += count
    }
  }

  /// Registers of a file that instructions name as the base of a run-time index.
  private func indexedBases(of file: RegisterFile) -> UInt32 {
    var bases: UInt32 = 0
    func note(_ register: Register) {
      guard register.file == file, register.indirect != nil, (0..<32).contains(register.index) else { return }
      bases |= 1 << UInt32(register.index)
    }
    for instruction in shader.instructions where instruction.opcode.info.class == .memory {
      for index in instruction.sources.indices { note(instruction.sources[index].register) }
      for index in instruction.destinations.indices { note(instruction.destinations[index].register) }
    }
    return bases
  }

  private mutating func planBuffers() throws(TranslationFault) {
    reflection.atomicMask = facts.atomicBuffers
    if facts.atomicBuffers != 0 { try want(.atomicCounters) }
    guard facts.storage != 0 else { return }
    try want(.storageBuffers)
    reflection.storageMask = facts.storage
    let indexed = indexedBases(of: .buffer) >> UInt32(facts.firstStorage)
    var slot = 0
    while slot < 32 {
      guard facts.storage >> UInt32(slot) & 1 != 0 else {
        slot += 1
        continue
      }
      var use = facts.storageUses[slot]
      var count = 1
      if indexed >> UInt32(slot) & 1 != 0 {
        try want(.dynamicMemoryIndex)
        while slot + count < 32, facts.storage >> UInt32(slot + count) & 1 != 0 {
          use.formUnion(facts.storageUses[slot + count])
          count += 1
        }
      }
      let binding = Int(key.link.firstStorageBinding) + slot
      guard binding + count <= Int(host.limits.storageBindings) else { throw .overLimit(.storageBindings) }
      plan.buffers.append(
        BufferPlan(
          slot: UInt8(slot), count: UInt8(clamping: count), binding: UInt8(clamping: binding),
          qualifiers: use.qualifiers.rawValue, isSigned: use.signedMinMax && !use.unsignedMinMax,
          hasSignedSide: use.signedMinMax && use.unsignedMinMax))
      slot += count
    }
  }
}

extension ImageFormat {
  /// The formats that GLSL ES has without GL_NV_image_formats (GLSL ES 3.10, 4.4.7), and none.
  fileprivate var isInEveryES: Bool {
    switch self {
    case .none, .r32Float, .r32Sint, .r32Uint, .r8g8b8a8Unorm, .r8g8b8a8Snorm, .r8g8b8a8Sint, .r8g8b8a8Uint,
      .r16g16b16a16Float, .r16g16b16a16Sint, .r16g16b16a16Uint, .r32g32b32a32Float, .r32g32b32a32Sint,
      .r32g32b32a32Uint:
      true
    default: false
    }
  }
}
