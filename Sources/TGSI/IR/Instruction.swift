/// Qualifiers of a memory access. Words the guest may write but that change nothing are not kept.
@frozen
package struct MemoryQualifiers: OptionSet, Hashable, Sendable {
  package var rawValue: UInt8

  @inlinable package init(rawValue: UInt8) { self.rawValue = rawValue }

  @inlinable package static var coherent: MemoryQualifiers { MemoryQualifiers(rawValue: 1) }
  @inlinable package static var restrict: MemoryQualifiers { MemoryQualifiers(rawValue: 2) }
  @inlinable package static var volatile: MemoryQualifiers { MemoryQualifiers(rawValue: 4) }

  static let words: StaticString = "COHERENT RESTRICT VOLATILE STREAM_CACHE_POLICY"
}

/// One instruction, operands inline. Flow control has no labels: its structure is its nesting.
///
/// In a `ValidShader` the operand counts are those of `opcode.info`, and flow control is balanced.
@frozen
package struct Instruction: Equatable, Sendable {
  package var opcode: Opcode
  package var saturate = false
  package var precise = false
  /// Texture instructions always have one; memory instructions on images normally do.
  package var target: TextureTarget?
  package var qualifiers: MemoryQualifiers = []
  /// Format word of a memory instruction; `.none` when absent.
  package var format: ImageFormat = .none
  /// Number of texel offsets (0…4), stored in `Shader.texelOffsets` from `firstOffset` on.
  package var offsetCount: UInt8 = 0
  package var firstOffset: UInt32 = 0
  /// Byte offset of the mnemonic in the text.
  package var position: UInt32
  package var destinations = FixedList<2, Destination>(filledWith: Destination(.none))
  package var sources = FixedList<4, Source>(filledWith: Source(.none))

  @inlinable
  package init(_ opcode: Opcode, position: UInt32 = 0) {
    self.opcode = opcode
    self.position = position
  }
}
