import Synchronization
import VirtioGPU

/// Bounds what guests can make the host allocate, over all contexts of a renderer.
///
/// Storage is counted from the resource's shape, everything else by `Cost`, not by what the driver really uses.
/// Thread-safe.
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

  /// Takes `bytes` until the share is let go.
  package func share(_ bytes: Int) throws(Fault) -> BudgetShare {
    try reserve(bytes)
    return BudgetShare(self, bytes)
  }

  /// Estimates, in bytes, of what things cost the host beside their contents: this library's part and the driver's,
  /// as seen with Mesa.
  package enum Cost {
    /// A resource.
    package static let resource = 1024
    /// An object of a sub-context: state, views, queries.
    package static let object = 1024
    /// A GL context with its scratch objects.
    package static let glContext = 1 << 20
    /// A shader, for each byte of its text: the program in memory and what is derived from it.
    package static let shaderTextByte = 16
    /// A compiled variant of a shader.
    package static let variant = 32 << 10
    /// A linked program, and for each byte of the GLSL texts in it.
    package static let program = 16 << 10
    package static let programTextByte = 4
  }
}

/// A part of a budget that goes back with its last reference. Any thread.
package final class BudgetShare: Sendable {
  private let budget: ResourceBudget
  private let bytes: Int

  fileprivate init(_ budget: ResourceBudget, _ bytes: Int) {
    self.budget = budget
    self.bytes = bytes
  }

  deinit { budget.release(bytes) }
}
