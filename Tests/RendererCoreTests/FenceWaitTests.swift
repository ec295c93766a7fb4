import Glibc
import Platform
import RendererCore
import Testing
import VirtioGPU

/// Submissions that wait for fences: order, fences behind them, and ends that do not come. Pipes stand for sync files.
extension RendererSuites {
  @Suite(.serialized) struct FenceWaitTests {
    private let client = Client()
    /// Never signals.
    private let never: TestFence

    init() throws { never = try TestFence() }

    private func withRenderer(_ flags: Configuration.Flags = .surfaceless, _ body: (Renderer) throws -> Void) throws {
      let renderer = try client.makeRenderer(flags)
      defer { renderer.shutDown() }
      try renderer.makeContext(1)
      try renderer.makeContext(2)
      try body(renderer)
    }

    private func submit(_ renderer: Renderer, _ context: UInt32, _ words: [UInt32] = [0]) throws {
      try renderer.submit(words.span, to: ContextID(context))
    }

    private func ranSubmissions(_ renderer: Renderer) -> UInt64 { renderer.statistics.submissions }

    /// Polls until a condition holds; false when it never does.
    private func poll(_ renderer: Renderer, until isMet: () -> Bool) -> Bool {
      let deadline = Monotonic.now.advanced(milliseconds: 10_000)
      while Monotonic.now < deadline {
        renderer.poll()
        if isMet() { return true }
        usleep(200)
      }
      return false
    }

    // MARK: Order

    @Test(arguments: deliveries) func aSubmissionRunsAfterItsFence(_ flags: Configuration.Flags) throws {
      try withRenderer(flags) { renderer in
        let fence = try TestFence()
        try renderer.attachFence(fence.share(), to: ContextID(1))
        try submit(renderer, 1)
        try submit(renderer, 1)
        try renderer.fence(1, on: .context(1))
        // Others go on meanwhile.
        try submit(renderer, 2)
        try renderer.fence(1, on: .context(2))
        #expect(poll(renderer) { client.reported(.context(2)) == [1] })
        #expect(ranSubmissions(renderer) == 1)
        #expect(client.reported(.context(1)).isEmpty)
        #expect(renderer.statistics.fencesOutstanding == 1 && renderer.statistics.heldBytes > 0)

        fence.signal()
        #expect(poll(renderer) { client.reported(.context(1)) == [1] })
        #expect(ranSubmissions(renderer) == 3)
        #expect(renderer.statistics.heldBytes == 0 && renderer.statistics.fencesOutstanding == 0)
      }
    }

    /// The client learns that there is something to do without asking.
    @Test(arguments: deliveries.dropFirst()) func thePollDescriptorWakesTheClient(_ flags: Configuration.Flags) throws {
      try withRenderer(flags) { renderer in
        let fence = try TestFence()
        try renderer.attachFence(fence.share(), to: ContextID(1))
        try submit(renderer, 1)
        try renderer.fence(1, on: .context(1))
        var entry = pollfd(fd: renderer.pollDescriptor, events: Int16(POLLIN), revents: 0)
        #expect(Glibc.poll(&entry, 1, 0) == 0)
        fence.signal()
        #expect(Glibc.poll(&entry, 1, 10_000) == 1)
        #expect(try renderer.contextPollDescriptor(ContextID(1)) == renderer.pollDescriptor)
        try renderer.pollContext(ContextID(1))
        #expect(ranSubmissions(renderer) == 1)
        #expect(poll(renderer) { client.reported(.context(1)) == [1] })
      }
    }

    /// Any call that comes in runs what is ready: here a submission of another context.
    @Test func anyCallServesReadyWork() throws {
      try withRenderer([.surfaceless, .threadSync]) { renderer in
        let fence = try TestFence()
        try renderer.attachFence(fence.share(), to: ContextID(1))
        try submit(renderer, 1)
        fence.signal()
        var entry = pollfd(fd: renderer.pollDescriptor, events: Int16(POLLIN), revents: 0)
        #expect(Glibc.poll(&entry, 1, 10_000) == 1)
        try submit(renderer, 2)
        #expect(ranSubmissions(renderer) == 2)
      }
    }

