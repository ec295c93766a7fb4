/// Plain values in numbered places that only grow in number: what an array is, without its copy-on-write checks.
///
/// Numbers outside trap. In this module, because accessors of another module's type are not inlined.
@safe
struct Places<Element: BitwiseCopyable>: ~Copyable {
  private var base: UnsafeMutablePointer<Element>
  private var capacity: Int
  private(set) var count: Int

  init() {
    capacity = 8
    unsafe base = .allocate(capacity: capacity)
    count = 0
  }

  deinit { unsafe base.deallocate() }

  @inline(__always)
  subscript(index: Int32) -> Element {
    @inline(__always) _read {
      precondition(UInt(bitPattern: Int(index)) < UInt(bitPattern: count))
      yield unsafe base[Int(index)]
    }
    @inline(__always) _modify {
      precondition(UInt(bitPattern: Int(index)) < UInt(bitPattern: count))
      yield unsafe &base[Int(index)]
    }
  }

  /// Adds a place. - Returns: its number.
  mutating func append(_ value: Element) -> Int32 {
    if count == capacity { grow() }
    unsafe (base + count).initialize(to: value)
    count += 1
    return Int32(count - 1)
  }

  @inline(never)
  private mutating func grow() {
    let grown = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
    unsafe grown.moveInitialize(from: base, count: count)
    unsafe base.deallocate()
    unsafe base = grown
    capacity *= 2
  }
}
