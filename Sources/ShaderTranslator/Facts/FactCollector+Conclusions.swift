import TGSI

/// What follows once every instruction has been seen.
extension FactCollector {
  mutating func concludeSamplers() throws(TranslationFault) {
    var pending = indexedSamplers
    while pending != 0 {
      let base = pending.trailingZeroBitCount
      let use = facts.samplerUses[base]
      var alike: UInt32 = 0
      for index in 0..<32 where declaredSamplers >> UInt32(index) & 1 != 0 {
        let other = facts.samplerUses[index]
        if other.result == use.result && (other.target == .unknown || other.target == use.target) {
          alike |= 1 << UInt32(index)
        }
      }
      let run = Self.run(in: alike, around: Int32(base))
      guard run != 0 else { throw .unsupported(.textureOperand) }
      for index in 0..<32 where run >> UInt32(index) & 1 != 0 { facts.samplerUses[index].target = use.target }
      facts.samplers |= run
      facts.samplerArrays.append(
        RegisterRange(UInt16(run.trailingZeroBitCount), UInt16(31 - run.leadingZeroBitCount)))
      pending &= ~run
    }
    for index in 0..<32 where facts.samplers >> UInt32(index) & 1 != 0 {
      let target = facts.samplerUses[index].target
      let bit: UInt32 = 1 << UInt32(index)
      if target.isShadow { facts.shadowSamplers |= bit }
      if target == .buffer { facts.bufferSamplers |= bit }
      if target == .rect || target == .shadowRect { facts.rectangleSamplers |= bit }
    }
  }

  mutating func concludeRegisters() {
    let outputs = facts.outputs.count
    for index in 0..<outputs {
      let semantic = facts.outputs[index].semantic?.name
      if facts.stage != .fragment { classes.note(outputBase + index, .floatLikely) }
      switch semantic {
      case .layer, .viewportIndex, .primitiveID, .stencil, .sampleMask: classes.note(outputBase + index, .bits)
      case .position, .psize, .clipDistance, .clipVertex: classes.note(outputBase + index, .float)
      default: break
      }
      if facts.traits.contains(.indexesOutputs) { classes.join(outputBase, outputBase + index) }
    }
    for index in facts.temporaries.arrays.indices {
      let first = Int(facts.temporaries.arrays[index].range.first)
      facts.temporaries.arrays[index].valueClass = classes.valueClass(of: first)
    }
    for index in facts.temporaries.entries.indices where facts.temporaries.entries[index].isUsed {
      facts.temporaries.entries[index].valueClass = classes.valueClass(of: index)
      facts.temporaries.entries[index].needsZero = definitions.needsZero[index]
    }
    facts.outputClasses.reserveCapacity(outputs)
    for index in 0..<outputs {
      facts.outputClasses.append(classes.valueClass(of: outputBase + index))
      let mayReturn = facts.traits.contains(.returnsEarly) || facts.stage == .geometry
      if (mayReturn || definitions.needsZero[outputBase + index]) && index < 64 {
        facts.outputsNeedZero |= 1 << UInt64(index)
      }
    }
  }

  mutating func concludeInterface() throws(TranslationFault) {
    facts.interface.stage = facts.stage.pipelineStage
    for (index, register) in facts.inputs.enumerated() where register.isDeclared && register.isUsed {
      if facts.stage == .vertex {
        guard index < 32 else { throw .unsupported(.semantic) }
        facts.attributes |= 1 << UInt32(index)
      } else if let semantic = register.semantic {
        try noteInput(register, semantic)
      }
    }
    var distances = 0
    for register in facts.outputs where register.isDeclared {
      guard let semantic = register.semantic else { throw .unsupported(.semantic) }
      try noteOutput(register, semantic, &distances)
    }
    concludeOutputWidths()
    try concludeDistances(distances)
    facts.interface.storageSlots = UInt8(32 - facts.storage.leadingZeroBitCount)
    facts.interface.imageSlots = UInt8(32 - facts.images.leadingZeroBitCount)
  }

  private mutating func noteInput(_ register: InterfaceRegister, _ semantic: Semantic) throws(TranslationFault) {
    switch semantic.name {
    case .position: if facts.stage == .fragment { facts.traits.insert(.readsFragmentPosition) }
    case .pointCoord: facts.traits.insert(.readsPointCoordinate)
    case .clipDistance: facts.interface.readsDistances = true
    default:
      guard let varying = Varying(semantic) else { return }
      guard varying.isInRange else { throw .unsupported(.semantic) }
      facts.interface.inputs.insert(varying)
      guard facts.stage == .fragment else { return }
      switch register.interpolation {
      case .constant: facts.interface.interpolation.flat.insert(varying)
      case .linear: facts.interface.interpolation.noPerspective.insert(varying)
      case .color where varying.kind == .colour: facts.interface.flatShadedColours |= 1 << varying.index
      default: break
      }
      switch register.location {
      case .centroid: facts.interface.interpolation.centroid.insert(varying)
      case .sample: facts.interface.interpolation.sample.insert(varying)
      default: break
      }
    }
  }

