import GuestStreams
import Testing
import VirtioGPU
import WireFormat

@testable import Vrend

extension EngineSuites {
  /// Whole command streams whose effect is seen in pixels or guest memory.
  @Suite(.serialized) struct StreamTests {
    private static let black: UInt32 = 0xff00_0000
    private static let red: UInt32 = 0xff00_00ff

    private func withScene(_ body: (StreamRig) throws -> Void) throws {
      try StreamRig.with { rig in
        try Scene.makeResources(rig)
        try body(rig)
      }
    }

    @Test func clearFillsTheTarget() throws {
      try withScene { rig in
        var stream = Scene.state()
        stream.clear(1, 0, 0, 1)
        try rig.submit(stream)
        #expect(try rig.pixels(1).allSatisfy { $0 == Self.red })
      }
    }

    @Test func triangleCoversHalf() throws {
      try withScene { rig in
        let color: [Float] = [1, 0, 0, 1]
        var stream = Scene.state()
        let corners: [(Float, Float)] = [(-1, -1), (1, -1), (-1, 1)]
        stream.append(Scene.write(corners.flatMap { Scene.vertex($0.0, $0.1, color) }))
        stream.draw(count: 3)
        try rig.submit(stream)
        let pixels = try rig.pixels(1)
        #expect(pixels[0] == Self.red)
        #expect(pixels[255] == Self.black)
        #expect((100...140).contains(pixels.count { $0 == Self.red }))
      }
    }

    @Test func texturedQuadShowsTheTexture() throws {
      try withScene { rig in
        let texels = (0..<256).map { UInt32($0) | 0xff40_0000 }
        var stream = Scene.state(fragment: Scene.textureShader)
        stream.write(2, width: 16, height: 16, texels)
        stream.append(
          Scene.write(
            Scene.vertex(-1, -1, [0, 0, 0, 0]) + Scene.vertex(1, -1, [1, 0, 0, 0])
              + Scene.vertex(-1, 1, [0, 1, 0, 0]) + Scene.vertex(1, 1, [1, 1, 0, 0])))
        stream.createSamplerView(8, 2)
        stream.createSamplerState(9)
        stream.packet(.setSamplerViews, [1, 0, 8])
        stream.packet(.bindSamplerStates, [1, 0, 9])
        stream.draw(count: 4, mode: 5)
        try rig.submit(stream)
        #expect(try rig.pixels(1) == texels)
      }
    }

    @Test func blendingAddsToTheTarget() throws {
      try withScene { rig in
        // ONE, ONE, ADD for colour and alpha.
        let add: UInt32 = 1 | 1 << 4 | 1 << 9 | 1 << 17 | 1 << 22 | 0xf << 27
        var stream = Scene.state(blend: add)
        stream.clear(0, 1, 0, 0)
        stream.append(Scene.write(Scene.coveringTriangle([1, 0, 0, 1])))
        stream.draw(count: 3)
        try rig.submit(stream)
        #expect(try rig.pixels(1).allSatisfy { $0 == 0xff00_ffff })
      }
    }

    /// As Mesa draws with a program without uniform blocks after one that had them.
    @Test func emptyConstantWritesKeepTheConstants() throws {
      let fragment = """
        FRAG
        PROPERTY FS_COLOR0_WRITES_ALL_CBUFS 1
        DCL OUT[0], COLOR
        DCL CONST[0][0]
          0: MOV OUT[0], CONST[0][0]
          1: END

        """
      try withScene { rig in
        var stream = Scene.state(fragment: fragment)
        stream.append(Scene.write(Scene.coveringTriangle([0, 1, 0, 1])))
        let red: [Float] = [1, 0, 0, 1]
        stream.packet(.setConstantBuffer, [1, 0] + red.map(\.bitPattern))
        for slot: UInt32 in 0..<4 { stream.packet(.setConstantBuffer, [1, slot]) }
        stream.draw(count: 3)
        try rig.submit(stream)
        #expect(try rig.pixels(1).allSatisfy { $0 == Self.red })
      }
    }

    @Test func scissorLimitsDrawsAndNotClears() throws {
      try withScene { rig in
        var stream = Scene.state(scissor: true)
        stream.scissor(4, 2, 8, 10)
        stream.clear(0, 0, 0, 1)
        stream.append(Scene.write(Scene.coveringTriangle([1, 0, 0, 1])))
        stream.draw(count: 3)
        try rig.submit(stream)
        let pixels = try rig.pixels(1)
        for (index, pixel) in pixels.enumerated() {
          let isInside = (4..<8).contains(index % 16) && (2..<10).contains(index / 16)
          #expect(pixel == (isInside ? Self.red : Self.black))
        }
      }
    }

