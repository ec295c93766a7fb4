/// An inclusive range of register numbers.
@frozen
package struct RegisterRange: Hashable, Sendable {
  package var first: UInt16
  package var last: UInt16

  @inlinable
  package init(_ first: UInt16, _ last: UInt16) {
    self.first = first
    self.last = last
  }

  /// Number of registers; 0 for a reversed range, which no `ValidShader` holds.
  @inlinable package var count: Int { max(0, Int(last) - Int(first) + 1) }
  @inlinable package func contains(_ index: Int32) -> Bool { index >= Int32(first) && index <= Int32(last) }
  @inlinable
  package func overlaps(_ other: RegisterRange) -> Bool { first <= other.last && other.first <= last }
}

/// `DCL IN[…]` and `DCL OUT[…]`.
package struct InterfaceDeclaration: Equatable, Sendable {
  package var range: RegisterRange
  /// Written with two brackets: every vertex of the primitive or patch has its own copy.
  package var perVertex = false
  /// nil on vertex-shader inputs only.
  package var semantic: Semantic?
  package var usage: WriteMask = .all
  package var arrayID: UInt16 = 0
  package var interpolation: Interpolation?
  package var location: InterpolationLocation?
  package var invariant = false
  /// Vertex stream of each component (geometry outputs), two bits each from x upwards.
  package var streams: UInt8 = 0
  /// Byte offset of the declaration in the text.
  package var position: UInt32 = 0

  package init(range: RegisterRange, semantic: Semantic? = nil) {
    self.range = range
    self.semantic = semantic
  }

  /// The vertex stream of one component, 0…3.
  package func stream(of component: Component) -> Int { Int(streams &>> (component.rawValue &* 2) & 3) }
}

/// `DCL SV[…]`.
package struct SystemValueDeclaration: Equatable, Sendable {
  package var range: RegisterRange
  package var semantic: Semantic
  package var usage: WriteMask = .all
  package var position: UInt32 = 0

  package init(range: RegisterRange, semantic: Semantic) {
    self.range = range
    self.semantic = semantic
  }
}

/// `DCL TEMP[…]`: single registers, or an array when `arrayID` is not 0.
package struct TemporaryDeclaration: Equatable, Sendable {
  package var range: RegisterRange
  package var arrayID: UInt16 = 0
  package var isLocal = false
  package var position: UInt32 = 0

  package init(range: RegisterRange, arrayID: UInt16 = 0) {
    self.range = range
    self.arrayID = arrayID
  }
}

/// `DCL CONST[…]`. Buffer 0 may come in several ranges; its size is the highest slot plus one.
package struct ConstantDeclaration: Equatable, Sendable {
  /// `CONST[0][…]` and `CONST[…]` are the same buffer.
  package var buffer: UInt8
  package var range: RegisterRange
  package var position: UInt32 = 0

  package init(buffer: UInt8, range: RegisterRange) {
    self.buffer = buffer
    self.range = range
  }
}

/// `DCL SAMP[…]` and `DCL ADDR[…]`: nothing but a range.
package struct PlainDeclaration: Equatable, Sendable {
  package var range: RegisterRange
  package var position: UInt32 = 0

  package init(range: RegisterRange) { self.range = range }
}

/// `DCL SVIEW[…], target, type`: describes what the sampler of the same number reads.
package struct SamplerViewDeclaration: Equatable, Sendable {
  package var range: RegisterRange
  package var target: TextureTarget
  /// Return type of x; the other components follow it in every text seen.
  package var returnType: ReturnType
  package var position: UInt32 = 0

  package init(range: RegisterRange, target: TextureTarget, returnType: ReturnType) {
    self.range = range
    self.target = target
    self.returnType = returnType
  }
}

/// `DCL IMAGE[…]`.
package struct ImageDeclaration: Equatable, Sendable {
  package var range: RegisterRange
  package var target: TextureTarget
  package var format: ImageFormat = .none
  package var writable = false
  package var raw = false
  package var position: UInt32 = 0

  package init(range: RegisterRange, target: TextureTarget) {
    self.range = range
    self.target = target
  }
}

/// `DCL BUFFER[…]`.
package struct BufferDeclaration: Equatable, Sendable {
  package var range: RegisterRange
  /// Old guests put atomic counters into storage buffers and marked them so.
  package var atomic = false
  package var position: UInt32 = 0

  package init(range: RegisterRange) { self.range = range }
}

/// `DCL HWATOMIC[binding][first..last]`.
package struct AtomicCounterDeclaration: Equatable, Sendable {
  package var binding: UInt16
  package var range: RegisterRange
  package var arrayID: UInt16 = 0
  package var position: UInt32 = 0

  package init(binding: UInt16, range: RegisterRange) {
    self.binding = binding
    self.range = range
  }
}

/// `DCL MEMORY[…]`: the index has no meaning; instructions name `MEMORY[0]`.
package enum MemoryKind: UInt8, CaseIterable, Sendable {
  case global, shared, `private`, input

  static let words: StaticString = "GLOBAL SHARED PRIVATE INPUT"
}

package struct MemoryDeclaration: Equatable, Sendable {
  package var range: RegisterRange
  package var kind: MemoryKind
  package var position: UInt32 = 0

  package init(range: RegisterRange, kind: MemoryKind) {
    self.range = range
    self.kind = kind
  }
}
