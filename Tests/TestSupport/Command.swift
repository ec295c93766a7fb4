import Foundation

/// A program that ran to its end.
package struct Finished {
  package let status: Int32
  /// True when a signal ended it; `status` is then the signal's number.
  package let wasKilled: Bool
  package let output: String
  package let errors: String

  package var succeeded: Bool { !wasKilled && status == 0 }
  package var lines: [String] { output.split(separator: "\n").map(String.init) }
}

/// Runs a program of the search path and waits. The host GL is Mesa's software renderer.
package func run(
  _ program: String, _ arguments: [String], environment: [String: String] = [:],
  in folder: URL? = nil
) throws -> Finished {
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = [program] + arguments
  var variables = ProcessInfo.processInfo.environment
  variables["LIBGL_ALWAYS_SOFTWARE"] = "1"
  process.environment = variables.merging(environment) { $1 }
  process.currentDirectoryURL = folder
  // Files rather than pipes: nothing has to be drained while the program runs.
  let scratch = try Scratch()
  let (output, errors) = (scratch.url.appending(path: "out"), scratch.url.appending(path: "err"))
  for url in [output, errors] { FileManager.default.createFile(atPath: url.path, contents: nil) }
  process.standardOutput = try FileHandle(forWritingTo: output)
  process.standardError = try FileHandle(forWritingTo: errors)
  try process.run()
  process.waitUntilExit()
  return Finished(
    status: process.terminationStatus, wasKilled: process.terminationReason == .uncaughtSignal,
    output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
    errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
}

/// A folder that is removed with its owner.
package final class Scratch {
  package let url: URL

  package init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "virgl-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }
}

/// Compiles one of the programs in Tests/C with the system's C compiler.
package func compile(
  _ source: String, into scratch: Scratch, headers: URL = Repository.headers, _ more: [String] = []
) throws -> URL {
  let program = scratch.url.appending(path: source.prefix { $0 != "." } + "-\(UUID().uuidString)")
  let compiler = source.hasSuffix(".cpp") ? "c++" : "cc"
  let result = try run(
    compiler,
    (source.hasSuffix(".cpp") ? [] : ["-std=gnu11"]) + [
      "-Wall", "-Wextra", "-Werror", "-Wno-parentheses",
    ]
      + ["-I\(headers.path)", Repository.programs.appending(path: source).path, "-o", program.path]
      + more + ["-ldl"])
  guard result.succeeded else { throw CompilationFailure(source: source, errors: result.errors) }
  return program
}

package struct CompilationFailure: Error {
  package let source: String
  package let errors: String
}
