/// BLIT (16).
@frozen
public struct Blit {
  /// Bit 0…3 RGBA, 4 depth, 5 stencil.
  public var mask: UInt32
  /// 0 nearest, 1 linear.
  public var filter: UInt32
  public var scissorEnable: Bool
  public var honoursRenderCondition: Bool
  public var alphaBlend: Bool
  public var scissor: WireScissor
  public var destination: BlitSide
  public var source: BlitSide

  @inlinable
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count == 21 else { throw .length }
    mask = payload[0].bits(0, 8)
    filter = payload[0].bits(8, 2)
    scissorEnable = payload[0].bit(10)
    honoursRenderCondition = payload[0].bit(11)
    alphaBlend = payload[0].bit(12)
    scissor = WireScissor(min: payload[1], max: payload[2])
    destination = BlitSide(payload, at: 3)
    source = BlitSide(payload, at: 12)
  }
}

/// One end of a BLIT.
@frozen
public struct BlitSide {
  public var resource: UInt32
  public var level: UInt32
  /// The format to view the resource with.
  public var format: UInt32
  public var box: WireBox

  @inlinable
  public init(_ payload: Span<UInt32>, at index: Int) {
    resource = payload[index]
    level = payload[index &+ 1]
    format = payload[index &+ 2]
    box = WireBox(payload, at: index &+ 3)
  }
}

/// RESOURCE_COPY_REGION (17).
@frozen
public struct CopyRegion {
  public var destination: UInt32
  public var destinationLevel: UInt32
  public var destinationX: UInt32
  public var destinationY: UInt32
  public var destinationZ: UInt32
  public var source: UInt32
  public var sourceLevel: UInt32
  public var sourceBox: WireBox

  @inlinable
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count == 13 else { throw .length }
    destination = payload[0]
    destinationLevel = payload[1]
    destinationX = payload[2]
    destinationY = payload[3]
    destinationZ = payload[4]
    source = payload[5]
    sourceLevel = payload[6]
    sourceBox = WireBox(payload, at: 7)
  }
}

/// CLEAR_TEXTURE (47): the texel is one block in the resource's format, as in guest memory.
@frozen
public struct ClearTexture {
  public var resource: UInt32
  public var level: UInt32
  public var box: WireBox
  public var texel: ClearColor

  @inlinable
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count == 12 else { throw .length }
    resource = payload[0]
    level = payload[1]
    box = WireBox(payload, at: 2)
    texel = ClearColor(payload, at: 8)
  }
}
