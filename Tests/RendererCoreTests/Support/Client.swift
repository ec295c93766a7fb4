import Platform
import RendererCore
import Synchronization
import VirtioGPU
import WindowSystems

/// A client of the renderer: hears of fences, opens no devices, and may lend GL contexts of its own.
final class Client: FenceSink, RendererHost {
  struct Report: Equatable {
    var fence: Fence
    var onRendererThread: Bool
  }

  let reports = Monitor<[Report]>([])
  private let rendererThread = ThreadMark()
  /// Runs inside each fence callback.
  let duringCallback = Mutex<(@Sendable (Fence) -> Void)?>(nil)

  func retire(_ fence: Fence) {
    let body = duringCallback.withLock { $0 }
    body?(fence)
    let report = Report(fence: fence, onRendererThread: rendererThread.isHere)
    reports.change { $0.append(report) }
  }

  func openDevice() -> CInt { -1 }
  func openServer(version: UInt32) -> CInt { -1 }

  /// Ids reported so far for one timeline.
  func reported(_ timeline: TimelineKey) -> [UInt64] {
    reports.read { $0.filter { $0.fence.timeline == timeline }.map(\.fence.id.rawValue) }
  }

  /// Waits until a fence has been reported without polling; false after ten seconds.
  func awaitReport(_ timeline: TimelineKey, _ id: UInt64) -> Bool {
    let deadline = Monotonic.now.advanced(milliseconds: 10_000)
    let isThere = reports.wait(until: deadline) { reports in
      reports.contains { $0.fence.timeline == timeline && $0.fence.id.rawValue == id } ? true : nil
    }
    return isThere ?? false
  }

  /// - Parameters:
  ///   - measures: keep latencies and count commands.
  ///   - patience: milliseconds until fences are reported that wait for a call of the client.
  ///   - fenceSource: makes the host's fences; nil: the display does, which has GL's here.
  func makeRenderer(
    _ flags: Configuration.Flags, platform: (any ClientGLPlatform)? = nil, measures: Bool = false,
    patience: UInt64 = 5000, fenceSource: TestFenceSource? = nil, log: Log = .silent
  ) throws -> Renderer {
    // This machine's kernel has no sync files; whatever can be polled stands for them.
    let options = RendererOptions(
      measures: measures, patience: patience, fenceSource: fenceSource, acceptsFence: { _ in true })
    return try Renderer(
      flags: flags.rawValue, fences: self, platform: platform, host: self, options: options, log: log)
  }
}

/// The three ways in which a client hears of fences.
let deliveries: [Configuration.Flags] = [
  .surfaceless, [.surfaceless, .threadSync], [.surfaceless, .threadSync, .asyncFenceCallbacks],
]

extension Configuration.Flags {
  static let surfaceless: Self = [.useEGL, .useSurfaceless]
}

extension TimelineKey {
  static func context(_ id: UInt32) -> TimelineKey { TimelineKey(context: ContextID(id), ring: RingIndex(0)) }
}

extension Renderer {
  func makeContext(_ id: UInt32) throws {
    try createContext(ContextID(id), capset: CapsetID.virgl2.rawValue, name: DebugName("test"))
  }

  func fence(_ id: UInt64, on timeline: TimelineKey, mergeable: Bool = false) throws {
    if timeline == .global {
      try createGlobalFence(FenceID(id))
    } else {
      try createFence(Fence(timeline: timeline, id: FenceID(id), isMergeable: mergeable))
    }
  }

  /// Polls until the fence was reported; false when that takes unreasonably often.
  func pollUntil(_ client: Client, _ timeline: TimelineKey, _ id: UInt64) -> Bool {
    for _ in 0..<100_000 {
      poll()
      if client.reported(timeline).contains(id) { return true }
    }
    return false
  }
}
