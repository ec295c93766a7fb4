/// A set of the cases of an enum numbered from 0, at most 128 of them, in two machine words.
package struct EnumSet<Member: RawRepresentable & Sendable>: Hashable, Sendable where Member.RawValue == UInt8 {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  package init() {}

  package init(_ members: [Member]) {
    for member in members { insert(member) }
  }

  package var isEmpty: Bool { low | high == 0 }

  package func contains(_ member: Member) -> Bool {
    let bit = member.rawValue
    return bit < 64 ? low >> UInt64(bit) & 1 != 0 : high >> UInt64(bit & 63) & 1 != 0
  }

  package mutating func insert(_ member: Member) {
    let bit = member.rawValue
    if bit < 64 { low |= 1 << UInt64(bit) } else { high |= 1 << UInt64(bit & 63) }
  }

  package mutating func formUnion(_ other: Self) {
    low |= other.low
    high |= other.high
  }

  /// Calls `body` with every member in order.
  func forEach<Fault: Error>(_ body: (Member) throws(Fault) -> Void) throws(Fault) {
    var words = (low, high)
    while words.0 != 0 {
      if let member = Member(rawValue: UInt8(truncatingIfNeeded: words.0.trailingZeroBitCount)) { try body(member) }
      words.0 &= words.0 &- 1
    }
    while words.1 != 0 {
      if let member = Member(rawValue: UInt8(truncatingIfNeeded: 64 + words.1.trailingZeroBitCount)) {
        try body(member)
      }
      words.1 &= words.1 &- 1
    }
  }
}

/// The extensions a host exposes, or a text requires.
package typealias ExtensionSet = EnumSet<GLSLExtension>
/// Features a shader asks for, or is granted.
package typealias FeatureSet = EnumSet<GLSLFeature>

extension EnumSet where Member == GLSLExtension {
  /// Asks `has` once for every extension known here.
  ///
  /// - Parameter has: whether the GL context exposes the extension of that name.
  package init(probing has: (StaticString) -> Bool) {
    self.init()
    for member in GLSLExtension.allCases where has(member.name) { insert(member) }
  }
}
