import Synchronization

/// Severity of a log line; the raw values are those of `virgl_log_level_flags` in virglrenderer.h.
package enum LogLevel: CInt, Comparable, Sendable {
  case debug = 0
  case info = 1
  case warning = 2
  case error = 3
  case silent = 4

  package static func < (a: LogLevel, b: LogLevel) -> Bool { a.rawValue < b.rawValue }
}

/// Where log lines go. One value is made by whoever creates a renderer and is handed down; nothing
/// in the library logs through a global.
///
/// Thread-safe. The sink is called without any lock of the library held, on whatever thread logs.
package final class Log: Sendable {
  package typealias Sink = @Sendable (LogLevel, String) -> Void

  private struct State {
    var threshold: LogLevel
    var sink: Sink
  }

  private let state: Mutex<State>

  /// - Parameters:
  ///   - threshold: lines below this level are not even formatted.
  ///   - sink: receives each line, without a trailing newline.
  package init(threshold: LogLevel = .warning, sink: @escaping Sink) {
    state = Mutex(State(threshold: threshold, sink: sink))
  }

  /// A log that drops everything.
  package static var silent: Log { Log(threshold: .silent) { _, _ in } }

  /// What the old sink holds ends outside the lock, and not before the last line on its way through it is delivered.
  package func replaceSink(threshold: LogLevel, sink: @escaping Sink) {
    let replacement = State(threshold: threshold, sink: sink)
    let replaced = state.withLock { state in
      let before = state
      state = replacement
      return before
    }
    withExtendedLifetime(replaced) {}
  }

  package func isEnabled(_ level: LogLevel) -> Bool {
    state.withLock { level >= $0.threshold && $0.threshold != .silent }
  }

  package func write(_ level: LogLevel, _ message: @autoclosure () -> String) {
    let sink: Sink? = state.withLock { level >= $0.threshold && $0.threshold != .silent ? $0.sink : nil }
    sink?(level, message())
  }

  package func debug(_ message: @autoclosure () -> String) { write(.debug, message()) }
  package func info(_ message: @autoclosure () -> String) { write(.info, message()) }
  package func warning(_ message: @autoclosure () -> String) { write(.warning, message()) }
  package func error(_ message: @autoclosure () -> String) { write(.error, message()) }
}
