extension VariantKey {
  /// The key without the ingredients that cannot change this shader's text, so that unrelated state makes no variants.
  ///
  /// Cheap enough for the draw path: masks only.
  package func pruned(for facts: borrowing ShaderFacts, host: HostProfile) -> VariantKey {
    var key = self
    key.samplers.keep(
      rectangles: host.isES ? 0 : facts.rectangleSamplers, swizzles: facts.bufferSamplers | facts.shadowSamplers)
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
  fileprivate mutating func prune(for facts: borrowing ShaderFacts) {
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
