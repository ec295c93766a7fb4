/// A short list stored inline: at most `capacity` elements, no allocation.
///
/// The subscript traps outside `0..<count`, so operand numbers come from the opcode table, never from the guest.
@frozen
package struct FixedList<let capacity: Int, Element: Sendable>: Sendable {
  @usableFromInline var storage: InlineArray<capacity, Element>
  @usableFromInline var used: UInt8

  @inlinable
  package init(filledWith filler: Element) {
    storage = InlineArray(repeating: filler)
    used = 0
  }

  @inlinable package var count: Int { Int(used) }
  @inlinable package var isEmpty: Bool { used == 0 }
  @inlinable package var indices: Range<Int> { 0..<Int(used) }

  @inlinable
  package subscript(index: Int) -> Element {
    get {
      precondition(index >= 0 && index < Int(used), "no such operand")
      return storage[index]
    }
    set {
      precondition(index >= 0 && index < Int(used), "no such operand")
      storage[index] = newValue
    }
  }

  /// Appends; false, with nothing changed, when the list is full.
  @inlinable
  @discardableResult
  package mutating func append(_ element: Element) -> Bool {
    guard Int(used) < capacity else { return false }
    storage[Int(used)] = element
    used &+= 1
    return true
  }
}

extension FixedList: Equatable where Element: Equatable {
  @inlinable
  package static func == (a: Self, b: Self) -> Bool {
    guard a.used == b.used else { return false }
    for index in a.indices where a.storage[index] != b.storage[index] { return false }
    return true
  }
}
