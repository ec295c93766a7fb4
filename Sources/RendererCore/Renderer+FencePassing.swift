import Platform
import VirtioGPU

/// Fences that leave the renderer as descriptors, and fences that contexts wait for.
extension Renderer {
  /// Orders the next submission on a timeline behind a fence of any context.
  ///
  /// GL contexts of this library share one command stream per renderer thread, so a fence that exists here is behind
  /// earlier submissions already, and an unknown one counts as signalled.
  package func pushFenceWait(_ id: FenceID, on timeline: TimelineKey) throws(Fault) {
    _ = try context(timeline.context)
    guard timeline.ring.rawValue == 0 else {
      throw Fault(.invalidArgument, "a VirGL context has ring 0 only", UInt64(timeline.ring.rawValue))
    }
  }

  package func pushFenceWaits(_ ids: UnsafeBufferPointer<UInt64>, for id: ContextID) throws(Fault) {
    for wait in ids {
      try pushFenceWait(FenceID(wait), on: TimelineKey(context: id, ring: RingIndex(0)))
    }
  }

  /// A new descriptor of a fence that is pending. Any thread.
  ///
  /// - Throws: `notFound` when it is done, or never had a sync file.
  package func exportFence(_ id: FenceID) throws(Fault) -> CInt {
    do throws(Errno) {
      if let file = try fenceTable.duplicate(id) { return file.take() }
    } catch {
      throw Fault(.outOfMemory, "cannot duplicate a sync file", UInt64(error.code))
    }
    throw Fault(.notFound, "no sync file for this fence", id.rawValue)
  }

  /// A new descriptor of the sync file that signalled last. Any thread.
  ///
  /// - Throws: `notFound` when none has.
  package func exportSignalledFence() throws(Fault) -> CInt {
    do throws(Errno) {
      if let file = try fenceTable.duplicateLastSignalled() { return file.take() }
    } catch {
      throw Fault(.outOfMemory, "cannot duplicate a sync file", UInt64(error.code))
    }
    throw Fault(.notFound, "no sync file has signalled")
  }

  /// Orders later submissions of a context behind a sync file, which is consumed once the context is known.
  ///
  /// - Throws: `notFound` for an unknown context, `unsupported` when GL cannot wait for descriptors.
  package func attachFence(_ descriptor: CInt, to id: ContextID) throws(Fault) {
    let context = try context(id)
    try context.wait(for: SyncFile(owning: OwnedDescriptor(owning: descriptor)))
  }

  /// - Throws: `noDevice`: no context of this renderer has a DRM device of its own.
  package func deviceDescriptor(of id: ContextID) throws(Fault) -> CInt {
    _ = try context(id)
    throw Fault(.noDevice, "the context has no device", UInt64(id.rawValue))
  }
}