    @Test func indexedInstancesDraw() throws {
      try withScene { rig in
        var stream = Scene.state()
        // The triangle is in vertices 1 to 3; vertex 0 would spoil it.
        stream.append(Scene.write(Scene.vertex(9, 9, [0, 0, 0, 0]) + Scene.coveringTriangle([1, 0, 0, 1])))
        stream.write(4, width: 8, [1 | 2 << 16, 3])
        stream.packet(.setIndexBuffer, [4, 2, 0])
        stream.draw(count: 3, indexed: true, instances: 2)
        try rig.submit(stream)
        #expect(try rig.pixels(1).allSatisfy { $0 == Self.red })
      }
    }

    @Test func instanceDivisorAdvancesPerInstance() throws {
      try withScene { rig in
        var stream = Scene.state()
        stream.createElements(5, [(0, 0, 0, WireFormats.float4), (0, 1, 1, WireFormats.float4)])
        stream.bind(.vertexElements, 5)
        let colors: [Float] = [0, 1, 0, 1, 1, 0, 0, 1]
        stream.append(Scene.write(Scene.coveringTriangle([0, 0, 0, 0]) + colors.map(\.bitPattern)))
        stream.packet(.setVertexBuffers, [32, 0, 3, 16, 96, 3])
        stream.draw(count: 3, instances: 2)
        try rig.submit(stream)
        #expect(try rig.pixels(1).allSatisfy { $0 == Self.red })
      }
    }

    @Test func occlusionResultIsThereWithTheFence() throws {
      try withScene { rig in
        var stream = Scene.state()
        stream.append(Scene.write(Scene.coveringTriangle([1, 0, 0, 1])))
        stream.createQuery(8, type: 0, buffer: 5)
        stream.packet(.beginQuery, [8])
        stream.draw(count: 3)
        stream.packet(.endQuery, [8])
        stream.packet(.getQueryResult, [8, 0])
        try rig.submit(stream)
        #expect(try rig.finish(7))
        #expect(Array(rig.words(5).prefix(4)) == [1, 4, 256, 0])
      }
    }

    @Test func subContextsHaveTheirOwnState() throws {
      try withScene { rig in
        var stream = Scene.state()
        stream.packet(.createSubContext, [1])
        stream.createSurface(1, 7)
        stream.framebuffer(colors: [1])
        stream.clear(0, 0, 1, 1)
        stream.packet(.setSubContext, [0])
        stream.clear(1, 0, 0, 1)
        stream.packet(.setSubContext, [1])
        try rig.submit(stream)
        #expect(try rig.pixels(1).allSatisfy { $0 == Self.red })
        #expect(try rig.pixels(7).allSatisfy { $0 == 0xffff_0000 })
      }
    }

    @Test func copyTransferGoesBothWays() throws {
      try withScene { rig in
        var stream = Scene.state()
        stream.clear(1, 0, 0, 1)
        // From the target to the staging memory, from there to the other texture.
        stream.packet(.copyTransfer3D, [1, 0, 0, 64, 1024, 0, 0, 0, 16, 16, 1, 6, 0, 3])
        stream.packet(.copyTransfer3D, [2, 0, 0, 64, 1024, 0, 0, 0, 16, 16, 1, 6, 0, 1])
        try rig.submit(stream)
        #expect(rig.words(6).prefix(256).allSatisfy { $0 == Self.red })
        #expect(try rig.pixels(2).allSatisfy { $0 == Self.red })
      }
    }

    @Test func blitScalesAndMirrors() throws {
      try withScene { rig in
        var stream = Scene.state()
        // Left half red, right half black; mirrored into the second target.
        stream.write(2, width: 16, height: 16, (0..<256).map { $0 % 16 < 8 ? Self.red : Self.black })
        stream.blit(
          from: 2, to: 7, sourceBox: [16, 0, 0, UInt32(bitPattern: -16), 16, 1], targetBox: [0, 0, 0, 16, 16, 1])
        try rig.submit(stream)
        let pixels = try rig.pixels(7)
        for (index, pixel) in pixels.enumerated() { #expect(pixel == (index % 16 < 8 ? Self.black : Self.red)) }
      }
    }
  }
}
