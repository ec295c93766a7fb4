/// One of the four 32-bit components of a register.
@frozen
public enum Component: UInt8, CaseIterable, Sendable {
  case x, y, z, w
}

/// Which components a destination writes: bit 0 is x.
@frozen
public struct WriteMask: OptionSet, Hashable, Sendable {
  public var rawValue: UInt8

  @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

  @inlinable public static var x: WriteMask { WriteMask(rawValue: 1) }
  @inlinable public static var y: WriteMask { WriteMask(rawValue: 2) }
  @inlinable public static var z: WriteMask { WriteMask(rawValue: 4) }
  @inlinable public static var w: WriteMask { WriteMask(rawValue: 8) }
  @inlinable public static var all: WriteMask { WriteMask(rawValue: 15) }

  @inlinable public func contains(_ component: Component) -> Bool { rawValue & (1 &<< component.rawValue) != 0 }
  /// Number of components in the mask.
  @inlinable public var count: Int { rawValue.nonzeroBitCount }
}

/// Four component selectors, two bits each: x in the lowest bits.
@frozen
public struct Swizzle: Hashable, Sendable {
  public var rawValue: UInt8

  @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

  @inlinable
  public init(_ x: Component, _ y: Component, _ z: Component, _ w: Component) {
    rawValue = x.rawValue | y.rawValue &<< 2 | z.rawValue &<< 4 | w.rawValue &<< 6
  }

  /// `.xyzw`, which the text leaves out.
  @inlinable public static var identity: Swizzle { Swizzle(rawValue: 0b11_10_01_00) }

  /// The number of the source component that arrives in component number `position`, which counts modulo 4.
  @inlinable public func number(at position: UInt8) -> UInt8 { rawValue &>> (position & 3 &* 2) & 3 }

  /// Which source component arrives in component `position`.
  @inlinable
  public subscript(position: Component) -> Component {
    switch rawValue &>> (position.rawValue &* 2) & 3 {
    case 0: .x
    case 1: .y
    case 2: .z
    default: .w
    }
  }
}

/// The component of an address register added to a register index at run time.
@frozen
public struct AddressOperand: Hashable, Sendable {
  /// Index of the ADDR register.
  public var register: UInt8
  public var component: Component

  @inlinable
  public init(register: UInt8, component: Component = .x) {
    self.register = register
    self.component = component
  }
}

/// The first of two brackets: vertex number, constant-buffer number or atomic-counter binding.
@frozen
public struct Dimension: Hashable, Sendable {
  /// The number itself, or the signed offset added to `indirect`.
  public var index: Int32
  public var indirect: AddressOperand?

  @inlinable
  public init(_ index: Int32, indirect: AddressOperand? = nil) {
    self.index = index
    self.indirect = indirect
  }
}

/// A register as an operand names it. 15 bytes.
@frozen
public struct Register: Hashable, Sendable {
  /// The register number, or the signed offset added to `indirect`.
  public var index: Int32
  public var indirect: AddressOperand?
  /// `(n)` behind an indirect bracket: the array meant; 0 when absent.
  public var arrayID: UInt16
  public var dimension: Dimension?
  public var file: RegisterFile

  @inlinable
  public init(
    _ file: RegisterFile, _ index: Int32, indirect: AddressOperand? = nil, arrayID: UInt16 = 0,
    dimension: Dimension? = nil
  ) {
    self.file = file
    self.index = index
    self.indirect = indirect
    self.arrayID = arrayID
    self.dimension = dimension
  }

  /// A register that does not exist, to fill unused places.
  @inlinable public static var none: Register { Register(.null, 0) }
}

/// What happens to a source after its swizzle; absolute value before negation.
@frozen
public struct SourceModifiers: OptionSet, Hashable, Sendable {
  public var rawValue: UInt8

  @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

  @inlinable public static var absolute: SourceModifiers { SourceModifiers(rawValue: 1) }
  @inlinable public static var negate: SourceModifiers { SourceModifiers(rawValue: 2) }

  // Instead of the generic ones, which other modules call through witnesses.
  @inlinable public var isEmpty: Bool { rawValue == 0 }
  @inlinable public func contains(_ modifiers: SourceModifiers) -> Bool {
    rawValue & modifiers.rawValue == modifiers.rawValue
  }
}

@frozen
public struct Source: Hashable, Sendable {
  public var register: Register
  public var swizzle: Swizzle
  public var modifiers: SourceModifiers

  @inlinable
  public init(_ register: Register, swizzle: Swizzle = .identity, modifiers: SourceModifiers = []) {
    self.register = register
    self.swizzle = swizzle
    self.modifiers = modifiers
  }

  @inlinable public var negate: Bool { modifiers.contains(.negate) }
  @inlinable public var absolute: Bool { modifiers.contains(.absolute) }
}

@frozen
public struct Destination: Hashable, Sendable {
  public var register: Register
  public var mask: WriteMask

  @inlinable
  public init(_ register: Register, mask: WriteMask = .all) {
    self.register = register
    self.mask = mask
  }
}

/// A texel offset: three components of a directly named register, normally an immediate.
@frozen
public struct TexelOffset: Hashable, Sendable {
  public var index: Int32
  public var file: RegisterFile
  /// The first three selectors count; the fourth repeats the third.
  public var swizzle: Swizzle

  @inlinable
  public init(_ file: RegisterFile, _ index: Int32, swizzle: Swizzle) {
    self.file = file
    self.index = index
    self.swizzle = swizzle
  }
}
