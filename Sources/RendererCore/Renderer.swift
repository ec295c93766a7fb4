import GLDriver
import Platform
import VirtioGPU
import Vrend
import WindowSystems

/// The composition root: contexts and resources by their ids, and the components that work for them.
///
/// One value is one virtio-gpu device; several live side by side in one process. Everything is called on one thread,
/// the renderer thread, unless it says otherwise.
package final class Renderer {
  package let configuration: Configuration
  let options: RendererOptions
  let log: Log
  /// Fences that exist as sync files, of all components. Any thread.
  package let fenceTable = FenceTable()
  /// nil with NO_VIRGL.
  let vrend: VrendRenderer?
  let resourceLimit: Int

  /// By the ids' numbers: keys of a type of our own are hashed by calls, and looked for at first use.
  @exclusivity(unchecked) var contexts: [UInt32: any Context] = [:]
  @exclusivity(unchecked) var resources: [UInt32: Resource] = [:]

  /// - Parameters:
  ///   - flags: `VIRGL_RENDERER_*` init flags.
  ///   - fences: hears of fences that are done.
  ///   - platform: the client's GL contexts; used unless the flags ask for the library's own.
  ///   - host: descriptors from the client.
  ///   - options: what is not in the flags.
  /// - Throws: `noDevice` when there is no usable GL, `unsupported` for a window system that is not offered.
  package init(
    flags: UInt32, fences: any FenceSink, platform: (any ClientGLPlatform)?, host: any RendererHost,
    options: RendererOptions = RendererOptions(), log: Log
  ) throws(Fault) {
    configuration = Configuration(flags: flags)
    self.options = options
    self.log = log
    let limits = options.limits ?? .fromEnvironment(log)
    resourceLimit = limits.resources
    guard configuration.usesVirgl else {
      vrend = nil
      return
    }
    let winsys: any Winsys
    do throws(WinsysFailure) {
      winsys = try WinsysChoice.open(configuration, platform: platform, host: host, log: log)
    } catch {
      log.error("no window system: \(error.what) (\(error.detail))")
      throw Fault(error.code == .unsupported ? .unsupported : .noDevice, error.what)
    }
    vrend = try VrendRenderer(
      winsys: winsys, limits: limits, delivery: configuration.delivery, sink: fences, table: fenceTable,
      fenceSource: options.fenceSource, measures: options.measures, patience: options.patience,
      programCache: options.programCache, log: log)
    log.info("virgl renderer on \(winsys.summary)")
  }

  /// The end: contexts, resources, threads and GL. No callback begins after it.
  package func shutDown() {
    dropGuestState()
    vrend?.shutDown()
  }

  /// The guest's device was reset: its contexts, resources and fences are gone, the host side stays.
  package func reset() { dropGuestState() }

  private func dropGuestState() {
    vrend?.dropFences()
    for context in Array(contexts.values) { context.destroy() }
    contexts = [:]
    // Mappings end in GL.
    vrend?.ensureCurrent()
    for resource in resources.values { resource.retire() }
    resources = [:]
    fenceTable.removeAll()
    vrend?.forceContext0()
  }

  /// `virgl_renderer_force_ctx_0`: undoes the effect of the client's own use of GL.
  package func makeBaseContextCurrent() { vrend?.forceContext0() }

  func requireVrend() throws(Fault) -> VrendRenderer {
    guard let vrend else { throw Fault(.unsupported, "the renderer was made without VirGL") }
    return vrend
  }
}
