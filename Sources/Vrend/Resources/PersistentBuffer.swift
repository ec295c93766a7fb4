import CEpoxy
import GLDriver
import Platform
import VirtioGPU

/// GL buffers that stay mapped while GL uses them (GL_ARB_buffer_storage): host memory that guests see.
///
/// A monitor shows a mapping to its guest page by page, so such a buffer owns whole pages; else the guest would see
/// what the driver keeps beside it. A context of the share group must be current for all of it.
enum PersistentBuffer {
  /// Coherent whatever the guest asks for: that its program flushes a range never reaches the host.
  private static var access: GLbitfield {
    GL.MAP_READ_BIT | GL.MAP_WRITE_BIT | GL.MAP_PERSISTENT_BIT | GL.MAP_COHERENT_BIT
  }

  /// Bytes of the GL buffer for a resource of `byteCount`, which resource limits keep far from the largest Int.
  static func storedBytes(_ byteCount: Int) -> Int { byteCount.rounded(upTo: Mapping.pageBytes) ?? byteCount }

  /// Gives the buffer bound to GL_COPY_WRITE_BUFFER its storage.
  static func allocate(_ storedBytes: Int) {
    epoxy_glBufferStorage(GL.COPY_WRITE_BUFFER, storedBytes, nil, access | GL.DYNAMIC_STORAGE_BIT)
  }

  /// Maps all of a buffer.
  ///
  /// - Returns: nil when GL maps it nowhere or not at the start of a page; a monitor that is given the middle of a page
  ///   ends, or shows its guest what lies before.
  static func map(_ name: GLuint, _ storedBytes: Int) -> UnsafeMutableRawPointer? {
    epoxy_glBindBuffer(GL.COPY_WRITE_BUFFER, name)
    defer { epoxy_glBindBuffer(GL.COPY_WRITE_BUFFER, 0) }
    guard let start = epoxy_glMapBufferRange(GL.COPY_WRITE_BUFFER, 0, storedBytes, access) else {
      GLQuery.drainErrors()
      return nil
    }
    guard UInt(bitPattern: start) % UInt(Mapping.pageBytes) == 0 else {
      _ = epoxy_glUnmapBuffer(GL.COPY_WRITE_BUFFER)
      return nil
    }
    return start
  }

  static func unmap(_ name: GLuint) {
    epoxy_glBindBuffer(GL.COPY_WRITE_BUFFER, name)
    _ = epoxy_glUnmapBuffer(GL.COPY_WRITE_BUFFER)
    epoxy_glBindBuffer(GL.COPY_WRITE_BUFFER, 0)
  }

  /// How guests have to cache mappings: the page attributes of both sides must match. GL does not tell, so it is known
  /// of some drivers only; `none` for the others, and where a buffer of one page does not map as monitors need it.
  static func caching(on host: HostGL) -> MapCaching {
    guard host.features.contains(.bufferStorage) else { return .none }
    var name: GLuint = 0
    epoxy_glGenBuffers(1, &name)
    defer { epoxy_glDeleteBuffers(1, &name) }
    epoxy_glBindBuffer(GL.COPY_WRITE_BUFFER, name)
    allocate(storedBytes(1))
    let isMapped = map(name, storedBytes(1)) != nil
    if isMapped { unmap(name) }
    GLQuery.drainErrors()
    guard isMapped else { return .none }
    if host.workarounds.contains(.cachedBufferMappings) { return .cached }
    return host.workarounds.contains(.writeCombinedBufferMappings) ? .writeCombined : .none
  }
}
