import CEpoxy
import GLDriver
import VirtioGPU
import WireFormat

/// BLIT: a plain copy where that is the same, else glBlitFramebuffer, else a drawn quad (virgl-semantics 11.3).
extension BlitEngine {
  /// - Throws: the context error to raise; nothing was drawn then. What the host cannot express is left out silently:
  ///   guests do provoke such blits.
  package func blit(_ request: BlitRequest, _ scratch: ContextScratch) throws(ContextError) {
    guard request.source.resource.isTexture, request.destination.resource.isTexture else { throw .illegalResource }
    let source = try formatOf(request.source)
    let destination = try formatOf(request.destination)
    try checkLevelAndLayers(request.source)
    try checkLevelAndLayers(request.destination)
    let from = request.source.box
    let to = request.destination.box
    guard !from.hasNoExtent, !to.hasNoExtent else { return }

    let mask = request.mask.intersection(BlitMask(storedBy: destination.layout))
    guard !mask.isEmpty else { return }
    let isWhole = mask == BlitMask(storedBy: destination.layout)

    if isWhole, isPlainCopy(request, source, destination) {
      let box = glRegion(request.source.resource, from)
      let target = glRegion(request.destination.resource, to)
      copyImage(
        request.source.resource, Int(request.source.level), box, to: request.destination.resource,
        Int(request.destination.level), x: target.x, y: target.y, z: target.z)
    } else if canUseFramebuffers(request, mask, source, destination) {
      blitFramebuffers(request, mask, source, destination, scratch)
    } else {
      drawBlit(request, mask, source, destination, scratch)
    }
  }

  /// The format a side is viewed with.
  struct ViewFormat {
    let format: PixelFormat
    let entry: FormatEntry
    let layout: FormatDescription
  }

  private func formatOf(_ side: BlitRequest.Side) throws(ContextError) -> ViewFormat {
    guard let format = PixelFormat(wire: side.format), let layout = format.layoutDescription,
      host.formats[format].internalFormat != 0
    else { throw .illegalFormat }
    return ViewFormat(format: format, entry: host.formats[format], layout: layout)
  }

  private func checkLevelAndLayers(_ side: BlitRequest.Side) throws(ContextError) {
    let shape = side.resource.shape
    guard shape.hasLevel(side.level), side.box.z >= 0, side.box.depth >= 0 else { throw .blitAreaOutOfRange }
    let end = side.box.z &+ side.box.depth
    if shape.target == .cube, end > 6 { throw .cubeFaceOutOfRange }
    guard end <= shape.levelLayers(Int(side.level)) else { throw .blitAreaOutOfRange }
  }

  // MARK: Plain copy

  /// Unscaled, unconverted, unmasked: glCopyImageSubData gives the same picture.
  private func isPlainCopy(_ request: BlitRequest, _ source: ViewFormat, _ destination: ViewFormat) -> Bool {
    let a = request.source.resource
    let b = request.destination.resource
    let from = request.source.box
    let to = request.destination.box
    return hasCopyImage && !request.isConditional && !request.alphaBlend && request.scissor == nil
      && movesBits(source, destination, of: a, to: b) && a.samples == b.samples && a.isTopDown == b.isTopDown
      && a.isExternalImage == b.isExternalImage
      && from.width > 0 && from.height > 0
      && from.width == to.width && from.height == to.height && from.depth == to.depth
      && a.shape.contains(from, level: Int(request.source.level))
      && b.shape.contains(to, level: Int(request.destination.level))
  }

  /// The values survive a copy of the bits: both sides are viewed as what they are, or both as the same.
  private func movesBits(
    _ source: ViewFormat, _ destination: ViewFormat, of a: GLResource, to b: GLResource
  ) -> Bool {
    if source.format == a.format, destination.format == b.format {
      return host.formats.canCopyValues(from: a.format, to: b.format)
    }
    return source.format == destination.format && !source.entry.isDepthOrStencil && !a.shape.isCompressed
      && !b.shape.isCompressed
      && host.formats.canCopyImage(from: a.format, to: b.format)
  }

  // MARK: glBlitFramebuffer

