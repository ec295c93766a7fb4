import CEpoxy
import GLDriver
import WireFormat

/// Blits that glBlitFramebuffer cannot express: a textured quad per layer, drawn in the current context.
///
/// Nearly all draw state of the context is changed and reported as `drawState`.
extension BlitEngine {
  func drawBlit(
    _ request: BlitRequest, _ mask: BlitMask, _ source: ViewFormat, _ destination: ViewFormat,
    _ scratch: ContextScratch
  ) {
    let resource = request.source.resource
    let passes = BlitPass.passes(mask, source.entry, destination.entry, self)
    guard !passes.isEmpty,
      destination.entry.isDepthOrStencil == destination.entry.flags.contains(.depthStencil),
      destination.entry.isDepthOrStencil || destination.entry.flags.contains(.render)
    else { return }
    let internalFormat =
      source.entry.isDepthOrStencil ? resource.entry.internalFormat : source.entry.internalFormat
    let view =
      hasTextureView ? TemporaryView(of: resource, internalFormat: internalFormat, flattensCubes: true) : nil
    var target = resource.glTarget
    var texture = resource.textureName
    switch view {
    case .some(let view):
      target = view.target
      texture = view.texture
    case .none: resource.appliedView = 0
    }
    bindSource(texture, target)
    let samples = resource.samples > 0 ? storedSamples(target) : 0
    for pass in passes {
      let key = BlitProgramKey(
        target: target, source: pass.source, destination: pass.destination, samples: samples,
        alphaToRed: destination.entry.flags.contains(.emulatedAlpha))
      guard let program = programs.program(key) else { continue }
      setSampling(target, Int(request.source.level), source.entry, pass, isLinear: request.isLinear)
      setDrawState(request, program, scratch)
      setPassState(pass, blends: request.alphaBlend, request.destination.resource)
      setColorMask(pass.mask, request.destination.resource)
      setSRGB(destination.entry.flags.contains(.srgb))
      drawLayers(request, destination, pass, program, sourceTarget: target)
    }
    _ = consume view
  }

  private func bindSource(_ texture: GLuint, _ target: GLenum) {
    epoxy_glActiveTexture(transfers.reservedUnit)
    transfers.clobbers.insert(.activeTexture)
    epoxy_glBindTexture(target, texture)
    if host.features.contains(.samplerObjects) { epoxy_glBindSampler(transfers.reservedUnit &- GL.TEXTURE0, 0) }
  }

  /// How many samples the bound multisample texture really has: drivers give at least what was asked for.
  private func storedSamples(_ target: GLenum) -> Int {
    var samples: GLint = 0
    epoxy_glGetTexLevelParameteriv(target, 0, GL.TEXTURE_SAMPLES, &samples)
    return max(1, Int(samples))
  }

  private func setSampling(
    _ target: GLenum, _ level: Int, _ entry: FormatEntry, _ pass: BlitPass, isLinear: Bool
  ) {
    if host.features.contains(.textureSwizzle) {
      setParameter(target, GL.TEXTURE_SWIZZLE_R, swizzle(entry.swizzle.r))
      setParameter(target, GL.TEXTURE_SWIZZLE_G, swizzle(entry.swizzle.g))
      setParameter(target, GL.TEXTURE_SWIZZLE_B, swizzle(entry.swizzle.b))
      setParameter(target, GL.TEXTURE_SWIZZLE_A, swizzle(entry.swizzle.a))
    }
    if entry.flags.contains(.hasDepth), entry.flags.contains(.hasStencil), host.features.contains(.stencilTexturing) {
      setParameter(
        target, GL.DEPTH_STENCIL_TEXTURE_MODE, pass.isStencil ? GL.STENCIL_INDEX : GL.DEPTH_COMPONENT)
    }
    // Multisample textures have no filter and one level.
    guard target != GL.TEXTURE_2D_MULTISAMPLE, target != GL.TEXTURE_2D_MULTISAMPLE_ARRAY else { return }
    let filter = isLinear && pass.source != .unsigned && pass.source != .signed ? GL.LINEAR : GL.NEAREST
    setParameter(target, GL.TEXTURE_MIN_FILTER, filter)
    setParameter(target, GL.TEXTURE_MAG_FILTER, filter)
    setParameter(target, GL.TEXTURE_WRAP_S, GL.CLAMP_TO_EDGE)
    setParameter(target, GL.TEXTURE_WRAP_T, GL.CLAMP_TO_EDGE)
    setParameter(target, GL.TEXTURE_WRAP_R, GL.CLAMP_TO_EDGE)
    if entry.isDepthOrStencil { setParameter(target, GL.TEXTURE_COMPARE_MODE, GL.NONE) }
    guard target != GL.TEXTURE_RECTANGLE else { return }
    epoxy_glTexParameteri(target, GL.TEXTURE_BASE_LEVEL, GLint(truncatingIfNeeded: level))
    epoxy_glTexParameteri(target, GL.TEXTURE_MAX_LEVEL, GLint(truncatingIfNeeded: level))
  }

