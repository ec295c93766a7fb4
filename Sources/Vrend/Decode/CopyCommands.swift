import GLDriver
import VirtioGPU
import WireFormat

/// Commands that copy, scale and clear resources without the guest's pipeline state.
extension VrendContext {
  /// BLIT.
  @inline(never)
  func blit(_ command: Blit) throws(CommandFault) {
    let source = try resources.require(command.source.resource)
    let destination = try resources.require(command.destination.resource)
    let scissor = command.scissor
    let request = BlitRequest(
      mask: BlitMask(rawValue: command.mask), isLinear: command.filter == 1,
      scissor: command.scissorEnable
        ? Region(
          x: Int(scissor.minX), y: Int(scissor.minY), z: 0, width: Int(scissor.width), height: Int(scissor.height),
          depth: 1) : nil,
      alphaBlend: command.alphaBlend,
      isConditional: command.honoursRenderCondition && state.isConditional,
      destination: BlitRequest.Side(command.destination, resource: destination),
      source: BlitRequest.Side(command.source, resource: source))
    try copying(command.destination.resource, honoursCondition: command.honoursRenderCondition) {
      (scratch) throws(ContextError) in
      try renderer.blits.blit(request, scratch)
    }
  }

  /// RESOURCE_COPY_REGION. Not conditional.
  @inline(never)
  func copyRegion(_ command: CopyRegion) throws(CommandFault) {
    let request = CopyRequest(
      destination: try resources.require(command.destination), destinationLevel: command.destinationLevel,
      x: command.destinationX, y: command.destinationY, z: command.destinationZ,
      source: try resources.require(command.source), sourceLevel: command.sourceLevel, box: command.sourceBox)
    try copying(command.destination, honoursCondition: false) { (scratch) throws(ContextError) in
      try renderer.blits.copyRegion(request, scratch)
    }
  }

  /// CLEAR_TEXTURE.
  @inline(never)
  func clearTexture(_ command: ClearTexture) throws(CommandFault) {
    let resource = try resources.require(command.resource)
    let bits = command.texel.bits
    try copying(command.resource, honoursCondition: false) { (scratch) throws(ContextError) in
      try renderer.blits.clearTexture(
        resource, level: command.level, region: Region(command.box), texel: [bits.0, bits.1, bits.2, bits.3], scratch)
    }
  }

  /// CLEAR_SURFACE: a rectangle of one surface, bound or not.
  @inline(never)
  func clearSurface(_ command: ClearSurface) throws(CommandFault) {
    let surface = try state.objects.require(command.surface, Surface.self, error: .illegalSurface)
    let color = command.color.bits
    let request = ClearSurfaceRequest(
      texture: surface.texture, textureTarget: surface.textureTarget, entry: renderer.host.formats[surface.format],
      level: surface.level, firstLayer: surface.firstLayer, layerCount: surface.lastLayer - surface.firstLayer + 1,
      clearsColor: command.buffers.bit(2), clearsDepth: command.buffers.bit(0), clearsStencil: command.buffers.bit(1),
      value: ClearValue(
        color: [color.0, color.1, color.2, color.3], depth: Float(command.depth), stencil: command.stencil),
      rectangle: Region(
        x: Int(command.x), y: Int(command.y), z: 0, width: Int(command.width), height: Int(command.height), depth: 1),
      topDownHeight: surface.resource.isTopDown ? surface.height : nil)
    try copying(command.surface, honoursCondition: command.honoursRenderCondition) {
      (scratch) throws(ContextError) in
      try renderer.blits.clearSurface(request, scratch)
    }
  }

  /// Runs work of the blit engine, apart from conditional rendering unless the command honours it.
  private func copying(
    _ named: UInt32, honoursCondition: Bool, _ body: (ContextScratch) throws(ContextError) -> Void
  ) throws(CommandFault) {
    let suspended = honoursCondition ? nil : state.suspendCondition()
    defer { state.resumeCondition(suspended) }
    do throws(ContextError) {
      try body(current.scratch)
    } catch {
      throw CommandFault(error, .bounds, named)
    }
    absorbClobbers()
  }
}