  private func canUseFramebuffers(
    _ request: BlitRequest, _ mask: BlitMask, _ source: ViewFormat, _ destination: ViewFormat
  ) -> Bool {
    let a = request.source.resource
    let b = request.destination.resource
    let from = request.source.box
    let to = request.destination.box
    let isDepth = !mask.isDisjoint(with: [.depth, .stencil])
    guard from.depth == to.depth, !request.alphaBlend else { return false }
    guard !source.entry.flags.isDisjoint(with: .attachment) else { return false }
    guard !destination.entry.flags.isDisjoint(with: .attachment) else { return false }
    guard source.entry.isDepthOrStencil == destination.entry.isDepthOrStencil else { return false }
    if isDepth {
      if request.isLinear { return false }
      let isReducible = source.format == .S8_UINT_Z24_UNORM && destination.format == .Z24X8_UNORM
      guard source.format == destination.format || isReducible else { return false }
    } else {
      guard source.entry.swizzle == destination.entry.swizzle else { return false }
      // Part of the colour channels: only a draw has a write mask.
      guard mask == BlitMask(storedBy: destination.layout).intersection(.color) else { return false }
      if request.isLinear, source.entry.flags.contains(.pureInteger) { return false }
    }
    if !canView(a, source) || !canView(b, destination) { return false }
    let isScaled = abs(from.width) != abs(to.width) || abs(from.height) != abs(to.height)
    if a.shape.isMultisample, !b.shape.isMultisample {
      if isScaled, !hasScaledResolve || isDepth { return false }
      if isES, from != to || source.format != destination.format { return false }
    } else if b.shape.isMultisample {
      if isES || isScaled || a.samples != b.samples && a.shape.isMultisample { return false }
    }
    return true
  }

  /// Whether the resource can be attached in the view's format; a host without views uses the resource's own.
  private func canView(_ resource: GLResource, _ view: ViewFormat) -> Bool {
    view.format == resource.format || view.entry.internalFormat == resource.entry.internalFormat
      || !hasTextureView || !resource.isImmutable || resource.entry.isDepthOrStencil
      || view.entry.viewClass != .none && view.entry.viewClass == resource.entry.viewClass
  }

  private func blitFramebuffers(
    _ request: BlitRequest, _ mask: BlitMask, _ source: ViewFormat, _ destination: ViewFormat,
    _ scratch: ContextScratch
  ) {
    var bits: GLbitfield = 0
    if !mask.isDisjoint(with: .color) { bits |= GL.COLOR_BUFFER_BIT }
    if mask.contains(.depth) { bits |= GL.DEPTH_BUFFER_BIT }
    if mask.contains(.stencil), source.entry.flags.contains(.hasStencil) { bits |= GL.STENCIL_BUFFER_BIT }
    let a = request.source.resource
    let b = request.destination.resource
    let sourceView = makeView(a, source)
    let destinationView = makeView(b, destination)
    let sourceLevel = Int(request.source.level)
    let destinationLevel = Int(request.destination.level)
    let from = request.source.box
    let to = request.destination.box
    let sourceSide: BlitPlan.Side
    switch sourceView {
    case .some(let view): sourceSide = BlitPlan.Side(a, view: view, level: sourceLevel, box: from)
    case .none: sourceSide = BlitPlan.Side(a, level: sourceLevel, box: from)
    }
    let destinationSide: BlitPlan.Side
    switch destinationView {
    case .some(let view): destinationSide = BlitPlan.Side(b, view: view, level: destinationLevel, box: to)
    case .none: destinationSide = BlitPlan.Side(b, level: destinationLevel, box: to)
    }
    let isScaled = abs(from.width) != abs(to.width) || abs(from.height) != abs(to.height)
    setSRGB(source.entry.flags.contains(.srgb) || destination.entry.flags.contains(.srgb))
    blitLayers(
      BlitPlan(
        source: sourceSide, destination: destinationSide, layers: from.depth, bits: bits,
        isLinear: request.isLinear && bits == GL.COLOR_BUFFER_BIT,
        isScaledResolve: isScaled && a.shape.isMultisample && !b.shape.isMultisample, scissor: request.scissor),
      scratch)
    _ = consume sourceView
    _ = consume destinationView
  }

  /// A view when the format asked for is stored differently; nil when the resource itself serves.
  private func makeView(_ resource: GLResource, _ view: ViewFormat) -> TemporaryView? {
    guard hasTextureView, !resource.entry.isDepthOrStencil, view.entry.internalFormat != resource.entry.internalFormat
    else { return nil }
    return TemporaryView(of: resource, internalFormat: view.entry.internalFormat, flattensCubes: false)
  }
}
