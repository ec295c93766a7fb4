import Foundation
import TestSupport
import Testing

/// Docs/abi-audit.md has one row for each exported function, and names conventions and tests that exist.
@Suite struct AuditTests {
  struct Row {
    let function: String
    let convention: String
    let tests: [String]
  }

  /// The rows of all tables: | `function` | ownership | threads | convention | tests |.
  private static func rows() throws -> [Row] {
    try Repository.text("Docs/abi-audit.md").split(separator: "\n").filter { $0.hasPrefix("| `virgl_") }.map { line in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      try #require(cells.count == 5, "\(line)")
      let tests = cells[4].split(separator: ",").map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " `")) }
      return Row(
        function: cells[0].trimmingCharacters(in: CharacterSet(charactersIn: "`")), convention: cells[3], tests: tests)
    }
  }

  @Test func everyFunctionHasOneRow() throws {
    let names = try AuditTests.rows().map(\.function)
    #expect(Set(names).count == names.count)
    #expect(Set(names) == (try Repository.headerFunctions()))
  }

  /// The tag in the header's comment and the convention in the table begin with the same word.
  @Test func conventionsAreNamed() throws {
    let known = [
      "positive errno", "negative errno", "minus one", "void", "pointer", "descriptor or negative errno", "own",
    ]
    for row in try AuditTests.rows() {
      #expect(known.contains { row.convention.hasPrefix($0) }, "\(row.function): \(row.convention)")
    }
  }

  @Test func coveringTestsExist() throws {
    var sources = ""
    for folder in ["Tests/C", "Tests/ABITests", "Tests/RendererCoreTests"] {
      let files = try FileManager.default.contentsOfDirectory(
        at: Repository.root.appending(path: folder), includingPropertiesForKeys: nil)
      for file in files where ["c", "cpp", "swift"].contains(file.pathExtension) {
        sources += file.lastPathComponent + "\n"
        if file.pathExtension == "swift" { sources += try String(contentsOf: file, encoding: .utf8) }
      }
    }
    for row in try AuditTests.rows() {
      #expect(!row.tests.isEmpty)
      for test in row.tests {
        #expect(sources.contains(test), "\(row.function) names \(test)")
      }
    }
  }

  /// What the table calls covered by error_conventions.c has a case there.
  @Test func errorConventionsCoverEveryFunctionThatCanFail() throws {
    let cases = try Repository.text("Tests/C/error_conventions.c")
    for row in try AuditTests.rows() where row.tests.contains("error_conventions.c") {
      #expect(cases.contains(", \(row.function), \""), "\(row.function)")
    }
  }
}
