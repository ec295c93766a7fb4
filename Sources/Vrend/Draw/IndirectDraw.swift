import CEpoxy
import GLDriver
import WireFormat

extension SubContextState {
  /// The indirect forms of DRAW_VBO: parameters, and perhaps their count, are in buffers.
  @inline(never)
  mutating func drawIndirect(_ command: Draw, _ resources: borrowing ResourceMap) throws(CommandFault) {
    guard host.features.contains(.indirectDraw) else { throw CommandFault(.illegalCommandBuffer, .unsupported) }
    let arguments = try resources.requireBuffer(command.indirectResource)
    let recordBytes = command.isIndexed ? 20 : 16
    let draws = max(1, Int(command.indirectCount))
    let stride = command.indirectStride == 0 ? recordBytes : Int(command.indirectStride)
    // Products of two 31-bit numbers: no overflow in 64 bits, which products of two 32-bit ones have.
    guard draws <= Int(Int32.max), stride <= Int(Int32.max) else { throw .range }
    // GL wants records and their distance on dwords.
    guard command.indirectOffset & 3 == 0, stride & 3 == 0 else { throw .value }
    let byteCount = (draws - 1) * stride + recordBytes
    guard Int(command.indirectOffset) + byteCount <= arguments.shape.width else {
      throw CommandFault(.illegalResource, .bounds, command.indirectResource)
    }
    let parameters = parameters(in: arguments, at: Int(command.indirectOffset), byteCount: byteCount)
    defer { parameters.release() }
    guard areBearable(parameters, draws: draws, stride: stride) else { return }
    epoxy_glBindBuffer(GL.DRAW_INDIRECT_BUFFER, parameters.buffer)
    let offset = UnsafeRawPointer(bitPattern: parameters.offset)
    let type = Translate.indexType(indexBuffer.size)
    if command.indirectCountResource != 0 {
      try drawIndirectCounted(command, resources, offset: offset, type: type, draws: draws, stride: stride)
    } else if draws > 1 {
      guard host.features.contains(.multiDrawIndirect) else {
        throw CommandFault(.illegalCommandBuffer, .unsupported)
      }
      if command.isIndexed {
        epoxy_glMultiDrawElementsIndirect(command.mode, type, offset, GLsizei(draws), GLsizei(stride))
      } else {
        epoxy_glMultiDrawArraysIndirect(command.mode, offset, GLsizei(draws), GLsizei(stride))
      }
    } else if command.isIndexed {
      epoxy_glDrawElementsIndirect(command.mode, type, offset)
    } else {
      epoxy_glDrawArraysIndirect(command.mode, offset)
    }
    epoxy_glBindBuffer(GL.DRAW_INDIRECT_BUFFER, 0)
  }

  /// Whether each of the draws can be done in bearable time. Looked at on hosts where the answer may be no; they read
  /// the records with the CPU in any case.
  private func areBearable(_ parameters: IndirectParameters, draws: Int, stride: Int) -> Bool {
    guard drawLimits.work != .max else { return true }
    var total: UInt64 = 0
    for draw in 0..<draws {
      let record = read(parameters, at: draw * stride, count: 2)
      guard isBearable(record[0], record[1]) else { return false }
      total &+= UInt64(record[0]) &* UInt64(record[1])
      guard total <= drawLimits.work else { return false }
    }
    return true
  }

  private func drawIndirectCounted(
    _ command: Draw, _ resources: borrowing ResourceMap, offset: UnsafeRawPointer?, type: GLenum, draws: Int,
    stride: Int
  ) throws(CommandFault) {
    guard host.features.contains(.indirectParameters) else { throw CommandFault(.illegalCommandBuffer, .unsupported) }
    let counter = try resources.requireBuffer(command.indirectCountResource)
    guard Int(command.indirectCountOffset) + 4 <= counter.shape.width, command.indirectCountOffset & 3 == 0 else {
      throw CommandFault(.illegalResource, .bounds, command.indirectCountResource)
    }
    epoxy_glBindBuffer(GL.PARAMETER_BUFFER, counter.bufferName)
    let countOffset = GLintptr(command.indirectCountOffset)
    if command.isIndexed {
      epoxy_glMultiDrawElementsIndirectCountARB(
        command.mode, type, offset, countOffset, GLsizei(draws), GLsizei(stride))
    } else {
      epoxy_glMultiDrawArraysIndirectCountARB(command.mode, offset, countOffset, GLsizei(draws), GLsizei(stride))
    }
    epoxy_glBindBuffer(GL.PARAMETER_BUFFER, 0)
  }
}
