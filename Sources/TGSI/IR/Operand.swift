/// One of the four 32-bit components of a register.
@frozen
package enum Component: UInt8, CaseIterable, Sendable {
  case x, y, z, w
}

/// Which components a destination writes: bit 0 is x.
@frozen
package struct WriteMask: OptionSet, Hashable, Sendable {
  package var rawValue: UInt8

  @inlinable package init(rawValue: UInt8) { self.rawValue = rawValue }

  @inlinable package static var x: WriteMask { WriteMask(rawValue: 1) }
  @inlinable package static var y: WriteMask { WriteMask(rawValue: 2) }
  @inlinable package static var z: WriteMask { WriteMask(rawValue: 4) }
  @inlinable package static var w: WriteMask { WriteMask(rawValue: 8) }
  @inlinable package static var all: WriteMask { WriteMask(rawValue: 15) }

  @inlinable package func contains(_ component: Component) -> Bool { rawValue & (1 &<< component.rawValue) != 0 }
  /// Number of components in the mask.
  @inlinable package var count: Int { rawValue.nonzeroBitCount }
}

/// Four component selectors, two bits each: x in the lowest bits.
@frozen
package struct Swizzle: Hashable, Sendable {
  package var rawValue: UInt8

  @inlinable package init(rawValue: UInt8) { self.rawValue = rawValue }

  @inlinable
  package init(_ x: Component, _ y: Component, _ z: Component, _ w: Component) {
    rawValue = x.rawValue | y.rawValue &<< 2 | z.rawValue &<< 4 | w.rawValue &<< 6
  }

  /// `.xyzw`, which the text leaves out.
  @inlinable package static var identity: Swizzle { Swizzle(rawValue: 0b11_10_01_00) }

  /// Which source component arrives in component `position`.
  @inlinable
  package subscript(position: Component) -> Component {
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
package struct AddressOperand: Hashable, Sendable {
  /// Index of the ADDR register.
  package var register: UInt8
  package var component: Component

  @inlinable
  package init(register: UInt8, component: Component = .x) {
    self.register = register
    self.component = component
  }
}

/// The first of two brackets: vertex number, constant-buffer number or atomic-counter binding.
@frozen
package struct Dimension: Hashable, Sendable {
  /// The number itself, or the signed offset added to `indirect`.
  package var index: Int32
  package var indirect: AddressOperand?

  @inlinable
  package init(_ index: Int32, indirect: AddressOperand? = nil) {
    self.index = index
    self.indirect = indirect
  }
}

/// A register as an operand names it. 15 bytes.
@frozen
package struct Register: Hashable, Sendable {
  /// The register number, or the signed offset added to `indirect`.
  package var index: Int32
  package var indirect: AddressOperand?
  /// `(n)` behind an indirect bracket: the array meant; 0 when absent.
  package var arrayID: UInt16
  package var dimension: Dimension?
  package var file: RegisterFile

  @inlinable
  package init(
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
  @inlinable package static var none: Register { Register(.null, 0) }
}

/// What happens to a source after its swizzle; absolute value before negation.
@frozen
package struct SourceModifiers: OptionSet, Hashable, Sendable {
  package var rawValue: UInt8

  @inlinable package init(rawValue: UInt8) { self.rawValue = rawValue }

  @inlinable package static var absolute: SourceModifiers { SourceModifiers(rawValue: 1) }
  @inlinable package static var negate: SourceModifiers { SourceModifiers(rawValue: 2) }
}

@frozen
package struct Source: Hashable, Sendable {
  package var register: Register
  package var swizzle: Swizzle
  package var modifiers: SourceModifiers

  @inlinable
  package init(_ register: Register, swizzle: Swizzle = .identity, modifiers: SourceModifiers = []) {
    self.register = register
    self.swizzle = swizzle
    self.modifiers = modifiers
  }

  @inlinable package var negate: Bool { modifiers.contains(.negate) }
  @inlinable package var absolute: Bool { modifiers.contains(.absolute) }
}

@frozen
package struct Destination: Hashable, Sendable {
  package var register: Register
  package var mask: WriteMask

  @inlinable
  package init(_ register: Register, mask: WriteMask = .all) {
    self.register = register
    self.mask = mask
  }
}

/// A texel offset: three components of a directly named register, normally an immediate.
@frozen
package struct TexelOffset: Hashable, Sendable {
  package var index: Int32
  package var file: RegisterFile
  /// The first three selectors count; the fourth repeats the third.
  package var swizzle: Swizzle

  @inlinable
  package init(_ file: RegisterFile, _ index: Int32, swizzle: Swizzle) {
    self.file = file
    self.index = index
    self.swizzle = swizzle
  }
}
