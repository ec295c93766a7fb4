import CEpoxy
import GLDriver
import ShaderTranslator
import TGSI
import WireFormat

extension SubContextState {
  /// BIND_SHADER. An unknown handle, a wrong stage or a mismatch of the two is ignored.
  mutating func apply(_ command: BindShader) {
    guard command.stage < 6 else { return }
    let stage = Int(command.stage)
    var wanted: ShaderSelector?
    if command.handle != 0 {
      guard let found = objects.find(command.handle, ShaderSelector.self), Int(found.stage.rawValue) == stage else {
        return
      }
      wanted = found
    }
    guard shaders[stage] !== wanted else { return }
    if stage == 5 {
      isComputeDirty = true
    } else {
      dirty.insert(.shaders)
    }
    setShader(wanted, stage: stage)
    if stage < 5 { noteViewDependence(of: stage) }
  }

  /// The shader of a graphics stage, or its text, is another one.
  mutating func noteViewDependence(of stage: Int) {
    let bit: UInt32 = 1 &<< UInt32(truncatingIfNeeded: stage)
    if shaders[stage]?.specialSamplers ?? 0 != 0 {
      viewDependentStages |= bit
    } else {
      viewDependentStages &= ~bit
    }
  }

  /// Makes the program for the bound shaders and state current.
  ///
  /// - Returns: false when a vertex or fragment shader is missing: the draw is dropped.
  /// - Throws: when the host refuses a variant or the link: the draw is dropped, too.
  mutating func selectProgram(primitive: UInt32) throws(HostRefusal) -> Bool {
    programInputs.primitive =
      boundRasterizer?.shaderDependsOnPrimitive ?? false ? rasterizedPrimitive(primitive).rawValue : 0
    programInputs.samplers = viewDependentStages == 0 ? 0 : samplerKeyNumbers()
    if let program = programMemo.find(programInputs) {
      use(program)
      return true
    }
    return try chooseProgram(primitive: primitive)
  }

  @inline(never)
  private mutating func chooseProgram(primitive: UInt32) throws(HostRefusal) -> Bool {
    guard let variants = try chooseVariants(primitive: primitive) else { return false }
    let program = try linked(variants)
    use(program)
    programMemo.remember(program, for: programInputs)
    return true
  }

  /// A variant of each bound shader; nil when a vertex or fragment shader is missing.
  mutating func chooseVariants(primitive: UInt32) throws(HostRefusal) -> StageVariants? {
    guard let vertex = shaders[0], vertex.isComplete else { return nil }
    guard let fragment = shaders[1], fragment.isComplete else { return nil }
    let geometry = shaders[2]
    let evaluation = shaders[4]
    let control = evaluation == nil ? nil : shaders[3]
    let rasterizer = boundRasterizer?.state ?? CreateRasterizer()

    var builder = KeyBuilder(rasterizer: rasterizer)
    var variants = StageVariants()
    let afterVertex = control ?? evaluation ?? geometry ?? fragment
    let link = builder.link(of: vertex, previous: nil, next: afterVertex)
    variants[0] = try vertex.variant(vertexKey(vertex, link), factory)

    if let evaluation {
      if let control {
        let link = builder.link(of: control, previous: vertex.interface, next: evaluation)
        variants[3] = try control.variant(plainKey(control, link), factory)
      }
      var previous = (control ?? vertex).interface
      if control == nil, host.isES {
        let stand = PassthroughControl(from: vertex.interface, to: evaluation.interface, patchVertices: patchVertices)
        variants[3] = try passthroughVariant(stand)
        previous = stand.interface
      }
      let link = builder.link(of: evaluation, previous: previous, next: geometry ?? fragment)
      variants[4] = try evaluation.variant(plainKey(evaluation, link), factory)
    }
    if let geometry {
      let link = builder.link(of: geometry, previous: (evaluation ?? vertex).interface, next: fragment)
      variants[2] = try geometry.variant(plainKey(geometry, link), factory)
    }
    let fragmentLink = builder.link(of: fragment, previous: (geometry ?? evaluation ?? vertex).interface, next: nil)
    variants[1] = try fragment.variant(fragmentKey(fragment, fragmentLink, rasterizer, primitive), factory)

    return variants
  }

