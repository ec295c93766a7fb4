import CEpoxy
import VirtioGPU
import WireFormat

extension VrendContext {
  /// Runs the packets of a submission in order. The current sub-context's GL context is current.
  ///
  /// - Throws: the first bad command's fault, after the context was put into its error state.
  func run(_ stream: Span<UInt32>) throws(Fault) {
    let count = stream.count
    var position = 0
    defer { renderer.counters.noteSubmission(stream, ranUntil: position, draws: takeDrawCount()) }
    while position < count {
      let header = CommandHeader(stream[position])
      let end = position &+ 1 &+ header.length
      guard end <= count else {
        fail(CommandFault(.illegalCommandBuffer, .truncated, header.rawValue), command: header.code, offset: position)
        throw Fault(.invalidArgument, "a command reaches beyond the submission", UInt64(header.rawValue))
      }
      let payload = stream.extracting(position &+ 1..<end)
      do throws(CommandFault) {
        try execute(header, payload)
      } catch {
        absorbClobbers()
        fail(error, command: header.code, offset: position)
        throw Fault(.invalidArgument, "a command was refused", UInt64(header.rawValue))
      }
      position = end
    }
  }

  /// One packet: parse, then apply. The code of each command is one line away from here.
  @inline(__always)
  private func execute(_ header: CommandHeader, _ payload: Span<UInt32>) throws(CommandFault) {
    guard let code = CommandCode(code: header.code) else {
      throw CommandFault(.illegalCommandBuffer, .unknownCommand, UInt32(header.code))
    }
    switch code {
    case .nop, .endTransfers, .setDebugFlags: break
    case .createObject: try createObject(header, payload)
    case .bindObject: try state.bindObject(header.objectKind, ObjectReference(payload))
    case .destroyObject: try state.destroyObject(ObjectReference(payload).handle)

    // Fixed state
    case .setViewportState: state.apply(try SetViewportState(payload), payload)
    case .setScissorState: state.apply(try SetScissorState(payload), payload)
    case .setFramebufferState: try state.apply(SetFramebufferState(payload), payload)
    case .setFramebufferStateNoAttach: state.apply(try SetFramebufferStateNoAttach(payload))
    case .setStencilRef: state.apply(try SetStencilRef(payload))
    case .setBlendColor: state.apply(try SetBlendColor(payload))
    case .setSampleMask: state.setSampleMask(try SingleDword(payload).value)
    case .setMinSamples: state.setMinSamples(try SingleDword(payload).value)
    case .setPolygonStipple: try state.setPolygonStipple(ThirtyTwoDwords(payload), payload)
    case .setClipState: try state.setClipState(ThirtyTwoDwords(payload), payload)
    case .setTessState: state.apply(try SetTessState(payload))
    case .setTweaks: state.tweaks.apply(try SetTweaks(payload))

    // Bindings
    case .bindShader: state.apply(try BindShader(payload))
    case .linkShader: state.prelink(try LinkShader(payload))
    case .setVertexBuffers: try state.apply(SetVertexBuffers(payload), payload, resources)
    case .setIndexBuffer: try state.apply(SetIndexBuffer(payload), resources)
    case .setConstantBuffer: state.apply(try SetConstantBuffer(payload), payload)
    case .setUniformBuffer: try state.apply(SetUniformBuffer(payload), resources)
    case .setSamplerViews:
      try state.applySamplerViews(BindStageHandles(payload, limit: ProtocolLimits.samplerViews), payload)
    case .bindSamplerStates:
      try state.applySamplerStates(BindStageHandles(payload, limit: ProtocolLimits.samplers), payload)
    case .setShaderBuffers: try state.apply(SetShaderBuffers(payload), payload, resources)
    case .setShaderImages: try state.apply(SetShaderImages(payload), payload, resources)
    case .setAtomicBuffers: try state.apply(SetAtomicBuffers(payload), payload, resources)
    case .setStreamOutTargets: try state.apply(SetStreamOutTargets(payload), payload)

    // Work
    case .drawVBO:
      drawCount &+= 1
      try state.draw(Draw(payload), resources)
    case .clear: state.clear(try Clear(payload))
    case .clearSurface: try clearSurface(ClearSurface(payload))
    case .launchGrid: try state.dispatch(LaunchGrid(payload), resources)
    case .memoryBarrier: state.memoryBarrier(try SingleDword(payload).value)
    case .textureBarrier: state.textureBarrier(try SingleDword(payload).value)
    case .blit: try blit(Blit(payload))
    case .resourceCopyRegion: try copyRegion(CopyRegion(payload))
    case .clearTexture: try clearTexture(ClearTexture(payload))

    // Data
    case .resourceInlineWrite: try inlineWrite(ResourceInlineWrite(payload), payload)
    case .transfer3D: try transfer(Transfer3D(payload))
    case .copyTransfer3D: try transfer(CopyTransfer3D(payload))
    case .pipeResourceCreate: try park(PipeResourceCreate(payload))
    case .pipeResourceSetType: try setType(PipeResourceSetType(payload), payload)
    case .getMemoryInfo: try writeMemoryInfo(SingleDword(payload).value)
    case .getPipeResourceLayout: try writeLayout(GetPipeResourceLayout(payload))

    // Queries
    case .beginQuery: try state.beginQuery(SingleDword(payload).value)
    case .endQuery: try state.endQuery(SingleDword(payload).value)
    case .getQueryResult: try state.apply(GetQueryResult(payload))
    case .getQueryResultQBO: try state.apply(GetQueryResultQBO(payload), resources)
    case .setRenderCondition: state.apply(try SetRenderCondition(payload))

    // Sub-contexts
    case .setSubContext: try selectSubContext(SingleDword(payload).value)
    case .createSubContext: try createSubContext(SingleDword(payload).value)
    case .destroySubContext: try destroySubContext(SingleDword(payload).value)

    case .sendStringMarker: state.insertMarker(try SendStringMarker(payload), payload)

    // No video capability is advertised.
    case .createVideoCodec, .destroyVideoCodec, .createVideoBuffer, .destroyVideoBuffer, .beginFrame,
      .decodeMacroblock, .decodeBitstream, .encodeBitstream, .endFrame:
      throw CommandFault(.illegalCommandBuffer, .unsupported, UInt32(header.code))
    }
  }
}
