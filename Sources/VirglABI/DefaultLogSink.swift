import Glibc
import Platform

/// Where messages go without a client callback: the file named by `VIRGL_LOG_FILE` (`%PID%` stands for the process
/// id), or standard error; from the level named by `VIRGL_LOG_LEVEL` on (debug, info, warning, error, silent), warning
/// when that is not set. Both are read once, at the first use of the library.
final class DefaultLogSink: Sendable {
  let threshold: LogLevel
  private let descriptor: CInt

  init() {
    let level = DefaultLogSink.variable("VIRGL_LOG_LEVEL")
    threshold = level.flatMap(DefaultLogSink.level(named:)) ?? .warning
    descriptor = DefaultLogSink.variable("VIRGL_LOG_FILE").map(DefaultLogSink.open) ?? STDERR_FILENO
    if let level, DefaultLogSink.level(named: level) == nil {
      write(.warning, "VIRGL_LOG_LEVEL: no level is named \(level)")
    }
  }

  deinit {
    if descriptor != STDERR_FILENO { close(descriptor) }
  }

  /// One line in one `write`, so that lines of several threads and processes do not mix.
  func write(_ level: LogLevel, _ line: String) {
    var text = "virglrenderer: \(line)\n"
    text.withUTF8 { bytes in
      _ = Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    }
  }

  private static func variable(_ name: StaticString) -> String? {
    guard let value = getenv(name.description), value.pointee != 0 else { return nil }
    return String(cString: value)
  }

  private static func level(named name: String) -> LogLevel? {
    switch name {
    case "debug": .debug
    case "info": .info
    case "warning": .warning
    case "error": .error
    case "silent": .silent
    default: nil
    }
  }

  /// Standard error when the file cannot be opened.
  private static func open(_ pattern: String) -> CInt {
    let opened = Glibc.open(pattern.expandingProcessID, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    return opened >= 0 ? opened : STDERR_FILENO
  }
}

extension String {
  /// File names of the environment may have the process id in them, written `%PID%`.
  var expandingProcessID: String {
    let mark = "%PID%"
    var expanded = ""
    var rest = Substring(self)
    while let first = rest.first {
      if rest.hasPrefix(mark) {
        expanded += String(getpid())
        rest = rest.dropFirst(mark.count)
      } else {
        expanded.append(first)
        rest = rest.dropFirst()
      }
    }
    return expanded
  }
}
