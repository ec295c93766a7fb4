import Platform
import Synchronization
import VirtioGPU

/// A host whose fences are sync files, which a test signals; no work is behind them.
final class TestFenceSource: SharableFenceSource, Sendable {
  /// Fences that the host makes before it refuses.
  private let supply: Mutex<Int>
  private let made = Mutex<[TestSharableFence]>([])
  /// Hears of each new fence.
  private let onNew: @Sendable (TestSharableFence) -> Void
  private let givesFiles: Bool

  init(
    supply: Int = .max, givesFiles: Bool = true, onNew: @escaping @Sendable (TestSharableFence) -> Void = { _ in }
  ) {
    self.supply = Mutex(supply)
    self.givesFiles = givesFiles
    self.onNew = onNew
  }

  func makeSharableFence() -> (any SharableFence)? {
    guard supply.withLock({ supply in
      supply -= 1
      return supply >= 0
    }), let fence = try? TestSharableFence(givesFiles: givesFiles) else { return nil }
    made.withLock { $0.append(fence) }
    onNew(fence)
    return fence
  }

  /// How many there were.
  var count: Int { made.withLock { $0.count } }

  /// Signals the fence that was made as number `index`.
  func signal(_ index: Int) { made.withLock { $0[index] }.signal() }

  /// Lets go of the fences: their descriptors are the library's only.
  func forget() { made.withLock { $0 = [] } }
}

final class TestSharableFence: SharableFence {
  private let fence: TestFence
  private let givesFiles: Bool
  private let hasSignalled = Atomic<Bool>(false)

  init(givesFiles: Bool) throws {
    fence = try TestFence()
    self.givesFiles = givesFiles
  }

  func signal() {
    hasSignalled.store(true, ordering: .releasing)
    fence.signal()
  }

  func makeFile() -> SyncFile? { givesFiles ? SyncFile(owning: OwnedDescriptor(owning: fence.share())) : nil }

  var isSignalled: Bool { hasSignalled.load(ordering: .acquiring) }

  func orderLaterWork() {}
}
