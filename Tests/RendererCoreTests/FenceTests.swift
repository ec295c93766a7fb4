import CEpoxy
import Glibc
import Platform
import RendererCore
import Synchronization
import Testing
import VirtioGPU

/// Fences from creation to the client's ear, in the three ways a client can choose.
extension RendererSuites {
  @Suite(.serialized) struct FenceTests {
    private func isReadable(_ descriptor: CInt) -> Bool {
      var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      return Glibc.poll(&entry, 1, 0) == 1
    }

    @Test func polledFencesAreReportedByPollOnly() throws {
      let client = Client()
      let renderer = try client.makeRenderer(.surfaceless)
      defer { renderer.shutDown() }
      #expect(renderer.pollDescriptor == -1)
      try renderer.makeContext(1)
      try renderer.fence(7, on: .global)
      try renderer.fence(1 << 40, on: .context(1))
      #expect(client.reports.read { $0.isEmpty })
      #expect(renderer.pollUntil(client, .global, 7))
      #expect(renderer.pollUntil(client, .context(1), 1 << 40))
      #expect(client.reports.read { $0.allSatisfy(\.onRendererThread) })
      renderer.poll()
      #expect(client.reports.read { $0.count } == 2)
    }

    @Test func theThreadWakesTheClientAndPollReports() throws {
      let client = Client()
      let renderer = try client.makeRenderer([.surfaceless, .threadSync])
      defer { renderer.shutDown() }
      let descriptor = renderer.pollDescriptor
      #expect(descriptor >= 0)
      #expect(!isReadable(descriptor))
      try renderer.fence(1, on: .global)
      var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      #expect(Glibc.poll(&entry, 1, 10_000) == 1)
      #expect(client.reports.read { $0.isEmpty })
      renderer.poll()
      #expect(client.reported(.global) == [1])
      #expect(client.reports.read { $0.allSatisfy(\.onRendererThread) })
      #expect(!isReadable(descriptor))
    }

    @Test func theThreadReportsByItself() throws {
      let client = Client()
      let renderer = try client.makeRenderer([.surfaceless, .threadSync, .asyncFenceCallbacks])
      defer { renderer.shutDown() }
      try renderer.makeContext(3)
      try renderer.fence(5, on: .context(3))
      try renderer.fence(6, on: .global)
      #expect(client.awaitReport(.context(3), 5))
      #expect(client.awaitReport(.global, 6))
      #expect(client.reports.read { !$0.contains { $0.onRendererThread } })
    }