  private func setParameter(_ target: GLenum, _ parameter: GLenum, _ value: GLenum) {
    epoxy_glTexParameteri(target, parameter, GLint(bitPattern: value))
  }

  /// The table's swizzle, from GL's texel to the guest's.
  private func swizzle(_ source: SwizzleSource) -> GLenum {
    switch source {
    case .x: GL.RED
    case .y: GL.GREEN
    case .z: GL.BLUE
    case .w: GL.ALPHA
    case .zero, .none: GL.ZERO
    case .one: GL.ONE
    }
  }

  private func setDrawState(
    _ request: BlitRequest, _ program: BlitPrograms.Program, _ scratch: ContextScratch
  ) {
    let destination = request.destination.resource
    let level = Int(request.destination.level)
    transfers.clobbers.formUnion([.drawState, .drawFramebuffer, .writeMasks, .rasterizerDiscard, .scissor])
    epoxy_glUseProgram(program.name)
    epoxy_glUniform1i(program.source, GLint(truncatingIfNeeded: transfers.reservedUnit &- GL.TEXTURE0))
    epoxy_glBindVertexArray(scratch.vertexArray)
    epoxy_glBindFramebuffer(GL.DRAW_FRAMEBUFFER, scratch.drawFramebuffer)
    epoxy_glViewport(
      0, 0, GLsizei(truncatingIfNeeded: destination.shape.levelWidth(level)),
      GLsizei(truncatingIfNeeded: destination.shape.levelHeight(level)))
    for test in [
      GL.CULL_FACE, GL.RASTERIZER_DISCARD, GL.SAMPLE_ALPHA_TO_COVERAGE, GL.SAMPLE_COVERAGE,
    ] {
      epoxy_glDisable(test)
    }
    if host.features.contains(.sampleMask) { epoxy_glDisable(GL.SAMPLE_MASK) }
    if host.features.contains(.depthClamp) { epoxy_glDisable(GL.DEPTH_CLAMP) }
    for plane in 0..<GLenum(truncatingIfNeeded: max(0, min(8, host.limits.maxClipDistances))) {
      epoxy_glDisable(GL.CLIP_DISTANCE0 &+ plane)
    }
    if !isES {
      epoxy_glDisable(GL.COLOR_LOGIC_OP)
      epoxy_glPolygonMode(GL.FRONT_AND_BACK, GL.FILL)
    }
    if host.isCompat {
      epoxy_glDisable(GL.ALPHA_TEST)
      epoxy_glDisable(GL.POLYGON_STIPPLE)
    }
    setScissor(request.scissor.map { glRegion(destination, $0) })
  }

  private func setColorMask(_ mask: BlitMask, _ destination: GLResource) {
    func bit(_ component: BlitMask) -> GLboolean { mask.contains(component) ? GL.TRUE : GL.FALSE }
    if destination.entry.flags.contains(.emulatedAlpha) {
      epoxy_glColorMask(bit(.alpha), GL.FALSE, GL.FALSE, GL.FALSE)
    } else {
      // X-formats are stored with alpha; writing it is harmless and keeps the mask of whole pixels.
      let alpha = destination.entry.flags.contains(.hasAlpha) ? bit(.alpha) : GL.TRUE
      epoxy_glColorMask(bit(.red), bit(.green), bit(.blue), alpha)
    }
  }

  private func drawLayers(
    _ request: BlitRequest, _ destination: ViewFormat, _ pass: BlitPass, _ program: BlitPrograms.Program,
    sourceTarget: GLenum
  ) {
    let quad = BlitQuad(request, sourceTarget: sourceTarget)
    guard !quad.isEmpty else { return }
    let target = request.destination.resource
    let view = drawView(target, destination)
    let texture =
      switch view {
      case .some(let view): view.texture
      case nil: target.textureName
      }
    epoxy_glUniform4f(program.quad, quad.left, quad.bottom, quad.right, quad.top)
    epoxy_glUniform4f(program.edges, quad.s0, quad.t0, quad.s1, quad.t1)
    let sourceDepth = request.source.resource.shape.levelLayers(Int(request.source.level))
    let layers = request.destination.box.depth
    let step = Float(request.source.box.depth) / Float(layers)
    for layer in 0..<layers {
      attachTexture(
        GL.DRAW_FRAMEBUFFER, target.attachmentPoint, texture, target.glTarget, level: Int(request.destination.level),
        layer: request.destination.box.z &+ layer)
      let z = Float(request.source.box.z) + (Float(layer) + 0.5) * step
      let slice = sourceTarget == GL.TEXTURE_3D ? z / Float(sourceDepth) : z.rounded(.down)
      epoxy_glUniform1f(program.slice, slice)
      drawQuad(pass, program)
    }
    detachTexture(GL.DRAW_FRAMEBUFFER, target.attachmentPoint)
    _ = consume view
  }

