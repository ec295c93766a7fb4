import CEpoxy
import GLDriver

/// Which glClearBuffer call a format needs: integers must be cleared with integers.
package enum ClearKind: Sendable {
  case float, signed, unsigned, depthStencil

  package init(_ entry: FormatEntry) {
    if entry.isDepthOrStencil {
      self = .depthStencil
    } else if entry.flags.contains(.pureInteger) {
      self = entry.flags.contains(.signedInteger) ? .signed : .unsigned
    } else {
      self = .float
    }
  }
}

/// The value of a clear: four raw dwords that the format interprets, and depth and stencil.
package struct ClearValue: Sendable {
  package var color: InlineArray<4, UInt32>
  package var depth: Float
  package var stencil: UInt32

  package init(color: InlineArray<4, UInt32> = InlineArray(repeating: 0), depth: Float = 0, stencil: UInt32 = 0) {
    self.color = color
    self.depth = depth
    self.stencil = stencil
  }

  package static var zero: ClearValue { ClearValue() }

  /// Alpha-only formats kept in a red one are cleared with the alpha value.
  func adapted(to entry: FormatEntry) -> ClearValue {
    guard entry.flags.contains(.emulatedAlpha) else { return self }
    var value = self
    value.color = [color[3], 0, 0, 0]
    return value
  }

  /// Clears what is attached to the bound draw framebuffer: colour attachment 0, or the depth and stencil asked for.
  func clearBoundFramebuffer(as kind: ClearKind, depth clearsDepth: Bool, stencil clearsStencil: Bool) {
    switch kind {
    case .float:
      var value = InlineArray<4, Float> { Float(bitPattern: color[$0]) }
      withUnsafeBytes(of: &value) {
        epoxy_glClearBufferfv(GL.COLOR, 0, $0.assumingMemoryBound(to: Float.self).baseAddress)
      }
    case .signed:
      var value = InlineArray<4, GLint> { GLint(bitPattern: color[$0]) }
      withUnsafeBytes(of: &value) {
        epoxy_glClearBufferiv(GL.COLOR, 0, $0.assumingMemoryBound(to: GLint.self).baseAddress)
      }
    case .unsigned:
      var value = color
      withUnsafeBytes(of: &value) {
        epoxy_glClearBufferuiv(GL.COLOR, 0, $0.assumingMemoryBound(to: GLuint.self).baseAddress)
      }
    case .depthStencil:
      let stencilValue = GLint(bitPattern: stencil & 0xff)
      if clearsDepth && clearsStencil {
        epoxy_glClearBufferfi(GL.DEPTH_STENCIL, 0, depth, stencilValue)
      } else if clearsDepth {
        var value = depth
        epoxy_glClearBufferfv(GL.DEPTH, 0, &value)
      } else if clearsStencil {
        var value = stencilValue
        epoxy_glClearBufferiv(GL.STENCIL, 0, &value)
      }
    }
  }
}

/// The GL state that would keep a clear from writing, put out of the way.
struct ClearState {
  private(set) var clobbers: GLClobbers = [.drawFramebuffer, .writeMasks, .rasterizerDiscard, .scissor]

  /// Opens every mask. The caller has bound the draw framebuffer.
  func allowWriting(scissor: Region?) {
    epoxy_glColorMask(GL.TRUE, GL.TRUE, GL.TRUE, GL.TRUE)
    epoxy_glDepthMask(GL.TRUE)
    epoxy_glStencilMask(0xff)
    epoxy_glDisable(GL.RASTERIZER_DISCARD)
    setScissor(scissor)
  }
}

/// Scissor test for blits and clears; nil turns it off. A region turned inside out lets nothing through.
func setScissor(_ region: Region?) {
  guard let region else { return epoxy_glDisable(GL.SCISSOR_TEST) }
  epoxy_glEnable(GL.SCISSOR_TEST)
  epoxy_glScissor(
    GLint(clamping: region.x), GLint(clamping: region.y), GLsizei(clamping: max(0, region.width)),
    GLsizei(clamping: max(0, region.height)))
}
