/// How the blocks of a format are organised.
public enum FormatLayout: UInt8, Sendable {
  case unknown, plain, subsampled, planar2, planar3, s3tc, rgtc, etc, bptc, astc, atc, fxt1, other
}

/// What the bits of one channel are.
public enum ChannelKind: UInt8, Sendable {
  case absent, void, unsigned, signed, fixed, float
}

/// One stored channel of a plain format.
@frozen
public struct FormatChannel: Equatable, Sendable {
  public var kind: ChannelKind
  /// The stored integer is scaled to 0...1 or -1...1.
  public var isNormalized: Bool
  /// The shader sees an integer; neither set means a scaled or floating channel.
  public var isPureInteger: Bool
  /// Width in bits; 0 when absent.
  public var bits: UInt8

  @inlinable
  public init(kind: ChannelKind = .absent, isNormalized: Bool = false, isPureInteger: Bool = false, bits: UInt8 = 0) {
    self.kind = kind
    self.isNormalized = isNormalized
    self.isPureInteger = isPureInteger
    self.bits = bits
  }
}

/// Where a component of a texel comes from; the raw values are the wire's swizzle values (`PIPE_SWIZZLE_*`).
public enum SwizzleSource: UInt8, Sendable {
  case x, y, z, w, zero, one
  /// The component does not exist (depth and stencil formats).
  case none
}

/// The sources of the four components of a texel.
@frozen
public struct ComponentSwizzle: Equatable, Sendable {
  public var r: SwizzleSource
  public var g: SwizzleSource
  public var b: SwizzleSource
  public var a: SwizzleSource

  @inlinable public init(_ r: SwizzleSource, _ g: SwizzleSource, _ b: SwizzleSource, _ a: SwizzleSource) {
    self.r = r
    self.g = g
    self.b = b
    self.a = a
  }

  @inlinable public static var identity: ComponentSwizzle { ComponentSwizzle(.x, .y, .z, .w) }

  /// The source of component 0...3; larger indices count as 3.
  @inlinable public subscript(component: Int) -> SwizzleSource {
    switch component {
    case 0: r
    case 1: g
    case 2: b
    default: a
    }
  }

  /// `self` as asked of texels whose stored channels are first arranged by `inner`.
  @inlinable public func composed(over inner: ComponentSwizzle) -> ComponentSwizzle {
    func pick(_ source: SwizzleSource) -> SwizzleSource {
      switch source {
      case .x: inner.r
      case .y: inner.g
      case .z: inner.b
      case .w: inner.a
      case .zero, .one, .none: source
      }
    }
    return ComponentSwizzle(pick(r), pick(g), pick(b), pick(a))
  }
}

/// Yes-or-no facts of a format.
public struct FormatTraits: OptionSet, Sendable {
  public let rawValue: UInt16
  @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

  @inlinable public static var depth: FormatTraits { FormatTraits(rawValue: 1 << 0) }
  @inlinable public static var stencil: FormatTraits { FormatTraits(rawValue: 1 << 1) }
  @inlinable public static var compressed: FormatTraits { FormatTraits(rawValue: 1 << 2) }
  @inlinable public static var srgb: FormatTraits { FormatTraits(rawValue: 1 << 3) }
  /// Shaders see integers.
  @inlinable public static var pureInteger: FormatTraits { FormatTraits(rawValue: 1 << 4) }
  @inlinable public static var float: FormatTraits { FormatTraits(rawValue: 1 << 5) }
  @inlinable public static var yuv: FormatTraits { FormatTraits(rawValue: 1 << 6) }
}

/// The memory layout of a format, as the guest's driver lays out its backing pages.
@frozen
public struct FormatDescription: Equatable, Sendable {
  public var layout: FormatLayout
  /// Bytes of one block; 0 for planar formats, whose planes are formats of their own.
  public var blockBytes: UInt8
  /// Texels across a block; at least 1.
  public var blockWidth: UInt8
  /// Texels down a block; at least 1.
  public var blockHeight: UInt8
  public var traits: FormatTraits
  /// Stored channels (x is the first) to red, green, blue, alpha; depth and stencil use the first two components.
  public var swizzle: ComponentSwizzle
  /// Stored channels from the least significant bit on; present in plain formats only.
  public var channel0: FormatChannel
  public var channel1: FormatChannel
  public var channel2: FormatChannel
  public var channel3: FormatChannel

  /// Channel 0...3; larger indices count as 3.
  @inlinable public func channel(_ index: Int) -> FormatChannel {
    switch index {
    case 0: channel0
    case 1: channel1
    case 2: channel2
    default: channel3
    }
  }

  /// Stored channels, padding included.
  @inlinable public var channelCount: Int {
    (channel0.kind != .absent ? 1 : 0) + (channel1.kind != .absent ? 1 : 0) + (channel2.kind != .absent ? 1 : 0)
      + (channel3.kind != .absent ? 1 : 0)
  }

  @inlinable public var isDepthOrStencil: Bool { !traits.isDisjoint(with: [.depth, .stencil]) }
  @inlinable public var isCompressed: Bool { traits.contains(.compressed) }
  @inlinable public var isPureInteger: Bool { traits.contains(.pureInteger) }
  @inlinable public var isSRGB: Bool { traits.contains(.srgb) }
  @inlinable public var isPlain: Bool { layout == .plain }

  /// The colour component is stored rather than constant. False for depth and stencil formats.
  @inlinable public func hasComponent(_ component: Int) -> Bool {
    !isDepthOrStencil && swizzle[component].rawValue <= SwizzleSource.w.rawValue
  }
  @inlinable public var hasRed: Bool { hasComponent(0) }
  @inlinable public var hasGreen: Bool { hasComponent(1) }
  @inlinable public var hasBlue: Bool { hasComponent(2) }
  @inlinable public var hasAlpha: Bool { hasComponent(3) }

  /// The channel behind a colour component, nil when the component is constant.
  @inlinable public func channel(ofComponent component: Int) -> FormatChannel? {
    guard hasComponent(component) else { return nil }
    return channel(Int(swizzle[component].rawValue))
  }

  /// Blocks that cover `texels` in x.
  @inlinable public func blocksAcross(_ texels: UInt32) -> Int {
    let width = max(1, Int(blockWidth))
    return (Int(texels) &+ width &- 1) / width
  }

  /// Blocks that cover `texels` in y.
  @inlinable public func blocksDown(_ texels: UInt32) -> Int {
    let height = max(1, Int(blockHeight))
    return (Int(texels) &+ height &- 1) / height
  }

  /// Bytes of a tightly packed row of `texels`; below 2^37 for every 32-bit width.
  @inlinable public func rowBytes(_ texels: UInt32) -> Int {
    blocksAcross(texels) &* Int(blockBytes)
  }
}
