import GuestStreams
import Testing
import VirtioGPU
import WireFormat

@testable import Vrend

extension EngineSuites {
  /// Streams no guest driver sends. A Swift trap would end the test process, so arriving at the end is half the test;
  /// the other half is that an honest context works on beside them.
  @Suite(.serialized) struct StreamFuzzTests {
    private static let witness: UInt32 = 100

    private func withWitness(_ body: (StreamRig) throws -> Void) throws {
      try StreamRig.with { rig in
        try Scene.makeResources(rig)
        try rig.makeTexture(Self.witness)
        try body(rig)
        #expect(try rig.probe(rig.first, texture: Self.witness, surface: 1))
      }
    }

    /// A context with all the scene's resources; the witness is not among them.
    private func makeVictim(_ rig: StreamRig, _ id: ContextID) throws {
      try rig.renderer.createContext(id, capset: 2, name: DebugName("victim"))
      for resource: UInt32 in 1...7 { try rig.renderer.attach(ResourceID(resource), to: id) }
    }

    /// Payload words of four kinds: zeros, ones, noise, and small numbers that hit handles and resources.
    private func word(_ kind: Int, _ random: inout SplitMix) -> UInt32 {
      switch kind {
      case 0: 0
      case 1: ~0
      case 2: UInt32(truncatingIfNeeded: random.next())
      default: UInt32(random.next() % 10)
      }
    }

    @Test func everyCommandWithEveryLength() throws {
      try withWitness { rig in
        var random = SplitMix(state: 1)
        let victim = ContextID(2)
        try makeVictim(rig, victim)
        #expect(rig.accepts(Scene.state().dwords, to: victim))
        var refused = 0
        for code in UInt8(0)...255 {
          // All commands past the known ones fall to the same line.
          for length in code <= 66 ? Array(0...40) : [0, 1, 40] {
            for kind in 0..<4 {
              var payload = (0..<length).map { _ in word(kind, &random) }
              HangGuard.tame(code, &payload)
              var stream = StreamBuilder()
              stream.raw(code, object: kind == 0 ? 0 : UInt8(random.next() % 13), payload)
              if try !rig.runDespiteErrors(stream.dwords, in: victim) { refused += 1 }
            }
          }
        }
        #expect(refused > 1000)
      }
    }

