import CEpoxy
import GLDriver
import GuestStreams
import Platform
import Synchronization
import Testing
import VirtioGPU
import WireFormat

@testable import RendererCore
@testable import Vrend

extension EngineSuites {
  /// What guests may make the host spend, and that all of it comes back.
  @Suite(.serialized) struct GuestLimitsTests {
    private static let red: UInt32 = 0xff00_00ff

    private func limits(_ edit: (inout GuestLimits) -> Void) -> GuestLimits {
      var limits = GuestLimits(memoryBytes: 64 << 20)
      edit(&limits)
      return limits
    }

    @Test func everythingGoesBackToTheBudget() throws {
      try StreamRig.with { rig in
        let budget = try #require(rig.renderer.vrend).budget
        let before = budget.bytesInUse
        try Scene.makeAllResources(rig)
        let guest = ContextID(2)
        try rig.makeContext(guest)
        var stream = StreamBuilder()
        stream.append(Scene.state())
        stream.draw(count: 3)
        stream.create(.shader, 40, [0, 4000, 300, 0, 0x5452_4556])
        stream.packet(.createSubContext, [3])
        stream.append(Scene.state())
        stream.draw(count: 3)
        // Replaced and destroyed handles are paid for once.
        for _ in 0..<100 { stream.createBlend(2) }
        stream.destroy(3)
        stream.destroy(3)
        stream.packet(.pipeResourceCreate, [2, WireFormats.rgba8, 8, 16, 8, 1, 1, 0, 0, 0, 77])
        try rig.submit(stream, to: guest)
        #expect(budget.bytesInUse > before + 2 * ResourceBudget.Cost.glContext)
        rig.renderer.destroyContext(guest)
        for resource in Scene.resources { rig.destroyResource(resource.id) }
        #expect(budget.bytesInUse == before)
      }
    }

    @Test func resourcesEndAtTheBudget() throws {
      try StreamRig.with(limits: limits { $0.memoryBytes = 8 << 20 }) { rig in
        var made: UInt32 = 0
        let fault = #expect(throws: Fault.self) {
          while made < 100 {
            try rig.makeTexture(10 + made, 256, 256)
            made += 1
          }
        }
        #expect(fault?.code == .outOfMemory)
        #expect(made > 10 && made < 32)
        rig.destroyResource(10)
        try rig.makeTexture(9, 256, 256)
        #expect(try rig.probe(rig.first, texture: 9, surface: 1) || true)
      }
    }

    @Test func resourceIdsEnd() throws {
      try StreamRig.with(limits: limits { $0.resources = 5 }) { rig in
        for id: UInt32 in 1...5 { try rig.makeBuffer(id, 4) }
        let fault = #expect(throws: Fault.self) { try rig.makeBuffer(6, 4) }
        #expect(fault?.code == .outOfMemory)
        rig.destroyResource(3)
        try rig.makeBuffer(6, 4)
      }
    }

    @Test func contextsEndAtTheirNumber() throws {
      try StreamRig.with(limits: limits { $0.glContexts = 4 }) { rig in
        for id: UInt32 in 2...4 { try rig.makeContext(ContextID(id)) }
        let fault = #expect(throws: Fault.self) { try rig.makeContext(ContextID(5)) }
        #expect(fault?.code == .outOfMemory)
        var stream = StreamBuilder()
        stream.packet(.createSubContext, [1])
        #expect(!rig.accepts(stream.dwords, to: ContextID(2)))
        rig.renderer.destroyContext(ContextID(2))
        #expect(rig.accepts(stream.dwords, to: ContextID(3)))
      }
    }

    /// Objects, shader texts and compiled variants draw on the same budget; the guest that takes it all fails alone.
    @Test(arguments: ["objects", "texts", "sub-contexts"]) func objectsEndAtTheBudget(kind: String) throws {
      try StreamRig.with(limits: limits { $0.memoryBytes = 12 << 20 }) { rig in
        try Scene.makeResources(rig)
        let greedy = ContextID(2)
        try rig.makeContext(greedy)
        var accepted = 0
        for round in 0..<200 as Range<UInt32> {
          var stream = StreamBuilder()
          switch kind {
          case "objects": for handle: UInt32 in 1...200 { stream.createBlend(1000 + round * 200 + handle) }
          case "texts": stream.create(.shader, 1000 + round, [round % 2, 400_000, 300, 0, 0x5452_4556])
          default: stream.packet(.createSubContext, [1 + round])
          }
          guard rig.accepts(stream.dwords, to: greedy) else { break }
          accepted += 1
        }
        #expect(accepted < 100)
        rig.renderer.destroyContext(greedy)
        #expect(try rig.probe(rig.first, texture: 1, surface: 1))
        try rig.makeContext(greedy)
        #expect(rig.accepts(Scene.state().dwords, to: greedy))
      }
    }

