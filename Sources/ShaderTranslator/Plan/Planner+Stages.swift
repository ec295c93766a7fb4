import TGSI

/// Layouts of the stages and what happens at their ends.
extension Planner {
  mutating func planStage() throws(TranslationFault) {
    switch facts.stage {
    case .vertex, .tessEval, .geometry: try planVertexEnd()
    case .fragment: try planFragment()
    case .tessControl, .compute: break
    }
    switch facts.stage {
    case .geometry: try planGeometry()
    case .tessControl:
      guard let vertices = shader.properties.tessControlVertices,
        (1...Int(host.limits.patchVertices)).contains(vertices)
      else { throw .overLimit(.patchVertices) }
      plan.tessControlVertices = vertices
      if facts.interface.clipDistances > 0 { try want(.clipDistance) }
      if facts.interface.cullDistances > 0 { try want(.cullDistance) }
    case .tessEval:
      guard let domain = facts.tessDomain else { throw .unsupported(.property) }
      plan.tessEvaluation = TessEvaluationPlan(
        domain: domain, spacing: shader.properties.tessSpacing ?? .equal, clockwise: shader.properties.tessClockwise,
        pointMode: facts.tessPointMode)
    case .compute: try planCompute()
    default: break
    }
  }

  private mutating func planVertexEnd() throws(TranslationFault) {
    var end = VertexEnd()
    end.clipDistances = facts.interface.clipDistances
    end.cullDistances = facts.interface.cullDistances
    if end.cullDistances > 0 { try want(.cullDistance) }
    for (index, output) in facts.outputs.enumerated() {
      switch output.semantic?.name {
      case .position: end.positionRegister = UInt8(clamping: index)
      case .clipVertex: end.clipVertex = UInt8(clamping: index)
      default: break
      }
    }
    if isLastVertexStage {
      if end.clipDistances == 0, end.cullDistances == 0, key.userClipPlanes > 0, end.positionRegister != nil,
        GLSLFeature.clipDistance.means(on: host) != .missing
      {
        end.userPlanes = min(8, key.userClipPlanes)
        plan.helperBlock.insert(.clipPlanes)
      }
      end.flips = end.positionRegister != nil
      plan.usesAdjustY = plan.usesAdjustY || end.flips
    }
    if end.clipDistances > 0 || end.userPlanes > 0 { try want(.clipDistance) }
    guard Int(end.clipDistances) + Int(end.cullDistances) <= Int(host.limits.clipDistances) else {
      throw .overLimit(.clipDistances)
    }
    plan.vertexEnd = end
  }

  private mutating func planGeometry() throws(TranslationFault) {
    guard let input = facts.geometryInput, let output = facts.geometryOutput,
      let inputVertices = input.inputVertexCount, let vertices = shader.properties.geometryMaxVertices
    else { throw .unsupported(.property) }
    guard vertices >= 1, vertices <= Int(host.limits.geometryOutputVertices) else { throw .overLimit(.outputVertices) }
    let invocations = max(1, shader.properties.geometryInvocations)
    guard invocations <= Int(host.limits.geometryInvocations) else { throw .overLimit(.invocations) }
    if invocations > 1 { try want(.geometryInvocations) }
    plan.geometry = GeometryPlan(
      input: input, output: output, maxVertices: vertices, invocations: invocations, inputVertices: inputVertices,
      usesStreams: facts.traits.contains(.usesStreams))
  }

  private mutating func planCompute() throws(TranslationFault) {
    let limits = host.limits
    let block = shader.properties.blockSize
    let size = (width: block.0, height: block.1, depth: block.2)
    guard (1...Int(limits.workGroupWidth)).contains(size.width),
      (1...Int(limits.workGroupHeight)).contains(size.height), (1...Int(limits.workGroupDepth)).contains(size.depth),
      size.width * size.height * size.depth <= Int(limits.workGroupInvocations)
    else { throw .overLimit(.workGroup) }
    guard facts.sharedMemoryBytes <= limits.sharedMemory else { throw .overLimit(.sharedMemory) }
    plan.compute = ComputePlan(
      width: size.width, height: size.height, depth: size.depth,
      sharedWords: facts.traits.contains(.usesSharedMemory) ? max(1, (facts.sharedMemoryBytes + 3) / 4) : 0,
      sharedIsSigned: facts.sharedMemory.signedMinMax && !facts.sharedMemory.unsignedMinMax)
  }

