/// A map from nonzero 32-bit ids that the guest chose to objects: open addressing, linear probing,
/// no tombstones.
///
/// Each map multiplies by an odd number of its own that no guest knows: ids from a counter are spread, and ids chosen
/// to collide do so in no map.
///
/// Lookups hand out a borrowed reference without reference counting; see `lookup`.
struct HandleMap<Object: AnyObject>: ~Copyable {
  private var keys: UnsafeMutablePointer<UInt32>
  private var values: UnsafeMutablePointer<Unmanaged<Object>?>
  private var mask: Int
  private let multiplier: UInt64
  private(set) var count = 0

  init() {
    var generator = SystemRandomNumberGenerator()
    multiplier = generator.next() | 1
    mask = 15
    keys = .allocate(capacity: 16)
    keys.initialize(repeating: 0, count: 16)
    values = .allocate(capacity: 16)
    values.initialize(repeating: nil, count: 16)
  }

  deinit {
    for slot in 0...mask { values[slot]?.release() }
    keys.deallocate()
    values.deallocate()
  }

  @inline(__always)
  private func home(_ key: UInt32) -> Int {
    Int(truncatingIfNeeded: (UInt64(key) &* multiplier) &>> 32) & mask
  }

  @inline(__always)
  private func slot(of key: UInt32) -> Int? {
    var slot = home(key)
    while keys[slot] != key {
      if keys[slot] == 0 { return nil }
      slot = (slot &+ 1) & mask
    }
    return slot
  }

  /// Slots that a look-up of this id passes.
  func walkLength(_ key: UInt32) -> Int {
    var slot = home(key)
    var length = 0
    while keys[slot] != key, keys[slot] != 0 {
      slot = (slot &+ 1) & mask
      length += 1
    }
    return length
  }

  /// The object of an id, or nil. Id 0 is never found.
  @inline(__always)
  func lookup(_ key: UInt32) -> Object? {
    guard key != 0, let slot = slot(of: key) else { return nil }
    return values[slot]?.takeUnretainedValue()
  }

  /// Enters an object under a nonzero id; returns the one it replaces.
  @discardableResult
  mutating func insert(_ key: UInt32, _ object: Object) -> Object? {
    let held = Unmanaged.passRetained(object)
    if let slot = slot(of: key) {
      let replaced = values[slot]
      values[slot] = held
      return replaced?.takeRetainedValue()
    }
    if (count &+ 1) &* 4 > (mask &+ 1) &* 3 { grow() }
    place(key, held)
    count &+= 1
    return nil
  }

  /// Takes an object out, or nil when the id is unknown.
  mutating func remove(_ key: UInt32) -> Object? {
    guard key != 0, var hole = slot(of: key) else { return nil }
    let removed = values[hole]
    count &-= 1
    // Close the gap: move back every later entry of the cluster that may not stay behind it.
    var next = (hole &+ 1) & mask
    while keys[next] != 0 {
      let distance = (next &- home(keys[next])) & mask
      if distance >= ((next &- hole) & mask) {
        keys[hole] = keys[next]
        values[hole] = values[next]
        hole = next
      }
      next = (next &+ 1) & mask
    }
    keys[hole] = 0
    values[hole] = nil
    return removed?.takeRetainedValue()
  }

  /// Calls `body` with each object, in no order; `body` must not change the map.
  func forEach(_ body: (UInt32, Object) -> Void) {
    for slot in 0...mask where keys[slot] != 0 {
      if let object = values[slot]?.takeUnretainedValue() { body(keys[slot], object) }
    }
  }

  private mutating func place(_ key: UInt32, _ value: Unmanaged<Object>) {
    var slot = home(key)
    while keys[slot] != 0 { slot = (slot &+ 1) & mask }
    keys[slot] = key
    values[slot] = value
  }

  private mutating func grow() {
    let oldKeys = keys
    let oldValues = values
    let oldMask = mask
    mask = mask &* 2 &+ 1
    keys = .allocate(capacity: mask &+ 1)
    keys.initialize(repeating: 0, count: mask &+ 1)
    values = .allocate(capacity: mask &+ 1)
    values.initialize(repeating: nil, count: mask &+ 1)
    for slot in 0...oldMask where oldKeys[slot] != 0 {
      if let value = oldValues[slot] { place(oldKeys[slot], value) }
    }
    oldKeys.deallocate()
    oldValues.deallocate()
  }
}
