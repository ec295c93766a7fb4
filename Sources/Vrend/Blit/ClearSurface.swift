import CEpoxy
import GLDriver
import WireFormat

/// CLEAR_SURFACE, and whatever else clears a rectangle of an attachable texture without the bound framebuffer.
package struct ClearSurfaceRequest {
  /// The texture to attach: a resource's own or the surface's view.
  package var texture: GLuint
  package var textureTarget: GLenum
  /// The surface's format.
  package var entry: FormatEntry
  package var level: Int
  package var firstLayer: Int
  /// All layers are cleared.
  package var layerCount: Int
  package var clearsColor: Bool
  package var clearsDepth: Bool
  package var clearsStencil: Bool
  package var value: ClearValue
  /// In guest rows; x, y, width and height only.
  package var rectangle: Region
  /// Height of the level if its rows run top-down (Y_0_TOP), else nil.
  package var topDownHeight: Int?

  package init(
    texture: GLuint, textureTarget: GLenum, entry: FormatEntry, level: Int, firstLayer: Int, layerCount: Int,
    clearsColor: Bool, clearsDepth: Bool, clearsStencil: Bool, value: ClearValue, rectangle: Region,
    topDownHeight: Int? = nil
  ) {
    self.texture = texture
    self.textureTarget = textureTarget
    self.entry = entry
    self.level = level
    self.firstLayer = firstLayer
    self.layerCount = layerCount
    self.clearsColor = clearsColor
    self.clearsDepth = clearsDepth
    self.clearsStencil = clearsStencil
    self.value = value
    self.rectangle = rectangle
    self.topDownHeight = topDownHeight
  }
}

extension BlitEngine {
  /// - Throws: `illegalFormat` when the format can be no attachment.
  package func clearSurface(_ request: ClearSurfaceRequest, _ scratch: ContextScratch) throws(ContextError) {
    let entry = request.entry
    guard !entry.flags.isDisjoint(with: .attachment) else { throw .illegalFormat }
    let kind = ClearKind(entry)
    let isDepthStencil = kind == .depthStencil
    let depth = request.clearsDepth && entry.flags.contains(.hasDepth)
    let stencil = request.clearsStencil && entry.flags.contains(.hasStencil)
    guard isDepthStencil ? depth || stencil : request.clearsColor else { return }

    var rectangle = request.rectangle
    if let height = request.topDownHeight { rectangle.y = height &- rectangle.y &- rectangle.height }
    epoxy_glBindFramebuffer(GL.DRAW_FRAMEBUFFER, scratch.drawFramebuffer)
    let state = ClearState()
    state.allowWriting(scissor: rectangle)
    transfers.clobbers.formUnion(state.clobbers)
    setSRGB(entry.flags.contains(.srgb))
    let attachment = attachmentPoint(entry)
    for layer in 0..<max(0, request.layerCount) {
      attachTexture(
        GL.DRAW_FRAMEBUFFER, attachment, request.texture, request.textureTarget, level: request.level,
        layer: request.firstLayer &+ layer)
      request.value.adapted(to: entry).clearBoundFramebuffer(as: kind, depth: depth, stencil: stencil)
    }
    detachTexture(GL.DRAW_FRAMEBUFFER, attachment)
  }
}
