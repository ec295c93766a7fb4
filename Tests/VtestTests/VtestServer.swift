import Foundation
import Glibc
import TestSupport
import Testing

/// Debian's virgl_test_server in its one-process mode: a crash in the library ends it, which a test can see.
final class VtestServer {
  private let process = Process()
  private let library: Scratch
  private let scratch: Scratch
  let socket: String

  init() throws {
    library = try LibraryUnderTest.folder()
    scratch = try Scratch()
    socket = scratch.url.appending(path: "socket").path
    let log = scratch.url.appending(path: "log")
    try Data().write(to: log)

    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "virgl_test_server", "--no-fork", "--use-egl-surfaceless", "--socket-path=\(socket)",
    ]
    var variables = ProcessInfo.processInfo.environment
    variables["LIBGL_ALWAYS_SOFTWARE"] = "1"
    variables["LD_LIBRARY_PATH"] = library.url.path
    // A library built for AddressSanitizer needs its runtime in every program that loads it.
    variables["LD_PRELOAD"] = variables["VIRGL_SERVER_PRELOAD"]
    process.environment = variables
    let output = try FileHandle(forWritingTo: log)
    process.standardOutput = output
    process.standardError = output
    try process.run()

    // The file is there before anybody listens.
    while true {
      if let connected = VtestConnection.connect(to: socket) {
        close(connected)
        return
      }
      guard process.isRunning else { throw VtestFailure.serverEnded(messages) }
      usleep(10_000)
    }
  }

  deinit {
    // Not a polite signal: the test runner's threads block those, and the server has inherited it.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  var isAlive: Bool { process.isRunning }

  /// What the server and the library have printed.
  var messages: String {
    (try? String(contentsOf: scratch.url.appending(path: "log"), encoding: .utf8)) ?? ""
  }

  /// The last lines of `messages`, for a failure's text.
  var lastMessages: String { messages.split(separator: "\n").suffix(8).joined(separator: "\n") }
}

enum VtestFailure: Error {
  case serverEnded(String)
  /// The server closed the connection, as it does after any refused request.
  case closed
  /// Nobody listens: the server has ended.
  case refused
  case silent
}
