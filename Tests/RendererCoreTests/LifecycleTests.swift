import CEpoxy
import GLDriver
import Platform
import RendererCore
import Synchronization
import Testing
import VirtioGPU

/// Everything that makes renderers: they bind GL contexts to the test's thread, so one test at a time.
@Suite(.serialized) struct RendererSuites {}

extension RendererSuites {
  @Suite(.serialized) struct LifecycleTests {
    @Test(arguments: [
      Configuration.Flags.surfaceless, [.surfaceless, .useGLES], [.surfaceless, .compatProfile],
      [.surfaceless, .threadSync], [.surfaceless, .threadSync, .asyncFenceCallbacks], .noVirgl,
    ])
    func startsAndEndsRepeatedly(_ flags: Configuration.Flags) throws {
      let client = Client()
      for _ in 0..<2 {
        let renderer = try client.makeRenderer(flags)
        if !flags.contains(.noVirgl) { try renderer.makeContext(1) }
        renderer.poll()
        renderer.shutDown()
        #expect(epoxy_eglGetCurrentContext() == nil)
      }
    }

    @Test func refusesWhatItCannotServe() throws {
      let client = Client()
      let glx = #expect(throws: Fault.self) { try client.makeRenderer(.useGLX) }
      #expect(glx?.code == .unsupported)
      let nothing = #expect(throws: Fault.self) { try client.makeRenderer([]) }
      #expect(nothing?.code == .noDevice)
      // A failure leaves nothing behind that a later attempt could trip over.
      try client.makeRenderer(.surfaceless).shutDown()
    }

    @Test func withoutVirglOnlyGuestMemoryWorks() throws {
      let renderer = try Client().makeRenderer(.noVirgl)
      defer { renderer.shutDown() }
      #expect(throws: Fault.self) { try renderer.makeContext(1) }
      #expect(throws: Fault.self) { try renderer.fence(1, on: .global) }
      #expect(renderer.pollDescriptor == -1)
      var buffer = [UInt8](repeating: 0xAA, count: 1408)
      buffer.withUnsafeMutableBytes { renderer.fillCapset(2, version: 2, into: $0) }
      #expect(buffer.allSatisfy { $0 == 0xAA })
      renderer.makeBaseContextCurrent()
    }

    @Test func severalRenderersLiveSideBySide() throws {
      let clients = (0..<3).map { _ in Client() }
      let renderers = try clients.enumerated().map { index, client in
        try client.makeRenderer(index == 1 ? [.surfaceless, .useGLES, .threadSync] : .surfaceless)
      }
      for renderer in renderers {
        renderer.makeBaseContextCurrent()
        try renderer.makeContext(1)
      }
      for (index, renderer) in renderers.enumerated() {
        renderer.makeBaseContextCurrent()
        try renderer.fence(UInt64(index + 1), on: .context(1))
        #expect(renderer.pollUntil(clients[index], .context(1), UInt64(index + 1)))
      }
      renderers[1].makeBaseContextCurrent()
      renderers[1].shutDown()
      renderers[0].makeBaseContextCurrent()
      try renderers[0].fence(9, on: .global)
      #expect(renderers[0].pollUntil(clients[0], .global, 9))
      for index in [0, 2] {
        renderers[index].makeBaseContextCurrent()
        renderers[index].shutDown()
      }
      #expect(clients[2].reports.read { $0.count } == 1)
    }

    @Test(arguments: [Configuration.Flags([]), .threadSync, [.threadSync, .asyncFenceCallbacks], .useGLES])
    func lentContextsAreGivenBack(_ flags: Configuration.Flags) throws {
      let client = Client()
      let platform = try LendingPlatform(flags.contains(.useGLES) ? .es : .core, lendsDisplay: true)
      let renderer = try client.makeRenderer(flags, platform: platform)
      try renderer.makeContext(1)
      try renderer.makeContext(2)
      try renderer.fence(1, on: .context(2))
      renderer.destroyContext(ContextID(2))
      renderer.reset()
      renderer.shutDown()
      #expect(platform.alive.withLock { $0.isEmpty })
    }

    /// A client with a window cannot lend the fence thread a context; on its display there are others.
    @Test(arguments: [GLFlavour.core, .es]) func theFenceThreadNeedsNoWindow(_ flavour: GLFlavour) throws {
      let client = Client()
      let platform = try LendingPlatform(flavour, lendsDisplay: true, hasWindow: true)
      let renderer = try client.makeRenderer([.threadSync, .asyncFenceCallbacks], platform: platform)
      defer { renderer.shutDown() }
      try renderer.makeContext(1)
      try renderer.fence(1, on: .context(1))
      #expect(client.awaitReport(.context(1), 1))
      #expect(client.reports.read { $0.allSatisfy { !$0.onRendererThread } })
    }

