import Platform
import Synchronization
import VirtioGPU

/// What the renderer thread and the sync thread share: the fences, the eventfd that wakes the client, and a flag that
/// is read without the lock.
final class SharedFences: Sendable {
  let state: Monitor<FenceState>
  private let event: EventDescriptor?
  private let queryFlag = Atomic<Bool>(false)

  init(_ state: consuming sending FenceState, event: consuming EventDescriptor?) {
    self.state = Monitor(state)
    self.event = event
  }

  static func makeEvent() throws(Fault) -> EventDescriptor {
    do throws(Errno) {
      return try EventDescriptor()
    } catch {
      throw Fault(.outOfMemory, "no eventfd", UInt64(error.code))
    }
  }

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

  var wantsQueries: Bool {
    get { queryFlag.load(ordering: .acquiring) }
    set { queryFlag.store(newValue, ordering: .releasing) }
  }
}
