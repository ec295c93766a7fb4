import Platform
import VirtioGPU

/// Fences that leave the renderer as descriptors, and fences that contexts wait for.
extension Renderer {
  /// Orders the next submission on a timeline behind a fence of any context.
  ///
  /// - Throws: `notFound` for an unknown context, `invalidArgument` for a ring it does not have, `outOfMemory` when too
  ///   many waits are queued or no descriptor is left.
  package func pushFenceWait(_ id: FenceID, on timeline: TimelineKey) throws(Fault) {
    let context = try context(timeline.context)
    let dependency = try dependency(on: id, for: timeline)
    try context.wait(for: dependency.map { [$0] } ?? [], on: timeline.ring)
  }

  /// The same for several fences on ring 0: all of them or, on refusal, none.
  package func pushFenceWaits(_ ids: UnsafeBufferPointer<UInt64>, for id: ContextID) throws(Fault) {
    let context = try context(id)
    let timeline = TimelineKey(context: id, ring: RingIndex(0))
    var known: Set<UInt64> = []
    var dependencies: [FenceDependency] = []
    for id in ids where known.insert(id).inserted {
      guard let dependency = try dependency(on: FenceID(id), for: timeline) else { continue }
      dependencies.append(dependency)
      // No context accepts as many: an endless list must not cost descriptors first.
      guard dependencies.count <= FenceTable.limit else {
        throw Fault(.outOfMemory, "too many fence waits", UInt64(ids.count))
      }
    }
    try context.wait(for: dependencies, on: timeline.ring)
  }

  /// What has to be waited for; nil when nothing: the fence is done, unknown, or of the same timeline.
  private func dependency(on id: FenceID, for timeline: TimelineKey) throws(Fault) -> FenceDependency? {
    if let known = vrend?.fences.find(id) { return known.timeline == timeline ? nil : .fence(known.handle) }
    guard let file = fenceTable.makeFile(id) else { return nil }
    return .file(WatchedDescriptor(file))
  }

  /// A new descriptor of a fence that is pending. Any thread.
  ///
  /// - Throws: `notFound` when it is done, or never had a sync file.
  package func exportFence(_ id: FenceID) throws(Fault) -> CInt {
    if let file = fenceTable.makeFile(id) { return file.take() }
    throw Fault(.notFound, "no sync file for this fence", id.rawValue)
  }

  /// A new descriptor of the sync file that signalled last. Any thread.
  ///
  /// - Throws: `notFound` when none has.
  package func exportSignalledFence() throws(Fault) -> CInt {
    if let file = fenceTable.makeFileOfLastSignalled() { return file.take() }
    throw Fault(.notFound, "no sync file has signalled")
  }

  /// Orders the next submission of a context behind a sync file, which is consumed once the context is known.
  ///
  /// - Throws: `notFound` for an unknown context, `invalidArgument` for another kind of descriptor, `outOfMemory` when
  ///   too many waits are queued.
  package func attachFence(_ descriptor: CInt, to id: ContextID) throws(Fault) {
    let context = try context(id)
    let file = SyncFile(owning: OwnedDescriptor(owning: descriptor))
    guard options.acceptsFence(file) else {
      throw Fault(.invalidArgument, "not a sync file", UInt64(UInt32(bitPattern: descriptor)))
    }
    try context.wait(for: [.file(WatchedDescriptor(file))], on: RingIndex(0))
  }

  /// - Throws: `noDevice`: no context of this renderer has a DRM device of its own.
  package func deviceDescriptor(of id: ContextID) throws(Fault) -> CInt {
    _ = try context(id)
    throw Fault(.noDevice, "the context has no device", UInt64(id.rawValue))
  }
}
