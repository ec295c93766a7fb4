import GuestStreams
import WireFormat

/// Parses a packet as the dispatch loop would and reads every field behind the parser, with no renderer.
package enum DecodeProbe {
  /// - Throws: what the parser throws. Packets without a payload to parse pass.
  package static func parse(_ packet: Packet) throws(CommandFault) {
    let payload = packet.payload.span
    guard let code = CommandCode(rawValue: packet.code) else { throw .value }
    switch code {
    case .nop, .endTransfers, .setDebugFlags: break
    case .createObject: try parseObject(packet.object, payload)
    case .bindObject, .destroyObject: _ = try ObjectReference(payload)
    case .setViewportState:
      let command = try SetViewportState(payload)
      for index in 0..<command.slots.count { _ = command.viewport(index, payload) }
    case .setScissorState:
      let command = try SetScissorState(payload)
      for index in 0..<command.slots.count {
        let scissor = command.scissor(index, payload)
        _ = (scissor.width, scissor.height)
      }
    case .setFramebufferState:
      let command = try SetFramebufferState(payload)
      for index in 0..<command.colorCount { _ = command.color(index, payload) }
    case .setFramebufferStateNoAttach: _ = try SetFramebufferStateNoAttach(payload)
    case .setStencilRef: _ = try SetStencilRef(payload)
    case .setBlendColor: _ = try SetBlendColor(payload)
    case .setPolygonStipple, .setClipState: _ = try ThirtyTwoDwords(payload)
    case .setTessState: _ = try SetTessState(payload)
    case .setTweaks: _ = try SetTweaks(payload)
    case .bindShader: _ = try BindShader(payload)
    case .linkShader: _ = try LinkShader(payload)
    case .setVertexBuffers:
      let command = try SetVertexBuffers(payload)
      for index in 0..<command.count {
        _ = (command.stride(index, payload), command.offset(index, payload), command.resource(index, payload))
      }
    case .setIndexBuffer: _ = try SetIndexBuffer(payload)
    case .setConstantBuffer: _ = try SetConstantBuffer(payload)
    case .setUniformBuffer: _ = try SetUniformBuffer(payload)
    case .setSamplerViews, .bindSamplerStates:
      let limit = code == .setSamplerViews ? ProtocolLimits.samplerViews : ProtocolLimits.samplers
      let command = try BindStageHandles(payload, limit: limit)
      for index in 0..<command.slots.count { _ = command.handle(index, payload) }
    case .setShaderBuffers:
      let command = try SetShaderBuffers(payload)
      for index in 0..<command.slots.count { _ = command.range(index, payload) }
    case .setAtomicBuffers:
      let command = try SetAtomicBuffers(payload)
      for index in 0..<command.slots.count { _ = command.range(index, payload) }
    case .setShaderImages:
      let command = try SetShaderImages(payload)
      for index in 0..<command.slots.count { _ = command.image(index, payload).level }
    case .setStreamOutTargets:
      let command = try SetStreamOutTargets(payload)
      for index in 0..<command.count { _ = command.handle(index, payload) }
    case .drawVBO: _ = try Draw(payload)
    case .clear: _ = try Clear(payload)
    case .clearSurface: _ = try ClearSurface(payload)
    case .clearTexture: _ = try ClearTexture(payload)
    case .launchGrid: _ = try LaunchGrid(payload)
    case .blit: _ = try Blit(payload)
    case .resourceCopyRegion: _ = try CopyRegion(payload)
    case .resourceInlineWrite:
      _ = try ResourceInlineWrite(payload)
      _ = payload.extracting(ResourceInlineWrite.dataOffset..<payload.count)
    case .transfer3D: _ = try Transfer3D(payload)
    case .copyTransfer3D: _ = try CopyTransfer3D(payload)
    case .getQueryResult: _ = try GetQueryResult(payload)
    case .getQueryResultQBO: _ = try GetQueryResultQBO(payload)
    case .setRenderCondition: _ = try SetRenderCondition(payload)
    case .pipeResourceCreate: _ = try PipeResourceCreate(payload)
    case .pipeResourceSetType:
      let command = try PipeResourceSetType(payload)
      for index in 0..<command.planeCount { _ = command.plane(index, payload) }
    case .getPipeResourceLayout: _ = try GetPipeResourceLayout(payload)
    case .sendStringMarker: _ = try SendStringMarker(payload)
    case .setSampleMask, .setMinSamples, .setSubContext, .createSubContext, .destroySubContext, .memoryBarrier,
      .textureBarrier, .beginQuery, .endQuery, .getMemoryInfo:
      _ = try SingleDword(payload)
    case .createVideoCodec, .destroyVideoCodec, .createVideoBuffer, .destroyVideoBuffer, .beginFrame,
      .decodeMacroblock, .decodeBitstream, .encodeBitstream, .endFrame:
      throw CommandFault(.illegalCommandBuffer, .unsupported, UInt32(packet.code))
    }
  }

  private static func parseObject(_ kind: UInt8, _ payload: Span<UInt32>) throws(CommandFault) {
    guard let kind = ObjectKind(rawValue: kind) else { throw .value }
    _ = try CreateObject(payload)
    switch kind {
    case .blend: _ = try CreateBlend(payload)
    case .rasterizer: _ = try CreateRasterizer(payload)
    case .depthStencilAlpha: _ = try CreateDepthStencilAlpha(payload)
    case .samplerView: _ = try CreateSamplerView(payload)
    case .samplerState: _ = try CreateSamplerState(payload)
    case .surface, .msaaSurface: _ = try CreateSurface(payload, multisample: kind == .msaaSurface)
    case .query: _ = try CreateQuery(payload)
    case .streamOutTarget: _ = try CreateStreamOutTarget(payload)
    case .vertexElements:
      let command = try CreateVertexElements(payload)
      for index in 0..<command.count { _ = try command.element(index, payload) }
    case .shader:
      let command = try CreateShader(payload)
      for index in 0..<command.outputCount { _ = command.output(index, payload) }
      _ = payload.extracting(command.textStart..<payload.count)
    }
  }
}
