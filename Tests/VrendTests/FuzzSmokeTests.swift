import Foundation
import FuzzSupport
import GuestStreams
import TestSupport
import Testing
import VirtioGPU

extension EngineSuites {
  /// The fuzzer for seconds, with fixed seeds: it works, and nothing easy is wrong. `make fuzz` goes on where this
  /// ends.
  @Suite(.serialized) struct FuzzSmokeTests {
    private static let inputs: [FuzzTarget: Int] = [.commands: 2000, .shaders: 2000, .core: 150, .compat: 100, .es: 100]

    @Test(arguments: FuzzTarget.allCases) func damagedInputs(target: FuzzTarget) throws {
      let runner = FuzzRunner(target, seed: 2026, shaders: [])
      defer { runner.shutDown() }
      for _ in 0..<(Self.inputs[target] ?? 0) { #expect(try runner.run(runner.next()) == .done) }
    }

    /// What fuzzers found, and what was done about it: each must run, on every host.
    @Test(arguments: found(), [FuzzTarget.core, .compat, .es])
    func foundInputs(file: String, target: FuzzTarget) throws {
      let text = try Repository.text("Tests/Fixtures/streams/found/" + file)
      let input = try #require(StreamText.decode(text))
      let runner = FuzzRunner(target, seed: 1, shaders: [])
      defer { runner.shutDown() }
      #expect(try runner.run(input) == .done)
    }

    private static func found() -> [String] {
      let folder = Repository.root.appending(path: "Tests/Fixtures/streams/found")
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
      return names.filter { $0.hasSuffix(".stream") }.sorted()
    }
  }
}
