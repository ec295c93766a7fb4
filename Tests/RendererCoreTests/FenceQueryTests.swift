import CEpoxy
import Glibc
import Platform
import Testing
import VirtioGPU
import Vrend
import WindowSystems

/// Queries whose results arrive when told to.
private final class ScriptedQueries: PendingQueries {
  let tally = QueryTally()
  var hasWaiting: Bool {
    get { tally.count > 0 }
    set { tally.count = newValue ? 1 : 0 }
  }
  /// Whether results come without waiting.
  var isAvailable = false
  private(set) var waits = 0

  func writeWaitingResults(mustWait: Bool) {
    guard hasWaiting else { return }
    if mustWait { waits += 1 }
    if mustWait || isAvailable { hasWaiting = false }
  }
}

/// Results of queries are in guest memory before the fence after them is reported, whoever reports it.
extension RendererSuites {
  @Suite(.serialized) struct FenceQueryTests {
    private let client = Client()
    private let queries = ScriptedQueries()

    private func withFences(
      _ delivery: FenceDelivery, patience: UInt64 = 5000, _ body: (FenceRetirer) throws -> Void
    ) throws {
      let winsys = try EGLWinsys(.surfaceless, flavour: .core, log: .silent)
      let (root, version) = try winsys.createFirstContext()
      #expect(winsys.makeCurrent(root))
      let fences = FenceRetirer(
        delivery: delivery, winsys: winsys, version: version, root: root, sink: client, source: nil,
        table: FenceTable(),
        waitingQueries: queries.tally, patience: patience, log: .silent)
      fences.queries = queries
      #expect(fences.delivery == delivery)
      defer {
        fences.shutDown()
        _ = winsys.makeCurrent(nil)
        winsys.destroyContext(root)
      }
      try body(fences)
    }

    private func fence(_ id: UInt64) -> Fence { Fence(timeline: .global, id: FenceID(id), isMergeable: false) }

    private func awaitEvent(_ descriptor: CInt) -> Bool {
      var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      return Glibc.poll(&entry, 1, 10_000) == 1
    }

    @Test func polled() throws {
      try withFences(.polled) { fences in
        fences.create(fence(1), on: fences.globalTimeline)
        queries.hasWaiting = true
        fences.create(fence(2), on: fences.globalTimeline)
        epoxy_glFinish()
        fences.poll()
        #expect(client.reported(.global) == [1, 2])
        #expect(queries.waits == 1 && !queries.hasWaiting)

        queries.hasWaiting = true
        queries.isAvailable = true
        fences.create(fence(3), on: fences.globalTimeline)
        epoxy_glFinish()
        fences.poll()
        #expect(client.reported(.global) == [1, 2, 3])
        #expect(queries.waits == 1)
      }
    }

    @Test(arguments: [FenceDelivery.threadThenPolled, .threadReports])
    func theThreadAsksForThem(_ delivery: FenceDelivery) throws {
      try withFences(delivery) { fences in
        queries.hasWaiting = true
        fences.create(fence(1), on: fences.globalTimeline)
        #expect(awaitEvent(fences.pollDescriptor))
        #expect(client.reported(.global).isEmpty)
        #expect(queries.hasWaiting)
        fences.poll()
        #expect(!queries.hasWaiting && queries.waits == 1)
        if delivery == .threadThenPolled {
          #expect(awaitEvent(fences.pollDescriptor))
          fences.poll()
        }
        #expect(client.awaitReport(.global, 1))
      }
    }

    /// A client that never polls but goes on submitting is served then.
    @Test func theNextFenceServesThem() throws {
      try withFences(.threadReports) { fences in
        queries.hasWaiting = true
        fences.create(fence(1), on: fences.globalTimeline)
        #expect(awaitEvent(fences.pollDescriptor))
        fences.create(fence(2), on: fences.globalTimeline)
        #expect(queries.waits == 1)
        #expect(client.awaitReport(.global, 1))
        #expect(client.awaitReport(.global, 2))
      }
    }

    /// A client that makes no call is told anyway; the results come with its next one.
    @Test func lateClientsAreToldAnyway() throws {
      try withFences(.threadReports, patience: 0) { fences in
        queries.hasWaiting = true
        fences.create(fence(1), on: fences.globalTimeline)
        #expect(client.awaitReport(.global, 1))
        #expect(queries.hasWaiting && queries.waits == 0)
        fences.poll()
        #expect(!queries.hasWaiting)
      }
    }

    /// Ending while the thread waits for the renderer thread.
    @Test(arguments: [FenceDelivery.threadThenPolled, .threadReports])
    func endsWhileTheThreadWaits(_ delivery: FenceDelivery) throws {
      try withFences(delivery) { fences in
        queries.hasWaiting = true
        fences.create(fence(1), on: fences.globalTimeline)
        #expect(awaitEvent(fences.pollDescriptor))
        fences.dropAll()
      }
      #expect(client.reported(.global).isEmpty)
    }
  }
}
