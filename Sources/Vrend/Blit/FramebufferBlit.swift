import CEpoxy
import GLDriver

/// A blit between two framebuffers, layer by layer; everything has been checked.
struct BlitPlan {
  struct Side {
    let resource: GLResource
    /// The texture to attach: the resource's, or a view of it in another format.
    let texture: GLuint
    let textureTarget: GLenum
    let level: Int
    let box: Region
    let attachment: GLenum

    init(_ resource: GLResource, level: Int, box: Region) {
      self.resource = resource
      texture = resource.textureName
      textureTarget = resource.glTarget
      self.level = level
      self.box = box
      attachment = resource.attachmentPoint
    }

    /// - Parameter view: has all levels and layers of the resource.
    init(_ resource: GLResource, view: borrowing TemporaryView, level: Int, box: Region) {
      self.resource = resource
      texture = view.texture
      textureTarget = view.target
      self.level = level
      self.box = box
      attachment = resource.attachmentPoint
    }

    /// The rows as glBlitFramebuffer takes them: (end, start) in memory order, (start, end) for top-down resources, so
    /// that a pair of different order flips.
    var rows: (GLint, GLint) {
      guard resource.isTopDown else { return (GLint(clamping: box.y &+ box.height), GLint(clamping: box.y)) }
      return (
        GLint(clamping: resource.height &- box.y &- box.height), GLint(clamping: resource.height &- box.y)
      )
    }

    var columns: (GLint, GLint) { (GLint(clamping: box.x), GLint(clamping: box.x &+ box.width)) }
  }

  let source: Side
  let destination: Side
  let layers: Int
  let bits: GLbitfield
  let isLinear: Bool
  /// A scaled multisample resolve.
  var isScaledResolve = false
  let scissor: Region?
}

extension BlitEngine {
  /// glBlitFramebuffer for each layer. The caller has set FRAMEBUFFER_SRGB.
  func blitLayers(_ plan: BlitPlan, _ scratch: ContextScratch) {
    let source = plan.source
    let destination = plan.destination
    let filter =
      plan.isScaledResolve
      ? (plan.isLinear ? GL.SCALED_RESOLVE_NICEST_EXT : GL.SCALED_RESOLVE_FASTEST_EXT)
      : (plan.isLinear ? GL.LINEAR : GL.NEAREST)
    epoxy_glBindFramebuffer(GL.READ_FRAMEBUFFER, scratch.readFramebuffer)
    epoxy_glBindFramebuffer(GL.DRAW_FRAMEBUFFER, scratch.drawFramebuffer)
    setScissor(plan.scissor.map { glRegion(destination.resource, $0) })
    transfers.clobbers.formUnion([.readFramebuffer, .drawFramebuffer, .scissor])
    for layer in 0..<plan.layers {
      attachTexture(
        GL.READ_FRAMEBUFFER, source.attachment, source.texture, source.textureTarget, level: source.level,
        layer: source.box.z &+ layer)
      attachTexture(
        GL.DRAW_FRAMEBUFFER, destination.attachment, destination.texture, destination.textureTarget,
        level: destination.level, layer: destination.box.z &+ layer)
      epoxy_glBlitFramebuffer(
        source.columns.0, source.rows.0, source.columns.1, source.rows.1, destination.columns.0, destination.rows.0,
        destination.columns.1, destination.rows.1, plan.bits, filter)
    }
    detachTexture(GL.READ_FRAMEBUFFER, source.attachment)
    detachTexture(GL.DRAW_FRAMEBUFFER, destination.attachment)
  }
}
