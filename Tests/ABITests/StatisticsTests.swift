import Foundation
import GuestStreams
import TestSupport
import Testing

/// The figures that an operator asks for by environment variables, of a guest whose work is known (statistics.c).
@Suite struct StatisticsTests {
  private let scratch: Scratch
  private let program: URL
  private let stream: URL
  private let commands: UInt64
  /// Does nothing where nobody handles it.
  private static let signal = SIGURG

  init() throws {
    scratch = try Scratch()
    program = try compile("statistics.c", into: scratch)
    stream = scratch.url.appending(path: "stream")
    var scene = Scene.write(Scene.coveringTriangle([1, 0, 0, 1]))
    scene.append(Scene.state())
    scene.draw(count: 3)
    commands = UInt64(Packet.split(scene.dwords).count)
    try scene.dwords.withUnsafeBytes { try Data($0).write(to: stream) }
  }

  private func play(_ environment: [String: String], signals: Bool = false) throws -> Finished {
    let library = try #require(Repository.library)
    let result = try run(
      program.path, [library.path, stream.path] + (signals ? ["\(Self.signal)"] : []), environment: environment)
    #expect(result.succeeded, "\(result.status) \(result.errors)")
    return result
  }

  /// The dumps of a file: they are separated by empty lines, and each line is a name and a number.
  private func dumps(_ text: String) throws -> [[String: UInt64]] {
    try text.components(separatedBy: "\n\n").filter { !$0.isEmpty }.map { dump in
      var figures: [String: UInt64] = [:]
      for line in dump.split(separator: "\n") {
        let words = line.split(separator: " ")
        #expect(words.count == 2, "\(line)")
        let value = try #require(UInt64(words[1]), "\(line)")
        #expect(figures.updateValue(value, forKey: String(words[0])) == nil, "\(line)")
      }
      return figures
    }
  }

  private func checkFirst(_ figures: [String: UInt64]) {
    #expect(figures["contexts"] == 2 && figures["resources"] == 2)
    // A picture of 16 by 16 pixels and a buffer; what else they cost is the library's affair.
    let bytes = figures["resource_bytes"] ?? 0
    #expect(bytes >= 1024 + 1024 && bytes < 64 << 20)
    #expect(figures["submissions"] == 1)
    #expect(figures["commands"] == commands)
    #expect(figures["draws"] == 1)
    #expect(figures["shader_variants"] == 2 && figures["programs"] == 1)
    checkFences(figures, reported: 1)
  }

  private func checkLast(_ figures: [String: UInt64]) {
    #expect(figures["contexts"] == 2 && figures["resources"] == 2)
    // The refused one as well; of its commands the two before the one that does not exist.
    #expect(figures["submissions"] == 3)
    #expect(figures["commands"] == 2 * commands + 2)
    #expect(figures["draws"] == 2)
    checkFences(figures, reported: 2)
  }

  private func checkFences(_ figures: [String: UInt64], reported: UInt64) {
    #expect(figures["fences_outstanding"] == 0 && figures["held_bytes"] == 0)
    #expect(figures["fences_reported"] == reported)
    let buckets = figures.filter { $0.key.hasPrefix("fence_latency_us_below_") }
    #expect(buckets.values.reduce(0, +) == reported)
    // The longest is in the last bucket that has any.
    let longest = figures["fence_latency_max_us"] ?? 0
    let last = buckets.keys.compactMap { UInt64($0.dropFirst("fence_latency_us_below_".count)) }.max() ?? .max
    #expect(longest < last && longest >= last / 2, "\(longest) below \(last)")
  }

  /// Twice into the same file: it is appended to.
  @Test func theEndOfARendererWritesItsFigures() throws {
    let file = scratch.url.appending(path: "figures")
    for life in 1...2 {
      _ = try play(["VIRGL_STATISTICS": file.path])
      let written = try dumps(String(contentsOf: file, encoding: .utf8))
      #expect(written.count == life)
      checkLast(try #require(written.last))
    }
  }

  @Test func aSignalAsksForThem() throws {
    let file = scratch.url.appending(path: "figures")
    _ = try play(["VIRGL_STATISTICS": file.path, "VIRGL_STATISTICS_SIGNAL": "\(Self.signal)"], signals: true)
    let written = try dumps(String(contentsOf: file, encoding: .utf8))
    #expect(written.count == 2)
    checkFirst(try #require(written.first))
    checkLast(try #require(written.last))
  }

  /// Without the second variable the signal is none of the library's business.
  @Test func noSignalIsTakenUnasked() throws {
    let file = scratch.url.appending(path: "figures")
    _ = try play(["VIRGL_STATISTICS": file.path], signals: true)
    let written = try dumps(String(contentsOf: file, encoding: .utf8))
    #expect(written.count == 1)
  }

  @Test func theFileNameMayHaveTheProcessID() throws {
    _ = try play(["VIRGL_STATISTICS": scratch.url.appending(path: "of-%PID%").path])
    let names = try FileManager.default.contentsOfDirectory(atPath: scratch.url.path).filter { $0.hasPrefix("of-") }
    #expect(names.count == 1)
    let name = try #require(names.first)
    #expect(Int(name.dropFirst(3)) != nil)
    checkLast(try #require(dumps(String(contentsOf: scratch.url.appending(path: name), encoding: .utf8)).first))
  }

  @Test func standardErrorIsADash() throws {
    let result = try play(["VIRGL_STATISTICS": "-"])
    let figures = result.errors.split(separator: "\n").drop { !$0.hasPrefix("contexts ") }.joined(separator: "\n")
    checkLast(try #require(dumps(figures).first))
  }

  /// A file that cannot be written is a warning, and no reason to fail.
  @Test func aMissingFolderIsSaid() throws {
    let result = try play(["VIRGL_STATISTICS": scratch.url.appending(path: "nowhere/figures").path])
    #expect(result.errors.contains("VIRGL_STATISTICS: cannot open"))
  }

  @Test func nothingIsWrittenUnasked() throws {
    let result = try play([:])
    #expect(!result.errors.contains("submissions"))
  }
}
