import TGSI

/// Collects `ShaderFacts`: declarations first, then one walk over the instructions, then the conclusions.
struct FactCollector {
  let shader: Shader
  var facts: ShaderFacts
  var classes: ClassInference
  var definitions: DefinitionTracker
  /// Nodes of the two analyses: TEMP numbers, then OUT numbers.
  let outputBase: Int
  var depth = 0
  /// Samplers named as the base of a run-time index.
  var indexedSamplers: UInt32 = 0
  var declaredSamplers: UInt32 = 0
  /// Components that instructions of a geometry shader write, by OUT register.
  var writtenOutputs: ContiguousArray<UInt8> = []
  /// There are address registers, so operands may have indices made at run time.
  let indexesRegisters: Bool

  static func collect(
    _ shader: Shader, streamOutput: StreamOutput, sharedMemoryBytes: UInt32
  ) throws(TranslationFault) -> ShaderFacts {
    var collector = FactCollector(shader)
    collector.facts.sharedMemoryBytes = sharedMemoryBytes
    collector.collectInterface()
    collector.collectTemporaries()
    try collector.collectResources()
    for index in shader.instructions.indices {
      try collector.visit(shader.instructions[index], isLast: index + 2 >= shader.instructions.count)
    }
    try collector.concludeSamplers()
    collector.concludeRegisters()
    try collector.concludeInterface()
    collector.facts.streamOutput = try collector.checked(streamOutput)
    return collector.facts
  }

  private init(_ shader: Shader) {
    self.shader = shader
    facts = ShaderFacts(stage: shader.stage)
    indexesRegisters = !shader.addresses.isEmpty
    var temporaries = 0
    for declaration in shader.temporaries { temporaries = max(temporaries, Int(declaration.range.last) + 1) }
    var outputs = 0
    for declaration in shader.outputs { outputs = max(outputs, Int(declaration.range.last) + 1) }
    outputBase = temporaries
    classes = ClassInference(nodes: temporaries + outputs)
    definitions = DefinitionTracker(nodes: temporaries + outputs)
    facts.temporaries.entries = ContiguousArray(repeating: TemporaryFacts.Entry(), count: temporaries)
    facts.outputs = Array(repeating: InterfaceRegister(), count: outputs)
    if shader.stage == .geometry { writtenOutputs = ContiguousArray(repeating: 0, count: outputs) }
  }

  private mutating func collectInterface() {
    var inputs = 0
    for declaration in shader.inputs { inputs = max(inputs, Int(declaration.range.last) + 1) }
    facts.inputs = Array(repeating: InterfaceRegister(), count: inputs)
    for declaration in shader.inputs { Self.fill(&facts.inputs, from: declaration) }
    for declaration in shader.outputs { Self.fill(&facts.outputs, from: declaration) }
    var values = 0
    for declaration in shader.systemValues { values = max(values, Int(declaration.range.last) + 1) }
    facts.systemValues = Array(repeating: nil, count: values)
    for declaration in shader.systemValues {
      for index in Int(declaration.range.first)...Int(declaration.range.last) {
        facts.systemValues[index] = declaration.semantic.name
      }
      if declaration.semantic.name == .drawID { facts.traits.insert(.readsDrawID) }
    }
    for declaration in shader.addresses {
      facts.addressCount = max(facts.addressCount, UInt8(clamping: Int(declaration.range.last) + 1))
    }
    let properties = shader.properties
    if properties.color0WritesAllBuffers { facts.traits.insert(.broadcastsColour) }
    if properties.earlyDepthStencil { facts.traits.insert(.earlyTests) }
    if properties.separable { facts.traits.insert(.separable) }
    if properties.advancedBlendModes & 0xfffe != 0 { facts.traits.insert(.advancedBlend) }
    facts.geometryInput = shader.stage == .geometry ? properties.geometryInput : nil
    facts.geometryOutput = shader.stage == .geometry ? properties.geometryOutput : nil
    facts.tessDomain = shader.stage == .tessEval ? properties.tessDomain : nil
    facts.tessPointMode = shader.stage == .tessEval && properties.tessPointMode
  }

  private static func fill(_ registers: inout [InterfaceRegister], from declaration: InterfaceDeclaration) {
    for index in Int(declaration.range.first)...max(Int(declaration.range.first), Int(declaration.range.last)) {
      var register = InterfaceRegister()
      register.isDeclared = true
      register.perVertex = declaration.perVertex
      register.invariant = declaration.invariant
      if var semantic = declaration.semantic {
        semantic.index &+= UInt16(truncatingIfNeeded: index - Int(declaration.range.first))
        register.semantic = semantic
      }
      register.interpolation = declaration.interpolation
      register.location = declaration.location
      register.usage = declaration.usage
      register.stream = UInt8(truncatingIfNeeded: declaration.stream(of: .x))
      for component in Component.allCases where register.stream == 0 {
        register.stream = UInt8(truncatingIfNeeded: declaration.stream(of: component))
      }
      registers[index] = register
    }
  }

