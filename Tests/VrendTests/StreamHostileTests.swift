import GLDriver
import GuestStreams
import Testing
import VirtioGPU
import WireFormat

@testable import Vrend

/// One thing a hostile guest does after an ordinary scene was set up.
struct HostileCase: Sendable, CustomTestStringConvertible {
  enum Outcome: Sendable { case refused, accepted, either }

  let name: String
  let outcome: Outcome
  let build: @Sendable (inout StreamBuilder) -> Void

  var testDescription: String { name }

  init(_ name: String, _ outcome: Outcome, _ build: @escaping @Sendable (inout StreamBuilder) -> Void) {
    self.name = name
    self.outcome = outcome
    self.build = build
  }
}

extension EngineSuites {
  /// Named attacks of the protocol's checklist and of the security history of its implementations.
  @Suite(.serialized) struct StreamHostileTests {
    /// Resources of the scene, and: 8 multisampled texture, 9 CUSTOM buffer of 8 bytes; 100 is not attached.
    @Test(
      arguments: HostileCase.objects + HostileCase.resources + HostileCase.ranges + HostileCase.sequences,
      [GLFlavour.core, .compat, .es])
    func attack(_ attack: HostileCase, flavour: GLFlavour) throws {
      try StreamRig.with(flavour) { rig in
        try Scene.makeResources(rig)
        try rig.make(
          8, target: 2, format: WireFormats.rgba8, bind: [.renderTarget, .samplerView], width: 16, height: 16,
          samples: 4)
        try rig.makeBuffer(9, 8, bind: .custom)
        let victim = ContextID(2)
        try rig.makeContext(victim)
        try rig.makeTexture(100)
        try rig.submit(Scene.state(), to: victim)
        var stream = StreamBuilder()
        attack.build(&stream)
        let isAccepted = rig.accepts(stream.dwords, to: victim)
        switch attack.outcome {
        case .refused: #expect(!isAccepted)
        case .accepted: #expect(isAccepted)
        case .either: break
        }
        #expect(rig.accepts([0], to: victim) == isAccepted)
        #expect(try rig.finish(1))
        #expect(try rig.probe(rig.first, texture: 100, surface: 1))
      }
    }

    /// Resources disappear while everything is bound; what is bound stays usable or is skipped.
    @Test(arguments: [true, false]) func resourcesDisappearWhileBound(isDestroyed: Bool) throws {
      try StreamRig.with { rig in
        try Scene.makeResources(rig)
        try rig.makeTexture(100)
        let victim = ContextID(2)
        try rig.makeContext(victim)
        var stream = Scene.state(fragment: Scene.textureShader)
        stream.createSamplerView(8, 2)
        stream.createSamplerState(9)
        stream.packet(.setSamplerViews, [1, 0, 8])
        stream.packet(.bindSamplerStates, [1, 0, 9])
        stream.packet(.setIndexBuffer, [4, 2, 0])
        stream.packet(.setUniformBuffer, [1, 1, 0, 64, 3])
        stream.packet(.setShaderBuffers, [1, 0, 0, 64, 3])
        stream.create(.streamOutTarget, 11, [3, 512, 64])
        stream.packet(.setStreamOutTargets, [0, 11])
        stream.createQuery(10, type: 0, buffer: 5)
        stream.packet(.beginQuery, [10])
        stream.draw(count: 3)
        stream.packet(.endQuery, [10])
        stream.packet(.getQueryResult, [10, 0])
        try rig.submit(stream, to: victim)
        for id: UInt32 in 1...7 {
          if isDestroyed {
            rig.destroyResource(id)
          } else {
            try rig.renderer.detach(ResourceID(id), from: victim)
          }
        }
        var after = StreamBuilder()
        after.clear(1, 1, 1, 1)
        after.draw(count: 3)
        after.draw(count: 3, indexed: true)
        after.packet(.setStreamOutTargets, [0])
        after.framebuffer(colors: [])
        after.draw(count: 3)
        after.packet(.beginQuery, [10])
        after.packet(.endQuery, [10])
        after.packet(.getQueryResult, [10, 0])
        #expect(rig.accepts(after.dwords, to: victim))
        #expect(try rig.finish(1))
        #expect(try rig.probe(rig.first, texture: 100, surface: 1))
      }
    }

    /// Context destroyed with a result still owed and an upload half done.
    @Test func contextDiesInTheMiddle() throws {
      try StreamRig.with { rig in
        try Scene.makeResources(rig)
        let victim = ContextID(2)
        try rig.makeContext(victim)
        var stream = Scene.state()
        stream.createQuery(10, type: 0, buffer: 5)
        stream.packet(.beginQuery, [10])
        stream.draw(count: 3)
        stream.packet(.endQuery, [10])
        stream.packet(.getQueryResult, [10, 0])
        stream.create(.shader, 20, [0, 4000, 300, 0, 0x5452_4556])
        try rig.submit(stream, to: victim)
        rig.renderer.destroyContext(victim)
        #expect(try rig.finish(1))
        #expect(try rig.probe(rig.first, texture: 1, surface: 1))
      }
    }
  }
}
