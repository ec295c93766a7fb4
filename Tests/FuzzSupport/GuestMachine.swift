import Glibc
import GuestStreams
import Platform
import RendererCore
import Synchronization
import VirtioGPU
import Vrend

/// A renderer on surfaceless EGL and the least of a VMM around it: contexts, resources with guest memory, fences.
package final class GuestMachine {
  private let client = Client()
  private let renderer: Renderer
  private let memory: [GuestPages]

  /// - Parameters:
  ///   - flags: init flags beside USE_EGL and USE_SURFACELESS.
  ///   - limits: what the guest may make the host spend.
  package init(flags: UInt32, limits: GuestLimits, log: Log = .silent) throws {
    memory = Scene.resources.map { GuestPages(byteCount: $0.byteCount) }
    renderer = try Renderer(
      flags: flags | 1 | 1 << 3, fences: client, platform: nil, host: client,
      options: RendererOptions(limits: limits), log: log)
  }

  package func shutDown() { renderer.shutDown() }

  /// A whole life of a guest: resources, a context, a few submissions, a fence, and the end of all of it.
  ///
  /// - Returns: how many of the submissions ran to their end; nil when the fence never came.
  package func run(_ submissions: [[UInt32]], round: UInt64) throws -> Int? {
    let context = ContextID(2)
    try renderer.createContext(context, capset: 2, name: DebugName("fuzz"))
    defer { renderer.destroyContext(context) }
    for (resource, pages) in zip(Scene.resources, memory) {
      let arguments = ResourceCreateArguments(
        handle: resource.id, target: resource.target, format: resource.format, bind: resource.bind,
        width: resource.width, height: resource.height, arraySize: resource.arraySize, lastLevel: resource.lastLevel,
        sampleCount: resource.samples)
      try renderer.createResource(arguments, image: nil, memory: pages.memory())
      try renderer.attach(ResourceID(resource.id), to: context)
    }
    defer { for resource in Scene.resources { renderer.destroyResource(ResourceID(resource.id)) } }

    var accepted = 0
    for stream in submissions {
      do throws(Fault) {
        try renderer.submit(stream.span, to: context)
        accepted += 1
      } catch {}
    }
    let whole = Transfer(
      level: 0, stride: 0, layerStride: 0, box: Box(x: 0, y: 0, z: 0, width: 16, height: 16, depth: 1), offset: 0)
    try? renderer.transfer(whole, .fromHost, ResourceID(1), context: .host, memory: nil)
    try renderer.createGlobalFence(FenceID(round))
    for _ in 0..<200_000 {
      renderer.poll()
      if client.lastFence == round { return accepted }
      usleep(50)
    }
    return nil
  }
}

/// Hears of fences, and has no descriptors to give.
private final class Client: FenceSink, RendererHost {
  private let last = Mutex<UInt64>(0)
  var lastFence: UInt64 { last.withLock { $0 } }
  func retire(_ fence: Fence) { last.withLock { $0 = fence.id.rawValue } }
  func openDevice() -> CInt { -1 }
  func openServer(version: UInt32) -> CInt { -1 }
}

/// Guest memory of one resource, in two pieces.
private final class GuestPages: @unchecked Sendable {
  private let bytes: UnsafeMutableRawBufferPointer
  private let vectors: UnsafeMutableBufferPointer<iovec>

  init(byteCount: Int) {
    bytes = .allocate(byteCount: byteCount, alignment: 64)
    bytes.initializeMemory(as: UInt8.self, repeating: 0)
    vectors = .allocate(capacity: 2)
    let half = byteCount / 2
    vectors.initializeElement(at: 0, to: iovec(iov_base: bytes.baseAddress, iov_len: half))
    vectors.initializeElement(
      at: 1, to: iovec(iov_base: bytes.baseAddress.map { $0 + half }, iov_len: byteCount - half))
  }

  deinit {
    vectors.deallocate()
    bytes.deallocate()
  }

  func memory() throws(Fault) -> GuestMemory { try GuestMemory(vectors: vectors.baseAddress, count: 2) }
}
