import CEpoxy
import GLDriver

/// Where the parameters of an indirect draw or dispatch are. Hosts that draw with the CPU look at them first.
struct IndirectParameters {
  let buffer: GLuint
  let offset: Int
  fileprivate var isCopy = false

  /// After the draw; a copy is no longer needed then.
  func release() {
    guard isCopy else { return }
    var name = buffer
    epoxy_glDeleteBuffers(1, &name)
  }
}

extension SubContextState {
  /// The parameters in a guest's buffer; of a mapped buffer a copy, on hosts that look: the guest writes there without
  /// asking, and what was looked at has to be what is drawn.
  func parameters(in resource: GLResource, at offset: Int, byteCount: Int) -> IndirectParameters {
    guard drawLimits.work != .max, resource.mapping != nil else {
      return IndirectParameters(buffer: resource.bufferName, offset: offset)
    }
    var copy: GLuint = 0
    epoxy_glGenBuffers(1, &copy)
    epoxy_glBindBuffer(GL.COPY_WRITE_BUFFER, copy)
    epoxy_glBufferData(GL.COPY_WRITE_BUFFER, byteCount, nil, GL.STREAM_DRAW)
    epoxy_glBindBuffer(GL.COPY_READ_BUFFER, resource.bufferName)
    epoxy_glCopyBufferSubData(GL.COPY_READ_BUFFER, GL.COPY_WRITE_BUFFER, offset, 0, byteCount)
    return IndirectParameters(buffer: copy, offset: 0, isCopy: true)
  }

  /// `count` dwords, at most 4, from `distance` bytes behind the first parameter, which the GPU may still be writing:
  /// waits for it. Only for hosts that draw with the CPU. Zeros when GL gives none.
  func read(_ parameters: IndirectParameters, at distance: Int, count: Int) -> InlineArray<4, UInt32> {
    var words = InlineArray<4, UInt32>(repeating: 0)
    let offset = parameters.offset + distance
    epoxy_glBindBuffer(GL.COPY_READ_BUFFER, parameters.buffer)
    if host.flavour != .es {
      var span = words.mutableSpan
      span.withUnsafeMutableBytes {
        epoxy_glGetBufferSubData(GL.COPY_READ_BUFFER, offset, min(count * 4, $0.count), $0.baseAddress)
      }
    } else if let bytes = epoxy_glMapBufferRange(GL.COPY_READ_BUFFER, offset, count * 4, GL.MAP_READ_BIT) {
      for index in 0..<min(count, 4) { words[index] = bytes.load(fromByteOffset: index * 4, as: UInt32.self) }
      _ = epoxy_glUnmapBuffer(GL.COPY_READ_BUFFER)
    }
    return words
  }
}
