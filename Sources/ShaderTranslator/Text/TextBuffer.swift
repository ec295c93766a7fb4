/// The growing GLSL text: bytes appended to one allocation.
///
/// All raw memory of the translator is in this file. Growth is geometric and ends at `limit`; past it the text is
/// cut and `isTruncated` says so.
@safe
struct TextBuffer: ~Copyable {
  /// Most bytes a text may have.
  static let limit = 64 << 20

  private var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private(set) var count = 0
  private(set) var isTruncated = false

  init(capacity: Int) {
    self.capacity = max(capacity, 64)
    unsafe base = .allocate(capacity: self.capacity)
  }

  deinit { unsafe base.deallocate() }

  @inline(__always)
  mutating func append(_ text: StaticString) {
    let length = text.utf8CodeUnitCount
    guard reserve(length) else { return }
    unsafe (base + count).update(from: text.utf8Start, count: length)
    count &+= length
  }

  @inline(__always)
  mutating func append(byte: UInt8) {
    guard reserve(1) else { return }
    unsafe base[count] = byte
    count &+= 1
  }

  /// Bytes of this text. Text only grows, so they stay where they are.
  struct Place {
    fileprivate(set) var start = 0
    fileprivate(set) var count = 0
  }

  /// What was appended since the text had `start` bytes; empty when it was cut.
  func place(from start: Int) -> Place {
    isTruncated ? Place() : Place(start: start, count: count - start)
  }

  mutating func appendAgain(_ place: Place) {
    guard place.start &+ place.count <= count, reserve(place.count) else { return }
    unsafe (base + count).update(from: base + place.start, count: place.count)
    count &+= place.count
  }

  mutating func append(bytes: ContiguousArray<UInt8>) {
    for byte in bytes { append(byte: byte) }
  }

  mutating func append(decimal value: Int) {
    if value < 0 { append(byte: UInt8(ascii: "-")) }
    append(decimal: UInt64(value.magnitude))
  }

  mutating func append(decimal value: UInt64) {
    guard value >= 10 else { return append(byte: UInt8(truncatingIfNeeded: 48 &+ value)) }
    guard reserve(20) else { return }
    var divisor: UInt64 = 1
    while value / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      unsafe base[count] = UInt8(truncatingIfNeeded: 48 + value / divisor % 10)
      count &+= 1
      divisor /= 10
    }
  }

  /// `0x` and eight digits.
  mutating func append(hex value: UInt32) {
    append("0x")
    for shift in stride(from: UInt32(28), through: 0, by: -4) {
      let digit = UInt8(truncatingIfNeeded: value >> shift & 15)
      append(byte: digit < 10 ? 48 + digit : 87 + digit)
    }
  }

  /// A copy of the text with a NUL behind it.
  consuming func finished() -> ContiguousArray<UInt8> {
    append(byte: 0)
    let length = count
    let source = unsafe base
    return unsafe ContiguousArray(unsafeUninitializedCapacity: length) { buffer, initialised in
      if let start = buffer.baseAddress { unsafe start.initialize(from: source, count: length) }
      initialised = length
    }
  }

  @inline(__always)
  private mutating func reserve(_ length: Int) -> Bool {
    if count &+ length <= capacity { return true }
    return grow(length)
  }

  private mutating func grow(_ length: Int) -> Bool {
    guard count + length <= Self.limit else {
      isTruncated = true
      return false
    }
    let wanted = max(capacity * 2, count + length)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: wanted)
    unsafe larger.update(from: base, count: count)
    unsafe base.deallocate()
    unsafe base = larger
    capacity = wanted
    return true
  }
}
