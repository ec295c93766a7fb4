/// PIPE_RESOURCE_CREATE (48): a resource parked under a blob id until CREATE_BLOB takes it.
@frozen
public struct PipeResourceCreate {
  public var target: UInt32
  /// The guest's internal format number, not a wire format: a known guest defect.
  public var format: UInt32
  public var bind: UInt32
  public var width: UInt32
  public var height: UInt32
  public var depth: UInt32
  public var arraySize: UInt32
  public var lastLevel: UInt32
  public var samples: UInt32
  public var flags: UInt32
  public var blobID: UInt32

  @inlinable
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count == 11 else { throw .length }
    target = payload[0]
    format = payload[1]
    bind = payload[2]
    width = payload[3]
    height = payload[4]
    depth = payload[5]
    arraySize = payload[6]
    lastLevel = payload[7]
    samples = payload[8]
    flags = payload[9]
    blobID = payload[10]
  }
}

/// PIPE_RESOURCE_SET_TYPE (49): gives an untyped blob a format and planes.
@frozen
public struct PipeResourceSetType {
  public var resource: UInt32
  public var format: UInt32
  public var bind: UInt32
  public var width: UInt32
  public var height: UInt32
  public var modifier: UInt64
  /// 1…4.
  public var planeCount: Int

  @inlinable
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count >= 10, payload.count <= 16, payload.count & 1 == 0 else { throw .length }
    resource = payload[0]
    format = payload[1]
    bind = payload[2]
    width = payload[3]
    height = payload[4]
    modifier = UInt64(payload[6]) | UInt64(payload[7]) << 32
    planeCount = (payload.count &- 8) / 2
  }

  @inlinable
  public func plane(_ index: Int, _ payload: Span<UInt32>) -> (stride: UInt32, offset: UInt32) {
    (payload[8 &+ index &* 2], payload[9 &+ index &* 2])
  }
}

/// SEND_STRING_MARKER (51): `length` bytes of text from dword 2.
@frozen
public struct SendStringMarker {
  /// Bytes, no more than the payload holds.
  public var length: Int

  @inlinable
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count >= 2 else { throw .length }
    guard Int(payload[0]) <= 4 &* (payload.count &- 1) else { throw .range }
    length = Int(payload[0])
  }
}

/// GET_PIPE_RESOURCE_LAYOUT (63).
@frozen
public struct GetPipeResourceLayout {
  public var output: UInt32
  public var resource: UInt32

  @inlinable
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count >= 2 else { throw .length }
    output = payload[0]
    resource = payload[1]
  }
}