  /// The program of these variants, linked at its first use; it may be current then.
  mutating func linked(_ variants: StageVariants) throws(HostRefusal) -> LinkedProgram {
    let key = ProgramCache.Key(variants.serials)
    let link: ProgramLink
    switch programs.find(key) {
    case .linked(let program): return program
    case .refused: throw HostRefusal()
    case .pending(let begun): link = begun
    case nil:
      guard let begun = makeLink(variants) else {
        factory.refuseForMemory()
        programs.insert(key, .refused, programBytes: 0)
        throw HostRefusal()
      }
      link = begun
    }
    guard let program = factory.finish(link) else {
      programs.insert(key, .refused, programBytes: 0)
      throw HostRefusal()
    }
    programs.insert(key, .linked(program), programBytes: variants.programBytes)
    shadow.program = program.name
    return program
  }

  /// Has GL work on a program that will be wanted.
  mutating func beginLink(_ variants: StageVariants) {
    let key = ProgramCache.Key(variants.serials)
    guard programs.find(key) == nil, let link = makeLink(variants) else { return }
    programs.insert(key, .pending(link), programBytes: variants.programBytes)
  }

  /// Old programs make room where the budget has none; nil when that was not enough.
  private mutating func makeLink(_ variants: StageVariants) -> ProgramLink? {
    if let link = factory.beginLink(variants) { return link }
    programMemo.forgetAll()
    while programs.removeOldest() {
      if let link = factory.beginLink(variants) { return link }
    }
    return nil
  }

  private mutating func use(_ program: LinkedProgram) {
    shadow.useProgram(program.name)
    guard program !== currentProgram else { return }
    currentProgram = program
    dirty.formUnion([
      .constants, .uniformBuffers, .samplers, .shaderBuffers, .images, .atomicBuffers, .helperUniforms,
    ])
  }

  /// The numbers of the bound shaders' sampler keys, a byte per stage.
  @inline(never)
  private mutating func samplerKeyNumbers() -> UInt64 {
    if samplerKeys.isFull {
      samplerKeys.removeAll()
      programMemo.forgetAll()
    }
    var numbers: UInt64 = 0
    var rest = viewDependentStages
    while rest != 0 {
      let stage = rest.trailingZeroBitCount
      rest &= rest &- 1
      guard let shader = shaders[stage] else { continue }
      numbers |= UInt64(samplerKeys.number(of: samplerKey(shader))) << UInt64(8 * stage)
    }
    return numbers
  }

  // MARK: Keys

  private func vertexKey(_ vertex: ShaderSelector, _ link: StageLink) -> VariantKey {
    var key = VertexKey()
    if let elements = boundVertexElements {
      if workarounds.typesVertexAttributes {
        key.signedIntegers = elements.signedIntegers
        key.unsignedIntegers = elements.unsignedIntegers
      }
      key.redBlueSwapped = elements.redBlueSwapped
    }
    return VariantKey(
      link: link, stage: .vertex(key), samplers: samplerKey(vertex), userClipPlanes: userClipPlanes)
  }

  private func plainKey(_ shader: ShaderSelector, _ link: StageLink) -> VariantKey {
    VariantKey(link: link, stage: .other, samplers: samplerKey(shader), userClipPlanes: userClipPlanes)
  }

  /// The highest enabled user clip plane + 1. The host clips by distances the last vertex stage writes.
  private var userClipPlanes: UInt8 {
    let enabled = boundRasterizer?.state.clipPlaneEnable ?? 0
    return UInt8(truncatingIfNeeded: 32 - enabled.leadingZeroBitCount)
  }

