/// A short list stored inline: at most `capacity` elements, no allocation.
///
/// The subscript traps outside `0..<count`, so operand numbers come from the opcode table, never from the guest.
@frozen
public struct FixedList<let capacity: Int, Element: Sendable>: Sendable {
  @usableFromInline var storage: InlineArray<capacity, Element>
  @usableFromInline var used: UInt8

  @inlinable
  public init(filledWith filler: Element) {
    storage = InlineArray(repeating: filler)
    used = 0
  }

  @inlinable public var count: Int { Int(used) }
  @inlinable public var isEmpty: Bool { used == 0 }
  @inlinable public var indices: Range<Int> { 0..<Int(used) }

  @inlinable
  public subscript(index: Int) -> Element {
    @inline(__always) get {
      precondition(index >= 0 && index < Int(used), "no such operand")
      return storage[index]
    }
    @inline(__always) set {
      precondition(index >= 0 && index < Int(used), "no such operand")
      storage[index] = newValue
    }
  }

  /// Appends; false, with nothing changed, when the list is full.
  @inlinable
  @discardableResult
  public mutating func append(_ element: Element) -> Bool {
    guard Int(used) < capacity else { return false }
    storage[Int(used)] = element
    used &+= 1
    return true
  }
}

extension FixedList: Equatable where Element: Equatable {
  @inlinable
  public static func == (a: Self, b: Self) -> Bool {
    guard a.used == b.used else { return false }
    for index in a.indices where a.storage[index] != b.storage[index] { return false }
    return true
  }
}
