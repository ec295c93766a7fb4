/// The first dword of a packet: command in bits 0…7, object kind in bits 8…15, payload length in
/// dwords (header not counted) in bits 16…31.
@frozen
public struct CommandHeader: Equatable, Sendable {
  public var rawValue: UInt32

  @inlinable public init(_ rawValue: UInt32) { self.rawValue = rawValue }

  @inlinable public var code: UInt8 { UInt8(truncatingIfNeeded: rawValue) }
  @inlinable public var objectKind: UInt8 { UInt8(truncatingIfNeeded: rawValue >> 8) }
  /// 0…65535.
  @inlinable public var length: Int { Int(rawValue >> 16) }
}
