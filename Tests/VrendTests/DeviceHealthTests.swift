import CEpoxy
import GLDriver
import GuestStreams
import Platform
import Synchronization
import Testing
import VirtioGPU

@testable import RendererCore
@testable import Vrend

extension EngineSuites {
  /// The host's GPU disappears. A software host keeps its own, so a false one speaks for it.
  @Suite(.serialized) struct DeviceHealthTests {
    /// Loses the GPU when told to.
    private final class FalseHealth: DeviceHealth {
      var status = GL.NO_ERROR
      private(set) var questions = 0

      func resetStatus() -> GLenum {
        questions += 1
        return status
      }
    }

    @Test func everyContextFailsOnceAndFencesRetire() throws {
      let lines = Mutex<[String]>([])
      let log = Log(threshold: .warning) { _, line in lines.withLock { $0.append(line) } }
      try StreamRig.with(log: log) { rig in
        try Scene.makeResources(rig)
        let (other, third) = (ContextID(2), ContextID(3))
        try rig.makeContext(other)
        let health = FalseHealth()
        let vrend = try #require(rig.renderer.vrend)
        vrend.health = health

        #expect(rig.accepts(Scene.state().dwords))
        #expect(try rig.finish(1))
        #expect(health.questions == 1 && !vrend.isLost)

        health.status = GL.INNOCENT_CONTEXT_RESET
        try rig.renderer.createFence(
          Fence(timeline: TimelineKey(context: other, ring: RingIndex(0)), id: FenceID(2), isMergeable: false))
        #expect(vrend.isLost)
        #expect(try rig.finish(3))
        // Timelines know no order among each other.
        #expect(rig.fences.reported.sorted() == [1, 2, 3])
        #expect(!rig.accepts([0]) && !rig.accepts([0], to: other))
        let fault = #expect(throws: Fault.self) { try rig.makeContext(third) }
        #expect(fault?.code == .noDevice)
        // Once is enough.
        #expect(lines.withLock { $0.count } == 1)
        #expect(health.questions == 2)
        // The VMM goes on as with any dead context.
        rig.renderer.destroyContext(other)
        rig.destroyResource(1)
        rig.renderer.reset()
      }
    }
  }
}