  private mutating func noteOutput(
    _ register: InterfaceRegister, _ semantic: Semantic, _ distances: inout Int
  ) throws(TranslationFault) {
    if register.stream != 0 { facts.traits.insert(.usesStreams) }
    if facts.stage == .fragment {
      switch semantic.name {
      case .color:
        guard semantic.index < 8 else { throw .unsupported(.semantic) }
        facts.colourOutputs |= 1 << UInt8(semantic.index)
      case .position: facts.traits.insert(.writesDepth)
      case .stencil: facts.traits.insert(.writesStencil)
      case .sampleMask: facts.traits.insert(.writesSampleMask)
      default: throw .unsupported(.semantic)
      }
      return
    }
    switch semantic.name {
    case .position: facts.traits.insert(.writesPosition)
    case .psize: facts.traits.insert(.writesPointSize)
    case .layer: facts.traits.insert(.writesLayer)
    case .viewportIndex: facts.traits.insert(.writesViewportIndex)
    case .clipDistance:
      guard semantic.index < 2 else { throw .unsupported(.semantic) }
      facts.traits.insert(.writesDistances)
      let highest = 8 - Int(register.usage.rawValue.leadingZeroBitCount)
      distances = max(distances, Int(semantic.index) * 4 + highest)
    case .clipVertex: facts.traits.insert(.writesClipVertex)
    default: break
    }
    guard let varying = Varying(semantic) else { return }
    guard varying.isInRange else { throw .unsupported(.semantic) }
    facts.interface.outputs.insert(varying)
  }

  /// A geometry shader's outputs have as many components as are declared or written: between it and the fragment
  /// shader, which is always linked with it, nothing can tell.
  private mutating func concludeOutputWidths() {
    guard facts.stage == .geometry, !facts.traits.contains(.indexesOutputs) else { return }
    var used = InlineArray<64, UInt8>(repeating: 0)
    for (index, register) in facts.outputs.enumerated() where register.isDeclared {
      guard let semantic = register.semantic, let varying = Varying(semantic), varying.kind == .generic
      else { continue }
      used[Int(varying.index)] |= register.usage.rawValue | writtenOutputs[index]
    }
    for generic in 0..<64 as Range<UInt8> where used[Int(generic)] & 15 != 0 {
      facts.interface.outputWidths[generic] = 8 - UInt8((used[Int(generic)] & 15).leadingZeroBitCount)
    }
  }

  private mutating func concludeDistances(_ total: Int) throws(TranslationFault) {
    guard facts.stage != .fragment, total > 0 else { return }
    let clip = shader.properties.clipDistances ?? 0
    let cull = shader.properties.cullDistances ?? 0
    guard clip >= 0, cull >= 0, clip <= 8, cull <= 8, clip + cull <= 8 else { throw .overLimit(.clipDistances) }
    facts.interface.cullDistances = UInt8(clamping: cull)
    facts.interface.clipDistances = UInt8(clamping: clip + cull > 0 ? clip : total)
  }

  /// The description sorted by buffer and offset, or a fault when it contradicts the shader or itself.
  ///
  /// Mesa names outputs that it has optimized away; nothing is captured for them.
  func checked(_ description: StreamOutput) throws(TranslationFault) -> StreamOutput {
    guard !description.isEmpty else { return .none }
    switch facts.stage {
    case .vertex, .tessEval, .geometry: break
    default: throw .badStreamOutput
    }
    guard description.entries.count <= 64, description.strides.count == 4 else { throw .badStreamOutput }
    for entry in description.entries {
      guard entry.buffer < 4, entry.stream < 4, entry.firstComponent < 4, (1...4).contains(entry.componentCount),
        entry.firstComponent + entry.componentCount <= 4,
        UInt32(entry.offset) + UInt32(entry.componentCount) <= description.strides[Int(entry.buffer)],
        description.strides[Int(entry.buffer)] <= 2048
      else { throw .badStreamOutput }
    }
    var sorted = description
    sorted.entries.removeAll { entry in
      Int(entry.register) >= facts.outputs.count || !facts.outputs[Int(entry.register)].isDeclared
    }
    sorted.entries.sort { ($0.buffer, $0.offset) < ($1.buffer, $1.offset) }
    for (entry, next) in zip(sorted.entries, sorted.entries.dropFirst()) where entry.buffer == next.buffer {
      guard UInt32(entry.offset) + UInt32(entry.componentCount) <= UInt32(next.offset), entry.stream == next.stream
      else { throw .badStreamOutput }
    }
    return sorted
  }
}

extension ShaderStage {
  package var pipelineStage: PipelineStage {
    switch self {
    case .vertex: .vertex
    case .fragment: .fragment
    case .geometry: .geometry
    case .tessControl: .tessControl
    case .tessEval: .tessEvaluation
    case .compute: .compute
    }
  }
}
