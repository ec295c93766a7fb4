import CEpoxy
import GLDriver

extension SubContextState {
  /// Something else than an emitter changed this GL context: forget what the shadow says about it, so
  /// that it is emitted again before anything relies on it.
  mutating func absorb(_ clobbers: GLClobbers) {
    if !clobbers.isDisjoint(with: [.drawFramebuffer, .readFramebuffer]) {
      shadow.drawFramebuffer = .max
      shadow.readFramebuffer = .max
      dirty.insert(.framebuffer)
    }
    if clobbers.contains(.activeTexture) { shadow.activeTexture = .max }
    if clobbers.contains(.scissor) {
      shadow.forceOff(.scissorTest)
      for index in 0..<16 { emittedScissors[index] = .init(min: ~0, max: ~0) }
      dirty.formUnion([.scissors, .rasterizer])
    }
    if clobbers.contains(.framebufferSRGB) {
      shadow.forceOff(.framebufferSRGB)
      dirty.insert(.framebuffer)
    }
    if clobbers.contains(.rasterizerDiscard) {
      shadow.forceOff(.rasterizerDiscard)
      dirty.insert(.rasterizer)
    }
    if clobbers.contains(.writeMasks) { resetWriteMasks() }
    if clobbers.contains(.drawState) { resetDrawState() }
    if clobbers.contains(.blendFunctions) { resetBlendFunctions() }
    if clobbers.contains(.stencilFunctions) { resetStencilFunctions() }
  }

  private mutating func resetBlendFunctions() {
    epoxy_glBlendEquation(GL.FUNC_ADD)
    epoxy_glBlendFunc(GL.ONE, GL.ZERO)
    for index in 0..<8 { shadow.blendTargets[index] = shadow.blendTargets[index].withInitialFunctions }
    dirty.insert(.blend)
  }

  private mutating func resetStencilFunctions() {
    epoxy_glStencilFunc(GL.ALWAYS, 0, 0xff)
    epoxy_glStencilOp(GL.KEEP, GL.KEEP, GL.KEEP)
    epoxy_glStencilMask(0xff)
    shadow.stencilFront = .initial
    shadow.stencilBack = .initial
    dirty.insert(.stencil)
  }

  private mutating func resetWriteMasks() {
    epoxy_glColorMask(1, 1, 1, 1)
    epoxy_glDepthMask(1)
    epoxy_glStencilMask(0xff)
    shadow.openColorMasks()
    shadow.depthWrite = true
    shadow.stencilFront.face = .init(shadow.stencilFront.face.rawValue | 0xff << 21)
    shadow.stencilBack.face = .init(shadow.stencilBack.face.rawValue | 0xff << 21)
    dirty.formUnion([.blend, .depthAlpha, .stencil])
  }

  /// After a shader blit. GL is brought to known values where the shadow needs a definite one.
  private mutating func resetDrawState() {
    resetWriteMasks()
    shadow.program = .max
    shadow.vertexArray = .max
    for index in 0..<16 { emittedViewports[index] = .unknown }
    shadow.forceOff([
      .depthTest, .stencilTest, .cullFace, .rasterizerDiscard, .sampleAlphaToCoverage, .sampleMask, .depthClamp,
      .colorLogicOp, .alphaTest, .polygonStipple,
    ])
    epoxy_glDepthFunc(GL.LESS)
    shadow.depthFunction = 1
    epoxy_glDisable(GL.BLEND)
    for index in 0..<8 {
      shadow.blendTargets[index] = .init(shadow.blendTargets[index].rawValue & ~1)
    }
    if !host.isES {
      epoxy_glPolygonMode(GL.FRONT_AND_BACK, GL.FILL)
      shadow.rasterizer.fillFront = 0
      shadow.rasterizer.fillBack = 0
    }
    if host.features.contains(.clipControl) {
      epoxy_glClipControl(GL.LOWER_LEFT, GL.NEGATIVE_ONE_TO_ONE)
      shadow.rasterizer.clipHalfZ = false
    }
    for index in 0..<GLenum(min(8, max(0, host.limits.maxClipDistances))) {
      epoxy_glDisable(GL.CLIP_DISTANCE0 &+ index)
    }
    shadow.rasterizer.clipPlanes = 0
    dirty.formUnion([
      .viewports, .scissors, .rasterizer, .frontFace, .blend, .depthAlpha, .stencil, .vertexElements, .sampleMask,
    ])
    if currentProgram == nil { dirty.insert(.shaders) }
  }
}
