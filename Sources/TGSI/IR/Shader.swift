/// A parsed program: what the text says, in flat storage, nothing derived.
///
/// A register machine with four untyped 32-bit components to a register; each opcode fixes the type it
/// reads and writes. Control flow is structured (`IF` or `UIF`, `ELSE`, `ENDIF`; `BGNLOOP`, `ENDLOOP`), so an
/// instruction list and its nesting are the whole program. Declarations keep the order of the text within
/// their kind.
///
/// A `Shader` may be built by anybody and promises nothing; `ValidShader` is the one to translate.
package struct Shader: Equatable, Sendable {
  package var stage: ShaderStage
  package var properties = Properties()
  package var inputs: [InterfaceDeclaration] = []
  package var outputs: [InterfaceDeclaration] = []
  package var systemValues: [SystemValueDeclaration] = []
  package var temporaries: [TemporaryDeclaration] = []
  package var constants: [ConstantDeclaration] = []
  package var samplers: [PlainDeclaration] = []
  package var samplerViews: [SamplerViewDeclaration] = []
  package var images: [ImageDeclaration] = []
  package var buffers: [BufferDeclaration] = []
  package var memory: [MemoryDeclaration] = []
  package var atomicCounters: [AtomicCounterDeclaration] = []
  package var addresses: [PlainDeclaration] = []
  package var immediates: [Immediate] = []
  package var instructions: [Instruction] = []
  /// Texel offsets of all instructions; see `Instruction.firstOffset`.
  package var texelOffsets: [TexelOffset] = []

  package init(stage: ShaderStage) { self.stage = stage }

  /// The texel offsets of one instruction of this shader.
  package func offsets(of instruction: Instruction) -> ArraySlice<TexelOffset> {
    let first = Int(instruction.firstOffset)
    let end = first + Int(instruction.offsetCount)
    guard end <= texelOffsets.count else { return [] }
    return texelOffsets[first..<end]
  }
}
