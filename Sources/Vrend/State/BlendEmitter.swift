import CEpoxy
import GLDriver
import WireFormat

extension BlendTarget {
  /// A new GL context's blending: off, all colours written.
  static var initial: BlendTarget { BlendTarget(1 << 4 | 0x11 << 9 | 1 << 17 | 0x11 << 22 | BlendBits.writeMask) }

  /// The same with the functions and factors of a new GL context.
  var withInitialFunctions: BlendTarget {
    let kept = 1 | BlendBits.writeMask
    return BlendTarget(rawValue & kept | BlendTarget.initial.rawValue & ~kept)
  }
}

extension GLShadow {
  /// All colours of all buffers are written now.
  mutating func openColorMasks() {
    for index in 0..<8 { blendTargets[index] = BlendTarget(blendTargets[index].rawValue | BlendBits.writeMask) }
  }
}

extension SubContextState {
  /// ES has no logic operations: shaders do them. After a change of the blend state or the colour buffers.
  @inline(never)
  mutating func updateEmulatedLogicOp() {
    var (wanted, bits): (UInt32, UInt32) = (0, 0)
    // Without a buffer that takes them there is nothing to do, and no variant to make.
    if let blend = boundBlend?.state, blend.logicOpEnable, framebuffer.traits.channelBits != 0 {
      (wanted, bits) = (blend.logicOp &+ 1, framebuffer.traits.channelBits)
    }
    guard wanted != programInputs.emulatedLogicOp || bits != programInputs.channelBits else { return }
    programInputs.emulatedLogicOp = wanted
    programInputs.channelBits = bits
    dirty.insert(.shaders)
  }

  /// Brings blending, logic op and write masks to GL.
  mutating func emitBlend() {
    let blend = boundBlend?.state ?? CreateBlend()
    var wanted: GLCapabilities = []
    if blend.dither { wanted.insert(.dither) }
    if blend.alphaToCoverage { wanted.insert(.sampleAlphaToCoverage) }
    if blend.alphaToOne { wanted.insert(.sampleAlphaToOne) }
    if blend.logicOpEnable { wanted.insert(.colorLogicOp) }
    shadow.switchCapabilities(wanted, among: [.dither, .sampleAlphaToCoverage, .sampleAlphaToOne, .colorLogicOp])
    if blend.logicOpEnable, !host.isES, blend.logicOp != shadow.logicOp {
      epoxy_glLogicOp(Translate.logicOp(blend.logicOp))
      shadow.logicOp = blend.logicOp
    }

    let independent = blend.isIndependent && blendsIndependently
    // Attachments that do not exist follow the first one, so that the common case is one call for all.
    if framebuffer.colorCount <= 1 || (!independent && framebuffer.traits.needsBlendPatch == 0) {
      emitUniformBlend(patched(blend.targets[0], slot: 0))
    } else {
      emitTargets(blend, independent: independent)
    }
  }

  @inline(never)
  private mutating func emitTargets(_ blend: CreateBlend, independent: Bool) {
    var targets = InlineArray<8, BlendTarget>(repeating: blend.targets[0])
    var uniform = true
    for index in 0..<framebuffer.colorCount {
      targets[index] = patched(blend.targets[independent ? index : 0], slot: index)
    }
    for index in 1..<8 {
      if index >= framebuffer.colorCount { targets[index] = targets[0] }
      if targets[index] != targets[0] { uniform = false }
    }
    if uniform {
      emitUniformBlend(targets[0])
    } else {
      for index in 0..<8 { emitIndexedBlend(targets[index], index) }
    }
  }

  private mutating func emitUniformBlend(_ bits: BlendTarget) {
    var differing = shadow.blendTargets[0].rawValue ^ bits.rawValue
    if !shadow.blendIsUniform {
      for index in 1..<8 { differing |= shadow.blendTargets[index].rawValue ^ bits.rawValue }
    }
    guard differing != 0 else {
      shadow.blendIsUniform = true
      return
    }
    if differing & 1 != 0 {
      if bits.isEnabled { epoxy_glEnable(GL.BLEND) } else { epoxy_glDisable(GL.BLEND) }
    }
    if bits.isEnabled {
      if differing & BlendBits.factors != 0 {
        epoxy_glBlendFuncSeparate(
          Translate.blendFactor(bits.colorSource), Translate.blendFactor(bits.colorDestination),
          Translate.blendFactor(bits.alphaSource), Translate.blendFactor(bits.alphaDestination))
      }
      if differing & BlendBits.functions != 0 {
        epoxy_glBlendEquationSeparate(
          Translate.blendFunction(bits.colorFunction), Translate.blendFunction(bits.alphaFunction))
      }
    }
    if differing & BlendBits.writeMask != 0 {
      let mask = bits.writeMask
      epoxy_glColorMask(
        GLboolean(mask & 1), GLboolean(mask >> 1 & 1), GLboolean(mask >> 2 & 1), GLboolean(mask >> 3 & 1))
    }
    if shadow.blendIsUniform || bits.isEnabled {
      shadow.blendTargets[0] = bits.keepingDisabled(from: shadow.blendTargets[0])
      shadow.blendIsUniform = true
    } else {
      for index in 0..<8 {
        shadow.blendTargets[index] = bits.keepingDisabled(from: shadow.blendTargets[index])
      }
    }
  }

