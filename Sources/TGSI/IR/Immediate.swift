/// How an immediate was written. It converts nothing: every reader sees the same bits.
@frozen
package enum ImmediateType: UInt8, CaseIterable, Sendable {
  case float32, uint32, int32, float64, int64, uint64

  static let words: StaticString = "FLT32 UINT32 INT32 FLT64 INT64 UINT64"

  /// Two values of two words each instead of four values.
  @inlinable package var is64Bit: Bool { rawValue >= ImmediateType.float64.rawValue }
}

/// Four 32-bit words. A 64-bit value fills two of them, low word first.
@frozen
package struct Immediate: Equatable, Sendable {
  package var bits: SIMD4<UInt32>
  package var type: ImmediateType

  @inlinable
  package init(_ type: ImmediateType, _ bits: SIMD4<UInt32>) {
    self.type = type
    self.bits = bits
  }

  @inlinable package subscript(component: Component) -> UInt32 { bits[Int(component.rawValue)] }
}
