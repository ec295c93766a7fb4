import CEpoxy
import GLDriver
import Glibc
import VirtioGPU

/// Transfers of buffers: bytes, wherever the buffer lives (virgl-resources 5.2).
extension TransferEngine {
  /// Pieces of guest memory up to which each is handed to GL on its own; beyond, the buffer is mapped once.
  private static var fewPieces: Int { 8 }

  /// `count` bytes of memory at `offset` into the GL buffer at `start`; the ranges have been checked.
  func writeBuffer(
    _ resource: GLResource, at start: Int, _ count: Int, from memory: GuestMemory, at offset: Int
  ) throws(TransferFault) {
    let name = resource.bufferName
    var cursor = GuestCursor(memory)
    if let bytes = cursor.contiguous(at: offset, count: count) {
      return subData(name, start, count, bytes.baseAddress)
    }
    if memory.vectorCount > Self.fewPieces, !resource.isImmutable,
      let mapped = map(name, start, count, GL.MAP_WRITE_BIT | GL.MAP_INVALIDATE_RANGE_BIT)
    {
      let fault = copyOut(&cursor, offset, UnsafeMutableRawBufferPointer(start: mapped, count: count))
      unmap()
      if let fault { throw fault }
      return
    }
    var done = 0
    while done < count {
      let piece = try nextPiece(&cursor, at: offset &+ done, most: count &- done)
      subData(name, start &+ done, piece.count, piece.baseAddress)
      done &+= piece.count
    }
  }

  /// The reverse of `writeBuffer`.
  func readBuffer(
    _ resource: GLResource, at start: Int, _ count: Int, into memory: GuestMemory, at offset: Int
  ) throws(TransferFault) {
    let name = resource.bufferName
    var cursor = GuestCursor(memory)
    if !isES, let bytes = cursor.contiguous(at: offset, count: count) {
      return getSubData(name, start, count, bytes.baseAddress)
    }
    if resource.mapping == nil, isES || memory.vectorCount > Self.fewPieces {
      guard let mapped = map(name, start, count, GL.MAP_READ_BIT) else { throw .outOfMemory }
      let fault = copyIn(&cursor, offset, UnsafeRawBufferPointer(start: mapped, count: count))
      unmap()
      if let fault { throw fault }
      return
    }
    if isES, let mapping = resource.mapping {
      // No second mapping, and ES has no other call to read by; the first is coherent.
      epoxy_glFinish()
      guard start >= 0, count >= 0, count <= mapping.byteCount, start <= mapping.byteCount &- count else {
        throw .outsideLevel
      }
      let bytes = UnsafeRawBufferPointer(start: mapping.start + start, count: count)
      if let fault = copyIn(&cursor, offset, bytes) { throw fault }
      return
    }
    var done = 0
    while done < count {
      let piece = try nextPiece(&cursor, at: offset &+ done, most: count &- done)
      getSubData(name, start &+ done, piece.count, piece.baseAddress)
      done &+= piece.count
    }
  }

  /// The memory that a buffer without a GL object lives in: the backing while there is one (virgl-resources 3), else
  /// the host memory of a CUSTOM buffer.
  func withMemory(
    of resource: GLResource, _ body: (GuestMemory) throws(TransferFault) -> Void
  ) throws(TransferFault) {
    if let backing = resource.backing { return try body(backing) }
    guard let host = resource.storage.hostMemory else { throw .noMemory }
    try withExtendedLifetime(host) { () throws(TransferFault) in
      try Self.withGuestMemory(host.bytes, body)
    }
  }

  /// Host memory as a scatter list of one piece.
  static func withGuestMemory(
    _ bytes: UnsafeMutableRawBufferPointer, _ body: (GuestMemory) throws(TransferFault) -> Void
  ) throws(TransferFault) {
    var piece = iovec(iov_base: bytes.baseAddress, iov_len: bytes.count)
    try withUnsafeMutablePointer(to: &piece) { (vector) throws(TransferFault) in
      guard let memory = try? GuestMemory(vectors: vector, count: 1) else { throw .noMemory }
      try body(memory)
    }
  }

  /// Memory to memory. Overlapping ranges give unspecified bytes, as guests are told, but stay in bounds.
  func copyMemory(
    from source: GuestMemory, _ sourceOffset: Int, to target: GuestMemory, _ targetOffset: Int, _ count: Int
  ) throws(TransferFault) {
    guard source.contains(offset: sourceOffset, count: count), target.contains(offset: targetOffset, count: count)
    else { throw .memoryTooSmall }
    if source.vectors == target.vectors, sourceOffset == targetOffset { return }
    var from = GuestCursor(source)
    var to = GuestCursor(target)
    var done = 0
    while done < count {
      let piece = try nextPiece(&from, at: sourceOffset &+ done, most: min(count &- done, stagingBytes))
      guard let bytes = piece.baseAddress else { throw .noMemory }
      // Through the staging area: the two lists may overlap in memory.
      staging.copyMemory(from: bytes, byteCount: piece.count)
      let copied = UnsafeRawBufferPointer(start: staging, count: piece.count)
      if let fault = copyIn(&to, targetOffset &+ done, copied) { throw fault }
      done &+= piece.count
    }
  }

  // MARK: GL buffers by name

  func subData(_ name: GLuint, _ offset: Int, _ count: Int, _ bytes: UnsafeRawPointer?) {
    if hasDirectStateAccess {
      epoxy_glNamedBufferSubData(name, offset, count, bytes)
    } else {
      epoxy_glBindBuffer(GL.COPY_WRITE_BUFFER, name)
      epoxy_glBufferSubData(GL.COPY_WRITE_BUFFER, offset, count, bytes)
    }
  }

  private func getSubData(_ name: GLuint, _ offset: Int, _ count: Int, _ bytes: UnsafeMutableRawPointer?) {
    if hasDirectStateAccess {
      epoxy_glGetNamedBufferSubData(name, offset, count, bytes)
    } else {
      epoxy_glBindBuffer(GL.COPY_WRITE_BUFFER, name)
      epoxy_glGetBufferSubData(GL.COPY_WRITE_BUFFER, offset, count, bytes)
    }
  }

  /// Maps through GL_COPY_WRITE_BUFFER, where the buffer stays until `unmap`.
  private func map(_ name: GLuint, _ offset: Int, _ count: Int, _ access: GLbitfield) -> UnsafeMutableRawPointer? {
    epoxy_glBindBuffer(GL.COPY_WRITE_BUFFER, name)
    return epoxy_glMapBufferRange(GL.COPY_WRITE_BUFFER, offset, count, access)
  }

  private func unmap() {
    _ = epoxy_glUnmapBuffer(GL.COPY_WRITE_BUFFER)
  }

  // MARK: Guest memory

  private func nextPiece(
    _ cursor: inout GuestCursor, at offset: Int, most: Int
  ) throws(TransferFault) -> UnsafeMutableRawBufferPointer {
    guard let piece = try? cursor.next(at: offset, most: most), piece.count > 0 else { throw .noMemory }
    return piece
  }

  /// As a value, not an error, so that a mapped buffer is unmapped on every path.
  private func copyOut(
    _ cursor: inout GuestCursor, _ offset: Int, _ target: UnsafeMutableRawBufferPointer
  ) -> TransferFault? {
    do { try cursor.copyOut(from: offset, into: target) } catch { return .noMemory }
    return nil
  }

  private func copyIn(
    _ cursor: inout GuestCursor, _ offset: Int, _ source: UnsafeRawBufferPointer
  ) -> TransferFault? {
    do { try cursor.copyIn(at: offset, from: source) } catch { return .noMemory }
    return nil
  }
}
