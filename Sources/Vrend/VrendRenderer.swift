import CEpoxy
import GLDriver
import Glibc
import Platform
import ShaderTranslator
import VirtioGPU
import WindowSystems
import WireFormat

/// The GL side of a renderer: the share group, what its host can do, and the engines that work for
/// every context. Renderer thread only.
package final class VrendRenderer {
  package let winsys: any Winsys
  package let host: HostGL
  package let log: Log
  package let fences: FenceRetirer
  /// Work that waits for fences.
  let held: HeldWork
  /// Query results that guests wait for.
  let waitingQueries = QueryTally()
  let shaderTally = ShaderTally()
  /// Programs kept in files, nil when they are not.
  let binaries: ProgramBinaries?
  /// What was done, for statistics.
  @exclusivity(unchecked) var counters: WorkCounters
  let releaseQueue = GLReleaseQueue()
  let limits: GuestLimits
  let budget: ResourceBudget
  /// Set in tests only, to something that loses the GPU.
  @exclusivity(unchecked) package var health: any DeviceHealth
  /// The GPU was reset; nothing can be drawn any more.
  @exclusivity(unchecked) package internal(set) var isLost = false
  private var subContextCount = 0
  package let fenceTable: FenceTable
  let transfers: TransferEngine
  let allocator: ResourceAllocator
  let blits: BlitEngine
  let profile: HostProfile
  private let drawLimits: DrawLimits
  let workarounds = VrendWorkarounds()
  /// How guests have to cache mapped buffers; `none` where GL cannot map them, or nobody knows how it does.
  let mappingCaching: MapCaching

  /// Textures can leave as dma-bufs.
  let exportsTextures: Bool
  var layouts = LayoutCache()

  /// The version that the first context got; later ones get the same.
  private let version: GLContextVersion
  /// The renderer's own context: root of the share group, and current for work of no guest context.
  private let hostContext: GLContextHandle
  var hostScratch: ContextScratch
  /// What is current on the renderer thread, as far as this library knows.
  @exclusivity(unchecked) private var currentContext: GLContextHandle?
  private var contexts: [VrendContext] = []

  /// Makes the first GL context, asks what the host can do, and starts the fence thread if there is to be one.
  ///
  /// - Parameters:
  ///   - fenceSource: what makes fences with sync files instead of the display.
  ///   - measures: keep the figures that cost something: moments of fences, the number of commands.
  ///   - patience: milliseconds that fences wait for what only the renderer thread can do, when no call comes in.
  ///   - programCache: where to keep linked programs in files; nil = nowhere.
  /// - Throws: `noDevice` when the host has no usable GL; the log says why.
  package init(
    winsys: any Winsys, limits: GuestLimits, delivery: FenceDelivery, sink: any FenceSink, table: FenceTable,
    fenceSource: (any SharableFenceSource)? = nil, measures: Bool, patience: UInt64,
    programCache: ProgramCacheOptions? = nil, log: Log
  ) throws(Fault) {
    self.winsys = winsys
    self.limits = limits
    budget = ResourceBudget(limit: limits.memoryBytes)
    self.log = log
    fenceTable = table
    counters = WorkCounters(countsCommands: measures)
    do throws(WinsysFailure) {
      (hostContext, version) = try winsys.createFirstContext()
    } catch {
      log.error("no GL: \(error.what)")
      throw Fault(.noDevice, error.what)
    }
    do throws(Fault) {
      guard winsys.makeCurrent(hostContext) else {
        throw Fault(.noDevice, "the first GL context cannot be made current")
      }
      winsys.egl?.confirmContext()
      host = try Self.probe(log)
      transfers = try TransferEngine(host: host)
    } catch {
      winsys.destroyContext(hostContext)
      throw error
    }
    mappingCaching = PersistentBuffer.caching(on: host)
    exportsTextures = winsys.egl?.provesExport() ?? false
    allocator = ResourceAllocator(host: host, engine: transfers, releaseQueue: releaseQueue, budget: budget)
    blits = BlitEngine(host: host, transfers: transfers, releaseQueue: releaseQueue)
    profile = HostProfile(host)
    binaries = if let programCache { ProgramBinaries(programCache, host: host, log: log) } else { nil }
    health = GLDeviceHealth(host: host)
    drawLimits = DrawLimits(host: host, softwareWork: limits.softwareWork)
    hostScratch = ContextScratch(isES: host.isES)
    fences = FenceRetirer(
      delivery: delivery, winsys: winsys, version: version, root: hostContext, sink: sink,
      source: fenceSource ?? winsys.egl.flatMap { $0.hasNativeFences ? $0 : nil }, table: table,
      waitingQueries: waitingQueries, measures: measures, patience: patience, log: log)
    held = HeldWork(fences: fences, egl: winsys.egl, patience: patience, log: log)
    currentContext = hostContext
    fences.queries = self
  }

  private static func probe(_ log: Log) throws(Fault) -> HostGL {
    do throws(HostGLFault) {
      return try HostGL.probe(log: log)
    } catch {
      log.error("the host's GL cannot serve: \(error)")
      throw Fault(.noDevice, "the host's GL is too old or unusable")
    }
  }

  /// Ends everything. Contexts and resources of the client are gone already.
  package func shutDown() {
    for context in contexts { context.destroy() }
    forceContext0()
    held.shutDown()
    fences.shutDown()
    hostScratch.destroy()
    releaseQueue.drain()
    _ = winsys.makeCurrent(nil)
    currentContext = nil
    winsys.destroyContext(hostContext)
  }

  // MARK: What is current

  /// Makes the sub-context's GL context current, if it is not.
  @inline(__always)
  func makeCurrent(_ subContext: SubContext) -> Bool {
    currentContext == subContext.glContext || switchTo(subContext.glContext)
  }

  /// Makes the renderer's own context current, always anew: the client's user interface may have changed what is
  /// current on this thread.
  package func forceContext0() {
    currentContext = nil
    _ = switchTo(hostContext)
  }

  /// The client may have made other GL contexts current.
  func forgetCurrent() { currentContext = nil }

  /// For work of no guest context: any context of the share group serves.
  package func ensureCurrent() {
    if currentContext == nil { _ = switchTo(hostContext) }
  }

  @inline(never)
  private func switchTo(_ context: GLContextHandle) -> Bool {
    // What the old context did comes before what the new one does.
    var fence: GLsync?
    if currentContext != nil {
      fence = epoxy_glFenceSync(GL.SYNC_GPU_COMMANDS_COMPLETE, 0)
      epoxy_glFlush()
    }
    guard winsys.makeCurrent(context) else {
      currentContext = nil
      log.error("a GL context cannot be made current")
      return false
    }
    currentContext = context
    if let fence {
      epoxy_glWaitSync(fence, 0, GLuint64.max)
      epoxy_glDeleteSync(fence)
    }
    releaseQueue.drain()
    return true
  }

  // MARK: Contexts

  /// - Throws: `outOfMemory` when no GL context can be had, `noDevice` once the GPU is lost.
  package func makeContext(id: ContextID, capset: CapsetID, name: DebugName) throws(Fault) -> any Context {
    guard !isLost else { throw Fault(.noDevice, "the host's GPU was reset", UInt64(id.rawValue)) }
    let context = try VrendContext(id: id, capset: capset, name: name, renderer: self)
    contexts.append(context)
    return context
  }

  func forget(_ context: VrendContext) { contexts.removeAll { $0 === context } }

  var contextCount: Int { contexts.count }

  func failAllContexts() {
    for context in contexts { context.lose() }
  }

  /// Makes a sub-context with a GL context of its own; it is current afterwards.
  ///
  /// - Throws: `outOfMemory` at a limit of the guests', or when the host gives no further GL context.
  func makeSubContext(id: UInt32, factory: ShaderVariantFactory, log: Log) throws(Fault) -> SubContext {
    guard subContextCount < limits.glContexts else {
      throw Fault(.outOfMemory, "too many GL contexts", UInt64(subContextCount))
    }
    let share = try budget.share(ResourceBudget.Cost.glContext)
    guard switchTo(hostContext), let made = winsys.createContext(version, sharing: hostContext) else {
      throw Fault(.outOfMemory, "no further GL context")
    }
    guard switchTo(made) else {
      winsys.destroyContext(made)
      throw Fault(.outOfMemory, "a new GL context cannot be made current")
    }
    let state = SubContextState(
      host: host, log: log, factory: factory, releaseQueue: releaseQueue, budget: budget, limits: limits,
      drawLimits: drawLimits, workarounds: workarounds, waitingQueries: waitingQueries)
    subContextCount += 1
    return SubContext(
      id: id, glContext: made, state: state, scratch: ContextScratch(isES: host.isES), share: share)
  }

  func destroy(_ subContext: SubContext) {
    subContext.state.queries.stopAwaitingAll()
    if makeCurrent(subContext) {
      subContext.state.tearDown()
      subContext.scratch.destroy()
    }
    _ = switchTo(hostContext)
    winsys.destroyContext(subContext.glContext)
    subContextCount -= 1
  }

  // MARK: Resources

  /// - Throws: `invalidArgument`, `unsupported` or `outOfMemory`; nothing is left behind then.
  package func createResource(_ arguments: ResourceCreateArguments) throws(Fault) -> Resource {
    forceContext0()
    return try allocator.makeResource(id: ResourceID(arguments.handle), arguments)
  }

  /// A transfer of no guest context (context 0).
  package func transfer(
    _ transfer: Transfer, _ direction: Transfer.Direction, _ resource: Resource, memory: GuestMemory?
  ) throws(Fault) {
    guard let resource = (resource.typed ?? resource) as? GLResource else {
      throw Fault(.invalidArgument, "the resource has no type", UInt64(resource.id.rawValue))
    }
    forceContext0()
    let request = TransferRequest(transfer)
    do throws(TransferFault) {
      switch direction {
      case .toHost: try transfers.toHost(resource, request, from: memory ?? resource.backing, hostScratch)
      case .fromHost: try transfers.fromHost(resource, request, into: memory ?? resource.backing, hostScratch)
      }
    } catch {
      _ = transfers.takeClobbers()
      throw error.fault
    }
    _ = transfers.takeClobbers()
  }

  /// Writes capability set 2, or set 1 when not extended; the buffer has its size.
  ///
  /// - Parameters:
  ///   - offersLayouts: guests may ask for the layouts of their resources.
  ///   - mapsBuffers: the client maps buffers by `virgl_renderer_resource_map`.
  package func fillCapset(
    isExtended: Bool, offersLayouts: Bool, mapsBuffers: Bool, into buffer: UnsafeMutableRawBufferPointer
  ) {
    var abilities = RendererAbilities.allOfRenderer
    if importsDMABufs { abilities.insert(.untypedResources) }
    if offersLayouts, exportsTextures { abilities.insert(.resourceLayout) }
    if mapsBuffers, mappingCaching != .none { abilities.insert(.bufferStorageMapping) }
    let caps = VrendCapset.fill(host: host, policy: CapsetPolicy(abilities: abilities))
    _ = isExtended ? caps.write(into: buffer) : caps.v1.write(into: buffer)
  }

  // MARK: Fences

  /// A fence of the device-wide timeline, after everything every context has done.
  package func createGlobalFence(_ fence: Fence) {
    held.serve(self)
    guard !held.isHolding else { return held.holdGlobal(fence) }
    ensureCurrent()
    checkHealth(of: nil)
    fences.create(fence, on: fences.globalTimeline)
  }

  /// Forgets all fences and all work that waits for fences.
  package func dropFences() {
    fences.dropAll()
    for context in contexts { held.drop(context) }
    held.dropGlobals()
  }

  /// Reports fences that are done and delivers query results.
  package func poll() {
    held.serve(self)
    ensureCurrent()
    fences.poll()
  }
}

extension VrendRenderer: PendingQueries {
  package func writeWaitingResults(mustWait: Bool) {
    for context in contexts where context.hasWaitingQueries {
      context.writeWaitingResults(mustWait: mustWait)
    }
  }
}
