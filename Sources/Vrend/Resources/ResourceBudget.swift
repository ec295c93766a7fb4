import Synchronization
import VirtioGPU

/// Bounds what guests can make the host allocate: storage bytes of all resources of a renderer.
///
/// Bytes are counted from the resource's shape, not from what the driver really uses. Thread-safe.
package final class ResourceBudget: Sendable {
  /// Bytes that may be in use at once.
  package let limit: Int
  private let used = Atomic<Int>(0)

  package init(limit: Int = .max) {
    self.limit = limit
  }

  /// Bytes in use.
  package var bytesInUse: Int { used.load(ordering: .relaxed) }

  /// Takes `bytes` (not negative) from the budget, or throws `outOfMemory` and takes nothing.
  package func reserve(_ bytes: Int) throws(Fault) {
    let before = used.add(bytes, ordering: .relaxed).oldValue
    guard bytes <= limit, before <= limit &- bytes else {
      used.subtract(bytes, ordering: .relaxed)
      throw Fault(.outOfMemory, "resource memory budget exhausted", UInt64(bytes))
    }
  }

  package func release(_ bytes: Int) {
    used.subtract(bytes, ordering: .relaxed)
  }
}
