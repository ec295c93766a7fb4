import CEpoxy
import GLDriver

/// Where a texture of this format goes in a framebuffer.
func attachmentPoint(_ entry: FormatEntry) -> GLenum {
  guard entry.isDepthOrStencil else { return GL.COLOR_ATTACHMENT0 }
  if !entry.flags.contains(.hasStencil) { return GL.DEPTH_ATTACHMENT }
  return entry.flags.contains(.hasDepth) ? GL.DEPTH_STENCIL_ATTACHMENT : GL.STENCIL_ATTACHMENT
}

/// Attaches one layer of one level of a texture to the bound framebuffer, or detaches with texture 0.
///
/// - Parameters:
///   - framebufferTarget: GL_READ_FRAMEBUFFER or GL_DRAW_FRAMEBUFFER.
///   - attachment: an attachment point.
///   - textureTarget: the GL target the texture was made with.
///   - layer: layer, slice or cube face; ignored for targets without layers.
func attachTexture(
  _ framebufferTarget: GLenum, _ attachment: GLenum, _ texture: GLuint, _ textureTarget: GLenum, level: Int, layer: Int
) {
  let level = GLint(truncatingIfNeeded: level)
  let layer = GLint(truncatingIfNeeded: layer)
  switch textureTarget {
  case GL.TEXTURE_1D:
    epoxy_glFramebufferTexture1D(framebufferTarget, attachment, textureTarget, texture, level)
  case GL.TEXTURE_CUBE_MAP:
    let face = GL.TEXTURE_CUBE_MAP_POSITIVE_X &+ GLenum(truncatingIfNeeded: layer)
    epoxy_glFramebufferTexture2D(framebufferTarget, attachment, face, texture, level)
  case GL.TEXTURE_3D, GL.TEXTURE_1D_ARRAY, GL.TEXTURE_2D_ARRAY, GL.TEXTURE_CUBE_MAP_ARRAY,
    GL.TEXTURE_2D_MULTISAMPLE_ARRAY:
    epoxy_glFramebufferTextureLayer(framebufferTarget, attachment, texture, level, layer)
  default:
    epoxy_glFramebufferTexture2D(framebufferTarget, attachment, textureTarget, texture, level)
  }
}

/// Detaches whatever `attachTexture` attached.
func detachTexture(_ framebufferTarget: GLenum, _ attachment: GLenum) {
  epoxy_glFramebufferTexture2D(framebufferTarget, attachment, GL.TEXTURE_2D, 0, 0)
}
