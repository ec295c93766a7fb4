import Platform
import Synchronization

/// Lines that the library logged as errors.
final class LogRecord: Sendable {
  private let kept = Mutex<[String]>([])
  var log: Log { Log(threshold: .error) { [self] _, line in kept.withLock { $0.append(line) } } }
  var lines: [String] { kept.withLock { $0 } }
  var count: Int { lines.count }
}
