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
/// Warnings and errors of a log with a rate are limited to it; the number of lines left out is said with the next one
/// that passes. Lines below a warning are for those who ask for them, and not limited.
///
/// Thread-safe. The sink is called without any lock of the library held, on whatever thread logs.
package final class Log: Sendable {
  package typealias Sink = @Sendable (LogLevel, String) -> Void

  private struct State {
    var threshold: LogLevel
    var sink: Sink
    var gate: LogGate?

    /// What may be written now; nil = nothing.
    mutating func admit(_ level: LogLevel) -> (sink: Sink, suppressed: UInt64)? {
      guard level >= threshold, threshold != .silent else { return nil }
      guard level >= .warning, gate != nil else { return (sink, 0) }
      switch gate?.admit(at: .now) {
      case .passes(let suppressed): return (sink, suppressed)
      case .suppressed, nil: return nil
      }
    }
  }

  private let state: Mutex<State>
  /// Says which lines a suppressed one belonged with.
  private let name: String
  private let parent: Log?

  /// - Parameters:
  ///   - threshold: lines below this level are not even formatted.
  ///   - rate: how many warnings and errors may pass; nil = all.
  ///   - sink: receives each line, without a trailing newline.
  package init(threshold: LogLevel = .warning, rate: LogRate? = nil, sink: @escaping Sink) {
    state = Mutex(State(threshold: threshold, sink: sink, gate: rate.map(LogGate.init)))
    name = "log"
    parent = nil
  }

  private init(parent: Log, name: String, rate: LogRate) {
    state = Mutex(State(threshold: .debug, sink: { parent.write($0, $1) }, gate: LogGate(rate: rate)))
    self.name = name
    self.parent = parent
  }

  /// A log for one source of messages, which go to this log.
  ///
  /// - Parameter name: for the line that says how many messages were left out.
  package func limited(to rate: LogRate, name: String) -> Log { Log(parent: self, name: name, rate: rate) }

  /// A log that drops everything.
  package static var silent: Log { Log(threshold: .silent) { _, _ in } }

  package func replaceSink(threshold: LogLevel, sink: @escaping Sink) {
    state.withLock {
      $0.threshold = threshold
      $0.sink = sink
    }
  }

  package func isEnabled(_ level: LogLevel) -> Bool {
    state.withLock { level >= $0.threshold && $0.threshold != .silent } && parent?.isEnabled(level) != false
  }

  package func write(_ level: LogLevel, _ message: @autoclosure () -> String) {
    guard parent?.isEnabled(level) != false, let (sink, suppressed) = state.withLock({ $0.admit(level) }) else {
      return
    }
    if suppressed > 0 { sink(.warning, summary(suppressed)) }
    sink(level, message())
  }

  /// Says how many lines were left out since the last one that passed; for the end of a source.
  package func summarize() {
    let (sink, suppressed) = state.withLock { ($0.sink, $0.gate?.takeSuppressed() ?? 0) }
    if suppressed > 0 { sink(.warning, summary(suppressed)) }
  }

  private func summary(_ count: UInt64) -> String { "\(name): \(count) further messages were left out" }

  package func debug(_ message: @autoclosure () -> String) { write(.debug, message()) }
  package func info(_ message: @autoclosure () -> String) { write(.info, message()) }
  package func warning(_ message: @autoclosure () -> String) { write(.warning, message()) }
  package func error(_ message: @autoclosure () -> String) { write(.error, message()) }
}
