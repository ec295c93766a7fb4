/// The helper uniform block: state arrays that generated shaders need beside the guest's own uniforms.
///
/// A std140 block, present in a stage only if `Reflection.usesHelperBlock`; all stages of a program share it.
/// The scalars are plain uniforms instead (`HelperUniforms`), so that a bare draw needs no buffer.
package enum HelperBlock {
  /// Name of the block for glGetUniformBlockIndex.
  package static let name: StaticString = "VirglHelper"
  /// Offset of `vec4 planes[8]`: the user clip planes.
  package static let clipPlanesOffset = 0
  /// Offset of `uvec4 stipple[8]`: the 32 rows of the polygon stipple, packed, row 0 first, leftmost pixel in the
  /// most significant bit: the 32 words of the guest's command as they are.
  package static let stippleOffset = 128
  /// Bytes of the block.
  package static let size = 256
}

/// Names of plain uniforms set by the draw code. Each exists only if the flag in `Reflection` says so.
package enum HelperUniforms {
  /// Uniform components that a stage has for these at most, as drivers count: a row of four for each scalar. The
  /// stand-in control shader has nothing else.
  package static let components: UInt32 = 8
  /// Those of the functions on doubles, besides.
  package static let doubleComponents: UInt32 = 4
  /// `float`: +1, or −1 when viewport 0 has a negative y scale. Shared by all stages of a program.
  package static let adjustY: StaticString = "adjust_y"
  /// `float`: reference value of the alpha test.
  package static let alphaReference: StaticString = "alpha_reference"
  /// `int`: draw number of the guest's multi-draw that gl_DrawID counts from.
  package static let drawIDBase: StaticString = "draw_id_base"
  /// `vec4[2]`: the default tessellation levels, outer and inner (two components), for the control shader that stands
  /// in where a guest has none.
  package static let tessLevels: StaticString = "tess_levels"
}
