import CEpoxy
import GLDriver
import WireFormat

extension SubContextState {
  /// DRAW_VBO. A draw without shaders, or whose indices lie outside the index buffer, is dropped.
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
    } else {
      try drawArrays(command)
    }
    if !streamOut.isIdle { pauseCapture() }
  }

  private mutating func setPatchVertices(_ count: UInt32) {
    let count = min(count, 32)
    if patchVertices != count {
      patchVertices = count
      if host.isES { dirty.insert(.shaders) }
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

  private func drawArrays(_ command: Draw) throws(CommandFault) {
    let first = GLint(bitPattern: command.start)
    let count = GLsizei(bitPattern: command.count)
    // GL would refuse negative numbers with an error; the guest meant nothing by them.
    guard first >= 0, count >= 0 else { return }
    if command.instanceCount == 0 || (command.instanceCount == 1 && command.startInstance == 0) {
      epoxy_glDrawArrays(command.mode, first, count)
    } else if command.startInstance != 0 {
      guard host.features.contains(.baseInstance) else { throw CommandFault(.illegalCommandBuffer, .unsupported) }
      epoxy_glDrawArraysInstancedBaseInstance(
        command.mode, first, count, instances(command), command.startInstance)
    } else {
      epoxy_glDrawArraysInstanced(command.mode, first, count, instances(command))
    }
  }

  private func instances(_ command: Draw) -> GLsizei { GLsizei(clamping: command.instanceCount) }

  private func drawIndexed(_ command: Draw) {
    guard let resource = indexBuffer.resource else { return }
    let size = indexBuffer.size
    guard UInt64(command.count) * UInt64(size) + UInt64(indexBuffer.offset) <= UInt64(resource.shape.width) else {
      return
    }
    let count = GLsizei(clamping: command.count)
    let type = Translate.indexType(size)
    let offset = UnsafeRawPointer(bitPattern: UInt(indexBuffer.offset))
    if command.instanceCount <= 1, command.startInstance == 0 {
      if command.indexBias != 0 {
        epoxy_glDrawElementsBaseVertex(command.mode, count, type, offset, command.indexBias)
      } else if command.maxIndex != .max || command.minIndex != 0, command.minIndex <= command.maxIndex {
        epoxy_glDrawRangeElements(command.mode, command.minIndex, command.maxIndex, count, type, offset)
      } else {
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
