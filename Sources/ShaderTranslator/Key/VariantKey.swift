/// Everything outside the shader itself and the host that changes its GLSL text. Equal keys, equal texts.
///
/// Only integers: copying and comparing it costs a few dozen word operations and no reference counting, so the
/// draw path may build one whenever state is dirty. Build the parts from state, then call `pruned` so that
/// state the shader does not care about cannot make a variant.
package struct VariantKey: Hashable, Sendable {
  package var link: StageLink
  package var samplers: SamplerKey
  /// User clip planes in use: the highest enabled plane + 1, 0…8. Only the last vertex stage looks at it.
  package var userClipPlanes: UInt8
  package var stage: StageKey

  package init(
    link: StageLink, stage: StageKey, samplers: SamplerKey = SamplerKey(), userClipPlanes: UInt8 = 0
  ) {
    self.link = link
    self.samplers = samplers
    self.userClipPlanes = userClipPlanes
    self.stage = stage
  }

  /// The key of a shader translated before any state is known: alone, with default state.
  package static func neutral(for stage: PipelineStage) -> VariantKey {
    var link = StageLink()
    switch stage {
    case .vertex: link.next = .fragment
    case .fragment: link.previous = .vertex
    case .geometry: (link.previous, link.next) = (.vertex, .fragment)
    case .tessControl: (link.previous, link.next) = (.vertex, .tessEvaluation)
    case .tessEvaluation: (link.previous, link.next) = (.tessControl, .fragment)
    case .compute, .none: break
    }
    let payload: StageKey =
      switch stage {
      case .vertex: .vertex(VertexKey())
      case .fragment: .fragment(FragmentKey())
      default: .other
      }
    return VariantKey(link: link, stage: payload)
  }
}

/// The ingredients that only one stage has.
package enum StageKey: Hashable, Sendable {
  case vertex(VertexKey)
  case fragment(FragmentKey)
  /// Geometry, tessellation and compute shaders have none.
  case other
}

/// Vertex fetch, one bit per IN register (= vertex element).
package struct VertexKey: Hashable, Sendable {
  /// Elements of pure signed integer formats.
  package var signedIntegers: UInt32 = 0
  /// Elements of pure unsigned integer formats.
  package var unsignedIntegers: UInt32 = 0
  /// Elements which the host fetches with red and blue exchanged (ES).
  package var redBlueSwapped: UInt32 = 0

  package init() {}
}

/// Framebuffer, rasteriser and depth-alpha state that is done in the fragment shader.
package struct FragmentKey: Hashable, Sendable {
  package struct Flags: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let flatShade = Flags(rawValue: 1 << 0)
    package static let twoSidedColour = Flags(rawValue: 1 << 1)
    /// Polygon stipple; set it only when the rasterised primitive is a polygon.
    package static let polygonStipple = Flags(rawValue: 1 << 2)
    /// The first colour (or the depth) buffer is flagged "row 0 is the top".
    package static let framebufferTopDown = Flags(rawValue: 1 << 3)
    /// A source-1 blend factor is in use.
    package static let dualSource = Flags(rawValue: 1 << 4)
  }

  package var flags: Flags = []
  /// The alpha test that the shader must do; `always` is none.
  package var alphaTest: CompareFunction = .always
  /// TEXCOORD or GENERIC indices that read the point coordinate; zero unless points are rasterised as quads.
  package var spriteCoordinates: UInt32 = 0
  /// Bound colour buffers (highest slot + 1), for a colour 0 that goes to all.
  package var colourBuffers: UInt8 = 1
  /// Colour buffers of pure signed or unsigned integer formats, one bit each.
  package var signedIntegers: UInt8 = 0
  package var unsignedIntegers: UInt8 = 0
  /// Colour buffers that keep alpha in the red channel.
  package var alphaInRed: UInt8 = 0
  /// Colour buffers that want red and blue exchanged.
  package var redBlueSwapped: UInt8 = 0
  /// Colour buffers that want the sRGB curve applied to rgb.
  package var encodesSRGB: UInt8 = 0
  /// The logic operation done with framebuffer fetch (ES); `none` when off or done by GL.
  package var logicOp: LogicOp = .none
  /// `ChannelBits` of colour buffer i in bits 3i…3i+2, for `logicOp`.
  package var channelBits: UInt32 = 0

  package init() {}
}

/// Comparison functions in the order of Gallium's PIPE_FUNC_*.
package enum CompareFunction: UInt8, Hashable, Sendable {
  case never, less, equal, lessEqual, greater, notEqual, greaterEqual, always
}

/// Logic operations in the order of Gallium's PIPE_LOGICOP_*, and none.
package enum LogicOp: UInt8, Hashable, Sendable {
  case clear, nor, andInverted, copyInverted, andReverse, invert, xor, nand
  case and, equivalent, noop, orInverted, copy, orReverse, or, set
  case none

  /// The result depends on what the colour buffer holds.
  package var readsDestination: Bool {
    switch self {
    case .clear, .copyInverted, .copy, .set, .none: false
    default: true
    }
  }
}

