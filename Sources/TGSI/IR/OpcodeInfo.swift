/// What an opcode takes, gives and needs: one decoded row of `OpcodeTable`.
@frozen
public struct OpcodeInfo: Equatable, Sendable {
  /// How an operand's 32-bit components are read or written. Raw values are the letters of the table.
  @frozen
  public enum ValueType: UInt8, Sendable {
    /// Untyped: a copy of bits. Source modifiers act on the sign as on a float.
    case bits = 0x62  // b
    case float = 0x66  // f
    case int = 0x69  // i
    case uint = 0x75  // u
    /// All ones or all zeros.
    case mask = 0x6D  // m
    /// A double in two components, low word first.
    case double = 0x64  // d
    case int64 = 0x6C  // l
    case uint64 = 0x71  // q
    /// Names a sampler.
    case sampler = 0x73  // s
    /// Names an image, buffer, shared memory, atomic counter or (FBFETCH) an output.
    case resource = 0x72  // r
  }

  /// How the components of the result come about.
  @frozen
  public enum Form: UInt8, Sendable {
    case componentwise = 0x63  // c
    /// One scalar, repeated into every masked component.
    case scalar = 0x73  // s
    /// Each component has a rule of its own (LIT, DST, UP2H…).
    case perChannel = 0x68  // h
    /// 64-bit values in component pairs xy and zw on one side at least.
    case pairs = 0x70  // p
    /// A vec4 the texture or memory unit makes.
    case vector = 0x76  // v
    /// No destination register is written.
    case none = 0x6E  // n
  }

  @frozen
  public enum Class: UInt8, Sendable {
    case arithmetic = 0x61  // a
    /// Samples or fetches; has a target word and may have texel offsets.
    case texture = 0x74  // t
    /// Asks about a texture; has a target word.
    case textureQuery = 0x71  // q
    case flow = 0x66  // f
    /// Discards the fragment.
    case kill = 0x6B  // k
    /// LOAD, STORE, RESQ, atomics; memory words follow the operands.
    case memory = 0x6D  // m
    /// EMIT, ENDPRIM.
    case emission = 0x65  // e
    case barrier = 0x62  // b
    /// Re-evaluates an input; source 0 is an input register.
    case interpolation = 0x69  // i
  }

  /// In which stages the opcode is legal.
  @frozen
  public enum Stages: UInt8, Sendable {
    case any = 0x2A  // *
    case fragment = 0x46  // F
    case geometry = 0x47  // G
    /// Compute and tessellation control: the stages with an execution barrier.
    case barrier = 0x42  // B
  }

  public var destinationTypes: FixedList<2, ValueType>
  public var sourceTypes: FixedList<4, ValueType>
  public var form: Form
  public var `class`: Class
  public var stages: Stages
  /// False for opcodes that are recognised and refused: 64-bit integers, SM4 sampling, subroutines, and
  /// those that need a capability no host announces.
  public var isTranslatable: Bool
  /// Some operand is a pair of components that hold a double.
  public let usesDoubles: Bool

  @inlinable public var destinationCount: Int { destinationTypes.count }
  @inlinable public var sourceCount: Int { sourceTypes.count }
  /// Whether a texture target word follows the sources.
  @inlinable public var hasTarget: Bool { `class` == .texture || `class` == .textureQuery }

  package func isLegal(in stage: ShaderStage) -> Bool {
    switch stages {
    case .any: true
    case .fragment: stage == .fragment
    case .geometry: stage == .geometry
    case .barrier: stage == .compute || stage == .tessControl
    }
  }

  /// Decodes a row. The table is our own; a wrong letter is a programming error that the first test finds.
  init(row: borrowing Span<UInt8>) {
    var column = OpcodeTable.nameLength
    destinationTypes = FixedList(filledWith: .bits)
    for position in column..<column + 2 {
      if let type = ValueType(rawValue: row[position]) { destinationTypes.append(type) }
    }
    column += 3
    sourceTypes = FixedList(filledWith: .bits)
    for position in column..<column + 4 {
      if let type = ValueType(rawValue: row[position]) { sourceTypes.append(type) }
    }
    column += 5
    usesDoubles = (OpcodeTable.nameLength..<column).contains { row[$0] == ValueType.double.rawValue }
    guard let form = Form(rawValue: row[column]), let kind = Class(rawValue: row[column + 2]),
      let stages = Stages(rawValue: row[column + 4])
    else { preconditionFailure("opcode table") }
    self.form = form
    self.class = kind
    self.stages = stages
    isTranslatable = row[column + 6] == 0x2B  // +
  }
}
