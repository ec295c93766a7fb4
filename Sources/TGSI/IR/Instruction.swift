/// Qualifiers of a memory access. Words the guest may write but that change nothing are not kept.
@frozen
public struct MemoryQualifiers: OptionSet, Hashable, Sendable {
  public var rawValue: UInt8

  @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

  @inlinable public static var coherent: MemoryQualifiers { MemoryQualifiers(rawValue: 1) }
  @inlinable public static var restrict: MemoryQualifiers { MemoryQualifiers(rawValue: 2) }
  @inlinable public static var volatile: MemoryQualifiers { MemoryQualifiers(rawValue: 4) }

  static let words: StaticString = "COHERENT RESTRICT VOLATILE STREAM_CACHE_POLICY"
}

/// One instruction, operands inline. Flow control has no labels: its structure is its nesting.
///
/// In a `ValidShader` the operand counts are those of `opcode.info`, and flow control is balanced.
@frozen
public struct Instruction: Equatable, Sendable {
  public var opcode: Opcode
  public var saturate = false
  public var precise = false
  /// Texture instructions always have one; memory instructions on images normally do.
  public var target: TextureTarget?
  public var qualifiers: MemoryQualifiers = []
  /// Format word of a memory instruction; `.none` when absent.
  public var format: ImageFormat = .none
  /// Number of texel offsets (0…4), stored in `Shader.texelOffsets` from `firstOffset` on.
  public var offsetCount: UInt8 = 0
  public var firstOffset: UInt32 = 0
  /// Byte offset of the mnemonic in the text.
  public var position: UInt32
  public var destinations = FixedList<2, Destination>(filledWith: Destination(.none))
  public var sources = FixedList<4, Source>(filledWith: Source(.none))

  @inlinable
  public init(_ opcode: Opcode, position: UInt32 = 0) {
    self.opcode = opcode
    self.position = position
  }
}