    /// What is attached to a framebuffer that lives on is memory that no guest is charged for, and none can free.
    @Test func contextsLeaveNoFramebuffers() throws {
      let renderer = try Client().makeRenderer(.surfaceless)
      defer { renderer.shutDown() }
      // Mesa shares them between contexts, so that another one sees what is left.
      func framebuffers() -> Int { (1...256 as ClosedRange<GLuint>).count { epoxy_glIsFramebuffer($0) == GL.TRUE } }
      let before = framebuffers()
      for id in 1...3 as ClosedRange<UInt32> { try renderer.makeContext(id) }
      #expect(framebuffers() > before)
      renderer.destroyContext(ContextID(2))
      renderer.reset()
      #expect(framebuffers() == before)
    }

    /// Every place where a client can run out of contexts: the first, the fence thread's, a guest's.
    @Test(arguments: 0...4) func aClientMayRunOutOfContexts(_ limit: Int) throws {
      let client = Client()
      let platform = try LendingPlatform()
      // The ladder's first version may not exist here; what counts is how many are made.
      platform.limit.withLock { $0 = limit + 1 }
      guard let renderer = try? client.makeRenderer([.threadSync, .asyncFenceCallbacks], platform: platform) else {
        #expect(platform.alive.withLock { $0.isEmpty })
        return
      }
      var made: [UInt32] = []
      for id in 1...3 as ClosedRange<UInt32> {
        do {
          try renderer.makeContext(id)
          made.append(id)
        } catch {
          #expect((error as? Fault)?.code == .outOfMemory)
        }
      }
      #expect(made.count < 3)
      try renderer.fence(1, on: .global)
      #expect(renderer.pollUntil(client, .global, 1))
      renderer.shutDown()
      #expect(platform.alive.withLock { $0.isEmpty })
    }

    /// QEMU draws its own user interface between calls.
    @Test func theClientMayChangeWhatIsCurrent() throws {
      let client = Client()
      let renderer = try client.makeRenderer(.surfaceless)
      defer { renderer.shutDown() }
      try renderer.makeContext(1)
      let ours = epoxy_eglGetCurrentContext()
      #expect(epoxy_eglMakeCurrent(epoxy_eglGetCurrentDisplay(), nil, nil, nil) != 0)
      renderer.makeBaseContextCurrent()
      #expect(epoxy_eglGetCurrentContext() != nil)
      try renderer.submit([0, 0], to: 1)
      try renderer.fence(1, on: .context(1))
      #expect(renderer.pollUntil(client, .context(1), 1))
      #expect(ours != nil)
    }

    @Test func contextIDs() throws {
      let renderer = try Client().makeRenderer(.surfaceless)
      defer { renderer.shutDown() }
      func make(_ id: UInt32, _ capset: UInt32) throws {
        try renderer.createContext(ContextID(id), capset: capset, name: DebugName("ids"))
      }
      #expect(throws: Fault.self) { try make(0, 2) }
      try make(1, 2)
      try make(1, 2)
      #expect(throws: Fault.self) { try make(1, 1) }
      for capset in [3, 4, 5, 6, 255] as [UInt32] { #expect(throws: Fault.self) { try make(2, capset) } }
      try make(.max, 1)
      renderer.destroyContext(ContextID(0))
      renderer.destroyContext(ContextID(77))
      renderer.destroyContext(ContextID(1))
      #expect(!renderer.hasContext(ContextID(1)))
      #expect(throws: Fault.self) { try renderer.submit([0], to: 1) }
      try make(1, 1)
    }

    @Test func brokenStreamsHarmTheirContextOnly() throws {
      let renderer = try Client().makeRenderer(.surfaceless)
      defer { renderer.shutDown() }
      try renderer.makeContext(1)
      try renderer.makeContext(2)
      #expect(throws: Fault.self) { try renderer.submit([0x0000_00FF], to: 1) }
      let fault = #expect(throws: Fault.self) { try renderer.submit([0], to: 1) }
      #expect(fault?.code == .contextLost)
      try renderer.submit([0], to: 2)
      try renderer.submit([], to: 2)
      renderer.destroyContext(ContextID(1))
      try renderer.makeContext(1)
      try renderer.submit([0], to: 1)
    }

    @Test func capabilitySetsHaveTheirSizes() throws {
      let renderer = try Client().makeRenderer(.surfaceless)
      defer { renderer.shutDown() }
      for (set, size, version) in [(1, 308, 1), (2, 1408, 2)] as [(UInt32, Int, UInt32)] {
        let info = Renderer.capsetInfo(set)
        #expect(info.byteCount == UInt32(size) && info.maxVersion == version)
        var buffer = [UInt8](repeating: 0xAA, count: size)
        buffer.withUnsafeMutableBytes { renderer.fillCapset(set, version: version, into: $0) }
        #expect(buffer[..<4].elementsEqual([UInt8(version), 0, 0, 0]))
      }
      for set in [0, 3, 4, 6, .max] as [UInt32] { #expect(Renderer.capsetInfo(set).byteCount == 0) }
    }
  }
}

extension Renderer {
  func submit(_ words: [UInt32], to id: UInt32) throws { try submit(words.span, to: ContextID(id)) }
}
