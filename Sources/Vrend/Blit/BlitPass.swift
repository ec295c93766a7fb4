import CEpoxy
import GLDriver

/// One way through the fragment shader of a drawn blit; depth with stencil needs two.
struct BlitPass {
  let source: BlitProgramKey.Value
  let destination: BlitProgramKey.Value
  /// What this pass writes.
  let mask: BlitMask

  var isStencil: Bool { mask == .stencil }

  /// The passes that write `mask`; none when nothing can be drawn.
  static func passes(
    _ mask: BlitMask, _ source: FormatEntry, _ destination: FormatEntry, _ engine: BlitEngine
  ) -> [BlitPass] {
    guard destination.isDepthOrStencil else { return color(mask, source, destination) }
    var passes: [BlitPass] = []
    if mask.contains(.depth), source.flags.contains(.hasDepth), destination.flags.contains(.hasDepth) {
      passes.append(BlitPass(source: .depth, destination: .depth, mask: .depth))
    }
    // The stencil of a texture can be read with this feature only; ten years of hosts have it.
    if mask.contains(.stencil), source.flags.contains(.hasStencil), destination.flags.contains(.hasStencil),
      engine.host.features.contains(.stencilTexturing)
    {
      passes.append(
        BlitPass(source: .unsigned, destination: engine.exportsStencil ? .stencil : .stencilBits, mask: .stencil))
    }
    return passes
  }

  private static func color(_ mask: BlitMask, _ source: FormatEntry, _ destination: FormatEntry) -> [BlitPass] {
    guard !source.isDepthOrStencil else { return [] }
    func kind(_ entry: FormatEntry) -> BlitProgramKey.Value {
      guard entry.flags.contains(.pureInteger) else { return .float }
      return entry.flags.contains(.signedInteger) ? .signed : .unsigned
    }
    let from = kind(source)
    let to = kind(destination)
    guard (from == .float) == (to == .float) else { return [] }
    return [BlitPass(source: from, destination: to, mask: mask)]
  }
}

extension BlitEngine {
  /// Tests, masks and blending for one pass; everything else a draw depends on is set already.
  func setPassState(_ pass: BlitPass, blends: Bool, _ destination: GLResource) {
    let writesDepth = pass.mask.contains(.depth)
    setSwitch(GL.DEPTH_TEST, writesDepth)
    if writesDepth { epoxy_glDepthFunc(GL.ALWAYS) }
    epoxy_glDepthMask(writesDepth ? GL.TRUE : GL.FALSE)
    setSwitch(GL.STENCIL_TEST, pass.isStencil)
    if pass.isStencil {
      transfers.clobbers.insert(.stencilFunctions)
      epoxy_glStencilOp(GL.KEEP, GL.KEEP, GL.REPLACE)
      epoxy_glStencilFunc(GL.ALWAYS, 0, 0xff)
      epoxy_glStencilMask(0xff)
    }
    let isBlended = blends && pass.destination == .float
    setSwitch(GL.BLEND, isBlended)
    if isBlended {
      // Gallium's definition of a blit that blends: all four channels, by the source's alpha.
      transfers.clobbers.insert(.blendFunctions)
      let holdsAlphaInRed = destination.entry.flags.contains(.emulatedAlpha)
      epoxy_glBlendEquation(GL.FUNC_ADD)
      epoxy_glBlendFunc(
        holdsAlphaInRed ? GL.SRC_COLOR : GL.SRC_ALPHA,
        holdsAlphaInRed ? GL.ONE_MINUS_SRC_COLOR : GL.ONE_MINUS_SRC_ALPHA)
    }
  }

  private func setSwitch(_ name: GLenum, _ isOn: Bool) {
    if isOn { epoxy_glEnable(name) } else { epoxy_glDisable(name) }
  }

  /// Draws the quad that is set up. Without stencil export the value is put together bit by bit: all zero first, then
  /// each bit where the shader does not discard.
  func drawQuad(_ pass: BlitPass, _ program: BlitPrograms.Program) {
    guard pass.destination == .stencilBits else {
      epoxy_glDrawArrays(GL.TRIANGLE_STRIP, 0, 4)
      return
    }
    epoxy_glStencilFunc(GL.ALWAYS, 0, 0xff)
    epoxy_glStencilMask(0xff)
    epoxy_glUniform1ui(program.bit, 0)
    epoxy_glDrawArrays(GL.TRIANGLE_STRIP, 0, 4)
    epoxy_glStencilFunc(GL.ALWAYS, 0xff, 0xff)
    for index in 0..<8 as Range<GLuint> {
      epoxy_glStencilMask(1 << index)
      epoxy_glUniform1ui(program.bit, 1 << index)
      epoxy_glDrawArrays(GL.TRIANGLE_STRIP, 0, 4)
    }
  }
}
