import CEpoxy

/// Asks the host which wrap modes its samplers take.
///
/// Mesa's ES contexts take those of EXT_texture_mirror_clamp without naming the extension, and Mesa's guests use them
/// whatever the capabilities say.
enum WrapModeProbe {
  /// The mirroring features that the extensions of a context leave open and its samplers have all the same.
  static func found(besides known: GLFeatures) -> GLFeatures {
    guard known.contains(.samplerObjects) else { return [] }
    var sampler: GLuint = 0
    epoxy_glGenSamplers(1, &sampler)
    GLQuery.drainErrors()
    var found: GLFeatures = []
    for (feature, mode) in [
      (GLFeatures.mirrorClamp, GL.MIRROR_CLAMP_EXT), (.mirrorClampToEdge, GL.MIRROR_CLAMP_TO_EDGE),
      (.mirrorClampToBorder, GL.MIRROR_CLAMP_TO_BORDER_EXT),
    ] where !known.contains(feature) {
      epoxy_glSamplerParameteri(sampler, GL.TEXTURE_WRAP_S, GLint(bitPattern: mode))
      if GLQuery.drainErrors() == GL.NO_ERROR { found.formUnion(feature) }
    }
    epoxy_glDeleteSamplers(1, &sampler)
    return found
  }
}
