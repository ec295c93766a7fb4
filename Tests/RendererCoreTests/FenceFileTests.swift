import Platform
import RendererCore
import Testing
import VirtioGPU

/// Fences of a host that makes them as sync files: the fence thread sleeps on the files.
extension RendererSuites {
  @Suite(.serialized) struct FenceFileTests {
    private let client = Client()

    private func withRenderer(
      _ flags: Configuration.Flags, _ source: TestFenceSource, contexts: UInt32 = 3, _ body: (Renderer) throws -> Void
    ) throws {
      let renderer = try client.makeRenderer(flags, fenceSource: source)
      defer { renderer.shutDown() }
      for id in 1...contexts as ClosedRange<UInt32> { try renderer.makeContext(id) }
      try body(renderer)
    }

    /// Waits in the way of the delivery for a fence that is done.
    private func expectArrival(
      _ renderer: Renderer, _ flags: Configuration.Flags, _ context: UInt32, _ id: UInt64,
      at location: SourceLocation = #_sourceLocation
    ) {
      let hasArrived =
        flags.contains(.asyncFenceCallbacks)
        ? client.awaitReport(.context(context), id) : renderer.pollUntil(client, .context(context), id)
      #expect(hasArrived, sourceLocation: location)
    }

    @Test(arguments: deliveries) func timelinesOvertakeEachOther(_ flags: Configuration.Flags) throws {
      let source = TestFenceSource()
      try withRenderer(flags, source) { renderer in
        for context in 1...3 as ClosedRange<UInt32> { try renderer.fence(UInt64(context), on: .context(context)) }
        for context in [3, 1, 2] as [UInt32] {
          source.signal(Int(context) - 1)
          expectArrival(renderer, flags, context, UInt64(context))
          #expect(client.reports.read { $0.last?.fence.timeline } == .context(context))
        }
        #expect(client.reports.read { $0.count } == 3)
      }
    }

    @Test(arguments: deliveries) func aTimelineKeepsItsOrder(_ flags: Configuration.Flags) throws {
      let source = TestFenceSource()
      try withRenderer(flags, source) { renderer in
        for id in 1...5 as ClosedRange<UInt64> { try renderer.fence(id, on: .context(1)) }
        try renderer.fence(10, on: .context(2))
        for index in [1, 2, 4] { source.signal(index) }
        source.signal(5)
        // When this has come, the others could have, if they were about to.
        expectArrival(renderer, flags, 2, 10)
        #expect(client.reported(.context(1)) == [])
        source.signal(0)
        expectArrival(renderer, flags, 1, 3)
        #expect(client.reported(.context(1)) == [1, 2, 3])
        source.signal(3)
        expectArrival(renderer, flags, 1, 5)
        #expect(client.reported(.context(1)) == [1, 2, 3, 4, 5])
      }
    }

    /// What GL has to be asked for beside files: the host refuses after the third fence.
    @Test(arguments: deliveries) func filesAndSyncObjectsMix(_ flags: Configuration.Flags) throws {
      let source = TestFenceSource(supply: 3)
      try withRenderer(flags, source) { renderer in
        for context in 1...3 as ClosedRange<UInt32> { try renderer.fence(UInt64(context), on: .context(context)) }
        #expect(source.count == 3)
        try renderer.fence(10, on: .context(1))
        try renderer.fence(11, on: .context(2))
        source.signal(1)
        expectArrival(renderer, flags, 2, 11)
        #expect(client.reported(.context(1)) == [])
        source.signal(2)
        source.signal(0)
        expectArrival(renderer, flags, 1, 10)
        expectArrival(renderer, flags, 3, 3)
        #expect(client.reported(.context(2)) == [2, 11])
        try renderer.fence(12, on: .context(3))
        expectArrival(renderer, flags, 3, 12)
      }
    }

    /// More fences than the table takes, and one id on two timelines.
    @Test(arguments: deliveries) func whatTheTableRefusesIsReportedToo(_ flags: Configuration.Flags) throws {
      let source = TestFenceSource()
      try withRenderer(flags, source) { renderer in
        let count = FenceTable.limit + 10
        for id in 1...UInt64(count) { try renderer.fence(id, on: .context(1)) }
        try renderer.fence(1, on: .context(2))
        expectArrival(renderer, flags, 2, 1)
        #expect(client.reported(.context(1)) == [])
        // The fence of the other context under this id is not to be lost.
        let isKept = renderer.fenceTable.find(FenceID(1)) != nil
        #expect(isKept)
        for index in 0..<FenceTable.limit { source.signal(index) }
        expectArrival(renderer, flags, 1, UInt64(count))
        #expect(client.reported(.context(1)) == Array(1...UInt64(count)))
      }
    }

    /// The process has no descriptor left for the thread to sleep on.
    @Test(arguments: deliveries) func withoutDescriptorsItIsAsked(_ flags: Configuration.Flags) throws {
      let source = TestFenceSource(givesFiles: false)
      try withRenderer(flags, source) { renderer in
        for context in 1...3 as ClosedRange<UInt32> { try renderer.fence(UInt64(context), on: .context(context)) }
        source.signal(2)
        expectArrival(renderer, flags, 3, 3)
        renderer.destroyContext(ContextID(1))
        source.signal(1)
        expectArrival(renderer, flags, 2, 2)
        #expect(client.reported(.context(1)) == [])
      }
    }

    /// Fences that never signal hold up nothing and leave nothing behind.
    @Test(arguments: deliveries) func droppedFencesLeaveNoDescriptor(_ flags: Configuration.Flags) throws {
      let source = TestFenceSource()
      try withRenderer(flags, source) { renderer in
        let before = TestFence.openDescriptors
        for id in 1...20 as ClosedRange<UInt64> { try renderer.fence(id, on: .context(UInt32(id % 3 + 1))) }
        source.forget()
        #expect(TestFence.openDescriptors > before)
        renderer.destroyContext(ContextID(1))
        renderer.destroyContext(ContextID(2))
        renderer.poll()
        let outstanding = renderer.statistics.fencesOutstanding
        #expect(outstanding > 0)
        renderer.reset()
        renderer.poll()
        let deadline = Monotonic.now.advanced(milliseconds: 10_000)
        while TestFence.openDescriptors > before, Monotonic.now < deadline {}
        #expect(TestFence.openDescriptors == before)
        #expect(client.reports.read { $0.isEmpty })
        try renderer.makeContext(1)
        try renderer.fence(1, on: .context(1))
        #expect(source.count == 1)
        source.signal(0)
        expectArrival(renderer, flags, 1, 1)
        try renderer.fence(2, on: .context(1))
      }
    }

    /// A fence behind held work gets its file when the work is given to GL.
    @Test(arguments: deliveries) func heldFencesGetTheirFilesLate(_ flags: Configuration.Flags) throws {
      let source = TestFenceSource()
      try withRenderer(flags, source) { renderer in
        let gate = try TestFence()
        try renderer.attachFence(gate.share(), to: ContextID(1))
        let words: [UInt32] = [0]
        try renderer.submit(words.span, to: ContextID(1))
        try renderer.fence(1, on: .context(1))
        try renderer.fence(2, on: .context(2))
        #expect(source.count == 1)
        source.signal(0)
        expectArrival(renderer, flags, 2, 2)
        gate.signal()
        let deadline = Monotonic.now.advanced(milliseconds: 10_000)
        while source.count < 2, Monotonic.now < deadline { renderer.poll() }
        #expect(client.reported(.context(1)) == [])
        source.signal(1)
        expectArrival(renderer, flags, 1, 1)
      }
    }
  }
}
