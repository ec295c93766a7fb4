/// GET_QUERY_RESULT (21). The wait flag is ignored: results always arrive before the fence.
@frozen
public struct GetQueryResult {
  public var handle: UInt32

  @inlinable
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count == 2 else { throw .length }
    handle = payload[0]
  }
}

/// GET_QUERY_RESULT_QBO (42).
@frozen
public struct GetQueryResultQBO {
  public var handle: UInt32
  public var buffer: UInt32
  public var wait: Bool
  /// 0 I32, 1 U32, 2 I64, 3 U64.
  public var resultType: UInt32
  /// Bytes.
  public var offset: UInt32
  /// -1 = availability instead of the result.
  public var index: Int32

  @inlinable
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count == 6 else { throw .length }
    handle = payload[0]
    buffer = payload[1]
    wait = payload[2] != 0
    resultType = payload[3]
    offset = payload[4]
    index = payload.signed(5)
  }
}

/// SET_RENDER_CONDITION (26).
@frozen
public struct SetRenderCondition {
  /// 0 ends conditional rendering.
  public var handle: UInt32
  public var isInverted: Bool
  /// 0 wait, 1 no wait, 2 by region wait, 3 by region no wait.
  public var mode: UInt32

  @inlinable
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count == 3 else { throw .length }
    handle = payload[0]
    isInverted = payload[1].bit(0)
    mode = payload[2]
  }
}
