import Glibc
import VirtioGPU

/// A copy of memory of the caller's, for a transfer that runs after the call.
final class MemoryCopy {
  /// Valid as long as the copy.
  let memory: GuestMemory
  private let bytes: UnsafeMutableRawBufferPointer
  private let vector: UnsafeMutablePointer<iovec>

  /// - Throws: `badAddress` for entries without memory.
  init(_ original: GuestMemory) throws(Fault) {
    bytes = .allocate(byteCount: original.byteCount, alignment: 16)
    vector = .allocate(capacity: 1)
    vector.initialize(to: iovec(iov_base: bytes.baseAddress, iov_len: original.byteCount))
    do throws(Fault) {
      try original.copyOut(from: 0, into: bytes)
      memory = try GuestMemory(vectors: vector, count: 1)
    } catch {
      bytes.deallocate()
      vector.deallocate()
      throw error
    }
  }

  deinit {
    bytes.deallocate()
    vector.deallocate()
  }
}
