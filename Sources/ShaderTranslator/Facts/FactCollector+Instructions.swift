import TGSI

/// The walk over the instructions: which registers and resources are used, and how.
extension FactCollector {
  mutating func visit(_ instruction: Instruction, isLast: Bool) throws(TranslationFault) {
    let opcode = instruction.opcode
    let info = opcode.info
    guard info.isTranslatable else { throw .unsupported(.opcode) }
    visitOpcode(opcode, isLast: isLast)
    if instruction.precise { facts.traits.insert(.usesPrecise) }
    if info.usesDoubles { facts.traits.insert(.usesDoubles) }
    if info.hasTarget { try visitTexture(instruction) }
    if info.class == .memory { visitMemory(instruction) }
    if info.class == .emission { visitEmission(instruction) }

    for index in instruction.sources.indices {
      let source = instruction.sources[index]
      let type = info.sourceTypes[index]
      if indexesRegisters { visitIndirect(source.register) }
      if source.absolute { facts.traits.insert(.usesAbsolute) }
      if type == .sampler || (type == .resource && opcode != .fbfetch) { continue }
      use(source.register)
      guard let node = node(of: source.register) else { continue }
      definitions.read(node, mask: readMask(of: source, in: instruction, info))
      if let evidence = evidence(for: type, source: index, of: instruction) { classes.note(node, evidence) }
      if !source.modifiers.isEmpty && type == .bits { classes.note(node, .float) }
    }
    for index in 0..<Int(instruction.offsetCount) {
      let offset = shader.texelOffsets[Int(instruction.firstOffset) + index]
      let register = Register(offset.file, offset.index)
      use(register)
      guard let node = node(of: register) else { continue }
      definitions.read(node, mask: 15)
      classes.note(node, .bits)
    }
    for index in instruction.destinations.indices {
      let destination = instruction.destinations[index]
      if indexesRegisters { visitIndirect(destination.register) }
      if info.destinationTypes[index] == .resource { continue }
      use(destination.register)
      guard let node = node(of: destination.register) else { continue }
      noteResult(node, of: instruction, type: info.destinationTypes[index])
      if node >= outputBase, !writtenOutputs.isEmpty {
        writtenOutputs[node - outputBase] |= destination.mask.rawValue
      }
      if destination.register.indirect == nil { definitions.write(node, mask: destination.mask.rawValue) }
    }
  }

  /// The analysis node of a TEMP or OUT operand; arrays are one node, named by their first register.
  private func node(of register: Register) -> Int? {
    switch register.file {
    case .temporary:
      let array: Int? =
        if register.indirect != nil {
          facts.temporaries.arrayIndex(of: register)
        } else if register.index >= 0, Int(register.index) < outputBase {
          Int(facts.temporaries.entries[Int(register.index)].array) - 1
        } else {
          -1
        }
      if let array, array >= 0 { return Int(facts.temporaries.arrays[array].range.first) }
      return register.index >= 0 && Int(register.index) < outputBase ? Int(register.index) : nil
    case .output where facts.stage != .tessControl:
      guard register.index >= 0, Int(register.index) < facts.outputs.count else { return nil }
      return outputBase + Int(register.index)
    default:
      return nil
    }
  }

  private mutating func use(_ register: Register) {
    let index = Int(register.index)
    switch register.file {
    case .temporary:
      if register.indirect != nil {
        if let array = facts.temporaries.arrayIndex(of: register) { facts.temporaries.arrays[array].isUsed = true }
      } else if facts.temporaries.entries.indices.contains(index) {
        let array = Int(facts.temporaries.entries[index].array)
        if array != 0 { facts.temporaries.arrays[array - 1].isUsed = true }
        facts.temporaries.entries[index].isUsed = true
      }
    case .input:
      if register.indirect == nil, facts.inputs.indices.contains(index) { facts.inputs[index].isUsed = true }
    case .output:
      if register.indirect == nil, facts.outputs.indices.contains(index) { facts.outputs[index].isUsed = true }
    default:
      break
    }
  }

  private mutating func visitIndirect(_ register: Register) {
    if register.file == .constant, register.dimension?.indirect != nil { facts.traits.insert(.indexesBlocks) }
    guard register.indirect != nil else { return }
    switch register.file {
    case .input:
      facts.traits.insert(.indexesInputs)
      for index in facts.inputs.indices where facts.inputs[index].isDeclared { facts.inputs[index].isUsed = true }
    case .output: facts.traits.insert(.indexesOutputs)
    case .sampler:
      if (0..<32).contains(register.index) { indexedSamplers |= 1 << UInt32(register.index) }
    default: break
    }
  }

