import GLDriver
import GuestStreams
import Testing
import VirtioGPU
import WireFormat

@testable import Vrend

extension EngineSuites {
  /// The seeds are what an ordinary guest sends: every command of the protocol is in one that runs to its end.
  @Suite(.serialized) struct SeedCoverageTests {
    private static let flavours: [GLFlavour] = [.core, .compat, .es]

    /// The first and the last command that guests know (`enum virgl_context_cmd`; virgl_protocol.h of Mesa 26).
    private static let commands: ClosedRange<UInt8> = 0...64
    /// Video, and QUERY_GBM_FORMAT_MODIFIER: not advertised.
    private static let refused: Set<UInt8> = Set(53...61).union([64])

    /// What no GLES has and no guest on one is told of: queries into buffers, and several indirect draws at once.
    private static let lackingOnES: Set = ["query-result-in-a-buffer", "draw-indirect", "draw-indirect-counted"]

    /// Runs each seed after the scene's state, in a context of its own.
    ///
    /// - Returns: for each seed what is wrong with it; nil for those that ran with nothing to complain about.
    private func run(_ seeds: [Seed], on flavour: GLFlavour) throws -> [String: String] {
      let record = LogRecord()
      var faults: [String: String] = [:]
      try StreamRig.with(flavour, log: record.log) { rig in
        try Scene.makeAllResources(rig)
        for (index, seed) in seeds.enumerated() {
          let context = ContextID(UInt32(index + 2))
          try rig.makeContext(context)
          try rig.submit(Scene.state().dwords, to: context)
          let before = record.count
          let isAccepted = rig.accepts(seed.dwords, to: context)
          #expect(try rig.finish(UInt64(index + 1)))
          let lines = record.lines[before...]
          if !isAccepted || !lines.isEmpty { faults[seed.name] = lines.last ?? "refused without a word" }
          rig.renderer.destroyContext(context)
        }
      }
      return faults
    }

    /// Every command and every kind of object is in a seed that ran.
    @Test(arguments: flavours) func everyCommandRuns(flavour: GLFlavour) throws {
      let seeds = Seed.all.filter { !$0.isRefused }
      let faults = try run(seeds, on: flavour)
      #expect(Set(faults.keys) == (flavour == .es ? Self.lackingOnES : []), "\(faults)")
      let packets = seeds.filter { faults[$0.name] == nil }.flatMap { Packet.split($0.dwords) }
      let lacking = flavour == .es ? CommandCode.getQueryResultQBO.rawValue : nil
      for code in Self.commands where !Self.refused.contains(code) && code != lacking {
        #expect(packets.contains { $0.code == code }, "\(CommandCode.describe(code))")
      }
      for kind in ObjectKind.allCases {
        let isMade = packets.contains { $0.code == CommandCode.createObject.rawValue && $0.object == kind.rawValue }
        #expect(isMade, "\(kind)")
      }
    }

    /// The others are refused, each for itself.
    @Test func whatIsNotAdvertisedIsRefused() throws {
      let seeds = Seed.all.filter(\.isRefused)
      #expect(Set(seeds.map(\.command.rawValue)).union([64]) == Self.refused)
      #expect(Set(try run(seeds, on: .core).keys) == Set(seeds.map(\.name)))
      try StreamRig.with { rig in
        var unknown = StreamBuilder()
        unknown.raw(64, [0])
        #expect(!rig.accepts(unknown.dwords))
      }
    }
  }
}