  private mutating func collectTemporaries() {
    // Number of the declaration of each register + 1.
    var owner = ContiguousArray<UInt32>(repeating: 0, count: outputBase)
    for (number, declaration) in shader.temporaries.enumerated() {
      for index in Int(declaration.range.first)...Int(declaration.range.last) {
        owner[index] = UInt32(truncatingIfNeeded: number + 1)
      }
      if declaration.arrayID != 0 { facts.temporaries.addArray(declaration) }
    }
    guard indexesRegisters else { return }
    // An indirect access to a range without ARRAY makes an array of the declared range that holds its base.
    for instruction in shader.instructions {
      for index in instruction.sources.indices { makeArray(for: instruction.sources[index].register, owner) }
      for index in instruction.destinations.indices { makeArray(for: instruction.destinations[index].register, owner) }
    }
  }

  private mutating func makeArray(for register: Register, _ owner: ContiguousArray<UInt32>) {
    guard register.file == .temporary, register.indirect != nil, facts.temporaries.arrayIndex(of: register) == nil,
      register.index >= 0, Int(register.index) < owner.count, owner[Int(register.index)] != 0
    else { return }
    facts.temporaries.addArray(shader.temporaries[Int(owner[Int(register.index)]) - 1])
  }

  private mutating func collectResources() throws(TranslationFault) {
    for declaration in shader.constants {
      let rows = UInt32(declaration.range.last) + 1
      if declaration.buffer == 0 {
        facts.constantRows = max(facts.constantRows, rows)
      } else if declaration.buffer < 32 {
        facts.uniformBlocks |= 1 << UInt32(declaration.buffer)
        let known = facts.uniformBlockRows[Int(declaration.buffer)]
        facts.uniformBlockRows[Int(declaration.buffer)] = max(known, rows)
      }
    }
    for declaration in shader.samplers { declaredSamplers |= Self.mask(of: declaration.range) }
    for view in shader.samplerViews {
      for index in view.range.first...view.range.last where index < 32 {
        facts.samplerUses[Int(index)].result =
          switch view.returnType {
          case .sint: .int
          case .uint: .uint
          default: .float
          }
      }
    }
    for declaration in shader.images {
      facts.images |= Self.mask(of: declaration.range)
      for index in declaration.range.first...declaration.range.last where index < 32 {
        facts.imageUses[Int(index)].target = declaration.target
        facts.imageUses[Int(index)].format = declaration.format
        facts.imageUses[Int(index)].writable = declaration.writable
      }
    }
    var buffers: UInt32 = 0
    for declaration in shader.buffers { buffers |= Self.mask(of: declaration.range) }
    if buffers != 0 {
      facts.firstStorage = UInt8(buffers.trailingZeroBitCount)
      facts.storage = buffers >> UInt32(facts.firstStorage)
    }
    for declaration in shader.atomicCounters {
      guard declaration.binding < 32 else { throw .overLimit(.atomicBindings) }
      facts.atomicBuffers |= 1 << UInt32(declaration.binding)
    }
  }

  static func mask(of range: RegisterRange) -> UInt32 {
    guard range.first <= range.last, range.first < 32 else { return 0 }
    let last = min(UInt32(range.last), 31)
    let upTo: UInt32 = last == 31 ? .max : (1 << (last + 1)) - 1
    return upTo & ~((1 << UInt32(range.first)) - 1)
  }

  /// The run of set bits around `bit`, empty when it is not set.
  static func run(in mask: UInt32, around bit: Int32) -> UInt32 {
    guard (0..<32).contains(bit), mask >> UInt32(bit) & 1 != 0 else { return 0 }
    var result: UInt32 = 1 << UInt32(bit)
    var next = result << 1 & mask
    while next != 0 {
      result |= next
      next = next << 1 & mask
    }
    next = (1 << UInt32(bit)) >> 1 & mask
    while next != 0 {
      result |= next
      next = next >> 1 & mask
    }
    return result
  }
}

extension TemporaryFacts {
  mutating func addArray(_ declaration: TemporaryDeclaration) {
    arrays.append(Array(range: declaration.range))
    let number = UInt16(clamping: arrays.count)
    for index in Int(declaration.range.first)...Int(declaration.range.last) { entries[index].array = number }
    let id = Int(declaration.arrayID)
    guard id != 0 else { return }
    while byID.count <= id { byID.append(0) }
    byID[id] = number
  }

  /// Index in `arrays` of the array that an indirect operand means: the named one, or the one that holds its base.
  func arrayIndex(of register: Register) -> Int? {
    let id = Int(register.arrayID)
    if id != 0 && id < byID.count && byID[id] != 0 { return Int(byID[id]) - 1 }
    guard register.index >= 0, Int(register.index) < entries.count else { return nil }
    let number = Int(entries[Int(register.index)].array)
    return number == 0 ? nil : number - 1
  }
}
