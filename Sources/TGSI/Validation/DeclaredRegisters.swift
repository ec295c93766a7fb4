/// What the declarations of a program add up to: for every register file, which registers exist.
///
/// Building it checks the declarations; the instruction checks then ask it in constant time.
struct DeclaredRegisters {
  /// Number of the declaration plus one; 0 = undeclared.
  var inputs = InlineArray<80, UInt8>(repeating: 0)
  var outputs = InlineArray<80, UInt8>(repeating: 0)
  /// Number of the declaration plus one, as far as the highest declared register.
  var temporaries: [UInt32] = []
  /// One bit for each array number.
  var arrays = InlineArray<16, UInt64>(repeating: 0)
  /// Slots of each constant buffer, from slot 0; 0 = undeclared.
  var constantSlots = InlineArray<32, Int32>(repeating: 0)
  /// Slots of the largest buffer above 0.
  var largestUniformBlock: Int32 = 0
  /// Number of the declaration plus one.
  var images = InlineArray<32, UInt8>(repeating: 0)
  var samplerViews = InlineArray<32, UInt8>(repeating: 0)
  var systemValues: UInt32 = 0
  var samplers: UInt32 = 0
  var buffers: UInt32 = 0
  var addresses: UInt32 = 0

  init(_ shader: borrowing Shader) throws(ShaderFault) {
    try addInterface(shader.inputs, input: true, shader.stage)
    try addInterface(shader.outputs, input: false, shader.stage)
    for value in shader.systemValues { try add(value, shader.stage) }
    try addTemporaries(shader.temporaries)
    for constant in shader.constants { try add(constant) }
    for sampler in shader.samplers {
      samplers |= try Self.bits(sampler.range, ShaderLimits.samplers, sampler.position)
    }
    for address in shader.addresses {
      addresses |= try Self.bits(address.range, ShaderLimits.addresses, address.position)
    }
    for buffer in shader.buffers {
      buffers |= try Self.bits(buffer.range, ShaderLimits.storageBuffers, buffer.position)
    }
    try addViews(shader.samplerViews)
    try addImages(shader.images)
    try addCounters(shader.atomicCounters)
    for memory in shader.memory where shader.stage != .compute || memory.kind != .shared {
      throw ShaderFault(.fileNotInStage, at: memory.position, value: Int64(memory.kind.rawValue))
    }
  }

  // MARK: - Answers

  func hasArray(_ number: UInt16) -> Bool {
    let word = Int(number >> 6)
    return word < 16 && arrays[word] & (1 &<< UInt64(number & 63)) != 0
  }

  func hasTemporary(_ index: Int32) -> Bool {
    index >= 0 && Int(index) < temporaries.count && temporaries[Int(index)] != 0
  }

  /// Whether bit `index` of one of the 32-bit sets is set.
  static func contains(_ set: UInt32, _ index: Int32) -> Bool {
    index >= 0 && index < 32 && set & (1 &<< UInt32(truncatingIfNeeded: index)) != 0
  }

  // MARK: - Building

  /// The bits of a range of registers below `limit` (at most 32).
  private static func bits(_ range: RegisterRange, _ limit: Int, _ position: UInt32) throws(ShaderFault) -> UInt32 {
    try checkRange(range, limit, position)
    let ones = (UInt64(1) &<< UInt64(range.count)) &- 1
    return UInt32(truncatingIfNeeded: ones &<< UInt64(range.first))
  }

  private static func checkRange(_ range: RegisterRange, _ limit: Int, _ position: UInt32) throws(ShaderFault) {
    guard range.first <= range.last else { throw ShaderFault(.badRange, at: position, value: Int64(range.last)) }
    guard range.last < limit else {
      throw ShaderFault(.registerOutOfRange, at: position, value: Int64(range.last))
    }
  }

  private mutating func addInterface(
    _ list: [InterfaceDeclaration], input: Bool, _ stage: ShaderStage
  ) throws(ShaderFault) {
    guard list.count <= ShaderLimits.interfaceDeclarations else {
      throw ShaderFault(
        .tooManyDeclarations, at: list[ShaderLimits.interfaceDeclarations].position, value: Int64(list.count))
    }
    for number in list.indices {
      let declaration = list[number]
      try Self.checkRange(declaration.range, ShaderLimits.interfaceRegisters, declaration.position)
      try Self.checkSemantic(of: declaration, input: input, stage)
      for earlier in list[..<number] { try Self.checkClash(earlier, declaration) }
      for register in Int(declaration.range.first)...Int(declaration.range.last) {
        let mark = UInt8(truncatingIfNeeded: number + 1)
        if input { inputs[register] = mark } else { outputs[register] = mark }
      }
    }
  }

