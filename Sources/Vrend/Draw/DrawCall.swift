import CEpoxy
import GLDriver
import WireFormat

extension SubContextState {
  /// DRAW_VBO. A draw without shaders, whose indices lie outside the index buffer, or that would take for ever on this
  /// host, is dropped.
  @inline(__always)
  mutating func draw(_ command: Draw, _ resources: borrowing ResourceMap) throws(CommandFault) {
    guard command.mode <= 14 else { throw .value }
    if command.mode != lastMode {
      lastMode = command.mode
      if boundRasterizer?.shaderDependsOnPrimitive ?? false { dirty.insert(.shaders) }
    }
    if command.verticesPerPatch != 0 { setPatchVertices(command.verticesPerPatch) }
    if !dirty.isEmpty {
      guard prepareDraw(primitive: command.mode) else { return }
    }
    guard let program = currentProgram else { return }
    if program.drawIDLocation >= 0 { emitDrawID(program, command.drawID) }
    if command.isIndexed {
      guard let resource = indexBuffer.resource else { return }
      emitIndexBuffer(resource)
      emitPrimitiveRestart(command)
    } else {
      shadow.switchCapabilities([], among: [.primitiveRestart, .primitiveRestartFixedIndex])
    }
    if !streamOut.isIdle { try beginCapture(command.mode) }
    if command.indirectResource != 0 {
      try drawIndirect(command, resources)
    } else if command.isIndexed {
      drawIndexed(command)
    } else if command.streamOutBytes == 0 {
      try drawArrays(command)
    } else {
      try drawCaptured(command)
    }
    if !streamOut.isIdle { pauseCapture() }
  }

  private mutating func setPatchVertices(_ count: UInt32) {
    let count = min(count, 32)
    if patchVertices != count {
      patchVertices = count
      // A pass-through control shader depends on it.
      if host.isES {
        programInputs.patchVertices = count
        dirty.insert(.shaders)
      }
    }
    guard shadow.patchVertices != count, host.features.contains(.tessellation) else { return }
    epoxy_glPatchParameteri(GL.PATCH_VERTICES, GLint(count))
    shadow.patchVertices = count
  }

  private func emitDrawID(_ program: LinkedProgram, _ drawID: UInt32) {
    let value = Int32(bitPattern: drawID)
    guard program.emittedDrawID != value else { return }
    epoxy_glUniform1i(program.drawIDLocation, value)
    program.emittedDrawID = value
  }

  /// ES knows only the index with all bits set; there a guest's other index is silently that one.
  private mutating func emitPrimitiveRestart(_ command: Draw) {
    let wanted: GLCapabilities =
      command.primitiveRestart ? [.primitiveRestart, .primitiveRestartFixedIndex] : []
    shadow.switchCapabilities(wanted, among: [.primitiveRestart, .primitiveRestartFixedIndex])
    guard command.primitiveRestart, !host.isES, command.restartIndex != shadow.restartIndex else { return }
    epoxy_glPrimitiveRestartIndex(command.restartIndex)
    shadow.restartIndex = command.restartIndex
  }

  func drawArrays(_ command: Draw) throws(CommandFault) {
    // GL's numbers are signed; the guest meant nothing by those it cannot have.
    guard UInt64(command.start) < vertexLimit else { return }
    let first = GLint(truncatingIfNeeded: command.start)
    let count = GLsizei(truncatingIfNeeded: min(UInt64(command.count), vertexLimit &- UInt64(command.start)))
    if command.instanceCount == 0 || (command.instanceCount == 1 && command.startInstance == 0) {
      guard command.count < DrawLimits.harmlessCount || isBearable(command.count, 1) else { return }
      epoxy_glDrawArrays(command.mode, first, count)
      return
    }
    guard isBearable(command.count, command.instanceCount) else { return }
    if command.startInstance != 0 {
      guard host.features.contains(.baseInstance) else { throw CommandFault(.illegalCommandBuffer, .unsupported) }
      epoxy_glDrawArraysInstancedBaseInstance(
        command.mode, first, count, instances(command), command.startInstance)
    } else {
      epoxy_glDrawArraysInstanced(command.mode, first, count, instances(command))
    }
  }

  /// What the buffers of instanced attributes hold, at most.
  func instances(_ command: Draw) -> GLsizei {
    let start = UInt64(command.startInstance)
    return start < instanceLimit ? GLsizei(clamping: min(UInt64(command.instanceCount), instanceLimit &- start)) : 0
  }

  private func drawIndexed(_ command: Draw) {
    let size = indexBuffer.size
    guard Int(command.count) &* Int(size) <= indexBuffer.available else { return }
    guard command.count < DrawLimits.harmlessCount && command.instanceCount <= 1
      || isBearable(command.count, command.instanceCount)
    else { return }
    let count = GLsizei(clamping: command.count)
    let type = Translate.indexType(size)
    let offset = UnsafeRawPointer(bitPattern: UInt(indexBuffer.offset))
    if command.instanceCount <= 1, command.startInstance == 0 {
      if command.indexBias != 0 {
        epoxy_glDrawElementsBaseVertex(command.mode, count, type, offset, command.indexBias)
      } else {
        // Not glDrawRangeElements: nobody has checked the guest's word on its indices, and GL may believe it.
        epoxy_glDrawElements(command.mode, count, type, offset)
      }
    } else if command.startInstance != 0, host.features.contains(.baseInstance) {
      epoxy_glDrawElementsInstancedBaseVertexBaseInstance(
        command.mode, count, type, offset, instances(command), command.indexBias, command.startInstance)
    } else if command.indexBias != 0 {
      epoxy_glDrawElementsInstancedBaseVertex(
        command.mode, count, type, offset, instances(command), command.indexBias)
    } else {
      epoxy_glDrawElementsInstanced(command.mode, count, type, offset, instances(command))
    }
  }
}
