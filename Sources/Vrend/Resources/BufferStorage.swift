import CEpoxy
import GLDriver
import VirtioGPU

extension ResourceAllocator {
  /// Buffers: a GL buffer object, except that CUSTOM ones are host memory and STAGING ones have no storage here.
  ///
  /// All GL work goes through GL_COPY_WRITE_BUFFER: the target a buffer is made with means nothing, because guests
  /// use any buffer for any purpose.
  func makeBuffer(_ valid: ValidatedResource, _ entry: FormatEntry, _ bytes: Int) throws(Fault) -> GLStorage {
    if valid.isGuestOnly {
      return storage(.guestOnly, valid, entry, bytes)
    }
    if valid.isHostMemory {
      return storage(.hostMemory, valid, entry, bytes, hostMemory: try HostMemory(count: valid.shape.width))
    }
    let isPersistent = valid.isPersistent
    guard !isPersistent || host.features.contains(.bufferStorage) else {
      throw Fault(.unsupported, "persistent buffer mapping")
    }
    GLQuery.drainErrors()
    var name: GLuint = 0
    epoxy_glGenBuffers(1, &name)
    epoxy_glBindBuffer(GL.COPY_WRITE_BUFFER, name)
    if isPersistent {
      PersistentBuffer.allocate(valid.storedBytes)
    } else {
      epoxy_glBufferData(GL.COPY_WRITE_BUFFER, valid.storedBytes, nil, GL.STREAM_DRAW)
    }
    do {
      try checkCreation("buffer storage", bytes: valid.storedBytes)
    } catch {
      epoxy_glBindBuffer(GL.COPY_WRITE_BUFFER, 0)
      epoxy_glDeleteBuffers(1, &name)
      throw error
    }
    clearBoundBuffer(byteCount: valid.storedBytes)
    epoxy_glBindBuffer(GL.COPY_WRITE_BUFFER, 0)
    return storage(.buffer, valid, entry, bytes, name: name, isImmutable: isPersistent)
  }

  /// Zeroes the buffer bound to GL_COPY_WRITE_BUFFER.
  private func clearBoundBuffer(byteCount: Int) {
    if engine.abilities.contains(.clearBuffer), byteCount > 4096 {
      if byteCount % 4 == 0 {
        epoxy_glClearBufferData(GL.COPY_WRITE_BUFFER, GL.R32UI, GL.RED_INTEGER, GL.UNSIGNED_INT, nil)
      } else {
        epoxy_glClearBufferData(GL.COPY_WRITE_BUFFER, GL.R8UI, GL.RED_INTEGER, GL.UNSIGNED_BYTE, nil)
      }
      return
    }
    engine.withZeroes(min(byteCount, engine.stagingBytes)) { zeroes in
      var offset = 0
      while offset < byteCount {
        let count = min(zeroes.count, byteCount - offset)
        epoxy_glBufferSubData(GL.COPY_WRITE_BUFFER, offset, count, zeroes.baseAddress)
        offset += count
      }
    }
  }

  func storage(
    _ kind: GLStorage.Kind, _ valid: ValidatedResource, _ entry: FormatEntry, _ bytes: Int, name: GLuint = 0,
    glTarget: GLenum = 0, isImmutable: Bool = false, hostMemory: HostMemory? = nil
  ) -> GLStorage {
    GLStorage(
      kind: kind, shape: valid.shape, bind: valid.bind, flags: valid.flags, entry: entry, name: name,
      glTarget: glTarget, isImmutable: isImmutable, hostMemory: hostMemory,
      conversion: PixelConversion(valid.shape.format, entry, isES: host.isES),
      readback: engine.readbackPath(entry, valid.shape), releaseQueue: releaseQueue, budget: budget,
      chargedBytes: bytes)
  }
}
