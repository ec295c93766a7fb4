import CEpoxy
import GLDriver
import VirtioGPU

extension ResourceAllocator {
  /// Zeroes every level, layer and sample of new storage.
  func clear(_ storage: GLStorage) {
    if engine.abilities.contains(.clearTexture), !storage.shape.isCompressed {
      for level in 0...storage.shape.lastLevel {
        epoxy_glClearTexImage(
          storage.name, GLint(truncatingIfNeeded: level), storage.entry.format, storage.entry.type, nil)
      }
    } else if storage.shape.isMultisample {
      clearThroughFramebuffer(storage)
    } else {
      upload(zeroesInto: storage)
    }
  }

  /// Uploads zeroes, a staging area at a time. Every compressed format has a legal block of zeroes.
  private func upload(zeroesInto storage: GLStorage) {
    let resource = GLResource(id: ResourceID(0), storage: storage)
    let shape = storage.shape
    engine.withZeroes(engine.stagingBytes) { zeroes in
      guard let start = zeroes.baseAddress else { return }
      for level in 0...shape.lastLevel {
        let whole = shape.levelRegion(level)
        let rowBytes = shape.rowBytes(whole.width)
        var walk = StripWalk(
          rowBytes: rowBytes, rows: shape.blocksDown(whole.height), layers: whole.depth, limit: zeroes.count)
        while let strip = walk.next() {
          engine.store(
            resource, level: level, strip.region(of: whole, blockHeight: shape.blockHeight), start,
            rowPitch: rowBytes, layerPitch: rowBytes &* strip.rows,
            byteCount: rowBytes &* strip.rows &* strip.layers)
        }
      }
    }
  }

  /// Multisample textures take no uploads: each layer is cleared as an attachment of a temporary framebuffer.
  private func clearThroughFramebuffer(_ storage: GLStorage) {
    let resource = GLResource(id: ResourceID(0), storage: storage)
    var framebuffer: GLuint = 0
    epoxy_glGenFramebuffers(1, &framebuffer)
    epoxy_glBindFramebuffer(GL.DRAW_FRAMEBUFFER, framebuffer)
    let state = ClearState()
    state.allowWriting(scissor: nil)
    engine.clobbers.formUnion(state.clobbers)
    for layer in 0..<storage.shape.levelLayers(0) {
      attachTexture(
        GL.DRAW_FRAMEBUFFER, resource.attachmentPoint, storage.name, storage.glTarget, level: 0, layer: layer)
      ClearValue.zero.clearBoundFramebuffer(as: ClearKind(storage.entry), depth: true, stencil: true)
    }
    epoxy_glBindFramebuffer(GL.DRAW_FRAMEBUFFER, 0)
    epoxy_glDeleteFramebuffers(1, &framebuffer)
  }
}
