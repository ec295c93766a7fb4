/// A SHA-256 digest: 32 bytes, as four big-endian words.
package struct Digest: Hashable, Sendable {
  package static let byteCount = 32

  private let a: UInt64
  private let b: UInt64
  private let c: UInt64
  private let d: UInt64

  /// nil unless there are 32 bytes.
  package init?(bytes: [UInt8]) {
    guard bytes.count == Digest.byteCount else { return nil }
    func word(_ index: Int) -> UInt64 { bytes[8 * index..<8 * index + 8].reduce(0) { $0 << 8 | UInt64($1) } }
    self.init(a: word(0), b: word(1), c: word(2), d: word(3))
  }

  fileprivate init(a: UInt64, b: UInt64, c: UInt64, d: UInt64) {
    self.a = a
    self.b = b
    self.c = c
    self.d = d
  }

  /// In the order in which they are written down.
  package var bytes: [UInt8] {
    [a, b, c, d].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * $0)) } }
  }

  /// 64 lower-case digits.
  package var hexadecimal: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}

/// SHA-256 (FIPS 180-4), for what a file must not be mistaken for.
package struct SHA256 {
  private var state: InlineArray<8, UInt32> = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  /// The start of a block that is not full yet.
  private var block = InlineArray<64, UInt8>(repeating: 0)
  private var filled = 0
  private var byteCount: UInt64 = 0

  package init() {}

  package static func digest(of bytes: Span<UInt8>) -> Digest {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finish()
  }

  package mutating func update(_ bytes: Span<UInt8>) {
    byteCount &+= UInt64(bytes.count)
    var next = 0
    while filled > 0, next < bytes.count { append(bytes[next], &next) }
    while bytes.count &- next >= 64 {
      compress(bytes, from: next)
      next &+= 64
    }
    while next < bytes.count { append(bytes[next], &next) }
  }

  /// A number as its eight little-endian bytes.
  package mutating func update(_ number: UInt64) {
    let bytes = InlineArray<8, UInt8> { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
    update(bytes.span)
  }

  package consuming func finish() -> Digest {
    let bits = byteCount &* 8
    var ignored = 0
    append(0x80, &ignored)
    while filled != 56 { append(0, &ignored) }
    for shift in stride(from: UInt64(56), through: 0, by: -8) {
      append(UInt8(truncatingIfNeeded: bits >> shift), &ignored)
    }
    func pair(_ index: Int) -> UInt64 { UInt64(state[index]) << 32 | UInt64(state[index + 1]) }
    return Digest(a: pair(0), b: pair(2), c: pair(4), d: pair(6))
  }

  private mutating func append(_ byte: UInt8, _ next: inout Int) {
    block[filled] = byte
    filled &+= 1
    next &+= 1
    guard filled == 64 else { return }
    filled = 0
    let full = block
    compress(full.span, from: 0)
  }

  private mutating func compress(_ bytes: Span<UInt8>, from start: Int) {
    var words = InlineArray<16, UInt32> { index in
      let at = start &+ 4 &* index
      return UInt32(bytes[at]) << 24 | UInt32(bytes[at &+ 1]) << 16 | UInt32(bytes[at &+ 2]) << 8
        | UInt32(bytes[at &+ 3])
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    let constants = Self.constants
    for round in 0..<64 {
      if round >= 16 {
        let early = words[(round &+ 1) & 15]
        let late = words[(round &+ 14) & 15]
        let first = Self.rotate(early, 7) ^ Self.rotate(early, 18) ^ early >> 3
        let second = Self.rotate(late, 17) ^ Self.rotate(late, 19) ^ late >> 10
        words[round & 15] = words[round & 15] &+ first &+ words[(round &+ 9) & 15] &+ second
      }
      let mixed = Self.rotate(e, 6) ^ Self.rotate(e, 11) ^ Self.rotate(e, 25)
      let choice = (e & f) ^ (~e & g)
      let sum = h &+ mixed &+ choice &+ constants[round] &+ words[round & 15]
      let spread = Self.rotate(a, 2) ^ Self.rotate(a, 13) ^ Self.rotate(a, 22)
      let majority = (a & b) ^ (a & c) ^ (b & c)
      (h, g, f, e) = (g, f, e, d &+ sum)
      (d, c, b, a) = (c, b, a, sum &+ spread &+ majority)
    }
    let results: InlineArray<8, UInt32> = [a, b, c, d, e, f, g, h]
    for index in 0..<8 { state[index] &+= results[index] }
  }

  @inline(__always)
  private static func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 { word >> count | word << (32 &- count) }

  /// Fractional parts of the cube roots of the first 64 primes.
  private static let constants: InlineArray<64, UInt32> = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
    0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
    0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
  ]
}