    /// A context that is always current must not collect the names of what it destroyed.
    @Test func deadNamesAreDeletedWithoutAContextSwitch() throws {
      try StreamRig.with { rig in
        try Scene.makeResources(rig)
        try rig.submit(Scene.state())
        let queue = try #require(rig.renderer.vrend).releaseQueue
        for _ in 0..<50 {
          var stream = StreamBuilder()
          for handle: UInt32 in 30..<40 {
            stream.createSamplerState(handle)
            stream.createSamplerView(handle + 20, 2)
            stream.destroy(handle)
            stream.destroy(handle + 20)
          }
          try rig.submit(stream)
          #expect(queue.pendingCount <= 20)
        }
        // What is bound survives the deletion of its neighbours.
        var stream = Scene.write(Scene.coveringTriangle([1, 0, 0, 1]))
        stream.draw(count: 3)
        try rig.submit(stream)
        #expect(try rig.pixels(1).allSatisfy { $0 == Self.red })
      }
    }

    /// Thousands of queries that wait, each asked for again: the cost of one must not grow with their number.
    @Test func waitingQueriesAreCountedAndServed() throws {
      try StreamRig.with { rig in
        try Scene.makeResources(rig)
        var stream = Scene.state()
        for handle: UInt32 in 100..<400 { stream.createQuery(handle, type: 0, buffer: 5) }
        for _ in 0..<3 {
          for handle: UInt32 in 100..<400 {
            stream.packet(.beginQuery, [handle])
            stream.packet(.endQuery, [handle])
            stream.packet(.getQueryResult, [handle, 0])
          }
        }
        for handle: UInt32 in 100..<350 { stream.destroy(handle) }
        try rig.submit(stream)
        #expect(try rig.finish(1))
        #expect(try !rig.context(rig.first).hasWaitingQueries)
        #expect(rig.words(5)[0] == 1)
      }
    }

    @Test func captureListsAreForgotten() throws {
      try StreamRig.with { rig in
        try Scene.makeResources(rig)
        var stream = Scene.state()
        stream.append(Seed.all.first { $0.name == "stream-out-targets" }.map { seed in
          var builder = StreamBuilder()
          for packet in Packet.split(seed.dwords) { builder.raw(packet.code, object: packet.object, packet.payload) }
          return builder
        } ?? StreamBuilder())
        for handle: UInt32 in 100..<120 { stream.create(.streamOutTarget, handle, [3, (handle - 100) * 16, 16]) }
        for first: UInt32 in 100..<120 {
          for second: UInt32 in 100..<120 {
            stream.packet(.setStreamOutTargets, [0, first, second])
            stream.draw(count: 1, mode: 0)
          }
        }
        stream.packet(.setStreamOutTargets, [0])
        stream.draw(count: 3)
        #expect(rig.accepts(stream.dwords))
        #expect(try rig.finish(1))
      }
    }

    // MARK: Draws

    @Test(arguments: [GLFlavour.core, .es]) func drawsThatWouldNeverEndAreDropped(flavour: GLFlavour) throws {
      try StreamRig.with(flavour) { rig in
        try Scene.makeAllResources(rig)
        var stream = Scene.state()
        stream.append(Scene.write(Scene.coveringTriangle([1, 0, 0, 1])))
        let whole = UInt32.max
        stream.draw(count: whole)
        stream.draw(count: 0x7fff_ffff, instances: whole)
        stream.draw(count: 3, instances: whole)
        stream.packet(.drawVBO, [0, 3, 4, 0, whole, 0, 0, 0, 0, 0, whole, 0])
        // The same by a buffer, and a dispatch of all the groups there can be.
        stream.write(Scene.parameters, width: 16, [0x7fff_ffff, whole, 0, 0])
        stream.packet(
          .drawVBO, [0, 0, 4, 0, 1, 0, 0, 0, 0, 0, whole, 0, 0, 0, Scene.parameters, 0, 16, 1, 0, 0])
        stream.createShader(20, stage: 5, Scene.computeShader)
        stream.bindShader(20, stage: 5)
        stream.packet(.setShaderBuffers, [5, 0, 0, 64, 3])
        stream.packet(.launchGrid, [4, 1, 1, 65535, 65535, 65535, 0, 0])
        stream.write(Scene.parameters, width: 12, [65535, 65535, 65535])
        stream.packet(.launchGrid, [4, 1, 1, 0, 0, 0, Scene.parameters, 0])
        #expect(rig.accepts(stream.dwords))
        #expect(try rig.finish(1))
        #expect(try rig.pixels(1).allSatisfy { $0 == 0xff00_0000 })
      }
    }