  private func drawView(_ resource: GLResource, _ view: ViewFormat) -> TemporaryView? {
    guard hasTextureView, !resource.entry.isDepthOrStencil, view.entry.internalFormat != resource.entry.internalFormat
    else { return nil }
    return TemporaryView(of: resource, internalFormat: view.entry.internalFormat, flattensCubes: false)
  }
}

/// The rectangle to draw, in clip space, and the texture coordinates of its edges, the source clipped to its level.
struct BlitQuad {
  private(set) var left: Float = 0
  private(set) var right: Float = 0
  private(set) var bottom: Float = 0
  private(set) var top: Float = 0
  private(set) var s0: Float = 0
  private(set) var s1: Float = 0
  private(set) var t0: Float = 0
  private(set) var t1: Float = 0
  private(set) var isEmpty = false

  init(_ request: BlitRequest, sourceTarget: GLenum) {
    let source = request.source
    let destination = request.destination
    let sourceShape = source.resource.shape
    let targetShape = destination.resource.shape
    let sourceLevel = Int(source.level)
    let targetLevel = Int(destination.level)
    let width = Double(sourceShape.levelWidth(sourceLevel))
    let height = Double(sourceShape.levelHeight(sourceLevel))

    var x = Axis(source.box.x, source.box.width, destination.box.x, destination.box.width)
    var y = Axis(source.box.y, source.box.height, destination.box.y, destination.box.height)
    x.clipSource(to: width)
    y.clipSource(to: height)
    isEmpty = x.isEmpty || y.isEmpty
    if source.resource.isTopDown { y.flipSource(height) }
    if destination.resource.isTopDown { y.flipDestination(Double(targetShape.levelHeight(targetLevel))) }

    let isUnnormalized =
      sourceTarget == GL.TEXTURE_RECTANGLE || sourceTarget == GL.TEXTURE_2D_MULTISAMPLE
      || sourceTarget == GL.TEXTURE_2D_MULTISAMPLE_ARRAY
    s0 = Float(isUnnormalized ? x.from0 : x.from0 / width)
    s1 = Float(isUnnormalized ? x.from1 : x.from1 / width)
    t0 = Float(isUnnormalized ? y.from0 : y.from0 / height)
    t1 = Float(isUnnormalized ? y.from1 : y.from1 / height)
    func clip(_ position: Double, _ size: Int) -> Float { Float(2 * position / Double(size) - 1) }
    left = clip(x.to0, targetShape.levelWidth(targetLevel))
    right = clip(x.to1, targetShape.levelWidth(targetLevel))
    bottom = clip(y.to0, targetShape.levelHeight(targetLevel))
    top = clip(y.to1, targetShape.levelHeight(targetLevel))
  }

  /// One dimension: the source interval and the destination interval it is stretched to; either may run backwards.
  private struct Axis {
    var from0: Double
    var from1: Double
    var to0: Double
    var to1: Double

    init(_ from: Int, _ fromExtent: Int, _ to: Int, _ toExtent: Int) {
      from0 = Double(from)
      from1 = Double(from) + Double(fromExtent)
      to0 = Double(to)
      to1 = Double(to) + Double(toExtent)
    }

    var isEmpty: Bool { from0 == from1 || to0 == to1 }

    /// Cuts the source to 0…size and moves the destination's ends in proportion.
    mutating func clipSource(to size: Double) {
      let scale = (to1 - to0) / (from1 - from0)
      let clipped0 = min(max(from0, 0), size)
      let clipped1 = min(max(from1, 0), size)
      to0 += (clipped0 - from0) * scale
      to1 += (clipped1 - from1) * scale
      from0 = clipped0
      from1 = clipped1
    }

    mutating func flipSource(_ size: Double) {
      from0 = size - from0
      from1 = size - from1
    }

    mutating func flipDestination(_ size: Double) {
      to0 = size - to0
      to1 = size - to1
    }
  }
}
