import GLDriver
import WindowSystems

/// One guest pipe context: its id, its GL context, and its state.
final class SubContext {
  let id: UInt32
  let glContext: GLContextHandle
  /// Owned: freed with the sub-context. At a fixed address, so that a context can reach its current state uncounted.
  let storage: UnsafeMutablePointer<SubContextState>
  /// Container objects of this GL context for transfers and blits.
  var scratch: ContextScratch
  private let share: BudgetShare

  /// - Parameter share: of the budget, for the GL context.
  init(
    id: UInt32, glContext: GLContextHandle, state: consuming SubContextState, scratch: ContextScratch,
    share: BudgetShare
  ) {
    self.share = share
    self.id = id
    self.glContext = glContext
    storage = .allocate(capacity: 1)
    storage.initialize(to: state)
    self.scratch = scratch
  }

  deinit {
    storage.deinitialize(count: 1)
    storage.deallocate()
  }

  var state: SubContextState {
    @inline(__always) _read { yield storage.pointee }
    @inline(__always) _modify { yield &storage.pointee }
  }
}
