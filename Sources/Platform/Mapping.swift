import CHostShims

/// Pages shared with a file descriptor, readable and writable; unmapped when the value ends.
@safe
package struct Mapping: ~Copyable {
  package let start: UnsafeMutableRawPointer
  /// Bytes, a multiple of the page size.
  package let byteCount: Int

  /// Bytes per page of this machine.
  package static var pageBytes: Int { max(sysconf(CInt(_SC_PAGESIZE)), 4096) }

  /// Maps the first `byteCount` bytes of a descriptor, rounded up to whole pages. EINVAL for sizes below 1.
  package init(sharing descriptor: borrowing OwnedDescriptor, byteCount: Int) throws(Errno) {
    guard byteCount > 0, let whole = byteCount.rounded(upTo: Mapping.pageBytes) else { throw Errno(EINVAL) }
    guard let mapped = unsafe hostshims_map_shared(nil, whole, descriptor.raw, 0) else { throw Errno.last }
    unsafe start = mapped
    self.byteCount = whole
  }

  deinit { unsafe munmap(start, byteCount) }

  /// Replaces whatever is mapped at `address` by the descriptor's pages. Nothing changes on failure.
  package static func share(
    _ descriptor: borrowing OwnedDescriptor, byteCount: Int, replacing address: UnsafeMutableRawPointer
  ) throws(Errno) {
    guard byteCount > 0, let whole = byteCount.rounded(upTo: pageBytes) else { throw Errno(EINVAL) }
    guard unsafe hostshims_map_shared(address, whole, descriptor.raw, 1) != nil else { throw Errno.last }
  }

  /// Gives the pages away: somebody calls `unmap` for them.
  package consuming func disown() -> (start: UnsafeMutableRawPointer, byteCount: Int) {
    let given = unsafe (start: start, byteCount: byteCount)
    discard self
    return unsafe given
  }

  package static func unmap(_ start: UnsafeMutableRawPointer, _ byteCount: Int) throws(Errno) {
    guard unsafe munmap(start, byteCount) == 0 else { throw Errno.last }
  }
}
