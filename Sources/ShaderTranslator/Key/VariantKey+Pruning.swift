import TGSI

extension VariantKey {
  /// The key without the ingredients that cannot change this shader's text, so that unrelated state makes no variants.
  ///
  /// Cheap enough for the draw path: masks only.
  package func pruned(for facts: KeyFacts, host: HostProfile) -> VariantKey {
    var key = self
    key.samplers.keep(
      rectangles: host.isES ? 0 : facts.rectangleSamplers, swizzles: facts.swizzledSamplers)
    let isLast = key.link.next == .fragment || key.link.next == .none
    switch facts.stage {
    case .vertex, .geometry, .tessEval:
      if !isLast || facts.traits.contains(.writesDistances) { key.userClipPlanes = 0 }
    case .fragment, .tessControl, .compute:
      key.userClipPlanes = 0
    }
    if facts.storage == 0 { key.link.firstStorageBinding = 0 }
    if facts.images == 0 { key.link.firstImageUnit = 0 }
    switch key.stage {
    case .vertex(var vertex):
      vertex.signedIntegers &= facts.attributes
      vertex.unsignedIntegers &= facts.attributes
      vertex.redBlueSwapped &= facts.attributes
      key.stage = .vertex(vertex)
    case .fragment(var fragment):
      fragment.prune(for: facts)
      key.stage = .fragment(fragment)
    case .other:
      break
    }
    return key
  }
}

extension FragmentKey {
  fileprivate mutating func prune(for facts: KeyFacts) {
    let reads = facts.interface.inputs
    let written = facts.colourOutputs
    if facts.interface.flatShadedColours == 0 { flags.remove(.flatShade) }
    if reads.colours & VaryingSet.frontColours == 0 { flags.remove(.twoSidedColour) }
    if !facts.traits.contains(.readsFragmentPosition) { flags.remove(.framebufferTopDown) }
    if written & 0b11 != 0b11 { flags.remove(.dualSource) }
    spriteCoordinates &= UInt32(truncatingIfNeeded: reads.generics) | UInt32(reads.texcoords)
    var stored = written
    if facts.traits.contains(.broadcastsColour) && written & 1 != 0 {
      if flags.contains(.dualSource) || written != 1 { colourBuffers = 1 }
      stored = colourBuffers >= 8 ? 0xff : (1 << colourBuffers) - 1
      stored |= written
    } else {
      colourBuffers = 1
    }
    signedIntegers &= stored
    unsignedIntegers &= stored & ~signedIntegers
    alphaInRed &= stored
    redBlueSwapped &= stored
    encodesSRGB &= stored
    if written & 1 == 0 || signedIntegers | unsignedIntegers != 0 { alphaTest = .always }
    if logicOp == .copy || stored == 0 { logicOp = .none }
    if logicOp == .none { channelBits = 0 }
  }
}

/// What a key is pruned by. A copy of a few words of `ShaderFacts`, which is too large to hand to the draw path.
package struct KeyFacts: Sendable {
  fileprivate let stage: ShaderStage
  fileprivate let interface: StageInterface
  fileprivate let traits: ShaderTraits
  fileprivate let attributes: UInt32
  fileprivate let colourOutputs: UInt8
  /// Samplers whose view's swizzle the shader may have to apply.
  package let swizzledSamplers: UInt32
  package let rectangleSamplers: UInt32
  fileprivate let images: UInt32
  fileprivate let storage: UInt32

  package init(_ facts: borrowing ShaderFacts) {
    stage = facts.stage
    interface = facts.interface
    traits = facts.traits
    attributes = facts.attributes
    colourOutputs = facts.colourOutputs
    swizzledSamplers = facts.bufferSamplers | facts.shadowSamplers
    rectangleSamplers = facts.rectangleSamplers
    images = facts.images
    storage = facts.storage
  }
}
