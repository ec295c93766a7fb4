import GLDriver
import WindowSystems

/// One guest pipe context: its id, its GL context, and its state.
final class SubContext {
  let id: UInt32
  let glContext: GLContextHandle
  @exclusivity(unchecked) var state: SubContextState
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
    self.state = state
    self.scratch = scratch
  }
}