  private mutating func emitIndexedBlend(_ bits: BlendTarget, _ index: Int) {
    if shadow.blendIsUniform {
      for index in 1..<8 { shadow.blendTargets[index] = shadow.blendTargets[0] }
      shadow.blendIsUniform = false
    }
    let differing = shadow.blendTargets[index].rawValue ^ bits.rawValue
    guard differing != 0 else { return }
    let slot = GLuint(index)
    if differing & 1 != 0 {
      if bits.isEnabled { epoxy_glEnablei(GL.BLEND, slot) } else { epoxy_glDisablei(GL.BLEND, slot) }
    }
    if bits.isEnabled {
      if differing & BlendBits.factors != 0 {
        epoxy_glBlendFuncSeparatei(
          slot, Translate.blendFactor(bits.colorSource), Translate.blendFactor(bits.colorDestination),
          Translate.blendFactor(bits.alphaSource), Translate.blendFactor(bits.alphaDestination))
      }
      if differing & BlendBits.functions != 0 {
        epoxy_glBlendEquationSeparatei(
          slot, Translate.blendFunction(bits.colorFunction), Translate.blendFunction(bits.alphaFunction))
      }
    }
    if differing & BlendBits.writeMask != 0 {
      let mask = bits.writeMask
      epoxy_glColorMaski(
        slot, GLboolean(mask & 1), GLboolean(mask >> 1 & 1), GLboolean(mask >> 2 & 1), GLboolean(mask >> 3 & 1))
    }
    shadow.blendTargets[index] = bits.keepingDisabled(from: shadow.blendTargets[index])
  }

  /// Adapts factors and mask to what the surface's storage really holds (virgl-semantics, section 6).
  private func patched(_ target: BlendTarget, slot: Int) -> BlendTarget {
    let bit = UInt8(1) &<< UInt8(slot)
    if framebuffer.traits.alphaInRed & bit != 0 { return target.forAlphaInRed() }
    return framebuffer.traits.withoutAlpha & bit != 0 ? target.withoutDestinationAlpha() : target
  }

  mutating func emitBlendColor() {
    var color = blendColor
    if framebuffer.traits.alphaInRed & 1 != 0 {
      color = (color.3, 0, 0, 0)
    }
    guard color != shadow.blendColor else { return }
    epoxy_glBlendColor(color.0, color.1, color.2, color.3)
    shadow.blendColor = color
  }
}

/// Masks over `BlendTarget`'s packed bits.
private enum BlendBits {
  static var functions: UInt32 { 0b111 << 1 | 0b111 << 14 }
  static var factors: UInt32 { 0x3ff << 4 | 0x3ff << 17 }
  static var writeMask: UInt32 { 0xf << 27 }
}

extension BlendTarget {
  /// What GL holds after this state: a disabled state leaves functions and factors as they were.
  fileprivate func keepingDisabled(from old: BlendTarget) -> BlendTarget {
    guard !isEnabled else { return self }
    let kept = BlendBits.functions | BlendBits.factors
    return BlendTarget(rawValue & ~kept | old.rawValue & kept)
  }

  /// A surface without alpha reads as alpha 1, but its GL storage may really have alpha.
  fileprivate func withoutDestinationAlpha() -> BlendTarget {
    func factor(_ value: UInt32) -> UInt32 {
      switch value {
      case 4: 1
      case 0x14: 0x11
      default: value
      }
    }
    return replacing(
      factor(colorSource), factor(colorDestination), factor(alphaSource), factor(alphaDestination),
      mask: writeMask)
  }

  /// Alpha is stored in red: the alpha blend moves to the colour channels.
  fileprivate func forAlphaInRed() -> BlendTarget {
    func factor(_ value: UInt32) -> UInt32 {
      switch value {
      case 4: 5
      case 0x14: 0x15
      default: value
      }
    }
    return replacing(
      factor(alphaSource), factor(alphaDestination), 0x11, 0x11, mask: writeMask >> 3 & 1)
  }

  private func replacing(_ cs: UInt32, _ cd: UInt32, _ as_: UInt32, _ ad: UInt32, mask: UInt32) -> BlendTarget {
    let kept = rawValue & ~(BlendBits.factors | BlendBits.writeMask)
    return BlendTarget(kept | cs << 4 | cd << 9 | as_ << 17 | ad << 22 | mask << 27)
  }
}
