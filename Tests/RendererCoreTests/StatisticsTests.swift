import Platform
import RendererCore
import Synchronization
import Testing
import VirtioGPU

extension RendererSuites {
  @Suite(.serialized) struct StatisticsTests {
    @Test(arguments: [Configuration.Flags.surfaceless, [.surfaceless, .threadSync]])
    func figuresFollowTheWork(_ flags: Configuration.Flags) throws {
      let client = Client()
      let renderer = try client.makeRenderer(flags, measures: true)
      defer { renderer.shutDown() }
      try renderer.makeContext(1)
      try renderer.createResource(
        ResourceCreateArguments(handle: 1, target: 0, format: 64, bind: 1 << 4, width: 4096), image: nil, memory: nil)
      let words: [UInt32] = [0, 0, 0]
      try renderer.submit(words.span, to: ContextID(1))
      try renderer.submit(words.span, to: ContextID(1))
      try renderer.fence(1, on: .context(1))
      var figures = renderer.statistics
      #expect(figures.contexts == 1 && figures.resources == 1)
      #expect(figures.resourceBytes >= 4096)
      #expect(figures.submissions == 2 && figures.commands == 6 && figures.draws == 0)
      #expect(figures.fencesOutstanding <= 1)
      #expect(renderer.pollUntil(client, .context(1), 1))
      figures = renderer.statistics
      #expect(figures.fencesOutstanding == 0)
      #expect(figures.fenceLatency.total == 1 && figures.fenceLatency.longest > 0)
      #expect(figures.text.contains("commands 6\n"))
      #expect(figures.text.contains("fences_reported 1\n"))
    }

    @Test func latenciesAreNotMeasuredUnasked() throws {
      let client = Client()
      let renderer = try client.makeRenderer(.surfaceless)
      defer { renderer.shutDown() }
      try renderer.fence(1, on: .global)
      #expect(renderer.pollUntil(client, .global, 1))
      #expect(renderer.statistics.fenceLatency.total == 0)
    }

    /// The life of a fence is in the log, at level debug.
    @Test func livesAreLogged() throws {
      let lines = Mutex<[String]>([])
      let client = Client()
      let log = Log(threshold: .debug) { level, line in
        if level == .debug { lines.withLock { $0.append(line) } }
      }
      let renderer = try client.makeRenderer(.surfaceless, measures: true, log: log)
      defer { renderer.shutDown() }
      try renderer.fence(77, on: .global)
      #expect(renderer.pollUntil(client, .global, 77))
      #expect(lines.withLock { $0.contains { $0.hasPrefix("fence 77 of context 0, ring 0: done after ") } })
    }
  }
}
