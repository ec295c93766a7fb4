import Platform

/// A fence of a host driver of which sync files can be made.
///
/// Most drivers make a descriptor only then; some have one for as long as the fence exists.
package protocol SharableFence: AnyObject, Sendable {
  /// Another sync file, or nil when the host makes none. Any thread.
  func makeFile() -> SyncFile?
  /// Whether it has signalled. Any thread.
  var isSignalled: Bool { get }
  /// Makes later work of the current GL context wait for it, in the GPU.
  func orderLaterWork()
}

/// What makes fences with sync files.
package protocol SharableFenceSource: AnyObject {
  /// A fence after all GL work of the current context so far, which signals once that was flushed. nil when the host
  /// refuses.
  func makeSharableFence() -> (any SharableFence)?
}

/// The fences that can be had as sync files, by the VMM's fence id, for handing them to other processes and contexts.
///
/// Any thread, but for `insert`, `releaseEnded` and `removeAll`: their owner's, where the host's fences end. Ids are
/// those of all contexts together. Whoever adds a fence retires it; the last that left is kept, for callers that need
/// some valid signalled descriptor (`virgl_renderer_export_signalled_fence`).
package final class FenceTable: Sendable {
  private struct State: ~Copyable {
    var fences: [FenceID: any SharableFence] = [:]
    var lastSignalled: (any SharableFence)?
    /// To be ended on the owner's thread: an end may wait for a driver that is busy there.
    var ended: [any SharableFence] = []

    mutating func keepLast(_ fence: any SharableFence) {
      if let lastSignalled { ended.append(lastSignalled) }
      lastSignalled = fence
    }

    mutating func takeEnded() -> [any SharableFence] {
      defer { ended = [] }
      return ended
    }
  }

  /// Not a Mutex, which ThreadSanitizer cannot see: the fence thread is checked with it.
  private let state = Monitor(State())

  /// Fences in the table: each may be a descriptor of the driver's, and a VMM has about a thousand for everything.
  package static var limit: Int { 256 }

  package init() {}

  /// Adds a fence. - Throws: `duplicate` when the id is pending already, `outOfMemory` when the table is full.
  package func insert(_ id: FenceID, _ fence: any SharableFence) throws(Fault) {
    let (refused, ended): (Fault?, [any SharableFence]) = state.update { state in
      let ended = state.takeEnded()
      if let old = state.fences[id] {
        guard old.isSignalled else { return (Fault(.duplicate, "fence id is pending already", id.rawValue), ended) }
        state.keepLast(old)
      } else if state.fences.count >= Self.limit {
        return (Fault(.outOfMemory, "too many fences with sync files", id.rawValue), ended)
      }
      state.fences[id] = fence
      return (nil, ended)
    }
    // They end here, without the lock.
    withExtendedLifetime(ended) {}
    if let refused { throw refused }
  }

  /// Forgets a fence that is done.
  package func retire(_ id: FenceID) {
    state.update { state in
      if let fence = state.fences.removeValue(forKey: id) { state.keepLast(fence) }
    }
  }

  /// Forgets a fence that will not be waited for any more; it may never signal.
  package func drop(_ id: FenceID) {
    state.update { state in
      if let fence = state.fences.removeValue(forKey: id) { state.ended.append(fence) }
    }
  }

  /// A sync file of a pending fence, or nil: unknown ids count as signalled, and the host may have no more descriptors.
  package func makeFile(_ id: FenceID) -> SyncFile? { find(id)?.makeFile() }

  /// A pending fence.
  package func find(_ id: FenceID) -> (any SharableFence)? { state.update { $0.fences[id] } }

  /// A sync file of the fence that signalled last, or nil when none has.
  package func makeFileOfLastSignalled() -> SyncFile? { state.update { $0.lastSignalled }?.makeFile() }

  /// Ends the fences that are done or dropped, and frees the driver's descriptors. Owner's thread.
  package func releaseEnded() {
    let ended = state.update { $0.takeEnded() }
    // They end here, without the lock.
    withExtendedLifetime(ended) {}
  }

  package func removeAll() {
    state.update { $0 = State() }
  }
}
