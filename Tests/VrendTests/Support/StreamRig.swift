import GLDriver
import Glibc
import GuestStreams
import Platform
import Synchronization
import Testing
import VirtioGPU
import WireFormat

@testable import RendererCore
@testable import Vrend

/// Fences that were reported, in order.
final class FenceRecord: FenceSink {
  private let state = Mutex<[UInt64]>([])
  var reported: [UInt64] { state.withLock { $0 } }
  func retire(_ fence: Fence) { state.withLock { $0.append(fence.id.rawValue) } }
}

final class NoDescriptors: RendererHost {
  func openDevice() -> CInt { -1 }
  func openServer(version: UInt32) -> CInt { -1 }
}

/// A renderer on surfaceless EGL as a VMM drives it: contexts, resources with guest memory, submissions.
final class StreamRig {
  let renderer: Renderer
  let fences = FenceRecord()
  let first = ContextID(1)
  private(set) var memory: [UInt32: TestMemory] = [:]

  /// USE_EGL and USE_SURFACELESS: fences are polled.
  static func with(
    _ flavour: GLFlavour = .core, limits: GuestLimits? = nil, programCache: ProgramCacheOptions? = nil,
    log: Log = .silent, _ body: (StreamRig) throws -> Void
  ) throws {
    let rig = try StreamRig(flavour, RendererOptions(limits: limits, programCache: programCache), log)
    defer { rig.renderer.shutDown() }
    try body(rig)
  }

  private init(_ flavour: GLFlavour, _ options: RendererOptions, _ log: Log) throws {
    let flags: UInt32 =
      switch flavour {
      case .core: 0
      case .compat: 1 << 13
      case .es: 1 << 4
      }
    renderer = try Renderer(
      flags: flags | 1 | 1 << 3, fences: fences, platform: nil, host: NoDescriptors(),
      options: options, log: log)
    try makeContext(first)
  }

  func makeContext(_ id: ContextID) throws {
    try renderer.createContext(id, capset: 2, name: DebugName("test"))
    for resource in memory.keys { try renderer.attach(ResourceID(resource), to: id) }
  }

  func make(_ resource: GuestResource) throws {
    try make(
      resource.id, target: resource.target, format: resource.format, bind: BindFlags(rawValue: resource.bind),
      width: resource.width, height: resource.height, arraySize: resource.arraySize, lastLevel: resource.lastLevel,
      samples: resource.samples, bytes: resource.byteCount)
  }

  /// The part of a context that tests look into.
  func context(_ id: ContextID) throws -> VrendContext { try #require(renderer.context(id) as? VrendContext) }

  /// Makes a resource with zeroed guest memory, attached to every context given.
  func make(
    _ id: UInt32, target: UInt32, format: UInt32, bind: BindFlags, width: UInt32, height: UInt32 = 1,
    depth: UInt32 = 1, arraySize: UInt32 = 1, lastLevel: UInt32 = 0, samples: UInt32 = 0, bytes: Int? = nil,
    contexts: [ContextID]? = nil
  ) throws {
    let arguments = ResourceCreateArguments(
      handle: id, target: target, format: format, bind: bind.rawValue, width: width, height: height, depth: depth,
      arraySize: arraySize, lastLevel: lastLevel, sampleCount: samples)
    let count = bytes ?? Int(width * height * depth * arraySize) * (target == 0 ? 1 : 4)
    let pages = TestMemory([UInt8](repeating: 0, count: count), pieces: [64, 48, 4096])
    memory[id] = pages
    try pages.use { try renderer.createResource(arguments, image: nil, memory: $0) }
    for context in contexts ?? [first] { try renderer.attach(ResourceID(id), to: context) }
  }

  func makeTexture(_ id: UInt32, _ width: UInt32 = 16, _ height: UInt32 = 16, contexts: [ContextID]? = nil) throws {
    try make(
      id, target: 2, format: WireFormats.rgba8, bind: [.renderTarget, .samplerView], width: width, height: height,
      contexts: contexts)
  }

  func makeBuffer(_ id: UInt32, _ bytes: UInt32, bind: BindFlags = .vertexBuffer) throws {
    try make(id, target: 0, format: WireFormats.bytes, bind: bind, width: bytes)
  }

  func destroyResource(_ id: UInt32) {
    renderer.destroyResource(ResourceID(id))
    memory[id] = nil
  }

  func submit(_ stream: StreamBuilder, to id: ContextID? = nil) throws {
    try submit(stream.dwords, to: id)
  }

  func submit(_ dwords: [UInt32], to id: ContextID? = nil) throws {
    try renderer.submit(dwords.span, to: id ?? first)
  }

  /// True when the whole stream ran.
  func accepts(_ dwords: [UInt32], to id: ContextID? = nil) -> Bool {
    do { try submit(dwords, to: id) } catch { return false }
    return true
  }

  /// Runs a stream even in a context that is in its error state: new contexts for thousands of refusals cost too much.
  func runDespiteErrors(_ dwords: [UInt32], in id: ContextID) throws -> Bool {
    let context = try context(id)
    let vrend = try #require(renderer.vrend)
    guard vrend.makeCurrent(context.current) else { return false }
    do throws(Fault) { try context.run(dwords.span) } catch { return false }
    return true
  }

  /// Texels of a whole RGBA8 texture as red | green << 8 | blue << 16 | alpha << 24, bottom row of memory first.
  func pixels(_ id: UInt32, _ width: Int = 16, _ height: Int = 16) throws -> [UInt32] {
    let box = Box(x: 0, y: 0, z: 0, width: Int32(width), height: Int32(height), depth: 1)
    let transfer = Transfer(level: 0, stride: 0, layerStride: 0, box: box, offset: 0)
    try renderer.transfer(transfer, .fromHost, ResourceID(id), context: .host, memory: nil)
    return words(id)
  }

  /// Guest memory of a resource, as dwords.
  func words(_ id: UInt32) -> [UInt32] {
    let bytes = memory[id]?.bytes ?? []
    return stride(from: 0, to: bytes.count - 3, by: 4).map { at in
      (0..<4).reduce(0) { $0 | UInt32(bytes[at + $1]) << (8 * UInt32($1)) }
    }
  }

  /// Waits for a global fence by polling; false when it never comes.
  func finish(_ id: UInt64) throws -> Bool {
    try renderer.createGlobalFence(FenceID(id))
    for _ in 0..<20_000 where !fences.reported.contains(id) { renderer.poll(); usleep(500) }
    return fences.reported.contains(id)
  }

  /// Whether an untouched context can still clear a texture and see its colour: nothing leaked out of a bad one.
  func probe(_ id: ContextID, texture: UInt32, surface: UInt32) throws -> Bool {
    var stream = StreamBuilder()
    stream.createSurface(surface, texture)
    stream.framebuffer(colors: [surface])
    stream.clear(0, 1, 0, 1)
    stream.destroy(surface)
    try submit(stream, to: id)
    return try pixels(texture).allSatisfy { $0 == 0xff00_ff00 }
  }
}
