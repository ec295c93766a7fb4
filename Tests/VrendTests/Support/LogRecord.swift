import Platform
import Synchronization

/// Lines that the library logged.
final class LogRecord: Sendable {
  private let kept = Mutex<[String]>([])
  /// Keeps errors.
  var log: Log { log(from: .error) }
  func log(from threshold: LogLevel) -> Log {
    Log(threshold: threshold) { [self] _, line in kept.withLock { $0.append(line) } }
  }
  var lines: [String] { kept.withLock { $0 } }
  var count: Int { lines.count }
}
