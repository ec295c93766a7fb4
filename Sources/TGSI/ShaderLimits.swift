/// The budgets of one program: above anything a real guest sends, low enough to bound time and memory.
package enum ShaderLimits {
  /// Bytes of text.
  package static let text = 32 << 20
  package static let statements = 2_000_000
  package static let instructions = 1_000_000
  /// Open IF and BGNLOOP at one time.
  package static let nesting = 256
  /// TEMP registers, all declarations together; also the number of the highest plus one.
  package static let temporaries = 65_536
  /// Temporary arrays; array numbers are below this too.
  package static let arrays = 1_024
  package static let immediates = 4_096
  /// Declarations of IN, and of OUT.
  package static let interfaceDeclarations = 64
  /// IN and OUT register numbers are below this.
  package static let interfaceRegisters = 80
  package static let systemValues = 32
  package static let addresses = 16
  package static let samplers = 32
  package static let images = 32
  package static let constantBuffers = 32
  package static let storageBuffers = 32
  /// Declared ranges of atomic counters, and their bindings.
  package static let atomicRanges = 32
  package static let atomicCounters = 4_096
  /// Characters of a property's name.
  package static let propertyName = 62
  /// Characters of a decimal floating-point number.
  package static let decimalNumber = 64
  /// Vertices of a patch: the bound of a per-vertex index in the tessellation stages.
  package static let patchVertices = 32
}
