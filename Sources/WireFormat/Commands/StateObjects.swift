// Objects of fixed state: how fragments are tested and blended, and how primitives become fragments.

/// BLEND, 11 dwords, kept packed: the emitter compares and unpacks.
@frozen
public struct CreateBlend: Equatable, Sendable {
  /// Bit 0 independent blending, 1 logic op, 2 dither, 3 alpha to coverage, 4 alpha to one.
  public var flags: UInt32
  /// 0…15.
  public var logicOp: UInt32
  public var targets: InlineArray<8, BlendTarget>

  @inlinable
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count == 11 else { throw .length }
    flags = payload[1]
    logicOp = payload[2].bits(0, 4)
    targets = InlineArray(repeating: BlendTarget(0))
    for i in 0..<8 { targets[i] = BlendTarget(payload[3 &+ i]) }
  }

  /// Everything off and no colour written: the state of handle 0.
  @inlinable public init() {
    flags = 0
    logicOp = 0
    targets = InlineArray(repeating: BlendTarget(0))
  }

  @inlinable public var isIndependent: Bool { flags.bit(0) }
  @inlinable public var logicOpEnable: Bool { flags.bit(1) }
  @inlinable public var dither: Bool { flags.bit(2) }
  @inlinable public var alphaToCoverage: Bool { flags.bit(3) }
  @inlinable public var alphaToOne: Bool { flags.bit(4) }

  @inlinable public static func == (a: CreateBlend, b: CreateBlend) -> Bool {
    guard a.flags == b.flags, a.logicOp == b.logicOp else { return false }
    for i in 0..<8 where a.targets[i] != b.targets[i] { return false }
    return true
  }
}

/// One render target of a blend state: bit 0 enable, 1…3 colour function, 4…8 and 9…13 colour
/// factors, 14…16 alpha function, 17…21 and 22…26 alpha factors, 27…30 write mask.
@frozen
public struct BlendTarget: Equatable, Sendable {
  public var rawValue: UInt32

  @inlinable public init(_ rawValue: UInt32) { self.rawValue = rawValue }

  @inlinable public var isEnabled: Bool { rawValue.bit(0) }
  @inlinable public var colorFunction: UInt32 { rawValue.bits(1, 3) }
  @inlinable public var colorSource: UInt32 { rawValue.bits(4, 5) }
  @inlinable public var colorDestination: UInt32 { rawValue.bits(9, 5) }
  @inlinable public var alphaFunction: UInt32 { rawValue.bits(14, 3) }
  @inlinable public var alphaSource: UInt32 { rawValue.bits(17, 5) }
  @inlinable public var alphaDestination: UInt32 { rawValue.bits(22, 5) }
  /// Red 1, green 2, blue 4, alpha 8.
  @inlinable public var writeMask: UInt32 { rawValue.bits(27, 4) }
}

/// RASTERIZER, 9 dwords.
@frozen
public struct CreateRasterizer: Equatable, Sendable {
  public var flags: UInt32
  public var pointSize: Float
  /// Generic/texcoord indices that the point coordinate replaces.
  public var spriteCoordEnable: UInt32
  /// Bits 0…15 line stipple pattern, 16…23 factor, 24…31 clip plane enables.
  public var stippleAndClip: UInt32
  public var lineWidth: Float
  public var offsetUnits: Float
  public var offsetScale: Float
  public var offsetClamp: Float

