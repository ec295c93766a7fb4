import GLDriver
import GuestStreams
import Testing
import VirtioGPU
import WireFormat

@testable import Vrend

extension EngineSuites {
  /// Draws of as many vertices as stream output has captured, which only GL knows.
  @Suite(.serialized) struct CapturedDrawTests {
    private static let feedback: UInt32 = 200
    private static let feedbackBytes: UInt32 = 256
    private static let white: UInt32 = 0xffff_ffff
    private static let black: UInt32 = 0xff00_0000

    private static let whiteShader = """
      FRAG
      PROPERTY FS_COLOR0_WRITES_ALL_CBUFS 1
      DCL OUT[0], COLOR
      IMM[0] FLT32 {1.0, 1.0, 1.0, 1.0}
        0: MOV OUT[0], IMM[0]
        1: END

      """

    /// The triangle somewhere outside of the target.
    private static var outside: [UInt32] {
      (0..<3).flatMap { _ in Scene.vertex(5, 5, [1, 1, 1, 1]) }
    }

    /// Triangles over the whole target stand everywhere in the feedback buffer, so that whatever is drawn beyond the
    /// captured vertices shows.
    private func prepare(_ rig: StreamRig) throws {
      try Scene.makeResources(rig)
      try rig.makeBuffer(Self.feedback, Self.feedbackBytes, bind: [.streamOutput])
      var stream = Scene.state(fragment: Self.whiteShader)
      let corners: [[Float]] = [[-1, -1, 0, 1], [3, -1, 0, 1], [-1, 3, 0, 1]]
      let covering = (0..<16).flatMap { corners[$0 % 3].map(\.bitPattern) }
      stream.write(Self.feedback, width: Self.feedbackBytes, covering)
      stream.createCapturingShader(20)
      stream.create(.streamOutTarget, 21, [Self.feedback, 0, Self.feedbackBytes])
      stream.createElements(22, [(0, 0, 0, WireFormats.float4), (0, 0, 0, WireFormats.float4)])
      try rig.submit(stream)
    }

    private func capture(_ stream: inout StreamBuilder, _ vertices: [UInt32]) {
      stream.append(Scene.write(vertices))
      stream.bindShader(20, stage: 0)
      stream.bind(.vertexElements, 5)
      stream.packet(.setVertexBuffers, [32, 0, 3])
      stream.packet(.setStreamOutTargets, [0, 21])
      stream.draw(count: 3)
      stream.packet(.setStreamOutTargets, [0])
    }

    private func drawCaptured(_ stream: inout StreamBuilder, instances: UInt32 = 1) {
      stream.clear(0, 0, 0, 1)
      stream.bindShader(6, stage: 0)
      stream.bind(.vertexElements, 22)
      stream.packet(.setVertexBuffers, [16, 0, Self.feedback])
      stream.packet(.drawVBO, [0, 0, 4, 0, instances, 0, 0, 0, 0, 0, ~0, Self.feedbackBytes])
    }

    @Test(arguments: [1, 3] as [UInt32]) func onlyWhatWasCapturedIsDrawn(_ instances: UInt32) throws {
      try StreamRig.with { rig in
        try prepare(rig)
        var stream = StreamBuilder()
        capture(&stream, Self.outside)
        drawCaptured(&stream, instances: instances)
        try rig.submit(stream)
        #expect(try rig.pixels(1).allSatisfy { $0 == Self.black })
        stream = StreamBuilder()
        capture(&stream, Scene.coveringTriangle([1, 1, 1, 1]))
        drawCaptured(&stream, instances: instances)
        try rig.submit(stream)
        #expect(try rig.pixels(1).allSatisfy { $0 == Self.white })
      }
    }

    /// Two captures into one target without a draw in between go one behind the other.
    @Test func capturingGoesOnUntilItIsDrawn() throws {
      try StreamRig.with { rig in
        try prepare(rig)
        var stream = StreamBuilder()
        capture(&stream, Self.outside)
        capture(&stream, Scene.coveringTriangle([1, 1, 1, 1]))
        drawCaptured(&stream)
        try rig.submit(stream)
        #expect(try rig.pixels(1).allSatisfy { $0 == Self.white })
        stream = StreamBuilder()
        capture(&stream, Self.outside)
        drawCaptured(&stream)
        try rig.submit(stream)
        #expect(try rig.pixels(1).allSatisfy { $0 == Self.black })
      }
    }

    /// Nothing was captured, or GL cannot draw by it: as many vertices as the target has room for.
    @Test(arguments: [GLFlavour.core, .es]) func theWholeTargetStandsIn(_ flavour: GLFlavour) throws {
      try StreamRig.with(flavour) { rig in
        try prepare(rig)
        var stream = StreamBuilder()
        drawCaptured(&stream)
        try rig.submit(stream)
        #expect(try rig.pixels(1).allSatisfy { $0 == Self.white })
      }
    }
  }
}
