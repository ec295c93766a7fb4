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
      viewDependentStages &= ~(1 &<< command.stage)
      if wanted?.specialSamplers ?? 0 != 0 { viewDependentStages |= 1 &<< command.stage }
      dirty.insert(.shaders)
    }
    setShader(wanted, stage: stage)
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
    return try chooseVariants(primitive: primitive)
  }

  /// Chooses a variant of each bound shader, and links them.
  @inline(never)
  private mutating func chooseVariants(primitive: UInt32) throws(HostRefusal) -> Bool {
    guard let vertex = shaders[0], vertex.isComplete else { return false }
    guard let fragment = shaders[1], fragment.isComplete else { return false }
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

    let program = try linked(variants)
    use(program)
    // A shader whose text was still arriving when it was bound could not tell then.
    viewDependentStages = 0
    for stage in 0..<5 where shaders[stage]?.specialSamplers ?? 0 != 0 { viewDependentStages |= 1 << UInt32(stage) }
    programInputs.samplers = viewDependentStages == 0 ? 0 : samplerKeyNumbers()
    // The pass-through control shader of ES hosts depends on more.
    if evaluation == nil || control != nil || !host.isES {
      programMemo.remember(program, for: programInputs)
    }
    return true
  }

  /// The program of these variants, linked at its first use.
  mutating func linked(_ variants: borrowing StageVariants) throws(HostRefusal) -> LinkedProgram {
    let key = ProgramCache.Key(variants.serials)
    switch programs.find(key) {
    case .linked(let program): return program
    case .refused: throw HostRefusal()
    case nil: break
    }
    guard let program = factory.link(variants) else {
      programs.insert(key, .refused)
      throw HostRefusal()
    }
    programs.insert(key, .linked(program))
    shadow.program = program.name
    return program
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