    /// A device-wide fence is behind everything that was asked for before it, and holds up those after it.
    @Test(arguments: deliveries) func globalFencesWaitForHeldWork(_ flags: Configuration.Flags) throws {
      try withRenderer(flags) { renderer in
        let (first, second) = try (TestFence(), TestFence())
        try renderer.fence(1, on: .global)
        try renderer.attachFence(first.share(), to: ContextID(1))
        try submit(renderer, 1)
        try renderer.fence(2, on: .global)
        try renderer.attachFence(second.share(), to: ContextID(2))
        try submit(renderer, 2)
        try renderer.fence(3, on: .global)
        #expect(poll(renderer) { client.reported(.global) == [1] })
        first.signal()
        #expect(poll(renderer) { client.reported(.global) == [1, 2] })
        #expect(ranSubmissions(renderer) == 1)
        second.signal()
        #expect(poll(renderer) { client.reported(.global) == [1, 2, 3] })
      }
    }

    /// Context 2 waits for a fence of context 1 that is itself behind held work.
    @Test(arguments: deliveries) func waitsFollowHeldFences(_ flags: Configuration.Flags) throws {
      try withRenderer(flags) { renderer in
        let fence = try TestFence()
        try renderer.attachFence(fence.share(), to: ContextID(1))
        try submit(renderer, 1)
        try renderer.fence(70, on: .context(1))
        try renderer.pushFenceWait(FenceID(70), on: .context(2))
        try submit(renderer, 2)
        try renderer.fence(71, on: .context(2))
        for _ in 0..<20 { renderer.poll() }
        #expect(ranSubmissions(renderer) == 0)
        fence.signal()
        #expect(poll(renderer) { client.reported(.context(2)) == [71] })
        #expect(client.reported(.context(1)) == [70])
        #expect(ranSubmissions(renderer) == 2)
      }
    }

    /// Fences of GL work are waited for by GL: nothing is held, and the fence itself stays.
    @Test(arguments: deliveries) func waitsForGLFencesAreGLs(_ flags: Configuration.Flags) throws {
      try withRenderer(flags) { renderer in
        try submit(renderer, 1)
        try renderer.fence(5, on: .context(1))
        try renderer.pushFenceWait(FenceID(5), on: .context(2))
        try submit(renderer, 2)
        #expect(ranSubmissions(renderer) == 2)
        #expect(poll(renderer) { client.reported(.context(1)) == [5] })
      }
    }

