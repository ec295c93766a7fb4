import CVirglrenderer
import Platform
import Synchronization

/// Decides where the library's messages go: the client's callback when one is set, else the default sink.
///
/// Any thread. A client callback gets every message, each ending in a newline, without any lock held: it may call
/// back, even to replace itself. The client's data is freed when the last message on its way has been delivered.
final class ClientLogging: Sendable {
  let log: Log

  /// The address given to `virgl_set_debug_callback`, 0 for none.
  private let debugCallback = Mutex<UInt>(0)
  private let defaultSink: DefaultLogSink

  init() {
    let sink = DefaultLogSink()
    defaultSink = sink
    log = Log(threshold: sink.threshold, rate: .ofProcess) { level, line in sink.write(level, line) }
  }

  /// `callback` nil drops all messages.
  func setLogCallback(
    _ callback: virgl_log_callback_type?, _ userData: UnsafeMutableRawPointer?, _ free: virgl_free_data_callback_type?
  ) {
    // Held even without a callback: the data is freed on replacement all the same.
    let data = ClientData(userData, free)
    guard let callback else {
      log.replaceSink(threshold: .silent) { _, _ in withExtendedLifetime(data) {} }
      return
    }
    log.replaceSink(threshold: .debug) { level, line in
      (line + "\n").withCString { callback(virgl_log_level_flags(UInt32(level.rawValue)), $0, data.pointer) }
    }
  }

  /// Returns what was set before. nil restores the default sink.
  func setDebugCallback(_ callback: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    let address = UInt(bitPattern: callback)
    let previous = debugCallback.withLock { stored in
      let before = stored
      stored = address
      return before
    }
    if address == 0 {
      let sink = defaultSink
      log.replaceSink(threshold: sink.threshold) { level, line in sink.write(level, line) }
    } else {
      log.replaceSink(threshold: .debug) { _, line in
        (line + "\n").withCString {
          cvirglrenderer_call_debug_callback(UnsafeMutableRawPointer(bitPattern: address), $0)
        }
      }
    }
    return UnsafeMutableRawPointer(bitPattern: previous)
  }
}

/// The client's pointer and how to free it: freed when the last sink that uses it is gone.
///
/// `@unchecked`: the pointer is only passed back to the client, which announced that any thread may do so.
private final class ClientData: @unchecked Sendable {
  let pointer: UnsafeMutableRawPointer?
  private let free: virgl_free_data_callback_type?

  init(_ pointer: UnsafeMutableRawPointer?, _ free: virgl_free_data_callback_type?) {
    self.pointer = pointer
    self.free = free
  }

  deinit { free?(pointer) }
}
