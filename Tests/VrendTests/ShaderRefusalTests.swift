import GuestStreams
import Platform
import Synchronization
import Testing
import VirtioGPU
import WireFormat

@testable import Vrend

extension EngineSuites {
  /// Valid shaders that the host cannot run, and the control shader that a host wants and a guest has not.
  @Suite(.serialized) struct ShaderRefusalTests {
    private static let black: UInt32 = 0xff00_0000
    private static let red: UInt32 = 0xff00_00ff

    /// More uniforms than any host has in a stage: the translator knows.
    private static let greedyShader = """
      FRAG
      DCL IN[0], GENERIC[0], PERSPECTIVE
      DCL OUT[0], COLOR
      DCL CONST[0..65535]
        0: ADD OUT[0], IN[0], CONST[65535]
        1: END

      """

    /// More inputs than a vertex shader has outputs: the linker knows.
    private static func wideShader(_ header: String, _ body: (Int) -> String) -> String {
      (0..<63).reduce(header) { $0 + body($1) }
    }
    private static let wideVertexShader =
      wideShader("VERT\nDCL IN[0]\nDCL IN[1]\nDCL CONST[0..63]\nDCL OUT[63], POSITION\n") {
        "DCL OUT[\($0)], GENERIC[\($0)]\n"
      } + wideShader("MOV OUT[63], IN[0]\n") { "MUL OUT[\($0)], IN[1], CONST[\($0)]\n" } + "END\n"
    private static let wideFragmentShader =
      wideShader("FRAG\nDCL OUT[0], COLOR\nDCL TEMP[0]\n") { "DCL IN[\($0)], GENERIC[\($0)], PERSPECTIVE\n" }
      + "MOV TEMP[0], IN[0]\n" + wideShader("") { "MAX TEMP[0], TEMP[0], IN[\($0)]\n" } + "MOV OUT[0], TEMP[0]\nEND\n"

    /// Draws with the refused shaders, then with good ones.
    private func checkRefusal(vertex: String, fragment: String) throws {
      let record = LogRecord()
      try StreamRig.with(log: record.log) { rig in
        try Scene.makeResources(rig)
        var stream = Scene.state()
        stream.append(Scene.write(Scene.coveringTriangle([1, 0, 0, 1])))
        stream.createShader(20, stage: 0, vertex)
        stream.createShader(21, stage: 1, fragment)
        stream.bindShader(20, stage: 0)
        stream.bindShader(21, stage: 1)
        for _ in 0..<50 { stream.draw(count: 3) }
        try rig.submit(stream)
        #expect(try rig.pixels(1).allSatisfy { $0 == Self.black })
        #expect(record.count == 1)

        var after = StreamBuilder()
        after.bindShader(6, stage: 0)
        after.bindShader(7, stage: 1)
        after.draw(count: 3)
        after.bindShader(20, stage: 0)
        after.bindShader(21, stage: 1)
        after.clear(1, 0, 0, 1)
        after.draw(count: 3)
        try rig.submit(after)
        #expect(try rig.pixels(1).allSatisfy { $0 == Self.red })
        #expect(record.count == 1)
      }
    }

    @Test func whatHasNoTranslationDropsItsDraws() throws {
      try checkRefusal(vertex: Scene.vertexShader, fragment: Self.greedyShader)
    }

    @Test func whatDoesNotLinkDropsItsDraws() throws {
      try checkRefusal(vertex: Self.wideVertexShader, fragment: Self.wideFragmentShader)
    }

    @Test func computeShadersToo() throws {
      try StreamRig.with { rig in
        try Scene.makeResources(rig)
        var stream = Scene.state()
        stream.createShader(20, stage: 5, "COMP\nPROPERTY CS_FIXED_BLOCK_WIDTH 65535\nDCL TEMP[0]\nEND\n")
        stream.bindShader(20, stage: 5)
        for _ in 0..<2 { stream.packet(.launchGrid, [1, 1, 1, 1, 1, 1, 0, 0]) }
        stream.clear(1, 0, 0, 1)
        try rig.submit(stream)
        #expect(try rig.pixels(1).allSatisfy { $0 == Self.red })
      }
    }