  private static func checkSemantic(
    of declaration: InterfaceDeclaration, input: Bool, _ stage: ShaderStage
  ) throws(ShaderFault) {
    if stage == .vertex, input { return }
    guard let semantic = declaration.semantic else {
      throw ShaderFault(.semanticMissing, at: declaration.position)
    }
    let legal =
      input ? SemanticRules.isInput(semantic.name, stage) : SemanticRules.isOutput(semantic.name, stage)
    guard legal else {
      throw ShaderFault(.semanticNotInStage, at: declaration.position, value: Int64(semantic.name.rawValue))
    }
    let limit = SemanticRules.indexLimit(semantic.name, fragmentOutput: stage == .fragment && !input)
    let highest = Int(semantic.index) + declaration.range.count - 1
    guard highest < limit else {
      throw ShaderFault(.semanticOutOfRange, at: declaration.position, value: Int64(highest))
    }
    if SemanticRules.needsVertexIndex(semantic.name, input: input, stage), !declaration.perVertex {
      throw ShaderFault(.dimensionMissing, at: declaration.position)
    }
  }

  /// Two declarations may share registers only with the same meaning, and a semantic only with other components.
  private static func checkClash(_ a: InterfaceDeclaration, _ b: InterfaceDeclaration) throws(ShaderFault) {
    if a.range.overlaps(b.range) {
      let same =
        a.perVertex == b.perVertex && a.semantic?.name == b.semantic?.name
        && a.semantic.map { Int($0.index) - Int(a.range.first) }
          == b.semantic.map { Int($0.index) - Int(b.range.first) }
      guard same else { throw ShaderFault(.overlappingDeclarations, at: b.position, value: Int64(b.range.first)) }
      return
    }
    guard let first = a.semantic, let second = b.semantic, first.name == second.name else { return }
    let firstEnd = Int(first.index) + a.range.count
    let secondEnd = Int(second.index) + b.range.count
    if Int(first.index) < secondEnd, Int(second.index) < firstEnd, !a.usage.isDisjoint(with: b.usage) {
      throw ShaderFault(.duplicateSemantic, at: b.position, value: Int64(second.index))
    }
  }

  private mutating func add(_ value: SystemValueDeclaration, _ stage: ShaderStage) throws(ShaderFault) {
    let bits = try Self.bits(value.range, ShaderLimits.systemValues, value.position)
    guard systemValues & bits == 0 else {
      throw ShaderFault(.overlappingDeclarations, at: value.position, value: Int64(value.range.first))
    }
    guard SemanticRules.isSystemValue(value.semantic.name, stage) else {
      throw ShaderFault(.semanticNotInStage, at: value.position, value: Int64(value.semantic.name.rawValue))
    }
    guard value.semantic.index == 0, value.range.count == 1 else {
      throw ShaderFault(.semanticOutOfRange, at: value.position, value: Int64(value.semantic.index))
    }
    systemValues |= bits
  }

  /// Marks every register with its declaration; a repeat of the very same declaration is no overlap.
  private mutating func addTemporaries(_ list: [TemporaryDeclaration]) throws(ShaderFault) {
    var count = 0
    for declaration in list { count = max(count, Int(declaration.range.last) + 1) }
    temporaries = Array(repeating: 0, count: count)
    var arrayCount = 0
    for number in list.indices {
      let declaration = list[number]
      let range = declaration.range
      guard range.first <= range.last else {
        throw ShaderFault(.badRange, at: declaration.position, value: Int64(range.last))
      }
      let owner = temporaries[Int(range.first)]
      if owner != 0, list[Int(owner) - 1].range == range, list[Int(owner) - 1].arrayID == declaration.arrayID {
        continue
      }
      for register in Int(range.first)...Int(range.last) {
        guard temporaries[register] == 0 else {
          throw ShaderFault(.overlappingDeclarations, at: declaration.position, value: Int64(register))
        }
        temporaries[register] = UInt32(truncatingIfNeeded: number + 1)
      }
      guard declaration.arrayID != 0 else { continue }
      arrayCount += 1
      guard declaration.arrayID < ShaderLimits.arrays, arrayCount <= ShaderLimits.arrays,
        !hasArray(declaration.arrayID)
      else { throw ShaderFault(.unknownArray, at: declaration.position, value: Int64(declaration.arrayID)) }
      arrays[Int(declaration.arrayID >> 6)] |= 1 &<< UInt64(declaration.arrayID & 63)
    }
  }