    @Test(arguments: deliveries) func everyFenceArrivesOnceAndInOrder(_ flags: Configuration.Flags) throws {
      let client = Client()
      let renderer = try client.makeRenderer(flags)
      defer { renderer.shutDown() }
      for id in 1...3 as ClosedRange<UInt32> { try renderer.makeContext(id) }
      let timelines: [TimelineKey] = [.global, .context(1), .context(2), .context(3)]
      for id in 1...200 as ClosedRange<UInt64> {
        for (index, timeline) in timelines.enumerated() {
          try renderer.fence(id, on: timeline, mergeable: index == 2)
        }
        if id % 17 == 0 { renderer.poll() }
      }
      for timeline in timelines {
        let arrived =
          flags.contains(.asyncFenceCallbacks)
          ? client.awaitReport(timeline, 200) : renderer.pollUntil(client, timeline, 200)
        #expect(arrived)
      }
      for (index, timeline) in timelines.enumerated() {
        let ids = client.reported(timeline)
        #expect(ids == ids.sorted() && Set(ids).count == ids.count)
        #expect(ids.last == 200)
        if index != 2 { #expect(ids.count == 200) }
      }
    }

    /// A client that answers a callback by polling and by making more fences.
    @Test func callbacksMayCallBack() throws {
      let client = Client()
      let renderer = try client.makeRenderer(.surfaceless)
      defer { renderer.shutDown() }
      nonisolated(unsafe) let inner = renderer
      client.duringCallback.withLock {
        $0 = { fence in
          if fence.id.rawValue < 10 { try? inner.fence(fence.id.rawValue + 1, on: .global) }
          inner.poll()
        }
      }
      try renderer.fence(1, on: .global)
      #expect(renderer.pollUntil(client, .global, 10))
      #expect(Set(client.reported(.global)) == Set(1...10))
    }

    /// A callback that ends the context whose further fences are done as well.
    @Test(arguments: [Configuration.Flags.surfaceless, [.surfaceless, .threadSync]])
    func callbacksMayDestroyTheirContext(_ flags: Configuration.Flags) throws {
      let client = Client()
      let renderer = try client.makeRenderer(flags)
      defer { renderer.shutDown() }
      try renderer.makeContext(1)
      nonisolated(unsafe) let inner = renderer
      client.duringCallback.withLock { $0 = { _ in inner.destroyContext(ContextID(1)) } }
      for id in 1...5 as ClosedRange<UInt64> { try renderer.fence(id, on: .context(1)) }
      #expect(renderer.pollUntil(client, .context(1), 1))
      for _ in 0..<100 { renderer.poll() }
      #expect(client.reported(.context(1)) == [1])
    }

    @Test(arguments: deliveries) func destroyedContextsAreNotHeardOfAgain(_ flags: Configuration.Flags) throws {
      let client = Client()
      let renderer = try client.makeRenderer(flags)
      defer { renderer.shutDown() }
      for round in 1...20 as ClosedRange<UInt64> {
        try renderer.makeContext(9)
        for id in 0..<5 as Range<UInt64> { try renderer.fence(round * 10 + id, on: .context(9)) }
        renderer.destroyContext(ContextID(9))
        let heard = client.reported(.context(9)).count
        try renderer.fence(round, on: .global)
        let arrived =
          flags.contains(.asyncFenceCallbacks)
          ? client.awaitReport(.global, round) : renderer.pollUntil(client, .global, round)
        #expect(arrived)
        #expect(client.reported(.context(9)).count == heard)
      }
    }

    @Test(arguments: deliveries) func resetAndShutDownSilenceEverything(_ flags: Configuration.Flags) throws {
      let client = Client()
      let renderer = try client.makeRenderer(flags)
      try renderer.makeContext(1)
      for id in 1...50 as ClosedRange<UInt64> {
        try renderer.fence(id, on: .global)
        try renderer.fence(id, on: .context(1))
      }
      renderer.reset()
      let afterReset = client.reports.read { $0.count }
      renderer.poll()
      #expect(client.reports.read { $0.count } == afterReset)
      try renderer.makeContext(1)
      try renderer.fence(51, on: .context(1))
      let arrived =
        flags.contains(.asyncFenceCallbacks)
        ? client.awaitReport(.context(1), 51) : renderer.pollUntil(client, .context(1), 51)
      #expect(arrived)
      for id in 52...99 as ClosedRange<UInt64> { try renderer.fence(id, on: .context(1)) }
      renderer.shutDown()
      let afterEnd = client.reports.read { $0.count }
      #expect(client.reports.read { $0.count } == afterEnd)
    }

    /// Contexts that end with their fences pending leave no sync object in GL, however the client hears of fences.
    @Test(arguments: deliveries) func droppedFencesLeaveNoSyncObject(_ flags: Configuration.Flags) throws {
      let client = Client()
      let renderer = try client.makeRenderer(flags)
      defer { renderer.shutDown() }
      let objects = LiveSyncObjects()
      for round in 0..<20 as Range<UInt64> {
        try renderer.makeContext(9)
        for id in 0..<5 as Range<UInt64> { try renderer.fence(round * 10 + id, on: .context(9)) }
        renderer.destroyContext(ContextID(9))
      }
      try renderer.fence(1, on: .global)
      let arrived =
        flags.contains(.asyncFenceCallbacks)
        ? client.awaitReport(.global, 1) : renderer.pollUntil(client, .global, 1)
      #expect(arrived)
      renderer.poll()
      #expect(objects.count == 0)
    }

    /// The client holds a lock across a call and takes it in its callback: nothing may wait for the callback.
    @Test func callbacksMayWaitForTheCaller() throws {
      let client = Client()
      let renderer = try client.makeRenderer([.surfaceless, .threadSync, .asyncFenceCallbacks])
      defer { renderer.shutDown() }
      let clientLock = Monitor(())
      client.duringCallback.withLock { $0 = { _ in clientLock.read { _ in } } }
      try renderer.makeContext(1)
      for id in 1...100 as ClosedRange<UInt64> {
        clientLock.read { _ in
          try? renderer.fence(id, on: .global)
          try? renderer.fence(id, on: .context(1))
          renderer.poll()
        }
      }
      #expect(client.awaitReport(.global, 100))
      #expect(client.awaitReport(.context(1), 100))
    }

    @Test func otherRingsAndUnknownContextsAreRefused() throws {
      let client = Client()
      let renderer = try client.makeRenderer(.surfaceless)
      defer { renderer.shutDown() }
      try renderer.makeContext(1)
      let ring = TimelineKey(context: ContextID(1), ring: RingIndex(1))
      #expect(throws: Fault.self) { try renderer.fence(1, on: ring) }
      #expect(throws: Fault.self) { try renderer.fence(1, on: .context(2)) }
      #expect(throws: Fault.self) { try renderer.pollContext(ContextID(2)) }
      #expect(try renderer.contextPollDescriptor(ContextID(1)) == -1)
    }

    @Test func exportsWhatTheHostMakesDescriptorsFor() throws {
      let client = Client()
      let renderer = try client.makeRenderer(.surfaceless)
      defer { renderer.shutDown() }
      try renderer.makeContext(1)
      #expect(throws: Fault.self) { try renderer.exportFence(FenceID(77)) }
      #expect(throws: Fault.self) { try renderer.exportSignalledFence() }
      let unknown = dup(0)
      #expect(throws: Fault.self) { try renderer.attachFence(unknown, to: ContextID(5)) }
      #expect(fcntl(unknown, F_GETFD) != -1)
      close(unknown)
      #expect(throws: Fault.self) { try renderer.deviceDescriptor(of: ContextID(1)) }
      try renderer.pushFenceWait(FenceID(1), on: .context(1))
      #expect(throws: Fault.self) { try renderer.pushFenceWait(FenceID(1), on: .context(5)) }
    }
  }
}