  private mutating func planFragment() throws(TranslationFault) {
    guard case .fragment(let fragment) = key.stage else { throw .keyMismatch }
    var result = FragmentPlan()
    result.earlyTests = facts.traits.contains(.earlyTests)
    if result.earlyTests { try want(.earlyTests) }
    result.originUpperLeft = plan.fragmentOrigin.upperLeft
    result.pixelCentreInteger = plan.fragmentOrigin.integerCentre
    if facts.traits.contains(.writesDepth), shader.properties.depthLayout != .none, try want(.conservativeDepth) {
      result.depthLayout = shader.properties.depthLayout
    }
    if facts.traits.contains(.advancedBlend) {
      try want(.blendEquationAdvanced)
      result.blendModes = shader.properties.advancedBlendModes
    }
    result.stipple = fragment.flags.contains(.polygonStipple)
    if result.stipple { plan.helperBlock.insert(.stipple) }
    for (index, output) in facts.outputs.enumerated() where output.semantic == Semantic(.color, 0) {
      result.alphaTestRegister = UInt8(clamping: index)
    }
    if fragment.alphaTest != .always, result.alphaTestRegister != nil, host.flavour != .desktopCompatibility {
      result.alphaTest = fragment.alphaTest
      plan.usesAlphaReference = fragment.alphaTest != .never
    }
    result.dualSource = fragment.flags.contains(.dualSource) && facts.colourOutputs & 0b11 == 0b11
    if result.dualSource { try want(.dualSource) }
    result.framebufferFetchIsCoherent = GLSLFeature.framebufferFetch.means(on: host) != .missing
    try planColours(&result, fragment)
    plan.fragment = result
  }

  private mutating func planColours(_ result: inout FragmentPlan, _ key: FragmentKey) throws(TranslationFault) {
    let hasLocations = try want(.explicitLocations)
    reflection.outputsAreExplicit = hasLocations
    reflection.dualSource = result.dualSource
    for (index, output) in facts.outputs.enumerated() {
      guard output.isDeclared, let semantic = output.semantic, semantic.name == .color, semantic.index < 8 else {
        continue
      }
      let last =
        semantic.index == 0 && facts.traits.contains(.broadcastsColour) && !result.dualSource
        && facts.colourOutputs == 1
        ? max(1, Int(key.colourBuffers)) : 1
      for copy in 0..<last {
        let location = Int(semantic.index) + copy
        guard location < Int(host.limits.drawBuffers) else { continue }
        var colour = ColourPlan(location: UInt8(location), register: UInt8(clamping: index))
        let bit: UInt8 = 1 << UInt8(location)
        colour.type = key.signedIntegers & bit != 0 ? .int : key.unsignedIntegers & bit != 0 ? .uint : .float
        colour.isFetched = facts.fetchedOutputs & bit != 0
        colour.hasLocation = hasLocations
        colour.alphaInRed = key.alphaInRed & bit != 0
        colour.swapsRedBlue = key.redBlueSwapped & bit != 0
        colour.encodesSRGB = key.encodesSRGB & bit != 0
        try planLogicOp(&colour, key)
        result.colours.append(colour)
        reflection.outputs.append(
          Reflection.Binding(
            name: NamePolicy.name(.fragment, .fragmentOutput, location), slot: UInt8(location), count: 1))
      }
    }
  }

  /// Operations on the colour buffer's own value need framebuffer fetch; where the host has none they are left out.
  private mutating func planLogicOp(_ colour: inout ColourPlan, _ key: FragmentKey) throws(TranslationFault) {
    let bits = ChannelBits(rawValue: UInt8(key.channelBits >> (UInt32(colour.location) * 3) & 7)) ?? .other
    guard key.logicOp != .none, bits != .other, colour.type == .float else { return }
    if key.logicOp.readsDestination {
      guard GLSLFeature.framebufferFetch.means(on: host) != .missing else { return }
      try want(.framebufferFetch)
      colour.isFetched = true
    }
    colour.logicOp = key.logicOp
    colour.channelBits = bits
  }

  // MARK: Stream output

  /// Every entry gets a variable of its own, assigned before anything is flipped; skips make up the gaps.
  mutating func planCaptures() {
    guard isLastVertexStage, !facts.streamOutput.isEmpty else { return }
    let description = facts.streamOutput
    var buffers = 0
    for entry in description.entries { buffers = max(buffers, Int(entry.buffer) + 1) }
    var number: UInt8 = 0
    for buffer in 0..<buffers {
      if buffer > 0 { reflection.captured.append(NamePolicy.nextBuffer) }
      var position: UInt32 = 0
      for entry in description.entries where Int(entry.buffer) == buffer {
        appendSkips(UInt32(entry.offset) &- position)
        plan.vertexEnd?.captures.append(
          VertexEnd.Capture(
            register: entry.register, firstComponent: entry.firstComponent, componentCount: entry.componentCount,
            stream: entry.stream, number: number))
        reflection.captured.append(NamePolicy.captured(Int(number)))
        position = UInt32(entry.offset) &+ UInt32(entry.componentCount)
        number &+= 1
      }
      if position < description.strides[buffer] { appendSkips(description.strides[buffer] &- position) }
    }
  }

  private mutating func appendSkips(_ count: UInt32) {
    var rest = min(count, 4096)
    while rest > 0 {
      let step = min(rest, 4)
      reflection.captured.append(NamePolicy.skip(Int(step)))
      rest -= step
    }
  }
}