  @inlinable
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count == 9 else { throw .length }
    flags = payload[1]
    pointSize = payload.float(2)
    spriteCoordEnable = payload[3]
    stippleAndClip = payload[4]
    lineWidth = payload.float(5)
    offsetUnits = payload.float(6)
    offsetScale = payload.float(7)
    offsetClamp = payload.float(8)
  }

  /// All zero: the state of handle 0.
  @inlinable public init() {
    flags = 0
    pointSize = 0
    spriteCoordEnable = 0
    stippleAndClip = 0
    lineWidth = 0
    offsetUnits = 0
    offsetScale = 0
    offsetClamp = 0
  }

  @inlinable public var flatShade: Bool { flags.bit(0) }
  @inlinable public var depthClip: Bool { flags.bit(1) }
  @inlinable public var clipHalfZ: Bool { flags.bit(2) }
  @inlinable public var discard: Bool { flags.bit(3) }
  @inlinable public var flatShadeFirst: Bool { flags.bit(4) }
  @inlinable public var lightTwoSide: Bool { flags.bit(5) }
  @inlinable public var spriteCoordMode: Bool { flags.bit(6) }
  @inlinable public var pointQuadRasterization: Bool { flags.bit(7) }
  /// 0 none, 1 front, 2 back, 3 both.
  @inlinable public var cullFace: UInt32 { flags.bits(8, 2) }
  /// 0 fill, 1 line, 2 point.
  @inlinable public var fillFront: UInt32 { flags.bits(10, 2) }
  @inlinable public var fillBack: UInt32 { flags.bits(12, 2) }
  @inlinable public var scissor: Bool { flags.bit(14) }
  @inlinable public var frontCCW: Bool { flags.bit(15) }
  @inlinable public var clampVertexColor: Bool { flags.bit(16) }
  @inlinable public var clampFragmentColor: Bool { flags.bit(17) }
  @inlinable public var offsetLine: Bool { flags.bit(18) }
  @inlinable public var offsetPoint: Bool { flags.bit(19) }
  @inlinable public var offsetFill: Bool { flags.bit(20) }
  @inlinable public var polygonSmooth: Bool { flags.bit(21) }
  @inlinable public var polygonStipple: Bool { flags.bit(22) }
  @inlinable public var pointSizePerVertex: Bool { flags.bit(24) }
  @inlinable public var multisample: Bool { flags.bit(25) }
  @inlinable public var lineSmooth: Bool { flags.bit(26) }
  @inlinable public var lineStipple: Bool { flags.bit(27) }
  @inlinable public var forcePerSample: Bool { flags.bit(31) }
  @inlinable public var lineStipplePattern: UInt32 { stippleAndClip.bits(0, 16) }
  @inlinable public var lineStippleFactor: UInt32 { stippleAndClip.bits(16, 8) }
  @inlinable public var clipPlaneEnable: UInt32 { stippleAndClip.bits(24, 8) }
}

/// DSA, 5 dwords: depth, stencil and alpha test.
@frozen
public struct CreateDepthStencilAlpha: Equatable, Sendable {
  public var flags: UInt32
  public var front: StencilFace
  public var back: StencilFace
  public var alphaReference: Float

  @inlinable
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count == 5 else { throw .length }
    flags = payload[1]
    front = StencilFace(payload[2])
    back = StencilFace(payload[3])
    alphaReference = payload.float(4)
  }

  /// Everything off: the state of handle 0.
  @inlinable public init() {
    flags = 0
    front = StencilFace(0)
    back = StencilFace(0)
    alphaReference = 0
  }

  @inlinable public var depthTest: Bool { flags.bit(0) }
  @inlinable public var depthWrite: Bool { flags.bit(1) }
  /// GL_NEVER + n.
  @inlinable public var depthFunction: UInt32 { flags.bits(2, 3) }
  @inlinable public var alphaTest: Bool { flags.bit(8) }
  @inlinable public var alphaFunction: UInt32 { flags.bits(9, 3) }
}

/// One face's stencil test.
@frozen
public struct StencilFace: Equatable, Sendable {
  public var rawValue: UInt32

  @inlinable public init(_ rawValue: UInt32) { self.rawValue = rawValue }

  @inlinable public var isEnabled: Bool { rawValue.bit(0) }
  @inlinable public var function: UInt32 { rawValue.bits(1, 3) }
  @inlinable public var failOp: UInt32 { rawValue.bits(4, 3) }
  @inlinable public var depthPassOp: UInt32 { rawValue.bits(7, 3) }
  @inlinable public var depthFailOp: UInt32 { rawValue.bits(10, 3) }
  @inlinable public var valueMask: UInt32 { rawValue.bits(13, 8) }
  @inlinable public var writeMask: UInt32 { rawValue.bits(21, 8) }
}
