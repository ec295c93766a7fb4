import Platform
import Synchronization

/// The fences that exist as sync files, by the VMM's fence id, for handing them to other processes and contexts.
///
/// Any thread. Ids are those of all contexts together. Whoever adds a fence retires it; the last that left is kept, for
/// callers that need some valid signalled descriptor (`virgl_renderer_export_signalled_fence`).
package final class FenceTable: Sendable {
  private struct State: ~Copyable {
    var files: [FenceID: Entry] = [:]
    var lastSignalled: Entry?
  }

  private final class Entry: Sendable {
    let file: SyncFile
    init(_ file: consuming SyncFile) { self.file = file }
  }

  private let state = Mutex(State())

  /// Descriptors in the table: a VMM has about a thousand for everything.
  package static var limit: Int { 256 }

  package init() {}

  /// Adds a fence. - Throws: `duplicate` when the id is pending already, `outOfMemory` when the table is full.
  package func insert(_ id: FenceID, _ file: consuming SyncFile) throws(Fault) {
    let entry = Entry(file)
    let refused: Fault? = state.withLock { state in
      if let old = state.files[id] {
        guard old.file.isSignalled else { return Fault(.duplicate, "fence id is pending already", id.rawValue) }
        state.lastSignalled = old
      } else if state.files.count >= Self.limit {
        return Fault(.outOfMemory, "too many fences with sync files", id.rawValue)
      }
      state.files[id] = entry
      return nil
    }
    if let refused { throw refused }
  }

  /// Forgets a fence that is done.
  package func retire(_ id: FenceID) {
    state.withLock { state in
      if let entry = state.files.removeValue(forKey: id) { state.lastSignalled = entry }
    }
  }

  /// Forgets a fence that will not be waited for any more; it may never signal.
  package func drop(_ id: FenceID) {
    state.withLock { _ = $0.files.removeValue(forKey: id) }
  }

  /// A duplicate of a pending fence, or nil: unknown ids count as signalled.
  package func duplicate(_ id: FenceID) throws(Errno) -> SyncFile? {
    guard let entry = state.withLock({ $0.files[id] }) else { return nil }
    return try entry.file.duplicate()
  }

  /// A duplicate of the fence that signalled last, or nil when none has.
  package func duplicateLastSignalled() throws(Errno) -> SyncFile? {
    guard let entry = state.withLock({ $0.lastSignalled }) else { return nil }
    return try entry.file.duplicate()
  }

  package func removeAll() {
    state.withLock { state in
      state.files = [:]
      state.lastSignalled = nil
    }
  }
}
