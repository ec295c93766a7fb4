import CHostShims

/// A file descriptor that one value owns; closed when the value ends. May hold none.
package struct OwnedDescriptor: ~Copyable, Sendable {
  /// The descriptor, still owned by this value, or -1.
  package private(set) var raw: CInt

  /// Takes over a descriptor; negative numbers mean none.
  package init(owning raw: CInt) { self.raw = max(raw, -1) }

  package init(none: Void) { raw = -1 }

  deinit {
    if raw >= 0 { close(raw) }
  }

  package var isOpen: Bool { raw >= 0 }

  /// A close-on-exec duplicate.
  package borrowing func duplicate() throws(Errno) -> OwnedDescriptor { try OwnedDescriptor(duplicating: raw) }

  /// A close-on-exec duplicate of somebody else's descriptor.
  package init(duplicating other: CInt) throws(Errno) {
    let copy = hostshims_duplicate_descriptor(other)
    guard copy >= 0 else { throw Errno.last }
    raw = copy
  }

  /// New memory, zeroed, that can be shared by its descriptor (memfd).
  ///
  /// - Parameter name: shown in /proc.
  package init(sharedMemory name: String, byteCount: Int) throws(Errno) {
    let made = unsafe hostshims_memory_descriptor(name)
    guard made >= 0 else { throw Errno.last }
    guard ftruncate(made, byteCount) == 0 else {
      let failure = Errno.last
      close(made)
      throw failure
    }
    raw = made
  }

  /// Bytes behind the descriptor: of a file, a memfd or a dma-buf; nil for what has no size.
  package var byteCount: UInt64? { borrowing get { OwnedDescriptor.byteCount(of: raw) } }

  /// The same for somebody else's descriptor. Its position is at the start afterwards.
  package static func byteCount(of raw: CInt) -> UInt64? {
    let end = lseek(raw, 0, SEEK_END)
    guard end >= 0 else { return nil }
    lseek(raw, 0, SEEK_SET)
    return UInt64(end)
  }

  /// Gives the descriptor away: the caller closes it.
  package consuming func take() -> CInt {
    let given = raw
    raw = -1
    return given
  }
}