  private func fragmentKey(
    _ fragment: ShaderSelector, _ link: StageLink, _ rasterizer: CreateRasterizer, _ primitive: UInt32
  ) -> VariantKey {
    var key = FragmentKey()
    if rasterizer.flatShade { key.flags.insert(.flatShade) }
    if rasterizer.lightTwoSide { key.flags.insert(.twoSidedColour) }
    let rasterized = rasterizedPrimitive(primitive)
    if rasterizer.polygonStipple, rasterized == .polygons { key.flags.insert(.polygonStipple) }
    if framebuffer.originUpperLeft { key.flags.insert(.framebufferTopDown) }
    if programInputs.usesSecondSource { key.flags.insert(.dualSource) }
    if rasterizer.pointQuadRasterization, rasterized == .points {
      key.spriteCoordinates = rasterizer.spriteCoordEnable
    }
    key.alphaTest = CompareFunction(rawValue: UInt8(truncatingIfNeeded: programInputs.alphaFunction)) ?? .always
    key.colourBuffers = UInt8(truncatingIfNeeded: framebuffer.colorCount)
    key.signedIntegers = framebuffer.traits.signedIntegers
    key.unsignedIntegers = framebuffer.traits.unsignedIntegers
    key.alphaInRed = framebuffer.traits.alphaInRed
    if programInputs.emulatedLogicOp != 0 {
      key.logicOp = LogicOp(rawValue: UInt8(truncatingIfNeeded: programInputs.emulatedLogicOp &- 1)) ?? .none
      key.channelBits = programInputs.channelBits
    }
    return VariantKey(link: link, stage: .fragment(key), samplers: samplerKey(fragment))
  }

  /// Swizzles and rectangle emulation that the shader must do for the views bound to its stage.
  func samplerKey(_ shader: ShaderSelector) -> SamplerKey {
    var key = SamplerKey()
    let special = shader.specialSamplers
    guard special != 0 else { return key }
    let stage = Int(shader.stage.rawValue)
    var rest = special
    while rest != 0 {
      let slot = rest.trailingZeroBitCount
      rest &= rest &- 1
      guard let view = samplerViews[stage][slot] else { continue }
      if view.isEmulatedRectangle { key.emulatedRectangles |= 1 &<< UInt32(slot) }
      if view.swizzle != .identity, view.isBuffer || view.isDepth {
        key.setSwizzle(
          of: slot, x: view.swizzle.r.rawValue, y: view.swizzle.g.rawValue, z: view.swizzle.b.rawValue,
          w: view.swizzle.a.rawValue)
      }
    }
    return key
  }

  /// A control shader that passes vertices on, for ES hosts, which have no default levels.
  private mutating func passthroughVariant(_ control: PassthroughControl) throws(HostRefusal) -> ShaderVariant {
    let variant = passthroughs[control] ?? factory.makePassthrough(control)
    // A guest has a few; one that makes thousands pays for making them again.
    if passthroughs[control] == nil, passthroughs.count >= 64 { passthroughs = [:] }
    passthroughs[control] = variant
    guard !variant.isRefused else { throw HostRefusal() }
    return variant
  }

  /// What kind of primitive reaches the rasterizer.
  enum RasterizedPrimitive: UInt32 { case points, lines, polygons }

  /// From the last vertex stage's output, else the draw mode.
  func rasterizedPrimitive(_ mode: UInt32) -> RasterizedPrimitive {
    if let geometry = shaders[2] { return geometry.outputPrimitive ?? .polygons }
    if let evaluation = shaders[4] { return evaluation.outputPrimitive ?? .polygons }
    switch mode {
    case 0: return .points
    case 1, 2, 3, 10, 11: return .lines
    default: return .polygons
    }
  }
}

/// Builds the links between stages, numbering storage buffers and images along the pipeline.
private struct KeyBuilder {
  let rasterizer: CreateRasterizer
  private var storageBindings: UInt8 = 0
  private var imageUnits: UInt8 = 0

  init(rasterizer: CreateRasterizer) {
    self.rasterizer = rasterizer
  }

  /// Call in pipeline order.
  mutating func link(of shader: ShaderSelector, previous: StageInterface?, next: ShaderSelector?) -> StageLink {
    var link = StageLink(
      of: shader.interface, previous: previous, next: next?.interface, flatShade: rasterizer.flatShade,
      twoSided: rasterizer.lightTwoSide)
    link.firstStorageBinding = storageBindings
    link.firstImageUnit = imageUnits
    storageBindings &+= shader.interface.storageSlots
    imageUnits &+= shader.interface.imageSlots
    return link
  }
}