  /// The source components that the instruction may look at, as bits.
  private func readMask(of source: Source, in instruction: Instruction, _ info: OpcodeInfo) -> UInt8 {
    var positions: UInt8 = 15
    switch (info.class, info.form) {
    case (.arithmetic, .componentwise) where info.destinationCount == 1:
      positions = instruction.destinations[0].mask.rawValue
    case (.arithmetic, .scalar):
      switch instruction.opcode {
      case .dp4, .pk4b, .pk4ub: positions = 15
      case .dp3: positions = 7
      case .dph: positions = 15
      case .dp2, .pk2h, .pk2us: positions = 3
      default: positions = 1
      }
    case (.flow, _), (.emission, _): positions = 1
    default: break
    }
    var mask: UInt8 = 0
    for position in 0..<4 as Range<UInt8> where positions &>> position & 1 != 0 {
      mask |= 1 &<< source.swizzle.number(at: position)
    }
    return mask
  }

  private func evidence(
    for type: OpcodeInfo.ValueType, source: Int, of instruction: Instruction
  ) -> ClassInference.Evidence? {
    switch type {
    case .float: .float
    case .int, .uint, .mask, .double, .int64, .uint64: .bits
    case .sampler, .resource: nil
    case .bits:
      switch instruction.opcode {
      case .tg4: instruction.target == .shadowCubeArray ? .float : .bits
      case .store:
        if instruction.destinations[0].register.file == .image {
          imageEvidence(instruction.destinations[0].register)
        } else {
          .bitsLikely
        }
      default: nil
      }
    }
  }

  private func imageEvidence(_ register: Register) -> ClassInference.Evidence {
    guard (0..<32).contains(register.index) else { return .bits }
    return facts.imageUses[Int(register.index)].format.componentType == .float ? .float : .bits
  }

  private mutating func noteResult(_ node: Int, of instruction: Instruction, type: OpcodeInfo.ValueType) {
    switch type {
    case .float: classes.note(node, .float)
    case .int, .uint, .mask, .double, .int64, .uint64: classes.note(node, .bits)
    case .sampler, .resource: break
    case .bits:
      switch instruction.opcode {
      case .mov: noteCopy(node, from: instruction.sources[0], saturate: instruction.saturate)
      case .cmp, .ucmp:
        noteCopy(node, from: instruction.sources[1], saturate: instruction.saturate)
        noteCopy(node, from: instruction.sources[2], saturate: instruction.saturate)
      case .load:
        switch instruction.sources[0].register.file {
        case .image: classes.note(node, imageEvidence(instruction.sources[0].register))
        case .atomicCounter: classes.note(node, .bits)
        default: classes.note(node, .bitsLikely)
        }
      case .fbfetch: classes.note(node, .floatLikely)
      default:
        let sampler = instruction.sources[instruction.sources.count - 1].register.index
        let isFloat = !(0..<32).contains(sampler) || facts.samplerUses[Int(sampler)].result == .float
        classes.note(node, isFloat ? .float : .bits)
      }
    }
  }

  private mutating func noteCopy(_ node: Int, from source: Source, saturate: Bool) {
    if saturate || !source.modifiers.isEmpty { classes.note(node, .float) }
    if let other = self.node(of: source.register) {
      classes.join(node, other)
      return
    }
    switch source.register.file {
    case .constant: classes.note(node, .bitsLikely)
    case .immediate:
      let index = Int(source.register.index)
      let isFloat = shader.immediates.indices.contains(index) && shader.immediates[index].type == .float32
      classes.note(node, isFloat ? .floatLikely : .bitsLikely)
    case .systemValue:
      let index = Int(source.register.index)
      let semantic = facts.systemValues.indices.contains(index) ? facts.systemValues[index] : nil
      switch semantic {
      case .samplePosition, .tessCoord, .tessOuter, .tessInner, .defaultTessOuter, .defaultTessInner:
        classes.note(node, .floatLikely)
      default: classes.note(node, .bits)
      }
    default: classes.note(node, .floatLikely)
    }
  }

