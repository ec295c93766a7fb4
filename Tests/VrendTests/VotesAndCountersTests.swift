import GuestStreams
import Testing
import VirtioGPU
import WireFormat

@testable import RendererCore
@testable import Vrend

extension EngineSuites {
  /// What hosts offer in different ways or not at all: group votes, and arithmetic on atomic counters.
  @Suite(.serialized) struct VotesAndCountersTests {
    /// Red when all of all, blue when all are equal; green would be any of none.
    private static let voteShader = """
      FRAG
      DCL OUT[0], COLOR
      DCL CONST[0]
      DCL TEMP[0]
      IMM[0] FLT32 {1.0, 0.0, 0.0, 0.0}
        0: VOTE_ALL TEMP[0].x, CONST[0].xxxx
        1: VOTE_ANY TEMP[0].y, CONST[0].yyyy
        2: VOTE_EQ TEMP[0].z, CONST[0].yyyy
        3: MOV TEMP[0].w, CONST[0].xxxx
        4: AND OUT[0], TEMP[0], IMM[0].xxxx
        5: END

      """

    /// Where the host has votes the guest is told so, and they work: GLES calls them by names of its own.
    @Test(arguments: [false, true]) func votesAreMasks(es: Bool) throws {
      try StreamRig.with(es ? .es : .core) { rig in
        let vrend = try #require(rig.renderer.vrend)
        let caps = VrendCapset.fill(host: vrend.host, abilities: .allOfRenderer)
        #expect(caps.capabilitiesV2.contains(.groupVote))

        try Scene.makeResources(rig)
        var stream = Scene.state()
        stream.append(Scene.write(Scene.coveringTriangle([0, 1, 0, 1])))
        stream.createShader(20, stage: 1, Self.voteShader)
        stream.bindShader(20, stage: 1)
        stream.packet(.setConstantBuffer, [1, 0, ~0, 0, 0, 0])
        stream.draw(count: 3)
        try rig.submit(stream)
        #expect(try rig.pixels(1).allSatisfy { $0 == 0xffff_00ff })
      }
    }

    // MARK: Counters

    private static let initial: [UInt32] = [10, 0xf0f0, 0x0f, 0xff, 7, 7, 1, 5, 0, 0, 0, 0, 0, 0, 0, 0]
    /// The values after the operations, then those that the operations gave back.
    private static let expected: [UInt32] =
      [15, 0xf000, 0xff, 0xf0, 3, 9, 42, 99] + [10, 0xf0f0, 0x0f, 0xff, 7, 7, 1, 5]

    /// Every operation on a counter of its own; what they give back goes behind the eight values of storage buffer 0.
    /// - Parameter counter: spelling of a counter.
    private static func arithmetic(_ declaration: String, _ counter: (Int) -> String) -> String {
      let operations = [
        ("ATOMUADD", "IMM[2].xxxx"), ("ATOMAND", "IMM[2].yyyy"), ("ATOMOR", "IMM[2].zzzz"),
        ("ATOMXOR", "IMM[2].wwww"), ("ATOMUMIN", "IMM[3].xxxx"), ("ATOMUMAX", "IMM[3].yyyy"),
        ("ATOMXCHG", "IMM[3].zzzz"), ("ATOMCAS", "IMM[3].wwww, IMM[4].xxxx"),
      ]
      var text = """
        COMP
        PROPERTY CS_FIXED_BLOCK_WIDTH 1
        PROPERTY CS_FIXED_BLOCK_HEIGHT 1
        PROPERTY CS_FIXED_BLOCK_DEPTH 1
        DCL BUFFER[0]
        \(declaration)DCL TEMP[0]
        IMM[0] UINT32 {0, 4, 8, 12}
        IMM[1] UINT32 {16, 20, 24, 28}
        IMM[2] UINT32 {5, 65280, 240, 15}
        IMM[3] UINT32 {3, 9, 42, 5}
        IMM[4] UINT32 {99, 32, 0, 0}

        """
      for (index, (opcode, operands)) in operations.enumerated() {
        let component = String(repeating: Array("xyzw")[index % 4], count: 4)
        let address = "IMM[\(index / 4)].\(component)"
        text += "\(opcode) TEMP[0].x, \(counter(index)), \(address), \(operands)\n"
        text += "UADD TEMP[0].y, \(address), IMM[4].yyyy\nSTORE BUFFER[0].x, TEMP[0].yyyy, TEMP[0].xxxx\n"
      }
      return text + "END\n"
    }

    private static let onBuffers = arithmetic("") { _ in "BUFFER[0]" }
    private static let onCounters = arithmetic("DCL HWATOMIC[0][0..7]\n") { "HWATOMIC[0][\($0)]" }

    /// The 16 words of the buffer after one invocation of `shader`.
    private func words(after shader: String, es: Bool) throws -> [UInt32] {
      var words: [UInt32] = []
      try StreamRig.with(es ? .es : .core) { rig in
        try Scene.makeAllResources(rig)
        var stream = StreamBuilder()
        stream.write(Scene.parameters, width: 64, Self.initial)
        stream.createShader(20, stage: 5, shader)
        stream.bindShader(20, stage: 5)
        stream.packet(.setAtomicBuffers, [0, 0, 64, Scene.parameters])
        stream.packet(.setShaderBuffers, [5, 0, 0, 64, Scene.parameters])
        stream.packet(.launchGrid, [1, 1, 1, 1, 1, 1, 0, 0])
        stream.packet(.memoryBarrier, [~0])
        stream.packet(.transfer3D, [Scene.parameters, 0, 0, 0, 0, 0, 0, 0, 64, 1, 1, 0, 2])
        try rig.submit(stream)
        words = Array(rig.words(Scene.parameters)[..<16])
      }
      return words
    }

    /// What a guest makes of counters when it is told that there are none.
    @Test(arguments: [false, true]) func loweredCountersCount(es: Bool) throws {
      #expect(try words(after: Self.onBuffers, es: es) == Self.expected)
    }

    @Test func counterArithmetic() throws {
      #expect(try words(after: Self.onCounters, es: false) == Self.expected)
    }

    /// GLES counts by ones: a guest that sends more although it was told of no counters loses the dispatch.
    @Test func counterArithmeticIsRefusedByES() throws {
      #expect(try words(after: Self.onCounters, es: true) == Self.initial)
    }
  }
}