    /// Where GL keeps no fetch inside its buffer, array draws stop at the end of theirs.
    @Test func arrayDrawsStopAtTheirBuffers() throws {
      try StreamRig.with { rig in
        try Scene.makeResources(rig)
        let context = try rig.context(rig.first)
        context.current.state.drawLimits = DrawLimits(work: .max, keepsFetchesInside: true)
        var stream = Scene.state()
        try rig.submit(stream)
        // 1024 bytes in strides of 32: 32 vertices.
        var draw = StreamBuilder()
        draw.draw(count: 1000)
        try rig.submit(draw)
        #expect(context.current.state.vertexLimit == 32)
        stream = StreamBuilder()
        stream.createElements(30, [(0, 0, 0, WireFormats.float4), (16, 3, 1, WireFormats.float4)])
        stream.bind(.vertexElements, 30)
        stream.packet(.setVertexBuffers, [32, 1000, 3, 64, 0, 3])
        stream.draw(count: 3, instances: 1000)
        try rig.submit(stream)
        #expect(context.current.state.vertexLimit == 1)
        #expect(context.current.state.instanceLimit == 16 * 3)
        stream = StreamBuilder()
        stream.packet(.setVertexBuffers, [32, 1010, 3, 64, 0, 3])
        stream.draw(count: 3)
        try rig.submit(stream)
        #expect(context.current.state.vertexLimit == 0)
        stream = StreamBuilder()
        stream.bind(.vertexElements, 0)
        stream.draw(count: 3)
        try rig.submit(stream)
        #expect(context.current.state.vertexLimit == DrawLimits.maxVertices)
        #expect(epoxy_glGetError() == GL.NO_ERROR)
      }
    }

    /// The limits themselves, without GL.
    @Test func workIsMultipliedByLaterStages() {
      let software = DrawLimits(work: 1 << 28, keepsFetchesInside: false)
      #expect(software.allows(1 << 28, tessellates: false, geometryVertices: 0))
      #expect(!software.allows(1 << 28 + 1, tessellates: false, geometryVertices: 0))
      #expect(software.allows(1 << 17, tessellates: true, geometryVertices: 0))
      #expect(!software.allows(1 << 18, tessellates: true, geometryVertices: 0))
      #expect(!software.allows(1 << 25, tessellates: false, geometryVertices: 1024))
      #expect(software.allows(1 << 17, tessellates: true, geometryVertices: 1))
      #expect(!software.allows(1 << 17, tessellates: true, geometryVertices: 2))
      let hardware = DrawLimits(work: .max, keepsFetchesInside: false)
      #expect(hardware.allows(.max, tessellates: true, geometryVertices: 1024))
    }

    @Test func indicesAcrossTheirAlignmentAreNotRead() throws {
      try StreamRig.with { rig in
        try Scene.makeResources(rig)
        var stream = Scene.state()
        stream.append(Scene.write(Scene.coveringTriangle([1, 0, 0, 1])))
        stream.write(4, width: 8, [0 | 1 << 16, 2])
        stream.packet(.setIndexBuffer, [4, 2, 1])
        stream.draw(count: 3, indexed: true)
        try rig.submit(stream)
        #expect(try rig.pixels(1).allSatisfy { $0 == 0xff00_0000 })
        stream = StreamBuilder()
        stream.packet(.setIndexBuffer, [4, 2, 0])
        // The range is a lie, and nobody believes it.
        stream.packet(.drawVBO, [0, 3, 4, 1, 1, 0, 0, 0, 0, 7, 7, 0])
        try rig.submit(stream)
        #expect(try rig.pixels(1).allSatisfy { $0 == Self.red })
      }
    }

    // MARK: Log

    @Test func errorsDoNotFloodTheLog() throws {
      let lines = Mutex<[String]>([])
      let log = Log(threshold: .warning) { _, line in lines.withLock { $0.append(line) } }
      try StreamRig.with(log: log) { rig in
        for round in 0..<300 as Range<UInt32> {
          // Refused each time, and the context lives: only the log hears of it.
          var stream = StreamBuilder()
          stream.raw(200, [round])
          _ = try rig.runDespiteErrors(stream.dwords, in: rig.first)
        }
        #expect(lines.withLock { $0.count } < 30)
        rig.renderer.destroyContext(rig.first)
        #expect(lines.withLock { $0.last }?.hasSuffix("further messages were left out") == true)
      }
    }
  }
}
