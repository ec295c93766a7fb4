import CEpoxy
import GLDriver
import WireFormat

/// A range of a buffer bound to a slot.
struct BufferRange {
  var resource: GLResource?
  /// Bytes.
  var offset: UInt32 = 0
  /// Bytes.
  var length: UInt32 = 0
}

/// What GL has at an indexed binding point.
struct EmittedRange: Equatable {
  /// 0 = nothing.
  var serial: UInt64 = 0
  var offset: UInt32 = 0
  var length: UInt32 = 0
}

extension BufferRange {
  /// The part of the range that lies inside the buffer; empty when none does.
  var clamped: (offset: Int, length: Int) {
    guard let resource else { return (0, 0) }
    let width = resource.shape.width
    let offset = min(Int(self.offset), width)
    return (offset, min(Int(length), width - offset))
  }

  var emitted: EmittedRange {
    EmittedRange(serial: resource?.serial ?? 0, offset: offset, length: length)
  }
}

extension SubContextState {
  /// SET_UNIFORM_BUFFER.
  mutating func apply(_ command: SetUniformBuffer, _ resources: borrowing ResourceMap) throws(CommandFault) {
    let slot = command.stage &* ProtocolLimits.constantBuffers &+ command.index
    if command.resource == 0 {
      uniformBuffers[slot] = BufferRange()
    } else {
      let resource = try resources.requireBuffer(command.resource)
      uniformBuffers[slot] = BufferRange(resource: resource, offset: command.offset, length: command.length)
    }
    dirty.insert(.uniformBuffers)
  }

  /// Binds the buffers of the blocks that the program declares, in its own numbering.
  mutating func emitUniformBuffers(_ program: LinkedProgram) {
    for binding in program.blockBindings.indices {
      guard binding < emittedUniformBuffers.count else { return }
      let block = program.blockBindings[binding]
      let range = uniformBuffers[Int(block.stage) &* ProtocolLimits.constantBuffers &+ Int(block.slot & 31)]
      let wanted = range.emitted
      guard wanted != emittedUniformBuffers[binding] else { continue }
      let (offset, length) = range.clamped
      if let resource = range.resource, length > 0 {
        epoxy_glBindBufferRange(GL.UNIFORM_BUFFER, GLuint(binding), resource.bufferName, offset, length)
      } else {
        epoxy_glBindBufferBase(GL.UNIFORM_BUFFER, GLuint(binding), 0)
      }
      emittedUniformBuffers[binding] = wanted
    }
  }
}
