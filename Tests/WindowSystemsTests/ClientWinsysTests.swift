import GLDriver
import Synchronization
import Testing
import WindowSystems

/// A client platform that only takes notes; its "contexts" are numbers.
private final class NotingPlatform: ClientGLPlatform {
  struct Notes {
    var asked: [(GLContextVersion, shared: Bool)] = []
    var current: UInt?
    var alive: Set<UInt> = []
  }

  let notes = Mutex(Notes())
  let bestVersion: (CInt, CInt)
  let refusesCurrent: Bool

  init(bestVersion: (CInt, CInt), refusesCurrent: Bool = false) {
    self.bestVersion = bestVersion
    self.refusesCurrent = refusesCurrent
  }

  func createContext(_ version: GLContextVersion, shared: Bool) -> UnsafeMutableRawPointer? {
    notes.withLock { notes in
      notes.asked.append((version, shared))
      guard (version.major, version.minor) <= bestVersion else { return nil }
      let made = UInt(notes.asked.count)
      notes.alive.insert(made)
      return UnsafeMutableRawPointer(bitPattern: made)
    }
  }

  func destroyContext(_ context: UnsafeMutableRawPointer) {
    notes.withLock { _ = $0.alive.remove(UInt(bitPattern: context)) }
  }

  func makeCurrent(_ context: UnsafeMutableRawPointer?) -> Bool {
    notes.withLock { $0.current = context.map { UInt(bitPattern: $0) } }
    return !refusesCurrent
  }

  var eglDisplay: UnsafeMutableRawPointer? { nil }
}

@Suite struct ClientWinsysTests {
  @Test func asksForVersionsBestFirst() throws {
    let platform = NotingPlatform(bestVersion: (4, 4))
    let winsys = ClientWinsys(platform: platform, flavour: .core)
    let (context, version) = try winsys.createFirstContext()
    #expect(version == GLContextVersion(.core, 4, 4))
    #expect(platform.notes.withLock { $0.asked.map(\.0.minor) } == [6, 5, 4])
    #expect(platform.notes.withLock { $0.asked.allSatisfy { !$0.shared } })
    #expect(winsys.egl == nil)

    let second = try #require(winsys.createContext(version, sharing: context))
    #expect(platform.notes.withLock { $0.asked.last?.shared } == true)
    #expect(winsys.makeCurrent(second))
    #expect(platform.notes.withLock { $0.current } == UInt(bitPattern: second.pointer))
    winsys.destroyContext(second)
    winsys.destroyContext(context)
    #expect(platform.notes.withLock { $0.alive.isEmpty })
  }

  @Test func aClientWithoutUsableVersionsIsAFailure() {
    let platform = NotingPlatform(bestVersion: (2, 1))
    for (flavour, count) in [(GLFlavour.es, 3), (.compat, 11)] {
      let before = platform.notes.withLock { $0.asked.count }
      let failure = #expect(throws: WinsysFailure.self) {
        try ClientWinsys(platform: platform, flavour: flavour).createFirstContext()
      }
      #expect(failure?.code == .noContext)
      #expect(platform.notes.withLock { $0.asked.count } == before + count)
    }
  }

  @Test func passesOnThatTheClientRefused() throws {
    let winsys = ClientWinsys(platform: NotingPlatform(bestVersion: (9, 9), refusesCurrent: true), flavour: .core)
    #expect(!winsys.makeCurrent(try winsys.createFirstContext().context))
  }
}
