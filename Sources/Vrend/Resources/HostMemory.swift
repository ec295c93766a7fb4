import Glibc
import VirtioGPU

/// Host system memory of a CUSTOM buffer: zero-filled, owned, of fixed size.
///
/// `calloc` gives untouched pages, so a guest that asks for gigabytes it never writes costs address space only, and
/// a refusal is an error instead of a trap.
package final class HostMemory {
  package let bytes: UnsafeMutableRawBufferPointer

  /// - Parameter count: bytes, at least 1.
  package init(count: Int) throws(Fault) {
    guard let start = calloc(1, count) else { throw Fault(.outOfMemory, "host buffer", UInt64(count)) }
    bytes = UnsafeMutableRawBufferPointer(start: start, count: count)
  }

  deinit { free(bytes.baseAddress) }
}
