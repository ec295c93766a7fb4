import Platform

/// A valid guest shader that this host cannot run: it has no GLSL here, or the GL driver refuses to compile or link it.
///
/// No fault of the stream: draws and dispatches with the shader do nothing, and the context goes on. The refusal is
/// remembered with the variant or the program, so that it costs one attempt and one log line.
struct HostRefusal: Error {}

/// Reports refusals, and no more than a guest has a use for.
struct RefusalLog {
  private static let limit = 256

  let log: Log
  private var count = 0

  init(log: Log) { self.log = log }

  /// - Parameter text: the refused GLSL, for the log's more talkative level.
  mutating func report(_ message: @autoclosure () -> String, text: @autoclosure () -> String = "") {
    guard count <= Self.limit else { return }
    count += 1
    if count > Self.limit { return log.error("further shaders that the host refuses are not reported") }
    log.error("\(message()); draws and dispatches with it do nothing")
    if log.isEnabled(.info), case let text = text(), !text.isEmpty { log.info("refused text:\n\(text)") }
  }
}
