// CREATE_OBJECT, and the objects that are neither fixed state nor views of resources. Dword 1 is always the handle.

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
