import Platform

/// One guest context: the joint between the renderer, which knows ids, and a component, which knows a guest driver.
///
/// All calls come from the renderer thread. No operation has a default: what a component cannot do it refuses.
package protocol Context: AnyObject {
  var id: ContextID { get }
  var capset: CapsetID { get }
  var name: DebugName { get }

  /// Makes a resource usable by the guest's commands. Attaching twice is allowed and counts once.
  func attach(_ resource: Resource) throws(Fault)
  /// Undoes `attach`; unknown resources are ignored. Objects made of the resource keep its storage alive.
  func detach(_ resource: Resource)

  /// Runs a command stream. The words do not change meanwhile; nothing of them is kept.
  ///
  /// - Throws: `contextLost` once an earlier stream was malformed, otherwise the fault of the first bad command.
  func submit(_ stream: Span<UInt32>) throws(Fault)

  /// Copies between `memory`, or the resource's backing when nil, and a box of the resource.
  ///
  /// - Throws: `invalidArgument` for a resource that is not attached, a box outside it or memory too small.
  func transfer(
    _ transfer: Transfer, _ direction: Transfer.Direction, _ resource: Resource, memory: GuestMemory?
  ) throws(Fault)

  /// Hands out the host object `request.blobID` as a resource; the id names nothing afterwards.
  func makeBlob(_ request: BlobRequest) throws(Fault) -> Resource

  /// Adds a fence after all work submitted so far on a ring. It is reported through the fence sink, never from
  /// inside this call.
  func createFence(_ fence: Fence) throws(Fault)

  /// Orders the next submission of a ring, and all that follows it there, behind fences: all of them or, when that is
  /// refused, none. The submission uses them up, also when it fails.
  ///
  /// - Throws: `invalidArgument` for a ring the context does not have, `outOfMemory` when too many waits are queued.
  func wait(for dependencies: [FenceDependency], on ring: RingIndex) throws(Fault)

  /// Reports the context's fences that are done (`virgl_renderer_context_poll`).
  func retireFences()

  /// Readable when `retireFences` has work; borrowed. -1: the component has none of its own.
  var pollDescriptor: CInt { get }

  /// Ends the context: when this returns no callback for it begins any more, and its objects are gone.
  func destroy()
}

/// What a submission can be made to wait for.
package enum FenceDependency: Sendable {
  /// A sync file of another process or component.
  case file(WatchedDescriptor)
  /// A fence of the component's own timelines.
  case fence(FenceHandle)
}

/// A fence as the VMM asks for it.
@frozen
package struct Fence: Equatable, Sendable {
  package var timeline: TimelineKey
  package var id: FenceID
  /// May go unreported when a later fence of the timeline is reported at the same time
  /// (`VIRGL_RENDERER_FENCE_FLAG_MERGEABLE`).
  package var isMergeable: Bool

  @inlinable
  package init(timeline: TimelineKey, id: FenceID, isMergeable: Bool) {
    self.timeline = timeline
    self.id = id
    self.isMergeable = isMergeable
  }
}

/// Names a timeline: fences on one retire in the order they were created.
@frozen
package struct TimelineKey: Hashable, Sendable {
  package var context: ContextID
  package var ring: RingIndex

  @inlinable
  package init(context: ContextID, ring: RingIndex) {
    self.context = context
    self.ring = ring
  }

  /// The device-wide timeline of `virgl_renderer_create_fence`.
  @inlinable package static var global: TimelineKey { TimelineKey(context: .host, ring: RingIndex(0)) }
}

/// Receives fences that are done. Called without any lock of the library held: on the renderer thread inside
/// `poll()`, or, when the client asked for it, on the thread that waits for fences.
package protocol FenceSink: AnyObject, Sendable {
  func retire(_ fence: Fence)
}
