/// A pixel format by its number on the wire (`enum virgl_formats` of virgl_hw.h).
///
/// The format masks of the capability sets have 512 bits, so a value holds 0...511 and nothing else: whoever
/// indexes a table of 512 entries with `index` cannot leave it. Not every number has a format behind it;
/// `description` is nil for those. Named members exist for every known number (generated).
@frozen
public struct PixelFormat: Hashable, Sendable {
  /// How many numbers the capability masks can express.
  public static let limit = 512

  public let number: UInt16

  /// - Parameter wire: a number from the guest; nil when no capability mask could have offered it.
  @inlinable public init?(wire: UInt32) {
    guard wire < 512 else { return nil }
    number = UInt16(truncatingIfNeeded: wire)
  }

  /// For the generated names: `known` is below the limit.
  @inlinable public init(known: UInt16) {
    number = known & 511
  }

  /// The number as a table index, 0...511.
  @inlinable public var index: Int { Int(number) }
}

extension PixelFormat: CustomStringConvertible {
  public var description: String { "format \(number)" }
}
