import CHostShims
import Glibc
import Platform
import RendererCore

/// Writes the renderer's statistics where the operator asked for them:
///
/// * `VIRGL_STATISTICS=FILE`: measure fences, and write the figures at the end of each renderer to the file, with
///   `%PID%` in its name for the process id. `-` is standard error.
/// * `VIRGL_STATISTICS_SIGNAL=NUMBER`: also after that signal came, at the client's next fence or poll. The signal's
///   handler only sets a flag; it is installed because the operator asks, and undone with the renderer.
final class StatisticsDump {
  private let path: String
  private let signal: CInt

  /// Reads the environment; nil when no statistics are wanted.
  init?(_ log: Log) {
    guard let path = environmentValue("VIRGL_STATISTICS"), !path.isEmpty else { return nil }
    self.path = path.expandingProcessID
    signal = environmentValue("VIRGL_STATISTICS_SIGNAL").flatMap { CInt($0) } ?? 0
    if signal > 0, hostshims_request_on_signal(signal) != 0 {
      log.warning("VIRGL_STATISTICS_SIGNAL: no handler for signal \(signal) (\(Errno.last))")
    }
  }

  deinit {
    if signal > 0 { hostshims_request_on_signal(0) }
  }

  /// Appends the figures, in one write.
  func write(_ statistics: Statistics, _ log: Log) {
    var text = statistics.text + "\n"
    let descriptor = path == "-" ? STDERR_FILENO : open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      log.warning("VIRGL_STATISTICS: cannot open \(path) (\(Errno.last))")
      return
    }
    text.withUTF8 { bytes in _ = Glibc.write(descriptor, bytes.baseAddress, bytes.count) }
    if descriptor != STDERR_FILENO { close(descriptor) }
  }

  /// Called where clients come by regularly: writes what was asked for by signal. Costs a load when nobody can ask.
  @inline(__always)
  static func serve() {
    if ProcessState.takesRequests { serveRequest() }
  }

  @inline(never)
  private static func serveRequest() {
    guard hostshims_take_request() != 0 else { return }
    ProcessState.session?.writeStatistics()
  }

  var takesRequests: Bool { signal > 0 }
}
