/// A program that passed the validator: the proof that a translator needs no checks of its own.
///
/// Promised: every directly named register is declared (immediates and constants are in range); every indirect
/// access names a declared address register and a file that has something to index; flow control is balanced and at
/// most `ShaderLimits.nesting` deep; exactly one END, last; every opcode is legal in the stage and translatable;
/// operand counts, files, targets and property values are in their ranges; declarations of one file do not overlap.
/// Two oddities of real guests are let through, in tessellation control shaders only: a dimension on a TEMP, which has
/// no meaning, and a per-vertex OUT without one, which is that of the invocation's own vertex.
/// Not promised: anything that depends on the host (feature support, host limits) or on run-time values.
package struct ValidShader: Equatable, Sendable {
  package let shader: Shader

  /// Only `Validator` may call this.
  init(proven shader: Shader) { self.shader = shader }
}
