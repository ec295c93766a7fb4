import GuestStreams
import Testing
import WireFormat

@testable import Vrend

extension EngineSuites {
  /// Quotients that do not exist: a CPU traps on them, and a software rasteriser divides with the CPU.
  @Suite(.serialized) struct IntegerDivisionTests {
    /// Writes two quotients and two remainders of CONST[0] and CONST[1] to storage buffer 0.
    private static func shader(_ opcode: String) -> String {
      """
      COMP
      PROPERTY CS_FIXED_BLOCK_WIDTH 1
      PROPERTY CS_FIXED_BLOCK_HEIGHT 1
      PROPERTY CS_FIXED_BLOCK_DEPTH 1
      DCL BUFFER[0]
      DCL CONST[0..1]
      DCL TEMP[0]
      IMM[0] UINT32 {0, 0, 0, 0}
        0: \(opcode) TEMP[0], CONST[0], CONST[1]
        1: STORE BUFFER[0], IMM[0].xxxx, TEMP[0]
        2: END

      """
    }

    @Test(arguments: ["IDIV", "UDIV", "MOD", "UMOD"], [false, true])
    func quotientsThatDoNotExist(opcode: String, es: Bool) throws {
      try StreamRig.with(es ? .es : .core) { rig in
        try Scene.makeAllResources(rig)
        var stream = StreamBuilder()
        stream.createShader(20, stage: 5, Self.shader(opcode))
        stream.bindShader(20, stage: 5)
        stream.packet(.setShaderBuffers, [5, 0, 0, 64, Scene.parameters])
        stream.packet(.setConstantBuffer, [5, 0, 1 << 31, 1 << 31, 7, 7, ~0, 0, 0, 2])
        stream.packet(.launchGrid, [1, 1, 1, 1, 1, 1, 0, 0])
        stream.packet(.memoryBarrier, [~0])
        stream.packet(.transfer3D, [Scene.parameters, 0, 0, 0, 0, 0, 0, 0, 64, 1, 1, 0, 2])
        try rig.submit(stream)
        #expect(rig.words(Scene.parameters)[3] == (opcode.hasSuffix("DIV") ? 3 : 1))
      }
    }
  }
}
