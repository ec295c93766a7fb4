import CEpoxy
import GLDriver
import WireFormat

extension SubContextState {
  /// What is looked at only when something changed since the last draw.
  ///
  /// - Returns: false when the draw must be dropped for want of shaders, or because the host refuses them.
  @inline(never)
  mutating func prepareDraw(primitive: UInt32) -> Bool {
    if dirty.contains(.framebuffer) { emitFramebuffer() }
    if dirty.contains(.shaders) {
      guard (try? selectProgram(primitive: primitive)) == true else { return false }
      dirty.remove(.shaders)
    } else if let program = currentProgram {
      shadow.useProgram(program.name)
    }
    guard let program = currentProgram else { return false }
    if !dirty.isDisjoint(with: [.viewports, .rasterizer]) { emitViewports() }
    if dirty.contains(.scissors) { emitScissors() }
    if dirty.contains(.rasterizer) { emitRasterizer() }
    if !dirty.isDisjoint(with: [.frontFace, .rasterizer]) { emitFrontFace() }
    if dirty.contains(.depthAlpha) { emitDepthAlpha() }
    if dirty.contains(.stencil) { emitStencil() }
    if dirty.contains(.blend) { emitBlend() }
    if dirty.contains(.blendColor) { emitBlendColor() }
    if dirty.contains(.sampleMask) { emitSampleMask() }
    if dirty.contains(.sampleShading) { emitSampleShading() }
    if dirty.contains(.vertexElements) { emitVertexElements() }
    if !dirty.isDisjoint(with: [.vertexElements, .vertexBuffers]) { emitVertexBuffers() }
    if dirty.contains(.constants) { emitConstants(program) }
    if dirty.contains(.uniformBuffers) { emitUniformBuffers(program) }
    if dirty.contains(.samplers) { emitSamplers(program) }
    if program.readsStorageOrImages { emitStorageAndImages(program) }
    if dirty.contains(.helperUniforms) { emitHelperUniforms(program) }
    if dirty.contains(.tessLevels) { emitTessLevels() }
    dirty = []
    return true
  }

  private mutating func emitSampleMask() {
    guard host.features.contains(.sampleMask), sampleMask != shadow.sampleMask else { return }
    epoxy_glSampleMaski(0, sampleMask)
    shadow.sampleMask = sampleMask
  }

  /// SET_MIN_SAMPLES is a count; GL wants the fraction of the colour buffer's samples.
  private mutating func emitSampleShading() {
    guard host.features.contains(.sampleShading) else { return }
    let fraction = min(1, Float(minSamples) / Float(framebuffer.samples))
    if minSamples > 1 { shadow.switchCapabilities(.sampleShading, among: .sampleShading) }
    guard fraction != shadow.minSampleShading else { return }
    epoxy_glMinSampleShading(fraction)
    shadow.minSampleShading = fraction
  }

  /// Default tessellation levels, where GL has them as state.
  private mutating func emitTessLevels() {
    guard !host.isES, host.features.contains(.tessellation) else { return }
    var outer = (tessLevels[0], tessLevels[1], tessLevels[2], tessLevels[3])
    var inner = (tessLevels[4], tessLevels[5])
    withUnsafePointer(to: &outer) { pointer in
      pointer.withMemoryRebound(to: GLfloat.self, capacity: 4) {
        epoxy_glPatchParameterfv(GL.PATCH_DEFAULT_OUTER_LEVEL, $0)
      }
    }
    withUnsafePointer(to: &inner) { pointer in
      pointer.withMemoryRebound(to: GLfloat.self, capacity: 2) {
        epoxy_glPatchParameterfv(GL.PATCH_DEFAULT_INNER_LEVEL, $0)
      }
    }
  }

  /// The same for the control shader that stands in where GL has no default levels.
  private func emitTessLevels(_ program: LinkedProgram) {
    let isKnown = (0..<6).allSatisfy { program.emittedTessLevels[$0].bitPattern == tessLevels[$0].bitPattern }
    guard !isKnown else { return }
    program.emittedTessLevels = tessLevels
    let rows = [tessLevels[0], tessLevels[1], tessLevels[2], tessLevels[3], tessLevels[4], tessLevels[5], 0, 0]
    epoxy_glUniform4fv(program.tessLevelsLocation, 2, rows)
  }

  /// The uniforms and the block that the translator adds for fixed-function state.
  mutating func emitHelperUniforms(_ program: LinkedProgram) {
    if program.adjustYLocation >= 0, program.emittedAdjustY != yFactor {
      epoxy_glUniform1f(program.adjustYLocation, yFactor)
      program.emittedAdjustY = yFactor
    }
    if program.alphaReferenceLocation >= 0 {
      let reference = boundDepthStencilAlpha?.state.alphaReference ?? 0
      if program.emittedAlphaReference != reference {
        epoxy_glUniform1f(program.alphaReferenceLocation, reference)
        program.emittedAlphaReference = reference
      }
    }
    if program.tessLevelsLocation >= 0 { emitTessLevels(program) }
    if let binding = program.helperBinding { emitHelperBlock(binding) }
  }

  private mutating func emitHelperBlock(_ binding: Int) {
    helperBlock.emit()
    let slot = min(binding, emittedUniformBuffers.count - 1)
    let wanted = EmittedRange(serial: HelperBlockBuffer.serial, offset: 0, length: 0)
    guard emittedUniformBuffers[slot] != wanted else { return }
    epoxy_glBindBufferBase(GL.UNIFORM_BUFFER, GLuint(slot), helperBlock.name)
    emittedUniformBuffers[slot] = wanted
  }
}
