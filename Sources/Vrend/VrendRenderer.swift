import CEpoxy
import GLDriver
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
  package let releaseQueue: GLReleaseQueue
  package let transfers: TransferEngine
  package let allocator: ResourceAllocator
  let factory: ShaderVariantFactory
  let workarounds = VrendWorkarounds()
  let mappingCaching: MapCaching = .none

  /// The version that the first context got; later ones get the same.
  private let version: GLContextVersion
  /// The renderer's own context: root of the share group, and current for work of no guest context.
  private let hostContext: GLContextHandle
  private let hostScratch: ContextScratch
  /// What is current on the renderer thread, as far as this library knows.
  @exclusivity(unchecked) private var currentContext: GLContextHandle?

  package init(winsys: any Winsys, log: Log) throws(Fault) {
    self.winsys = winsys
    self.log = log
    do throws(WinsysFailure) {
      (hostContext, version) = try winsys.createFirstContext()
    } catch {
      log.error("no GL: \(error.what)")
      throw Fault(.noDevice, error.what)
    }
    guard winsys.makeCurrent(hostContext) else {
      winsys.destroyContext(hostContext)
      throw Fault(.noDevice, "the first GL context cannot be made current")
    }
    currentContext = hostContext
    host = try HostGL.probe(log: log)
    releaseQueue = GLReleaseQueue()
    transfers = try TransferEngine(host: host)
    allocator = ResourceAllocator(host: host, engine: transfers, releaseQueue: releaseQueue)
    factory = ShaderVariantFactory(profile: HostProfile(host), releaseQueue: releaseQueue, log: log)
    hostScratch = ContextScratch(features: host.features)
  }

  /// Makes the sub-context's GL context current, if it is not.
  @inline(__always)
  func makeCurrent(_ subContext: SubContext) -> Bool {
    currentContext == subContext.glContext || switchTo(subContext.glContext)
  }

  /// The renderer's own context, always made current anew: the client's user interface may have changed
  /// what is current on this thread.
  package func forceContext0() {
    currentContext = nil
    _ = switchTo(hostContext)
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

  /// Makes a sub-context with a GL context of its own; it is current afterwards.
  func makeSubContext(id: UInt32) throws(Fault) -> SubContext {
    guard switchTo(hostContext), let made = winsys.createContext(version, sharing: hostContext) else {
      throw Fault(.outOfMemory, "no further GL context")
    }
    guard switchTo(made) else {
      winsys.destroyContext(made)
      throw Fault(.outOfMemory, "a new GL context cannot be made current")
    }
    let state = SubContextState(
      host: host, log: log, factory: factory, releaseQueue: releaseQueue, workarounds: workarounds)
    return SubContext(
      id: id, glContext: made, state: state, scratch: ContextScratch(features: host.features))
  }

  func destroy(_ subContext: SubContext) {
    if makeCurrent(subContext) { subContext.state.tearDown() }
    _ = switchTo(hostContext)
    winsys.destroyContext(subContext.glContext)
  }
}