    /// The bytes show the order: a held write, then a transfer to the same place, then a read.
    @Test func transfersToOwnMemoryStayBehindHeldWork() throws {
      try withRenderer { renderer in
        let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: 16)
        bytes.initialize(repeating: 1, count: 16)
        defer { bytes.deallocate() }
        var vector = iovec(iov_base: bytes, iov_len: 16)
        try withUnsafeMutablePointer(to: &vector) { vector in
          let memory = try GuestMemory(vectors: vector, count: 1)
          try renderer.createResource(
            ResourceCreateArguments(handle: 1, target: 0, format: 64, bind: 1 << 4, width: 16), image: nil,
            memory: memory)
          try renderer.attach(ResourceID(1), to: ContextID(1))
          let fence = try TestFence()
          try renderer.attachFence(fence.share(), to: ContextID(1))
          let write: [UInt32] = [12 << 16 | 9, 1, 0, 0, 0, 0, 0, 0, 0, 4, 1, 1, 0x0707_0707]
          try submit(renderer, 1, write)
          let all = Transfer(
            level: 0, stride: 0, layerStride: 0, box: Box(x: 0, y: 0, z: 0, width: 16, height: 1, depth: 1), offset: 0)
          try renderer.transfer(all, .fromHost, ResourceID(1), context: ContextID(1), memory: nil)
          #expect((0..<16).allSatisfy { bytes[$0] == 1 })
          // The guest gives its handle back at once, as Mesa does.
          try renderer.detach(ResourceID(1), from: ContextID(1))
          fence.signal()
          #expect(poll(renderer) { ranSubmissions(renderer) == 1 })
          #expect((0..<4).allSatisfy { bytes[$0] == 7 } && (4..<16).allSatisfy { bytes[$0] == 0 })
          // It was attached when the write ran, and is not any more.
          #expect(throws: Fault.self) {
            try renderer.transfer(all, .fromHost, ResourceID(1), context: ContextID(1), memory: nil)
          }
          renderer.destroyResource(ResourceID(1))
        }
      }
    }

    // MARK: The rules of push_fence_wait and submit_cmd2

    @Test func unknownAndOwnFencesQueueNothing() throws {
      try withRenderer { renderer in
        let fence = try TestFence()
        try renderer.attachFence(fence.share(), to: ContextID(1))
        try submit(renderer, 1)
        try renderer.fence(9, on: .context(1))
        try renderer.pushFenceWait(FenceID(9), on: .context(1))
        try renderer.pushFenceWait(FenceID(1234), on: .context(2))
        try submit(renderer, 2)
        #expect(ranSubmissions(renderer) == 1)
      }
    }

    @Test func argumentsAreChecked() throws {
      try withRenderer { renderer in
        for timeline in [
          TimelineKey(context: ContextID(0), ring: RingIndex(0)), .context(7),
          TimelineKey(context: ContextID(1), ring: RingIndex(1)),
          TimelineKey(context: ContextID(1), ring: RingIndex(64)),
        ] {
          #expect(throws: Fault.self) { try renderer.pushFenceWait(FenceID(1), on: timeline) }
        }
      }
    }

    /// Waits add up; all of them are used up by one submission, also one that fails.
    @Test func aSubmissionUsesUpAllWaits() throws {
      try withRenderer { renderer in
        let fences = try (0..<3).map { _ in try TestFence() }
        for fence in fences { try renderer.attachFence(fence.share(), to: ContextID(1)) }
        try submit(renderer, 1)
        for fence in fences.dropLast() {
          fence.signal()
          for _ in 0..<20 { renderer.poll() }
          #expect(ranSubmissions(renderer) == 0)
        }
        fences[2].signal()
        #expect(poll(renderer) { ranSubmissions(renderer) == 1 })
        try submit(renderer, 1)
        #expect(ranSubmissions(renderer) == 2)

        // A context in its error state refuses the submission, and has no waits left.
        #expect(throws: Fault.self) { try submit(renderer, 2, [0xFFFF_FFFF]) }
        try renderer.attachFence(never.share(), to: ContextID(2))
        let before = TestFence.openDescriptors
        #expect(throws: Fault.self) { try submit(renderer, 2) }
        #expect(TestFence.openDescriptors == before - 1)
        try renderer.fence(3, on: .context(2))
        #expect(poll(renderer) { client.reported(.context(2)) == [3] })
      }
    }

    @Test func waitsAreBounded() throws {
      try withRenderer { renderer in
        let fence = try TestFence()
        let before = TestFence.openDescriptors
        let refused = #expect(throws: Fault.self) {
          for _ in 0..<100_000 { try renderer.attachFence(fence.share(), to: ContextID(1)) }
        }
        #expect(refused?.code == .outOfMemory)
        let kept = TestFence.openDescriptors
        #expect(kept - before <= 260)

        // Held fences cost no descriptor, but have their limit.
        try submit(renderer, 1)
        for id in 1...300 as ClosedRange<UInt64> { try renderer.fence(id, on: .context(1)) }
        let tooMany = (1...300).map(UInt64.init)
        let all = #expect(throws: Fault.self) {
          try tooMany.withUnsafeBufferPointer { try renderer.pushFenceWaits($0, for: ContextID(2)) }
        }
        #expect(all?.code == .outOfMemory)
        // Nothing of the refused list was queued.
        try submit(renderer, 2)
        #expect(ranSubmissions(renderer) == 1)
        #expect(TestFence.openDescriptors == kept)
        fence.signal()
        #expect(poll(renderer) { ranSubmissions(renderer) == 2 })
        #expect(TestFence.openDescriptors <= before + 3)
      }
    }

    @Test func heldWorkIsBounded() throws {
      try withRenderer { renderer in
        try renderer.attachFence(never.share(), to: ContextID(1))
        let words = [UInt32](repeating: 0, count: 1 << 20)
        let refused = #expect(throws: Fault.self) {
          for _ in 0..<100 { try submit(renderer, 1, words) }
        }
        #expect(refused?.code == .outOfMemory)
        #expect(renderer.statistics.heldBytes <= 16 << 20)
        // Fences are never refused.
        try renderer.fence(1, on: .context(1))
        try submit(renderer, 2)
        #expect(ranSubmissions(renderer) == 1)
      }
    }

    /// A descriptor that cannot be waited for, and one whose other end goes away.
    @Test func oddDescriptorsDoNotHang() throws {
      try withRenderer { renderer in
        let file = open("/proc/self/maps", O_RDONLY | O_CLOEXEC)
        #expect(throws: Fault.self) { try renderer.attachFence(file, to: ContextID(1)) }
        #expect(fcntl(file, F_GETFD) == -1)
        #expect(throws: Fault.self) { try renderer.attachFence(-1, to: ContextID(1)) }
        #expect(throws: Fault.self) { try renderer.attachFence(99_999, to: ContextID(1)) }
        var ends: [CInt] = [0, 0]
        #expect(pipe(&ends) == 0)
        try renderer.attachFence(ends[0], to: ContextID(1))
        try submit(renderer, 1)
        close(ends[1])
        #expect(poll(renderer) { ranSubmissions(renderer) == 1 })
      }
    }

    /// The library itself accepts genuine sync files only.
    @Test func genuineSyncFilesOnly() throws {
      let renderer = try Renderer(
        flags: Configuration.Flags.surfaceless.rawValue, fences: client, platform: nil, host: client, log: .silent)
      defer { renderer.shutDown() }
      try renderer.makeContext(1)
      let descriptor = never.share()
      let refused = #expect(throws: Fault.self) { try renderer.attachFence(descriptor, to: ContextID(1)) }
      #expect(refused?.code == .invalidArgument)
      #expect(fcntl(descriptor, F_GETFD) == -1)
    }

    // MARK: Waits that never end

    @Test(arguments: deliveries) func destroyingTheContextEndsItsWaits(_ flags: Configuration.Flags) throws {
      try withRenderer(flags) { renderer in
        let before = TestFence.openDescriptors
        try renderer.attachFence(never.share(), to: ContextID(1))
        try submit(renderer, 1)
        try renderer.fence(1, on: .context(1))
        try renderer.fence(2, on: .global)
        try renderer.pushFenceWait(FenceID(1), on: .context(2))
        try submit(renderer, 2)
        try renderer.fence(3, on: .context(2))
        renderer.destroyContext(ContextID(1))
        // What waited for it goes on; its own fence is never heard of.
        #expect(ranSubmissions(renderer) == 1)
        #expect(poll(renderer) { client.reported(.context(2)) == [3] && client.reported(.global) == [2] })
        #expect(client.reported(.context(1)).isEmpty)
        // The waiting thread's own stay: epoll and two eventfds at most.
        #expect(TestFence.openDescriptors <= before + 2)
      }
    }

    @Test(arguments: deliveries) func resetEndsAllWaits(_ flags: Configuration.Flags) throws {
      try withRenderer(flags) { renderer in
        let fence = try TestFence()
        try renderer.attachFence(fence.share(), to: ContextID(1))
        try submit(renderer, 1)
        try renderer.fence(1, on: .context(1))
        try renderer.fence(2, on: .global)
        try renderer.attachFence(fence.share(), to: ContextID(2))
        renderer.reset()
        #expect(renderer.statistics.heldBytes == 0 && renderer.statistics.fencesOutstanding == 0)
        fence.signal()
        try renderer.makeContext(1)
        try submit(renderer, 1)
        #expect(ranSubmissions(renderer) == 1)
        try renderer.fence(3, on: .context(1))
        try renderer.fence(4, on: .global)
        #expect(poll(renderer) { client.reported(.context(1)) == [3] && client.reported(.global) == [4] })
      }
    }

    @Test(arguments: deliveries) func theEndEndsAllWaits(_ flags: Configuration.Flags) throws {
      let before = TestFence.openDescriptors
      do {
        let renderer = try client.makeRenderer(flags)
        try renderer.makeContext(1)
        try renderer.attachFence(never.share(), to: ContextID(1))
        try submit(renderer, 1)
        try renderer.fence(1, on: .context(1))
        try renderer.fence(2, on: .global)
        renderer.shutDown()
      }
      #expect(client.reports.read { $0.isEmpty })
      #expect(TestFence.openDescriptors == before)
    }

    /// Held work that fails puts the context into its error state; its fences are reported all the same.
    @Test(arguments: deliveries) func heldFailuresKeepTheirFences(_ flags: Configuration.Flags) throws {
      try withRenderer(flags) { renderer in
        let fence = try TestFence()
        try renderer.attachFence(fence.share(), to: ContextID(1))
        try submit(renderer, 1, [0xFFFF_FFFF])
        try renderer.fence(1, on: .context(1))
        try submit(renderer, 1)
        try renderer.fence(2, on: .context(1))
        fence.signal()
        #expect(poll(renderer) { client.reported(.context(1)) == [1, 2] })
        #expect(throws: Fault.self) { try submit(renderer, 1) }
      }
    }
  }
}