    /// A refused command poisons its context, whatever comes next.
    @Test func refusalsPoison() throws {
      try withWitness { rig in
        var id: UInt32 = 2
        for code in UInt8(0)...70 {
          var stream = StreamBuilder()
          stream.raw(code, object: 3, [UInt32](repeating: 0, count: 3))
          try makeVictim(rig, ContextID(id))
          let isAccepted = rig.accepts(stream.dwords, to: ContextID(id))
          #expect(rig.accepts([0], to: ContextID(id)) == isAccepted)
          if code > 63 { #expect(!isAccepted) }
          rig.renderer.destroyContext(ContextID(id))
          id += 1
        }
      }
    }

    @Test func packetsBeyondTheSubmissionAreRefused() throws {
      try withWitness { rig in
        for (index, header) in [UInt32(0xffff_0000), 0x0001_0000, 0x0008_0007, 0xffff_ffff].enumerated() {
          let id = ContextID(UInt32(index) + 2)
          try makeVictim(rig, id)
          #expect(!rig.accepts([header], to: id))
          #expect(!rig.accepts([0], to: id))
        }
      }
    }

    /// A stream with most commands in it, damaged in up to four places.
    @Test func damagedStreams() throws {
      let source = Self.busyStream()
      try withWitness { rig in
        try makeVictim(rig, ContextID(2))
        #expect(rig.accepts(source, to: ContextID(2)))
        rig.renderer.destroyContext(ContextID(2))
        var random = SplitMix(state: 2)
        var survivors = 0
        for round in UInt32(0)..<Self.rounds {
          let id = ContextID(10 + round)
          try makeVictim(rig, id)
          var stream = source
          for _ in 0...random.next() % 4 { Self.damage(&stream, &random) }
          HangGuard.tame(&stream)
          if rig.accepts(stream, to: id) { survivors += 1 }
          rig.renderer.destroyContext(id)
        }
        #expect(survivors > 0)
        #expect(survivors < Self.rounds)
      }
    }

    private static var rounds: UInt32 { 400 }

    private static func damage(_ stream: inout [UInt32], _ random: inout SplitMix) {
      let place = Int(random.next() % UInt64(stream.count))
      switch random.next() % 6 {
      case 0: stream[place] ^= 1 << UInt32(random.next() % 32)
      case 1: stream[place] = UInt32(truncatingIfNeeded: random.next())
      case 2: stream[place] = UInt32(random.next() % 12)
      case 3: stream[place] = ~0
      case 4: stream[place] = stream[Int(random.next() % UInt64(stream.count))]
      default: stream[place] = stream[place] &+ 1
      }
    }

    private static func busyStream() -> [UInt32] {
      var stream = Scene.state(fragment: Scene.textureShader)
      stream.append(Scene.write(Scene.coveringTriangle([0.5, 0.5, 0, 0])))
      stream.createSamplerView(8, 2)
      stream.createSamplerState(9)
      stream.packet(.setSamplerViews, [1, 0, 8])
      stream.packet(.bindSamplerStates, [1, 0, 9])
      stream.write(4, width: 8, [0 | 1 << 16, 2])
      stream.packet(.setIndexBuffer, [4, 2, 0])
      stream.packet(.setUniformBuffer, [1, 1, 0, 64, 3])
      stream.packet(.setConstantBuffer, [0, 0, 1, 2, 3, 4])
      stream.packet(.setShaderBuffers, [1, 0, 0, 64, 3])
      stream.packet(.setShaderImages, [1, 0, WireFormats.rgba8, 3, 0, 0, 2])
      stream.create(.streamOutTarget, 11, [3, 0, 64])
      stream.packet(.setStreamOutTargets, [0, 11])
      stream.packet(.setStreamOutTargets, [0])
      stream.createQuery(10, type: 0, buffer: 5)
      stream.packet(.beginQuery, [10])
      stream.draw(count: 3)
      stream.draw(count: 3, indexed: true, instances: 2)
      stream.packet(.endQuery, [10])
      stream.packet(.getQueryResult, [10, 0])
      stream.packet(.setRenderCondition, [10, 0, 0])
      stream.packet(.setRenderCondition, [0, 0, 0])
      stream.blit(from: 2, to: 7, sourceBox: [0, 0, 0, 16, 16, 1], targetBox: [0, 0, 0, 8, 8, 1])
      stream.packet(.resourceCopyRegion, [7, 0, 0, 0, 0, 2, 0, 0, 0, 0, 16, 16, 1])
      stream.packet(.clearTexture, [2, 0, 0, 0, 0, 16, 16, 1, 1, 2, 3, 4])
      stream.packet(.clearSurface, [1 | 1 << 3, 1, 0, 0, 0, 0, 0, 0, 4, 4])
      stream.packet(.copyTransfer3D, [1, 0, 0, 64, 1024, 0, 0, 0, 16, 16, 1, 6, 0, 3])
      stream.packet(.transfer3D, [2, 0, 0, 64, 1024, 0, 0, 0, 16, 16, 1, 0, 1])
      stream.packet(.createSubContext, [1])
      stream.packet(.setSubContext, [0])
      stream.packet(.destroySubContext, [1])
      for handle: UInt32 in 1...11 { stream.destroy(handle) }
      return stream.dwords
    }
  }
}

/// Keeps a fuzzer's draws short: an honest guest, too, can keep a software renderer busy for hours.
enum HangGuard {
  static func tame(_ code: UInt8, _ payload: inout [UInt32]) {
    let places: [Int] =
      switch CommandCode(rawValue: code) {
      case .drawVBO: [1, 4, 11, 17]
      case .launchGrid: [3, 4, 5]
      default: []
      }
    for place in places where place < payload.count && payload[place] > 64 && payload[place] < 0x8000_0000 {
      payload[place] &= 63
    }
    if CommandCode(rawValue: code) == .drawVBO, payload.count > 4 { payload[4] = min(payload[4], 64) }
  }

  static func tame(_ stream: inout [UInt32]) {
    var position = 0
    while position < stream.count {
      let end = position + 1 + Int(stream[position] >> 16)
      guard end <= stream.count else { return }
      var payload = Array(stream[position + 1..<end])
      tame(UInt8(truncatingIfNeeded: stream[position]), &payload)
      stream.replaceSubrange(position + 1..<end, with: payload)
      position = end
    }
  }
}
