import Platform
import VirtioGPU

/// The sync files of the first fences of timelines, which the sync thread sleeps on: where the host makes them nobody
/// has to ask, and no work that overtakes other work is noticed late.
///
/// Sync thread. One descriptor for each timeline that has such fences.
struct HeadWatch {
  private final class Head {
    let fence: FenceState.AwaitedFence
    let file: SyncFile

    init(_ fence: FenceState.AwaitedFence, _ file: consuming SyncFile) {
      self.fence = fence
      self.file = file
    }
  }

  private let shared: SharedFences
  private var heads: [UInt64: Head] = [:]
  /// The system had no descriptor for them: they have to be asked for. By serial.
  private var unwatched: Set<UInt64> = []

  init(_ shared: SharedFences) { self.shared = shared }

  /// Whether every fence that has a file ends a sleep.
  var isComplete: Bool { unwatched.isEmpty }

  mutating func add(_ fence: FenceState.AwaitedFence, _ file: consuming SyncFile?) {
    guard let file, let files = shared.files,
      (try? files.add(file.descriptor.raw, token: fence.handle.serial)) != nil
    else {
      unwatched.insert(fence.handle.serial)
      return
    }
    heads[fence.handle.serial] = Head(fence, file)
  }

  mutating func remove(_ serial: UInt64) {
    if let head = heads.removeValue(forKey: serial) {
      shared.files?.remove(head.file.descriptor.raw)
    } else {
      unwatched.remove(serial)
    }
  }

  /// Sleeps until a fence signals, the renderer thread has news, or the time is over.
  ///
  /// - Returns: the fences that have signalled, which are watched no longer.
  mutating func sleep(_ kind: FenceState.Sleep, milliseconds: CInt) -> [FenceState.AwaitedFence] {
    var signalled: [FenceState.AwaitedFence] = []
    shared.sleep(kind, milliseconds: milliseconds) { serial in
      if let head = heads[serial] { signalled.append(head.fence) }
    }
    for fence in signalled { remove(fence.handle.serial) }
    return signalled
  }
}
