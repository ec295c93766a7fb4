import Foundation
import TestSupport
import Testing

/// How each function refuses, asked of our library and of the reference by the same program.
@Suite struct ErrorConventionTests {
  static let states = ["before", "tables", "gl"]

  /// Runs every case on one library: "function(case)" to its result.
  private static func results(of library: URL, _ state: String) throws -> [String: String] {
    let scratch = try Scratch()
    let program = try compile("error_conventions.c", into: scratch)
    let result = try run(program.path, [library.path, state])
    #expect(result.succeeded, "\(result.errors)")
    return parse(result.output)
  }

  private static func parse(_ text: String) -> [String: String] {
    var results: [String: String] = [:]
    for line in text.split(separator: "\n") {
      guard let equals = line.range(of: " = ", options: .backwards) else { continue }
      results[String(line[..<equals.lowerBound])] = String(line[equals.upperBound...])
    }
    return results
  }

  /// Every difference has an entry with a reason, and every entry is a difference. Where the other library crashes or
  /// has no such function, there is nothing to agree with.
  private static func compare(
    _ ours: [String: String], _ theirs: [String: String], _ state: String, _ known: [KnownDifference]
  ) {
    #expect(ours.count > 90)
    #expect(Set(ours.keys) == Set(theirs.keys))
    var used: Set<String> = []
    for (name, result) in theirs {
      guard let mine = ours[name] else { continue }
      #expect(!mine.hasPrefix("signal"), "\(state): \(name) = \(mine)")
      if result == mine || result == "absent" || result.hasPrefix("signal") { continue }
      let entry = known.first { $0.name == name && $0.ours == mine && $0.theirs == result }
      #expect(entry != nil, "\(state): \(name) = \(mine), the reference: \(result)")
      if let entry { used.insert(entry.name) }
    }
    for entry in known where entry.states.contains(state) && !used.contains(entry.name) {
      Issue.record("\(state): this difference no longer exists: \(entry.name)")
    }
  }

  /// The recorded lines are what the program printed with Debian's 1.3.0-1 (sid, Mesa 26.2's software renderer).
  @Test(arguments: states) func agreesWith130(_ state: String) throws {
    let library = try #require(Repository.library)
    let recorded = try Repository.text("Tests/C/expected/error-conventions-1.3.0-\(state).txt")
    ErrorConventionTests.compare(
      try ErrorConventionTests.results(of: library, state), ErrorConventionTests.parse(recorded), state,
      KnownDifference.from130)
  }

  @Test(arguments: states) func agreesWithTheInstalledReference(_ state: String) throws {
    let library = try #require(Repository.library)
    let reference = try #require(Repository.reference, "Debian's libvirglrenderer1 is not installed")
    ErrorConventionTests.compare(
      try ErrorConventionTests.results(of: library, state),
      try ErrorConventionTests.results(of: reference, state), state, KnownDifference.from0104)
  }
}