    /// A text that no host could run is a fault of the stream.
    @Test func malformedTextsFailTheContext() throws {
      try StreamRig.with { rig in
        try Scene.makeResources(rig)
        var stream = Scene.state()
        stream.createShader(20, stage: 1, "FRAG\nDCL OUT[0], COLOR\nMOV OUT[0], TEMP[7]\nEND\n")
        #expect(!rig.accepts(stream.dwords))
        #expect(!rig.accepts([0]))
      }
    }

    /// Formats are the guest's guess: it is told which are textures.
    @Test(arguments: [false, true]) func formatsThatImagesLackAreUnboundImages(es: Bool) throws {
      try StreamRig.with(es ? .es : .core) { rig in
        try Scene.makeResources(rig)
        var stream = Scene.state()
        stream.packet(.setShaderImages, [1, 0, UInt32(PixelFormat.B5G6R5_UNORM.number), 3, 0, 0, 1])
        stream.clear(1, 0, 0, 1)
        try rig.submit(stream)
        #expect(try rig.pixels(1).allSatisfy { $0 == Self.red })
      }
    }

    // MARK: Tessellation without a control shader

    private static let evaluationShader = """
      TESS_EVAL
      PROPERTY TES_PRIM_MODE 4
      PROPERTY TES_SPACING 0
      PROPERTY TES_VERTEX_ORDER_CW 0
      PROPERTY TES_POINT_MODE 0
      DCL IN[][0], POSITION
      DCL IN[][1], GENERIC[0]
      DCL SV[0], TESSCOORD
      DCL OUT[0], POSITION
      DCL OUT[1], GENERIC[0]
      DCL TEMP[0]
        0: MUL TEMP[0], IN[0][0], SV[0].xxxx
        1: MAD TEMP[0], IN[1][0], SV[0].yyyy, TEMP[0]
        2: MAD OUT[0], IN[2][0], SV[0].zzzz, TEMP[0]
        3: MOV OUT[1], IN[0][1]
        4: END

      """

    /// Patches take the levels of SET_TESS_STATE, at once when they change; an outer level of 0 culls the patch.
    @Test(arguments: [false, true]) func patchesTakeTheDefaultLevels(es: Bool) throws {
      try StreamRig.with(es ? .es : .core) { rig in
        try Scene.makeResources(rig)
        var stream = Scene.state()
        stream.append(Scene.write(Scene.coveringTriangle([1, 0, 0, 1])))
        stream.createShader(20, stage: 4, Self.evaluationShader)
        stream.bindShader(20, stage: 4)
        let patch: [UInt32] = [0, 3, 14, 0, 1, 0, 0, 0, 0, 0, ~0, 0, 3, 0]
        func levels(_ outer: Float) -> [UInt32] { [outer, outer, outer, outer, 2, 2].map(\.bitPattern) }
        try rig.submit(stream)
        for (outer, color) in [(Float(2), Self.red), (0, Self.black), (1, Self.red)] {
          var draw = StreamBuilder()
          draw.clear(0, 0, 0, 1)
          draw.packet(.setTessState, levels(outer))
          draw.packet(.drawVBO, patch)
          try rig.submit(draw)
          #expect(try rig.pixels(1).allSatisfy { $0 == color }, "outer level \(outer)")
        }
      }
    }

    /// The control shader that stands in is for patches of one size; the memo of programs knows.
    @Test(arguments: [false, true]) func patchSizesChooseTheirPrograms(es: Bool) throws {
      try StreamRig.with(es ? .es : .core) { rig in
        try Scene.makeResources(rig)
        var stream = Scene.state()
        let triangle = Scene.coveringTriangle([1, 0, 0, 1])
        stream.append(Scene.write(triangle + triangle.prefix(8)))
        stream.createShader(20, stage: 4, Self.evaluationShader)
        stream.bindShader(20, stage: 4)
        stream.packet(.setTessState, [Float](repeating: 2, count: 6).map(\.bitPattern))
        try rig.submit(stream)
        for (size, programs) in [(3, 1), (4, 2), (3, 2), (3, 2), (4, 2)] as [(UInt32, UInt64)] {
          var draw = StreamBuilder()
          draw.clear(0, 0, 0, 1)
          draw.packet(.drawVBO, [0, size, 14, 0, 1, 0, 0, 0, 0, 0, ~0, 0, size, 0])
          try rig.submit(draw)
          #expect(try rig.pixels(1).allSatisfy { $0 == Self.red })
          #expect(rig.renderer.statistics.programs == (es ? programs : 1))
        }
      }
    }
  }
}