/// How a colour buffer of normalized integers is divided; logic operations work on those integers.
package enum ChannelBits: UInt8, CaseIterable, Sendable {
  /// Of another kind: GL does no logic operation there either (GL 4.6 17.3.9), or none that a shader can do.
  case other
  case rgba8, rgb565, rgb5a1, rgba4, rgb10a2, rgba16

  /// Bits of red, green, blue and alpha. A channel that the format lacks may have any number.
  package var widths: (red: UInt8, green: UInt8, blue: UInt8, alpha: UInt8)? {
    switch self {
    case .other: nil
    case .rgba8: (8, 8, 8, 8)
    case .rgb565: (5, 6, 5, 8)
    case .rgb5a1: (5, 5, 5, 1)
    case .rgba4: (4, 4, 4, 4)
    case .rgb10a2: (10, 10, 10, 2)
    case .rgba16: (16, 16, 16, 16)
    }
  }

  /// Widths by channel, nil for one that the format lacks.
  package init(red: UInt8?, green: UInt8?, blue: UInt8?, alpha: UInt8?) {
    self =
      Self.allCases.first {
        guard let widths = $0.widths else { return false }
        return (red ?? widths.red) == widths.red && (green ?? widths.green) == widths.green
          && (blue ?? widths.blue) == widths.blue && (alpha ?? widths.alpha) == widths.alpha
      } ?? .other
  }
}

/// Facts about the bound sampler views.
package struct SamplerKey: Hashable, Sendable {
  /// Samplers used as RECT whose texture is an ordinary 2D texture: coordinates are divided by the size.
  package var emulatedRectangles: UInt32 = 0
  /// Samplers with an entry in `swizzles`.
  package var swizzled: UInt32 = 0
  private var words: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0, 0, 0)

  package init() {}

  /// Sets the swizzle that the *shader* must apply for one sampler.
  ///
  /// Needed for buffer textures whose view has a swizzle, and for samplers used with shadow targets whose view
  /// swizzle has constants (the texture's own swizzle is then identity; components 0…3 all read the comparison
  /// result). Components are coded 0–3 = xyzw, 4 = zero, 5 = one.
  package mutating func setSwizzle(of sampler: Int, x: UInt8, y: UInt8, z: UInt8, w: UInt8) {
    guard (0..<32).contains(sampler) else { return }
    swizzled |= 1 << UInt32(sampler)
    let code = UInt64(x & 7) | UInt64(y & 7) << 3 | UInt64(z & 7) << 6 | UInt64(w & 7) << 9
    let shift = UInt64(sampler & 3) * 16
    withWord(sampler >> 2) { $0 = $0 & ~(0xfff << shift) | code << shift }
  }

  /// The code of one component (0…3) of one sampler, as given to `setSwizzle`; identity when unset.
  package func swizzle(of sampler: Int, component: Int) -> UInt8 {
    guard (0..<32).contains(sampler), swizzled >> UInt32(sampler) & 1 != 0 else { return UInt8(component & 3) }
    let word = word(sampler >> 2) >> (UInt64(sampler & 3) * 16)
    return UInt8(truncatingIfNeeded: word >> (UInt64(component & 3) * 3) & 7)
  }

  /// Drops what concerns samplers outside `mask`.
  package mutating func keep(rectangles: UInt32, swizzles mask: UInt32) {
    emulatedRectangles &= rectangles
    var dropped = swizzled & ~mask
    while dropped != 0 {
      let sampler = dropped.trailingZeroBitCount
      dropped &= dropped &- 1
      withWord(sampler >> 2) { $0 &= ~(0xfff << (UInt64(sampler & 3) * 16)) }
    }
    swizzled &= mask
  }

  private func word(_ index: Int) -> UInt64 {
    switch index {
    case 0: words.0
    case 1: words.1
    case 2: words.2
    case 3: words.3
    case 4: words.4
    case 5: words.5
    case 6: words.6
    default: words.7
    }
  }

  private mutating func withWord(_ index: Int, _ body: (inout UInt64) -> Void) {
    switch index {
    case 0: body(&words.0)
    case 1: body(&words.1)
    case 2: body(&words.2)
    case 3: body(&words.3)
    case 4: body(&words.4)
    case 5: body(&words.5)
    case 6: body(&words.6)
    default: body(&words.7)
    }
  }

  package static func == (a: SamplerKey, b: SamplerKey) -> Bool {
    a.emulatedRectangles == b.emulatedRectangles && a.swizzled == b.swizzled
      && (a.swizzled == 0
        || (a.words.0 == b.words.0 && a.words.1 == b.words.1 && a.words.2 == b.words.2 && a.words.3 == b.words.3
          && a.words.4 == b.words.4 && a.words.5 == b.words.5 && a.words.6 == b.words.6 && a.words.7 == b.words.7))
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(emulatedRectangles)
    hasher.combine(swizzled)
    if swizzled != 0 { for index in 0..<8 { hasher.combine(word(index)) } }
  }
}
