// Objects by which shaders and framebuffers see resources.

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
