import CEpoxy
import GLDriver

/// Container objects that the engines need in whatever GL context is current. Framebuffers and vertex arrays are not
/// shared between contexts, so each GL context owns one of these and passes it with every call. Mesa keeps framebuffers
/// with the share group nevertheless: they do not end with their context.
package struct ContextScratch {
  package private(set) var readFramebuffer: GLuint = 0
  package private(set) var drawFramebuffer: GLuint = 0
  package private(set) var vertexArray: GLuint = 0

  /// Makes the objects in the current context and turns off the clamping of colours that are read back: signed
  /// normalised formats would lose their negative half.
  package init(isES: Bool) {
    epoxy_glGenFramebuffers(1, &readFramebuffer)
    epoxy_glGenFramebuffers(1, &drawFramebuffer)
    epoxy_glGenVertexArrays(1, &vertexArray)
    if !isES { epoxy_glClampColor(GL.CLAMP_READ_COLOR, GLenum(GL.FALSE)) }
  }

  /// Deletes the objects. The context they were made in must be current.
  package mutating func destroy() {
    epoxy_glDeleteFramebuffers(1, &readFramebuffer)
    epoxy_glDeleteFramebuffers(1, &drawFramebuffer)
    epoxy_glDeleteVertexArrays(1, &vertexArray)
    self.readFramebuffer = 0
    self.drawFramebuffer = 0
    self.vertexArray = 0
  }
}
