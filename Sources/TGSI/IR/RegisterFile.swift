/// The register files an operand or a declaration can name, in the order of the vocabulary `RegisterFile.words`.
@frozen
public enum RegisterFile: UInt8, CaseIterable, Sendable {
  /// No register: a destination that is dropped.
  case null
  /// Constants: vec4 slots of buffer `dimension`, or of buffer 0.
  case constant
  case input
  case output
  case temporary
  case sampler
  /// Integer address registers, the only ones that may index another file.
  case address
  case immediate
  /// Predicates of very old texts; recognised, never legal.
  case predicate
  case systemValue
  case image
  case samplerView
  /// Shader storage buffers.
  case buffer
  /// Shared memory of a compute work group.
  case memory
  /// Atomic counters: `HWATOMIC[binding][counter]`.
  case atomicCounter
}

extension RegisterFile {
  /// Spelling in the text, in the order of the cases.
  static let words: StaticString =
    "NULL CONST IN OUT TEMP SAMP ADDR IMM PRED SV IMAGE SVIEW BUFFER MEMORY HWATOMIC"
}
