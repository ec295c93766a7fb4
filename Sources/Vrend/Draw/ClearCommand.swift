import CEpoxy
import GLDriver
import WireFormat

extension SubContextState {
  /// CLEAR: the whole framebuffer, whatever scissor, masks and discard say.
  mutating func clear(_ command: Clear) {
    if dirty.contains(.framebuffer) { emitFramebuffer() }
    dirty.remove(.framebuffer)
    shadow.bindFramebuffer(framebufferName)
    withClearableState {
      // What one glClear can do is done by one.
      let bits = $0.prepareColorClear(command) | $0.prepareDepthStencilClear(command)
      if bits != 0 { epoxy_glClear(bits) }
    }
  }

  /// Runs `body` with scissor and discard off; the guest's own switches come back at once, because a
  /// draw may follow without any state change.
  mutating func withClearableState(_ body: (inout SubContextState) -> Void) {
    let saved = shadow.capabilities
    shadow.switchCapabilities([], among: [.scissorTest, .rasterizerDiscard])
    body(&self)
    shadow.switchCapabilities(saved, among: [.scissorTest, .rasterizerDiscard])
  }

  /// Clears integer, emulated or partial colour sets buffer by buffer; else returns glClear's bit with
  /// the colour set.
  private mutating func prepareColorClear(_ command: Clear) -> GLbitfield {
    let wanted = (command.buffers >> 2) & framebuffer.boundColors
    guard wanted != 0 else { return 0 }
    openColorMasks()
    if wanted == framebuffer.boundColors, framebuffer.traits.takesPlainClear {
      let bits = command.color.bits
      epoxy_glClearColor(
        Float(bitPattern: bits.0), Float(bitPattern: bits.1), Float(bitPattern: bits.2), Float(bitPattern: bits.3))
      return GL.COLOR_BUFFER_BIT
    }
    for index in 0..<framebuffer.colorCount where wanted.bit(UInt32(index)) {
      if let surface = framebuffer.colors[index] { clearColor(GLint(index), surface, command.color) }
    }
    return 0
  }

  /// Clears one draw buffer with the entry point for its kind of format.
  func clearColor(_ drawBuffer: GLint, _ surface: Surface, _ color: ClearColor) {
    var bits = color.bits
    if surface.emulatesAlpha { bits = (bits.3, 0, 0, 0) }
    withUnsafePointer(to: &bits) { pointer in
      let raw = UnsafeRawPointer(pointer)
      if surface.isSignedInteger {
        epoxy_glClearBufferiv(GL.COLOR, drawBuffer, raw.assumingMemoryBound(to: GLint.self))
      } else if surface.isUnsignedInteger {
        epoxy_glClearBufferuiv(GL.COLOR, drawBuffer, raw.assumingMemoryBound(to: GLuint.self))
      } else {
        epoxy_glClearBufferfv(GL.COLOR, drawBuffer, raw.assumingMemoryBound(to: GLfloat.self))
      }
    }
  }

  /// Sets values and masks; returns glClear's bits.
  private mutating func prepareDepthStencilClear(_ command: Clear) -> GLbitfield {
    guard framebuffer.depthStencil != nil else { return 0 }
    var bits: GLbitfield = 0
    if command.buffers.bit(0) {
      openDepthMask()
      if host.isES {
        epoxy_glClearDepthf(Float(command.depth))
      } else {
        epoxy_glClearDepth(command.depth)
      }
      bits |= GL.DEPTH_BUFFER_BIT
    }
    if command.buffers.bit(1) {
      openStencilMask()
      epoxy_glClearStencil(GLint(truncatingIfNeeded: command.stencil))
      bits |= GL.STENCIL_BUFFER_BIT
    }
    return bits
  }

  // MARK: Masks

  /// Opens the colour masks; the next draw emits the guest's blend state again.
  mutating func openColorMasks() {
    if shadow.blendIsUniform, shadow.blendTargets[0].writeMask == 0xf { return }
    epoxy_glColorMask(1, 1, 1, 1)
    shadow.openColorMasks()
    dirty.insert(.blend)
  }

  mutating func openDepthMask() {
    guard !shadow.depthWrite else { return }
    epoxy_glDepthMask(1)
    shadow.depthWrite = true
    dirty.insert(.depthAlpha)
  }

  mutating func openStencilMask() {
    let open: UInt32 = 0xff << 21
    guard shadow.stencilFront.face.rawValue & open != open || shadow.stencilBack.face.rawValue & open != open else {
      return
    }
    epoxy_glStencilMask(0xff)
    shadow.stencilFront.face = StencilFace(shadow.stencilFront.face.rawValue | open)
    shadow.stencilBack.face = StencilFace(shadow.stencilBack.face.rawValue | open)
    dirty.insert(.stencil)
  }
}
