import VirtioGPU
import WireFormat

/// A context while its work waits for fences: what it is told to do meanwhile queues up behind that, because the guest
/// sent it in this order.
///
/// Two calls cannot wait. A transfer into memory of the caller's has to be over when it returns: it sees the context as
/// it is. CREATE_BLOB is answered at once: the storage that it asks for is made ahead of its place in the stream.
extension VrendContext {
  package func wait(for dependencies: [FenceDependency], on ring: RingIndex) throws(Fault) {
    try requireRing(ring)
    guard held.waits.count + dependencies.count <= HeldQueue.waitLimit else {
      throw Fault(.outOfMemory, "too many fence waits are queued", UInt64(dependencies.count))
    }
    guard !dependencies.isEmpty else { return }
    try renderer.held.adopt(dependencies)
    held.push(dependencies)
  }

  func requireRing(_ ring: RingIndex) throws(Fault) {
    guard ring.rawValue == 0 else {
      throw Fault(.invalidArgument, "a VirGL context has ring 0 only", UInt64(ring.rawValue))
    }
  }

  /// A submission with waits, or behind held work.
  func submitInOrder(_ stream: Span<UInt32>) throws(Fault) {
    let waits = held.takeWaits()
    guard !isInError else {
      renderer.held.forget(waits)
      throw Fault(.contextLost, "the context is in the error state", UInt64(id.rawValue))
    }
    if !held.isHolding, renderer.held.areOver(waits, for: self) {
      renderer.held.forget(waits)
      return try submitNow(stream)
    }
    do throws(Fault) {
      let copy = [UInt32](unsafeUninitializedCapacity: stream.count) { words, count in
        stream.withUnsafeBufferPointer { _ = words.initialize(from: $0) }
        count = stream.count
      }
      try renderer.held.hold(.submission(copy, waits: waits), of: self)
    } catch {
      renderer.held.forget(waits)
      throw error
    }
  }

  /// A transfer behind held work. False: it cannot wait.
  func holdTransfer(
    _ transfer: Transfer, _ direction: Transfer.Direction, _ resource: Resource, memory: GuestMemory?
  ) throws(Fault) -> Bool {
    var copy: MemoryCopy?
    if let memory {
      // Waiting in here instead could be for ever: the fence may be one that the caller's thread brings on.
      guard direction == .toHost else { return false }
      try renderer.held.requireRoom(memory.byteCount, of: self)
      copy = try MemoryCopy(memory)
    }
    try renderer.held.hold(.transfer(transfer, direction, resource, copy: copy), of: self)
    return true
  }

  /// Makes the storage that a held submission makes under a blob id, if one does. New storage depends on nothing before
  /// it, and nobody can name it before CREATE_BLOB.
  func parkAhead(_ blobID: UInt32) throws(Fault) {
    guard held.isHolding, !isInError, let command = held.takeLastStorage(blobID) else { return }
    guard renderer.makeCurrent(current) else {
      throw Fault(.noDevice, "the GL context cannot be made current", UInt64(id.rawValue))
    }
    do throws(CommandFault) {
      try park(command)
    } catch {
      throw Fault(.invalidArgument, "storage cannot be made", UInt64(blobID))
    }
    held.removeStorage(blobID)
  }

  /// Does what was held; its faults are the log's, as the caller is long gone.
  func runHeld(_ item: HeldItem) {
    do throws(Fault) {
      switch item {
      case .submission(let words, _): if !isInError { try submitNow(words.span) }
      case .fence(let handle):
        _ = renderer.makeCurrent(current)
        renderer.fences.release(handle)
      case .transfer(let transfer, let direction, let resource, let copy):
        if !isInError { try transferNow(transfer, direction, resource, memory: copy?.memory) }
      case .attach(let resource): resources.attach(resource)
      case .detach(let resource): resources.detach(resource.id)
      }
    } catch {
      renderer.log.debug("context \(id.rawValue): held work failed: \(error.what) (\(error.value))")
    }
  }
}
