import TGSI

/// Where IN registers come from and where OUT registers go.
extension Planner {
  mutating func planInputs() throws(TranslationFault) {
    for (index, register) in facts.inputs.enumerated() {
      guard register.isDeclared, register.isUsed else {
        plan.inputs.append(.undeclared)
        continue
      }
      if facts.stage == .vertex {
        plan.inputs.append(try attribute(index))
      } else {
        plan.inputs.append(try source(of: register))
      }
    }
    if facts.stage == .vertex { reflection.attributesAreExplicit = plan.features.contains(.explicitLocations) }
  }

  private mutating func attribute(_ index: Int) throws(TranslationFault) -> InputSource {
    guard case .vertex(let vertex) = key.stage, index < 32 else { throw .keyMismatch }
    let bit: UInt32 = 1 << UInt32(index)
    let type: ScalarType =
      vertex.signedIntegers & bit != 0 ? .int : vertex.unsignedIntegers & bit != 0 ? .uint : .float
    let hasLocation = try want(.explicitLocations)
    plan.attributes.append(AttributePlan(index: UInt8(index), type: type, hasLocation: hasLocation))
    reflection.attributes.append(
      Reflection.Binding(name: NamePolicy.attribute(index), slot: UInt8(index), count: 1))
    return .attribute(type, swapped: vertex.redBlueSwapped & bit != 0)
  }

  private mutating func source(of register: InterfaceRegister) throws(TranslationFault) -> InputSource {
    guard let semantic = register.semantic else { throw .unsupported(.semantic) }
    if let varying = Varying(semantic) { return try varyingSource(varying, register) }
    let isFragment = facts.stage == .fragment
    switch semantic.name {
    case .position: return isFragment ? try fragmentPosition() : .vertexPosition
    case .psize where !isFragment:
      if host.isES {
        let feature: GLSLFeature = facts.stage == .geometry ? .geometryPointSize : .tessellationPointSize
        guard try want(feature) else { return .zero }
      }
      return .vertexPointSize
    case .clipDistance:
      let first = UInt8(clamping: Int(semantic.index) * 4)
      let (clip, cull) = (key.link.inputClipDistances, key.link.inputCullDistances)
      guard clip <= 8, cull <= 8 - clip else { throw .overLimit(.clipDistances) }
      if clip > 0 { try want(.clipDistance) }
      if cull > 0 { try want(.cullDistance) }
      return isFragment
        ? .fragmentDistances(first: first, clip: clip, cull: cull)
        : .vertexDistances(first: first, clip: clip, cull: cull)
    case .primitiveID:
      if isFragment { try want(.primitiveIDInFragment) }
      return facts.stage == .geometry ? .primitiveIDIn : .primitiveID
    case .layer:
      try want(.layerInFragment)
      return .layer
    case .viewportIndex:
      try want(.viewportInFragment)
      return .viewportIndex
    case .face: return .face
    case .pointCoord:
      if host.isES { plan.usesAdjustY = true }
      return .pointCoordinate(flips: host.isES)
    case .tessOuter: return .tessOuter
    case .tessInner: return .tessInner
    default: throw .unsupported(.semantic)
    }
  }

  private mutating func varyingSource(
    _ varying: Varying, _ register: InterfaceRegister
  ) throws(TranslationFault) -> InputSource {
    let isMissing = key.link.missing.contains(varying)
    if facts.stage == .fragment, case .fragment(let fragment) = key.stage {
      let isSprite =
        (varying.kind == .generic || varying.kind == .texcoord) && varying.index < 32
        && fragment.spriteCoordinates >> UInt32(varying.index) & 1 != 0
      if isSprite {
        if host.isES { plan.usesAdjustY = true }
        return .pointCoordinate(flips: host.isES)
      }
      if varying.kind == .colour, fragment.flags.contains(.twoSidedColour) {
        let back = Varying(.backColour, varying.index)
        let hasBack = !key.link.missing.contains(back)
        if !isMissing { try declareFragmentInput(varying, register, fragment) }
        if hasBack { try declareFragmentInput(back, register, fragment) }
        return .twoSided(front: isMissing ? nil : varying, back: hasBack ? back : nil)
      }
      if isMissing { return varying.kind == .fog ? .fogDefault : .zero }
      try declareFragmentInput(varying, register, fragment)
      return .varying(varying, components: key.link.inputWidths.components(of: varying))
    }
    if isMissing { return varying.kind == .fog ? .fogDefault : .zero }
    if varying.kind == .patch {
      declareInput(VaryingPlan(varying))
      return .patch(varying)
    }
    var declared = VaryingPlan(varying)
    declared.perVertex = true
    declareInput(declared)
    return .vertexVarying(varying)
  }