  private mutating func visitOpcode(_ opcode: Opcode, isLast: Bool) {
    switch opcode {
    case .if, .uif, .bgnloop:
      depth += 1
      definitions.openBlock()
    case .else: definitions.switchBranch()
    case .endif, .endloop:
      depth -= 1
      definitions.closeBlock()
    case .ret where depth > 0 || !isLast: facts.traits.insert(.returnsEarly)
    case .kill, .killIf: facts.traits.insert(.discards)
    case .barrier: facts.traits.insert(.usesBarrier)
    case .imulHi: facts.traits.insert(.usesSignedHighProduct)
    case .umulHi: facts.traits.insert(.usesUnsignedHighProduct)
    case .end:
      for node in outputBase..<outputBase + facts.outputs.count { definitions.read(node, mask: 15) }
    default: break
    }
  }

  private mutating func visitEmission(_ instruction: Instruction) {
    let stream = immediate(instruction.sources[0], .x) ?? 0
    if stream != 0 { facts.traits.insert(.usesStreams) }
  }

  /// The word that an immediate source has in one position, nil for other files.
  func immediate(_ source: Source, _ position: Component) -> UInt32? {
    guard source.register.file == .immediate, shader.immediates.indices.contains(Int(source.register.index)) else {
      return nil
    }
    return shader.immediates[Int(source.register.index)][source.swizzle[position]]
  }

  private mutating func visitTexture(_ instruction: Instruction) throws(TranslationFault) {
    let sampler = instruction.sources[instruction.sources.count - 1].register
    guard sampler.file == .sampler, (0..<32).contains(sampler.index), let target = instruction.target else {
      throw .unsupported(.textureOperand)
    }
    let index = Int(sampler.index)
    let known = facts.samplerUses[index].target
    guard known == .unknown || known == target else { throw .unsupported(.samplerConflict) }
    facts.samplerUses[index].target = target
    facts.samplers |= 1 << UInt32(index)
    if instruction.opcode == .txq { facts.traits.insert(.queriesLevels) }
    if instruction.opcode == .txqs { facts.traits.insert(.queriesSamples) }
  }

  private mutating func visitMemory(_ instruction: Instruction) {
    let isStore = instruction.opcode == .store
    let register = isStore ? instruction.destinations[0].register : instruction.sources[0].register
    switch register.file {
    case .image:
      var mask: UInt32 = (0..<32).contains(register.index) ? 1 << UInt32(register.index) : 0
      if register.indirect != nil { mask = imageRun(around: register.index) }
      for index in 0..<32 where mask >> UInt32(index) & 1 != 0 {
        switch instruction.opcode {
        case .load: facts.imageUses[index].loads = true
        case .store: facts.imageUses[index].stores = true
        case .resq: facts.imageUses[index].queries = true
        default: facts.imageUses[index].atomics = true
        }
        facts.imageUses[index].qualifiers.formUnion(instruction.qualifiers)
      }
    case .buffer:
      let slot = register.index - Int32(facts.firstStorage)
      var mask: UInt32 = (0..<32).contains(slot) ? 1 << UInt32(slot) : 0
      if register.indirect != nil { mask = Self.run(in: facts.storage, around: slot) }
      for index in 0..<32 where mask >> UInt32(index) & 1 != 0 { note(instruction, in: &facts.storageUses[index]) }
    case .memory:
      facts.traits.insert(.usesSharedMemory)
      note(instruction, in: &facts.sharedMemory)
    default:
      break
    }
  }

  private func note(_ instruction: Instruction, in use: inout StorageUse) {
    use.qualifiers.formUnion(instruction.qualifiers)
    switch instruction.opcode {
    case .atomimin, .atomimax: use.signedMinMax = true
    case .atomumin, .atomumax: use.unsignedMinMax = true
    case .store: use.stores = true
    default: break
    }
  }

  /// The declared images around `base` that are declared alike: what a run-time index can reach.
  private func imageRun(around base: Int32) -> UInt32 { facts.imageRun(around: base) }
}

extension ShaderFacts {
  /// The declared images around `base` that are declared alike: what a run-time index can reach.
  func imageRun(around base: Int32) -> UInt32 {
    guard (0..<32).contains(base) else { return 0 }
    let pattern = imageUses[Int(base)]
    var alike: UInt32 = 0
    for index in 0..<32 where images >> UInt32(index) & 1 != 0 {
      let use = imageUses[index]
      if use.target == pattern.target && use.format == pattern.format && use.writable == pattern.writable {
        alike |= 1 << UInt32(index)
      }
    }
    return FactCollector.run(in: alike, around: base)
  }

  /// The declared storage slots (counted from `firstStorage`) around slot `base`.
  func storageRun(around base: Int32) -> UInt32 { FactCollector.run(in: storage, around: base) }
}
