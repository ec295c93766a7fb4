// The payloads of CREATE_OBJECT, one struct per kind. Dword 1 is always the handle.

/// CREATE_OBJECT, the part common to all kinds.
@frozen
public struct CreateObject {
  /// Chosen by the guest, never 0.
  public var handle: UInt32

  @inlinable @inline(__always)
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count >= 1 else { throw .length }
    guard payload[0] != 0 else { throw .value }
    handle = payload[0]
  }
}

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

/// VERTEX_ELEMENTS, 1 + 4n dwords.
@frozen
public struct CreateVertexElements {
  public var count: Int

  @inlinable
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count >= 1, (payload.count &- 1) & 3 == 0 else { throw .length }
    count = (payload.count &- 1) / 4
    guard count <= ProtocolLimits.vertexElements else { throw .range }
  }

  @inlinable
  public func element(_ index: Int, _ payload: Span<UInt32>) throws(CommandFault) -> WireVertexElement {
    let at = 1 &+ index &* 4
    guard payload[at &+ 2] < 32 else { throw .range }
    return WireVertexElement(
      offset: payload[at], divisor: payload[at &+ 1], buffer: payload[at &+ 2], format: payload[at &+ 3])
  }
}

/// One vertex attribute.
@frozen
public struct WireVertexElement {
  /// Bytes from the start of the vertex.
  public var offset: UInt32
  /// 0 = per vertex.
  public var divisor: UInt32
  /// 0…31.
  public var buffer: UInt32
  public var format: UInt32

  @inlinable
  public init(offset: UInt32, divisor: UInt32, buffer: UInt32, format: UInt32) {
    self.offset = offset
    self.divisor = divisor
    self.buffer = buffer
    self.format = format
  }
}

/// SAMPLER_VIEW, 6 dwords.
@frozen
public struct CreateSamplerView {
  public var resource: UInt32
  public var format: UInt32
  /// 0 = the resource's own target.
  public var target: UInt32
  /// Textures: first layer in bits 0…15, last in 16…31. Buffers: first element.
  public var layersOrFirst: UInt32
  /// Textures: first level in bits 0…7, last in 8…15. Buffers: last element.
  public var levelsOrLast: UInt32
  /// Four three-bit selectors, red first: X, Y, Z, W, ZERO, ONE.
  public var swizzle: UInt32

  @inlinable
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count == 6 else { throw .length }
    resource = payload[1]
    format = payload[2].bits(0, 24)
    target = payload[2].bits(24, 8)
    layersOrFirst = payload[3]
    levelsOrLast = payload[4]
    swizzle = payload[5].bits(0, 12)
    for i in 0..<4 as Range<UInt32> where swizzle.bits(i &* 3, 3) > 5 { throw .value }
  }

  @inlinable public var firstLayer: UInt32 { layersOrFirst.bits(0, 16) }
  @inlinable public var lastLayer: UInt32 { layersOrFirst.bits(16, 16) }
  @inlinable public var firstLevel: UInt32 { levelsOrLast.bits(0, 8) }
  @inlinable public var lastLevel: UInt32 { levelsOrLast.bits(8, 8) }
}

/// SAMPLER_STATE, 9 dwords.
@frozen
public struct CreateSamplerState: Sendable {
  public var flags: UInt32
  public var lodBias: Float
  public var minLOD: Float
  public var maxLOD: Float
  public var borderColor: ClearColor

  @inlinable
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count == 9 else { throw .length }
    flags = payload[1]
    guard flags.bits(11, 2) != 3 else { throw .value }
    lodBias = payload.float(2)
    minLOD = payload.float(3)
    maxLOD = payload.float(4)
    borderColor = ClearColor(payload, at: 5)
  }

  @inlinable public var wrapS: UInt32 { flags.bits(0, 3) }
  @inlinable public var wrapT: UInt32 { flags.bits(3, 3) }
  @inlinable public var wrapR: UInt32 { flags.bits(6, 3) }
  /// 0 nearest, 1 linear.
  @inlinable public var minFilter: UInt32 { flags.bits(9, 1) }
  /// 0 nearest, 1 linear, 2 none.
  @inlinable public var mipFilter: UInt32 { flags.bits(11, 2) }
  @inlinable public var magFilter: UInt32 { flags.bits(13, 1) }
  @inlinable public var compareEnable: Bool { flags.bit(15) }
  @inlinable public var compareFunction: UInt32 { flags.bits(16, 3) }
  @inlinable public var seamlessCube: Bool { flags.bit(19) }
  @inlinable public var maxAnisotropy: UInt32 { flags.bits(20, 5) }
}

/// SURFACE, 5 dwords, and MSAA_SURFACE, 6.
@frozen
public struct CreateSurface {
  public var resource: UInt32
  public var format: UInt32
  /// Textures: level. Buffers: first element.
  public var levelOrFirst: UInt32
  /// Textures: first layer in bits 0…15, last in 16…31. Buffers: last element.
  public var layersOrLast: UInt32
  /// 0 for a plain surface.
  public var samples: UInt32

  @inlinable @inline(__always)
  public init(_ payload: Span<UInt32>, multisample: Bool) throws(CommandFault) {
    guard payload.count == (multisample ? 6 : 5) else { throw .length }
    resource = payload[1]
    format = payload[2]
    levelOrFirst = payload[3]
    layersOrLast = payload[4]
    samples = multisample ? payload[5] : 0
  }

  @inlinable public var firstLayer: UInt32 { layersOrLast.bits(0, 16) }
  @inlinable public var lastLayer: UInt32 { layersOrLast.bits(16, 16) }
}

/// QUERY, 4 dwords. The offset in dword 3 is ignored: results go to the start of the buffer.
@frozen
public struct CreateQuery {
  public var type: UInt32
  public var index: UInt32
  public var resource: UInt32

  @inlinable
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count == 4 else { throw .length }
    type = payload[1].bits(0, 16)
    index = payload[1].bits(16, 16)
    resource = payload[3]
  }
}

/// STREAMOUT_TARGET, 4 dwords.
@frozen
public struct CreateStreamOutTarget {
  public var resource: UInt32
  /// Bytes.
  public var offset: UInt32
  /// Bytes.
  public var size: UInt32

  @inlinable
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count == 4 else { throw .length }
    resource = payload[1]
    offset = payload[2]
    size = payload[3]
  }
}