  private mutating func declareFragmentInput(
    _ varying: Varying, _ register: InterfaceRegister, _ key: FragmentKey
  ) throws(TranslationFault) {
    var declared = VaryingPlan(varying, components: self.key.link.inputWidths.components(of: varying))
    let isColour = varying.kind == .colour || varying.kind == .backColour
    switch register.interpolation {
    case .constant: declared.interpolation = .flat
    case .linear: declared.interpolation = try want(.noPerspective) ? .noPerspective : .none
    case .color where isColour && key.flags.contains(.flatShade): declared.interpolation = .flat
    default: break
    }
    switch register.location {
    case .centroid: declared.auxiliary = .centroid
    case .sample:
      if GLSLFeature.sampleVariables.means(on: host) != .missing {
        try want(.interpolationFunctions)
        declared.auxiliary = .sample
      }
    default: break
    }
    declareInput(declared)
  }

  /// One variable may serve several registers.
  private mutating func declareInput(_ declared: VaryingPlan) {
    if !plan.inputVaryings.contains(where: { $0.varying == declared.varying }) {
      plan.inputVaryings.append(declared)
    }
  }

  /// Normal framebuffers have row 0 at the bottom of GL's window, as their memory has: the guest's upper-left
  /// origin is GL's lower-left one.
  private mutating func fragmentPosition() throws(TranslationFault) -> InputSource {
    guard case .fragment(let fragment) = key.stage else { throw .keyMismatch }
    let topDown = fragment.flags.contains(.framebufferTopDown)
    let wantsLowerLeft = shader.properties.coordOrigin == .lowerLeft
    let mirrored = wantsLowerLeft != topDown
    let integerCentre = shader.properties.pixelCenter == .integer
    guard mirrored || integerCentre else { return .fragmentPosition }
    if GLSLFeature.fragmentCoordConventions.means(on: host) != .missing {
      try want(.fragmentCoordConventions)
      plan.fragmentOrigin = FragmentOrigin(upperLeft: mirrored, integerCentre: integerCentre)
      return .fragmentPosition
    }
    // On ES the guest is told that there are no conventions to choose from, and turns the coordinate itself.
    return integerCentre ? .integerFragmentPosition : .fragmentPosition
  }

  // MARK: Outputs

  mutating func planOutputs() throws(TranslationFault) {
    for register in facts.outputs {
      guard register.isDeclared, let semantic = register.semantic else {
        plan.outputs.append(.dropped)
        continue
      }
      plan.outputs.append(
        facts.stage == .fragment ? try fragmentTarget(semantic) : try target(of: register, semantic))
    }
  }

  private mutating func target(
    of register: InterfaceRegister, _ semantic: Semantic
  ) throws(TranslationFault) -> OutputTarget {
    if let varying = Varying(semantic) {
      // Nobody reads a clip vertex behind the last stage; it is dotted with the planes.
      if varying.kind == .clipVertex, isLastVertexStage { return .dropped }
      var declared = VaryingPlan(varying, components: facts.interface.outputWidths.components(of: varying))
      declared.perVertex = facts.stage == .tessControl && varying.kind != .patch
      declared.invariant = register.invariant
      declared.stream = register.stream
      if isLastVertexStage {
        let wanted = key.link.interpolation
        if wanted.flat.contains(varying) { declared.interpolation = .flat }
        if wanted.noPerspective.contains(varying), try want(.noPerspective) { declared.interpolation = .noPerspective }
        if wanted.centroid.contains(varying) { declared.auxiliary = .centroid }
        if wanted.sample.contains(varying), GLSLFeature.interpolationFunctions.means(on: host) != .missing {
          try want(.interpolationFunctions)
          declared.auxiliary = .sample
        }
      }
      if !plan.outputVaryings.contains(where: { $0.varying == varying }) { plan.outputVaryings.append(declared) }
      return varying.kind == .patch ? .patch(varying) : .varying(varying)
    }
    switch semantic.name {
    case .position:
      plan.invariantPosition = plan.invariantPosition || register.invariant
      return .position
    case .psize:
      let isPlain = facts.stage == .vertex || !host.isES
      if !isPlain {
        let feature: GLSLFeature = facts.stage == .geometry ? .geometryPointSize : .tessellationPointSize
        guard try want(feature) else { return .dropped }
      }
      return .pointSize
    case .clipDistance: return .distances(first: UInt8(clamping: Int(semantic.index) * 4))
    case .layer:
      try want(facts.stage == .geometry ? .layerOutput : .layerFromVertex)
      return .layer
    case .viewportIndex:
      try want(facts.stage == .geometry ? .viewportOutput : .viewportFromVertex)
      return .viewportIndex
    case .primitiveID where facts.stage == .geometry: return .primitiveID
    case .tessOuter where facts.stage == .tessControl: return .tessOuter
    case .tessInner where facts.stage == .tessControl: return .tessInner
    default: return .dropped
    }
  }

  private mutating func fragmentTarget(_ semantic: Semantic) throws(TranslationFault) -> OutputTarget {
    switch semantic.name {
    case .color: return .colour(UInt8(clamping: semantic.index))
    case .position: return .depth
    case .stencil:
      try want(.stencilExport)
      return .stencil
    case .sampleMask:
      try want(.sampleVariables)
      return .sampleMask
    default: throw .unsupported(.semantic)
    }
  }
}
