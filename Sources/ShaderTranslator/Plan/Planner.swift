import TGSI

/// Decides everything about one variant: looks at facts, host and key, and writes nothing.
struct Planner {
  let shader: Shader
  let facts: ShaderFacts
  let host: HostProfile
  let key: VariantKey
  var plan: VariantPlan
  var reflection = Reflection()

  /// - Throws: a feature the host lacks, a limit, or a construct without translation.
  static func plan(
    _ shader: Shader, facts: ShaderFacts, host: HostProfile, key: VariantKey
  ) throws(TranslationFault) -> (plan: VariantPlan, reflection: Reflection) {
    var planner = Planner(shader, facts, host, key)
    try planner.planFeatures()
    try planner.planInputs()
    try planner.planOutputs()
    try planner.planStage()
    try planner.planResources()
    planner.planCaptures()
    return (planner.plan, planner.reflection)
  }

  private init(_ shader: Shader, _ facts: ShaderFacts, _ host: HostProfile, _ key: VariantKey) {
    self.shader = shader
    self.facts = facts
    self.host = host
    self.key = key
    // One version for all stages, the host's highest: what is core there needs no directive.
    plan = VariantPlan(stage: facts.stage.pipelineStage, version: host.glslVersion, isES: host.isES)
    plan.isCompatibility = host.flavour == .desktopCompatibility
    plan.inputOwner = key.link.previous
    plan.registersAreGlobal = facts.traits.contains(.returnsEarly) || facts.stage == .geometry
    plan.bodyIsFunction = facts.traits.contains(.returnsEarly)
    plan.outputsAreIndexed = facts.traits.contains(.indexesOutputs)
    plan.inputsAreIndexed = facts.traits.contains(.indexesInputs)
  }

  /// The last stage before the rasterizer flips, clips and captures.
  var isLastVertexStage: Bool {
    switch facts.stage {
    case .vertex, .tessEval, .geometry: key.link.next == .fragment || key.link.next == .none
    default: false
    }
  }

  // MARK: Features

  /// Grants a feature, noting the extension it needs; false when the host has none and a substitute exists.
  ///
  /// - Throws: `missingFeature` when there is no substitute.
  @discardableResult
  mutating func want(_ feature: GLSLFeature) throws(TranslationFault) -> Bool {
    switch feature.means(on: host) {
    case .core:
      plan.features.insert(feature)
      return true
    case .extended(let ext):
      plan.features.insert(feature)
      plan.extensions.insert(ext)
      switch ext {
      case .textureQueryLodARB, .textureQueryLodEXT: plan.queryLodIsExtension = true
      case .shaderDrawParameters: plan.drawParametersAreExtension = true
      case .shaderAtomicCounterOps: plan.counterArithmeticIsExtension = true
      case .shaderStencilExport: plan.stencilExportIsARB = true
      default: break
      }
      return true
    case .missing:
      guard feature.isOptional else { throw .missingFeature(feature) }
      return false
    }
  }

  private mutating func planFeatures() throws(TranslationFault) {
    try want(.bitCasts)
    try planVertexBlock()
    switch facts.stage {
    case .geometry: try want(.geometryShader)
    case .tessControl, .tessEval: try want(.tessellation)
    case .compute: try want(.compute)
    default: break
    }
    let traits = facts.traits
    if traits.contains(.usesDoubles) { try planDoubles() }
    if traits.contains(.usesPrecise) { try want(.precise) }
    if traits.contains(.usesStreams) { try want(.vertexStreams) }
    for instruction in shader.instructions { try planFeatures(of: instruction) }
    for value in facts.systemValues {
      guard let value else { continue }
      switch value {
      case .sampleID, .samplePosition: try want(.sampleVariables)
      case .sampleMask: try want(.sampleMaskInput)
      case .helperInvocation: try want(.helperInvocation)
      case .defaultTessOuter, .defaultTessInner: plan.usesTessLevels = true
      case .baseVertex, .baseInstance, .drawID, .vertexIDNoBase: try want(.drawParameters)
      case .primitiveID where facts.stage == .fragment: try want(.primitiveIDInFragment)
      default: break
      }
    }
  }

  /// Doubles of the language, or the functions that compute with pairs of words.
  private mutating func planDoubles() throws(TranslationFault) {
    guard host.emulatesDoubles else {
      try want(.doubles)
      return
    }
    try want(.bitfieldFunctions)
    for instruction in shader.instructions {
      if let function = SoftDouble(instruction.opcode) { plan.softDoubles.insertWithCallees(function) }
    }
  }

  /// ES has members of gl_PerVertex in extensions, and the stages of a pipeline must agree about the block: each asks
  /// for what any of them could use.
  private mutating func planVertexBlock() throws(TranslationFault) {
    guard host.isES else { return }
    var wanted: [GLSLFeature] = [.clipDistance]
    switch facts.stage {
    case .vertex: guard key.link.next != .fragment, key.link.next != .none else { return }
    case .tessControl, .tessEval: wanted.append(.tessellationPointSize)
    case .geometry: wanted.append(.geometryPointSize)
    case .fragment, .compute: return
    }
    for feature in wanted where host.has(feature) { try want(feature) }
  }

  private mutating func planFeatures(of instruction: Instruction) throws(TranslationFault) {
    switch instruction.opcode {
    case .fma: try want(.fusedMultiplyAdd)
    case .ddxFine, .ddyFine: try want(.fineDerivatives)
    case .ibfe, .ubfe, .bfi, .brev, .popc, .lsb, .imsb, .umsb, .imulHi, .umulHi: try want(.bitfieldFunctions)
    case .pk2h, .up2h: try want(.packHalf)
    case .pk2us, .up2us, .pk4b, .up4b, .pk4ub, .up4ub: try want(.packFunctions)
    case .lodq, .lod: try want(.queryLod)
    case .txqs: try want(.querySamples)
    case .txq: try want(.queryLevels)
    case .tex, .txb, .txl, .texLz:
      if isArrayShadow(instruction) {
        if instruction.offsetCount > 0 { try want(.shadowArrayOffset) }
        if instruction.opcode != .tex { try want(.shadowLod) }
      }
    case .tg4:
      try want(.gather)
      if instruction.offsetCount > 1 { try want(.gatherVariableOffset) }
    case .interpCentroid, .interpOffset, .interpSample: try want(.interpolationFunctions)
    case .voteAll, .voteAny, .voteEq: try want(.groupVote)
    case .clock: try want(.shaderClock)
    case .fbfetch: try want(.framebufferFetch)
    case .membar: try want(.memoryBarrier)
    case .txb2, .txl2:
      try want(.shadowLod)
      if isArrayShadow(instruction), instruction.offsetCount > 0 { try want(.shadowArrayOffset) }
    default: break
    }
    if instruction.opcode != .load, instruction.sources.count > 0,
      instruction.sources[0].register.file == .atomicCounter,
      GLSLFeature.atomicCounterArithmetic.means(on: host) != .missing
    {
      // Steps by one do without it; the writer refuses the others when it is not granted.
      try want(.atomicCounterArithmetic)
    }
  }

  /// Depth comparison in layers, which is 2D where the host has no lines.
  private func isArrayShadow(_ instruction: Instruction) -> Bool {
    instruction.target == .shadow2DArray || (instruction.target == .shadow1DArray && !host.has(.oneDimensionalTextures))
  }
}