  private mutating func add(_ constant: ConstantDeclaration) throws(ShaderFault) {
    let buffer = Int(constant.buffer)
    guard buffer < ShaderLimits.constantBuffers else {
      throw ShaderFault(.registerOutOfRange, at: constant.position, value: Int64(buffer))
    }
    try Self.checkRange(constant.range, 1 << 16, constant.position)
    guard buffer == 0 || constantSlots[buffer] == 0 else {
      throw ShaderFault(.overlappingDeclarations, at: constant.position, value: Int64(buffer))
    }
    let slots = Int32(constant.range.last) + 1
    constantSlots[buffer] = max(constantSlots[buffer], slots)
    if buffer > 0 { largestUniformBlock = max(largestUniformBlock, slots) }
  }

  private mutating func addViews(_ list: [SamplerViewDeclaration]) throws(ShaderFault) {
    for number in list.indices {
      let view = list[number]
      try Self.checkRange(view.range, ShaderLimits.samplers, view.position)
      guard view.target != .unknown else { throw ShaderFault(.illegalTarget, at: view.position) }
      for register in Int(view.range.first)...Int(view.range.last) {
        let owner = Int(samplerViews[register])
        if owner != 0 {
          guard list[owner - 1].target == view.target, list[owner - 1].returnType == view.returnType else {
            throw ShaderFault(.overlappingDeclarations, at: view.position, value: Int64(register))
          }
          continue
        }
        // There are 32 registers, so only repeats can push an owner's number this high.
        guard number < 255 else {
          throw ShaderFault(.tooManyDeclarations, at: view.position, value: Int64(number))
        }
        samplerViews[register] = UInt8(truncatingIfNeeded: number + 1)
      }
    }
  }

  private mutating func addImages(_ list: [ImageDeclaration]) throws(ShaderFault) {
    for number in list.indices {
      let image = list[number]
      try Self.checkRange(image.range, ShaderLimits.images, image.position)
      guard image.target != .unknown, !image.target.isShadow else {
        throw ShaderFault(.illegalTarget, at: image.position, value: Int64(image.target.rawValue))
      }
      for register in Int(image.range.first)...Int(image.range.last) {
        let owner = Int(images[register])
        if owner != 0 {
          let other = list[owner - 1]
          guard other.target == image.target, other.format == image.format, other.writable == image.writable else {
            throw ShaderFault(.overlappingDeclarations, at: image.position, value: Int64(register))
          }
          continue
        }
        guard number < 255 else {
          throw ShaderFault(.tooManyDeclarations, at: image.position, value: Int64(number))
        }
        images[register] = UInt8(truncatingIfNeeded: number + 1)
      }
    }
  }

  private func addCounters(_ list: [AtomicCounterDeclaration]) throws(ShaderFault) {
    guard list.count <= ShaderLimits.atomicRanges else {
      throw ShaderFault(
        .tooManyDeclarations, at: list[ShaderLimits.atomicRanges].position, value: Int64(list.count))
    }
    for number in list.indices {
      let counter = list[number]
      guard counter.binding < ShaderLimits.atomicRanges else {
        throw ShaderFault(.registerOutOfRange, at: counter.position, value: Int64(counter.binding))
      }
      try Self.checkRange(counter.range, ShaderLimits.atomicCounters, counter.position)
      for other in list[..<number] where other.binding == counter.binding && other.range.overlaps(counter.range) {
        guard other.range == counter.range, other.arrayID == counter.arrayID else {
          throw ShaderFault(.overlappingDeclarations, at: counter.position, value: Int64(counter.range.first))
        }
      }
    }
  }
}
