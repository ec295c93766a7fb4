import CEpoxy
import GLDriver
import Platform
import VirtioGPU
import WindowSystems
import WireFormat

/// One guest's VirGL context: its resources, its sub-contexts and its error state.
///
/// Commands run through `submit`; see Decode/CommandDispatch for what each of them does.
package final class VrendContext: Context {
  package let id: ContextID
  package let capset: CapsetID
  package let name: DebugName

  /// Ends with `destroy`, by which the renderer forgets the context. Not unowned: that costs two counted operations
  /// at each use.
  let renderer: VrendRenderer
  /// For what this guest context does wrong.
  let log: Log
  private let factory: ShaderVariantFactory
  @exclusivity(unchecked) var resources = ResourceMap()
  @exclusivity(unchecked) private(set) var current: SubContext { didSet { currentState = current.storage } }
  /// That of `current`, whose reference commands would otherwise count at each use.
  @exclusivity(unchecked) private var currentState: UnsafeMutablePointer<SubContextState>
  private var subContexts: [UInt32: SubContext] = [:]
  /// Ring 0.
  private let timeline: TimelineSlot
  /// Work that waits for fences.
  @exclusivity(unchecked) var held = HeldQueue()
  /// Draws of the submission that runs.
  @exclusivity(unchecked) var drawCount: UInt64 = 0
  /// Storage made by PIPE_RESOURCE_CREATE, by blob id, until CREATE_BLOB takes it.
  var parked: [UInt32: GLStorage] = [:]

  /// Set by the first bad command and never cleared: only destroying the context helps.
  @exclusivity(unchecked) private(set) var isInError = false

  /// GL contexts are the costliest thing a guest can ask for by the thousand.
  private static let subContextLimit = 1024
  /// Parked storage that no CREATE_BLOB took.
  static let parkedLimit = 4096

  /// - Throws: `outOfMemory` when no GL context can be had.
  init(id: ContextID, capset: CapsetID, name: DebugName, renderer: VrendRenderer) throws(Fault) {
    self.id = id
    self.capset = capset
    self.name = name
    self.renderer = renderer
    log = renderer.log.limited(to: .ofContext, name: "context \(id.rawValue) \"\(name)\"")
    factory = ShaderVariantFactory(
      profile: renderer.profile, releaseQueue: renderer.releaseQueue, budget: renderer.budget,
      binaries: renderer.binaries, tally: renderer.shaderTally, log: log)
    current = try renderer.makeSubContext(id: 0, factory: factory, log: log)
    timeline = renderer.fences.makeTimeline()
    currentState = current.storage
    subContexts[0] = current
  }

  package func attach(_ resource: Resource) throws(Fault) {
    guard held.isHolding else { return resources.attach(resource) }
    try renderer.held.hold(.attach(resource), of: self)
  }

  package func detach(_ resource: Resource) {
    guard held.isHolding else { return resources.detach(resource.id) }
    renderer.held.holdAnyway(.detach(resource), of: self)
  }

  package func submit(_ stream: Span<UInt32>) throws(Fault) {
    renderer.held.serve(renderer)
    if held.isIdle { try submitNow(stream) } else { try submitInOrder(stream) }
  }

  @inline(__always)
  func submitNow(_ stream: Span<UInt32>) throws(Fault) {
    guard !isInError else {
      throw Fault(.contextLost, "the context is in the error state", UInt64(id.rawValue))
    }
    guard renderer.makeCurrent(current) else {
      throw Fault(.noDevice, "the GL context cannot be made current", UInt64(id.rawValue))
    }
    // A guest that stays in one GL context switches never.
    renderer.releaseQueue.drain()
    try run(stream)
  }

  package func transfer(
    _ transfer: Transfer, _ direction: Transfer.Direction, _ resource: Resource, memory: GuestMemory?
  ) throws(Fault) {
    renderer.held.serve(renderer)
    if held.isHolding, try holdTransfer(transfer, direction, resource, memory: memory) { return }
    try transferNow(transfer, direction, resource, memory: memory)
  }

  func transferNow(
    _ transfer: Transfer, _ direction: Transfer.Direction, _ resource: Resource, memory: GuestMemory?
  ) throws(Fault) {
    guard !isInError else {
      throw Fault(.contextLost, "the context is in the error state", UInt64(id.rawValue))
    }
    guard let resource = resources.find(resource.id.rawValue) else {
      throw Fault(.invalidArgument, "the resource is not attached to the context", UInt64(resource.id.rawValue))
    }
    guard renderer.makeCurrent(current) else {
      throw Fault(.noDevice, "the GL context cannot be made current", UInt64(id.rawValue))
    }
    let request = TransferRequest(transfer)
    do throws(TransferFault) {
      switch direction {
      case .toHost:
        try renderer.transfers.toHost(resource, request, from: memory ?? resource.backing, current.scratch)
      case .fromHost:
        try renderer.transfers.fromHost(resource, request, into: memory ?? resource.backing, current.scratch)
      }
      absorbClobbers()
    } catch {
      absorbClobbers()
      throw error.fault
    }
  }

  package func makeBlob(_ request: BlobRequest) throws(Fault) -> Resource {
    renderer.held.serve(renderer)
    let key = UInt32(exactly: request.blobID) ?? 0
    try parkAhead(key)
    guard let storage = parked.removeValue(forKey: key) else {
      throw Fault(.invalidArgument, "no storage waits under this blob id", request.blobID)
    }
    guard request.size <= UInt64(storage.blobBytes) else {
      parked[key] = storage
      throw Fault(.invalidArgument, "the blob is larger than its storage", request.size)
    }
    return GLResource(
      id: request.resource, storage: storage, blobSize: request.size,
      caching: storage.isMappable ? renderer.mappingCaching : .none)
  }

  package func createFence(_ fence: Fence) throws(Fault) {
    try requireRing(fence.timeline.ring)
    renderer.held.serve(renderer)
    if held.isHolding {
      renderer.held.holdAnyway(.fence(renderer.fences.createHeld(fence, on: timeline)), of: self)
    } else {
      _ = renderer.makeCurrent(current)
      renderer.checkHealth(of: self)
      renderer.fences.create(fence, on: timeline)
    }
  }

  package func retireFences() { renderer.poll() }

  package var pollDescriptor: CInt { renderer.fences.pollDescriptor }

  package func destroy() {
    let wasHolding = held.isHolding
    renderer.held.drop(self)
    renderer.fences.remove(timeline, of: id)
    renderer.forget(self)
    for subContext in subContexts.values.sorted(by: { $0.id > $1.id }) { renderer.destroy(subContext) }
    subContexts = [:]
    parked = [:]
    resources = ResourceMap()
    // Others may have waited for it.
    if wasHolding { renderer.held.advance(renderer) }
    log.summarize()
  }

  // MARK: Sub-contexts

  /// The state of the current sub-context, which commands change. Not to be held across a change of sub-context.
  var state: SubContextState {
    @inline(__always) _read { yield currentState.pointee }
    @inline(__always) _modify { yield &currentState.pointee }
  }

  /// SET_SUB_CTX: an unknown id changes nothing.
  @inline(__always)
  func selectSubContext(_ id: UInt32) throws(CommandFault) {
    guard id != current.id else { return }
    guard let wanted = subContexts[id] else { return }
    try enter(wanted)
  }

  /// CREATE_SUB_CTX: an existing id changes nothing; a new one becomes current.
  func createSubContext(_ id: UInt32) throws(CommandFault) {
    guard subContexts[id] == nil else { return }
    guard subContexts.count < Self.subContextLimit else { throw CommandFault(.illegalCommandBuffer, .limit, id) }
    let made: SubContext
    do throws(Fault) {
      made = try renderer.makeSubContext(id: id, factory: factory, log: log)
    } catch {
      throw CommandFault(.unknown, .outOfMemory, id)
    }
    subContexts[id] = made
    try enter(made)
  }

  /// DESTROY_SUB_CTX: id 0 stays; if the current one goes, 0 becomes current.
  func destroySubContext(_ id: UInt32) throws(CommandFault) {
    guard id != 0, let doomed = subContexts.removeValue(forKey: id) else { return }
    if doomed === current, let first = subContexts[0] { current = first }
    renderer.destroy(doomed)
    try enter(current)
  }

  private func enter(_ subContext: SubContext) throws(CommandFault) {
    current = subContext
    guard renderer.makeCurrent(subContext) else { throw CommandFault(.unknown, .outOfMemory, subContext.id) }
  }

  /// Some query of the guest waits for its result.
  var hasWaitingQueries: Bool { subContexts.values.contains { $0.state.queries.hasWaiting } }

  /// Writes query results that waiting guests have not got yet.
  func writeWaitingResults(mustWait: Bool) {
    for subContext in subContexts.values where subContext.state.queries.hasWaiting {
      guard renderer.makeCurrent(subContext) else { continue }
      subContext.state.writeWaitingResults(mustWait: mustWait)
    }
  }

  @inline(__always)
  func takeDrawCount() -> UInt64 {
    defer { drawCount = 0 }
    return drawCount
  }

  // MARK: Errors

  /// Puts the context into its error state and says why, once.
  func fail(_ fault: CommandFault, command: UInt8, offset: Int) {
    isInError = true
    log.error(
      """
      context \(id.rawValue) "\(name)": \(CommandCode.describe(command)) at dword \(offset): \
      \(fault.error), \(fault.reason) (\(fault.value)); the context accepts no more work
      """)
  }

  /// The host's GL had no memory for something the guest drew, and its state is undefined now.
  func runOut() {
    guard !isInError else { return }
    isInError = true
    log.error("context \(id.rawValue) \"\(name)\": GL ran out of memory; the context accepts no more work")
  }

  /// The GPU is gone; the renderer says so.
  func lose() { isInError = true }

  /// Takes what transfers, copies and blits changed in GL into the current sub-context's shadow.
  @inline(__always)
  func absorbClobbers() {
    let clobbers = renderer.transfers.takeClobbers()
    if !clobbers.isEmpty { state.absorb(clobbers) }
  }
}
