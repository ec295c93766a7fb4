import Foundation

/// The Khronos reference compiler (Debian: glslang-tools), which must accept every text.
enum GLSLCompiler {
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  /// Compiles texts, all by one process; the extension of a name says the stage.
  ///
  /// - Parameter links: also as the stages of one program.
  /// - Returns: the compiler's complaints; empty when all are accepted.
  /// - Throws: when the compiler is not installed or did not look at every text.
  static func complaints(_ texts: [(name: String, text: String)], links: Bool = false) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: "glsl-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for text in texts { try Data(text.text.utf8).write(to: folder.appending(path: text.name)) }
    // The compiler's own limits are those of an old host, without atomic counters.
    let limits = try run(["-c"], in: folder).output
      .replacing("MaxAtomicCounterBindings 1", with: "MaxAtomicCounterBindings 8")
      .replacing("AtomicCounterBuffers 0", with: "AtomicCounterBuffers 8")
      .replacing("AtomicCounters 0", with: "AtomicCounters 8")
    try Data(limits.utf8).write(to: folder.appending(path: "limits.conf"))
    let (status, output) = try run((links ? ["-l"] : []) + ["limits.conf"] + texts.map(\.name), in: folder)
    guard status == 0 else { return output }
    let named = output.split(separator: "\n").count { line in line.contains(".") }
    guard named >= texts.count else { throw Failure(description: "the compiler left texts out: \(output)") }
    return ""
  }

  private static func run(_ arguments: [String], in folder: URL) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["glslangValidator"] + arguments
    process.currentDirectoryURL = folder
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    if process.terminationStatus == 127 { throw Failure(description: "glslangValidator is not installed") }
    return (process.terminationStatus, output)
  }
}
