import Platform
import Synchronization
import VirtioGPU

/// What the renderer thread and the sync thread share: the fences, the eventfd that wakes the client, what wakes the
/// sync thread, and a flag that is read without the lock.
final class SharedFences: Sendable {
  let state: Monitor<FenceState>
  private let event: EventDescriptor?
  /// What the sync thread sleeps on while it waits for sync files; nil when there are none.
  let files: DescriptorSet?
  private let queryFlag = Atomic<Bool>(false)

  /// Without a sync thread.
  init(_ state: consuming sending FenceState) {
    self.state = Monitor(state)
    event = nil
    files = nil
  }

  /// - Parameter hasFiles: fences may be sync files.
  init(_ state: consuming sending FenceState, hasFiles: Bool) throws(Fault) {
    do throws(Errno) {
      event = try EventDescriptor()
      files = hasFiles ? try DescriptorSet() : nil
    } catch {
      throw Fault(.outOfMemory, "no descriptors for it", UInt64(error.code))
    }
    self.state = Monitor(state)
  }

  /// Changes the fences, with news for the sync thread.
  func change<Result>(_ body: (inout FenceState) -> Result) -> Result {
    let (result, mustWake) = state.change { state in (body(&state), state.endSleepForNews()) }
    if mustWake { files?.wake() }
    return result
  }

  // MARK: The client

  var eventDescriptor: CInt {
    switch event {
    case .some(let event): event.raw
    case nil: -1
    }
  }

  func signalEvent() {
    switch event {
    case .some(let event): event.signal()
    case nil: break
    }
  }

  func clearEvent() {
    switch event {
    case .some(let event): event.clear()
    case nil: break
    }
  }

  /// Sleeps on the watched descriptors, unless there is news already. Sync thread.
  func sleep(_ kind: FenceState.Sleep, milliseconds: CInt, onReady: (_ token: UInt64) -> Void) {
    guard let files else { return }
    let maySleep = state.update { $0.begin(kind) }
    files.wait(milliseconds: maySleep ? milliseconds : 0, onReady: onReady)
    state.update { $0.endSleep() }
  }

  // MARK: Queries

  var wantsQueries: Bool {
    get { queryFlag.load(ordering: .acquiring) }
    set { queryFlag.store(newValue, ordering: .releasing) }
  }
}
