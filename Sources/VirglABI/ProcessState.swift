import Platform
import RendererCore

/// The library's only mutable global: the renderer of this process, or none, and where messages go.
///
/// The C interface has no handle, so something must remember the renderer between calls; everything below this module
/// is given what it needs. The renderer is not behind a lock: the interface is one thread's by contract
/// (`virglrenderer.h`), its callbacks call back into it, and a lock held around a callback would deadlock. What may be
/// called from any thread (fence export, logging) synchronises inside. A call that is running keeps its renderer alive,
/// also when a callback made by it calls `virgl_renderer_cleanup`.
enum ProcessState {
  /// Between a successful `virgl_renderer_init` and `virgl_renderer_cleanup`.
  @exclusivity(unchecked) nonisolated(unsafe) static var session: Session?

  /// The renderer, for the entry points: one load less than through the session.
  @exclusivity(unchecked) nonisolated(unsafe) private(set) static var renderer: Renderer?

  /// Outlives renderers: a client sets its log callback before init.
  static let logging = ClientLogging()

  static var log: Log { logging.log }

  /// Whether the client can be told of a context's fences.
  static var reportsContextFences: Bool { session?.callbacks.reportsContextFences ?? false }

  /// The operator may ask for statistics by a signal.
  @exclusivity(unchecked) nonisolated(unsafe) private(set) static var takesRequests = false

  static func begin(_ started: Session) {
    session = started
    takesRequests = started.takesRequests
    renderer = started.renderer
  }

  static func end() -> Session? {
    let ended = session
    renderer = nil
    session = nil
    takesRequests = false
    return ended
  }
}

/// One life of the renderer and the arguments that began it.
final class Session {
  let arguments: InitArguments
  let callbacks: ClientCallbacks
  let renderer: Renderer
  private let statistics: StatisticsDump?

  init(
    _ arguments: InitArguments, _ callbacks: ClientCallbacks, _ renderer: Renderer,
    _ statistics: StatisticsDump?
  ) {
    self.arguments = arguments
    self.callbacks = callbacks
    self.renderer = renderer
    self.statistics = statistics
  }

  var takesRequests: Bool { statistics?.takesRequests ?? false }

  func writeStatistics() { statistics?.write(renderer.statistics, ProcessState.log) }
}

/// What makes two calls of `virgl_renderer_init` the same: the cookie, the flags in effect, the address of the table.
struct InitArguments: Equatable {
  var cookie: UnsafeMutableRawPointer?
  var flags: CInt
  var callbacks: UnsafeMutableRawPointer?
}
