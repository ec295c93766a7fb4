/// Reading of packet payloads. A command checks its length once and then reads fields by their
/// dword number; dword `n` of the specification (the header is dword 0) is `payload[n - 1]`.
extension Span<UInt32> {
  /// The dword as an IEEE single.
  @inlinable @inline(__always)
  public func float(_ index: Int) -> Float { Float(bitPattern: self[index]) }

  /// Two dwords, low half first, as an IEEE double.
  @inlinable @inline(__always)
  public func double(_ index: Int) -> Double {
    Double(bitPattern: UInt64(self[index]) | UInt64(self[index &+ 1]) << 32)
  }

  @inlinable @inline(__always)
  public func signed(_ index: Int) -> Int32 { Int32(bitPattern: self[index]) }
}

extension UInt32 {
  /// `width` bits from bit `low` upwards.
  @inlinable @inline(__always)
  public func bits(_ low: UInt32, _ width: UInt32) -> UInt32 { (self &>> low) & ((1 &<< width) &- 1) }

  @inlinable @inline(__always)
  public func bit(_ index: UInt32) -> Bool { (self &>> index) & 1 != 0 }
}

/// A run of table slots that a packet updates, proven to lie inside the table.
@frozen
public struct SlotRange: Equatable, Sendable {
  public var start: Int
  public var count: Int

  /// - Throws: `CommandFault.range` when `start + count` is beyond `limit`, whatever the numbers are.
  @inlinable @inline(__always)
  public init(start: UInt32, count: Int, limit: Int) throws(CommandFault) {
    guard count >= 0, count <= limit, Int(start) <= limit &- count else { throw .range }
    self.start = Int(start)
    self.count = count
  }
}

/// - Throws: `CommandFault.range` unless `raw` is one of the six shader stages.
@inlinable @inline(__always)
public func checkedStage(_ raw: UInt32) throws(CommandFault) -> Int {
  guard raw < 6 else { throw .range }
  return Int(raw)
}
