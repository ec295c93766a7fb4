/// SET_VIEWPORT_STATE (4): `count` viewports from slot `start`, six floats each from dword 2.
@frozen
public struct SetViewportState {
  public var slots: SlotRange

  @inlinable @inline(__always)
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count >= 1, (payload.count &- 1) % 6 == 0 else { throw .length }
    slots = try SlotRange(start: payload[0], count: (payload.count &- 1) / 6, limit: ProtocolLimits.viewports)
  }

  /// Scale and translation of one viewport.
  @inlinable @inline(__always)
  public func viewport(_ index: Int, _ payload: Span<UInt32>) -> WireViewport {
    let at = 1 &+ index &* 6
    return WireViewport(
      scaleX: payload.float(at), scaleY: payload.float(at &+ 1), scaleZ: payload.float(at &+ 2),
      translateX: payload.float(at &+ 3), translateY: payload.float(at &+ 4), translateZ: payload.float(at &+ 5))
  }
}

/// A Gallium viewport: clip space times scale plus translation gives window space.
@frozen
public struct WireViewport: Equatable, Sendable {
  public var scaleX: Float
  public var scaleY: Float
  public var scaleZ: Float
  public var translateX: Float
  public var translateY: Float
  public var translateZ: Float

  @inlinable
  public init(
    scaleX: Float = 0, scaleY: Float = 0, scaleZ: Float = 0, translateX: Float = 0, translateY: Float = 0,
    translateZ: Float = 0
  ) {
    self.scaleX = scaleX
    self.scaleY = scaleY
    self.scaleZ = scaleZ
    self.translateX = translateX
    self.translateY = translateY
    self.translateZ = translateZ
  }
}

/// SET_SCISSOR_STATE (15): two dwords a rectangle.
@frozen
public struct SetScissorState {
  public var slots: SlotRange

  @inlinable @inline(__always)
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count >= 1, (payload.count &- 1) & 1 == 0 else { throw .length }
    slots = try SlotRange(start: payload[0], count: (payload.count &- 1) / 2, limit: ProtocolLimits.viewports)
  }

  @inlinable @inline(__always)
  public func scissor(_ index: Int, _ payload: Span<UInt32>) -> WireScissor {
    WireScissor(min: payload[1 &+ index &* 2], max: payload[2 &+ index &* 2])
  }
}

/// A scissor rectangle: x in the low, y in the high half of each corner; `max` is exclusive.
@frozen
public struct WireScissor: Equatable, Sendable {
  public var min: UInt32
  public var max: UInt32

  @inlinable public init(min: UInt32 = 0, max: UInt32 = 0) {
    self.min = min
    self.max = max
  }

  @inlinable public var minX: Int32 { Int32(min & 0xffff) }
  @inlinable public var minY: Int32 { Int32(min >> 16) }
  /// Never negative: a rectangle whose corners are exchanged is empty.
  @inlinable public var width: Int32 { Swift.max(0, Int32(max & 0xffff) &- minX) }
  @inlinable public var height: Int32 { Swift.max(0, Int32(max >> 16) &- minY) }
}

/// SET_FRAMEBUFFER_STATE (5).
@frozen
public struct SetFramebufferState {
  /// 0…8.
  public var colorCount: Int
  /// 0 = no depth/stencil surface.
  public var depthStencil: UInt32

  @inlinable
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count >= 2 else { throw .length }
    guard payload[0] <= 8 else { throw .range }
    colorCount = Int(payload[0])
    guard payload.count == 2 &+ colorCount else { throw .length }
    depthStencil = payload[1]
  }

  /// Handle of colour surface `index`; 0 = hole.
  @inlinable
  public func color(_ index: Int, _ payload: Span<UInt32>) -> UInt32 { payload[2 &+ index] }
}

/// SET_FRAMEBUFFER_STATE_NO_ATTACH (38): the size of a framebuffer without attachments.
@frozen
public struct SetFramebufferStateNoAttach: Equatable {
  public var width: UInt32
  public var height: UInt32
  public var layers: UInt32
  public var samples: UInt32

  @inlinable
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count == 2 else { throw .length }
    width = payload[0].bits(0, 16)
    height = payload[0].bits(16, 16)
    layers = payload[1].bits(0, 16)
    samples = payload[1].bits(16, 8)
  }
}

/// SET_STENCIL_REF (13).
@frozen
public struct SetStencilRef {
  public var front: UInt8
  public var back: UInt8

  @inlinable @inline(__always)
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count == 1 else { throw .length }
    front = UInt8(truncatingIfNeeded: payload[0])
    back = UInt8(truncatingIfNeeded: payload[0] >> 8)
  }
}

/// SET_BLEND_COLOR (14).
@frozen
public struct SetBlendColor {
  public var red: Float
  public var green: Float
  public var blue: Float
  public var alpha: Float

  @inlinable @inline(__always)
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count == 4 else { throw .length }
    red = payload.float(0)
    green = payload.float(1)
    blue = payload.float(2)
    alpha = payload.float(3)
  }
}

/// A command whose whole payload is one dword: SET_SAMPLE_MASK, SET_MIN_SAMPLES, MEMORY_BARRIER,
/// TEXTURE_BARRIER, the sub-context commands, BEGIN_QUERY, END_QUERY, GET_MEMORY_INFO.
@frozen
public struct SingleDword {
  public var value: UInt32

  @inlinable @inline(__always)
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count == 1 else { throw .length }
    value = payload[0]
  }
}

/// SET_TESS_STATE (32): four outer and two inner default levels.
@frozen
public struct SetTessState {
  public var levels: InlineArray<6, Float>

  @inlinable
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count == 6 else { throw .length }
    levels = InlineArray(repeating: 0)
    for i in 0..<6 { levels[i] = payload.float(i) }
  }
}

/// SET_TWEAKS (46).
@frozen
public struct SetTweaks {
  public var id: UInt32
  public var value: UInt32

  @inlinable
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count >= 2 else { throw .length }
    id = payload[0]
    value = payload[1]
  }
}

/// SET_POLYGON_STIPPLE (22) and SET_CLIP_STATE (23): exactly 32 dwords, used as they are.
@frozen
public struct ThirtyTwoDwords {
  @inlinable
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count == 32 else { throw .length }
  }
}
