import CEpoxy
import GLDriver
import Glibc
import Platform
import Synchronization
import Testing
import VirtioGPU
import WindowSystems
import WireFormat

@testable import Vrend

/// Everything here works with GL, one test at a time: the tests share EGL's display, and a context belongs to a thread.
@Suite(.serialized) enum EngineSuites {}

/// A surfaceless GL context with the resource, transfer and blit engines on it.
final class EngineRig {
  /// Which host, and how much of it the engines may use.
  enum Kind: CaseIterable, CustomTestStringConvertible {
    case core
    /// Core, with every fallback in force.
    case oldCore
    case compat
    case es

    var testDescription: String { "\(self)" }
    var flavour: GLFlavour {
      switch self {
      case .core, .oldCore: .core
      case .compat: .compat
      case .es: .es
      }
    }
  }

  struct NoContext: Error {}

  let kind: Kind
  let host: HostGL
  let releaseQueue = GLReleaseQueue()
  let budget: ResourceBudget
  let engine: TransferEngine
  let allocator: ResourceAllocator
  let blits: BlitEngine
  let scratch: ContextScratch
  private var nextID: UInt32 = 1

  private init(_ kind: Kind, host: HostGL, budget: Int) throws {
    self.kind = kind
    self.host = host
    engine = try TransferEngine(host: host, abilities: kind == .oldCore ? [] : nil)
    self.budget = ResourceBudget(limit: budget)
    allocator = ResourceAllocator(host: host, engine: engine, releaseQueue: releaseQueue, budget: self.budget)
    blits = BlitEngine(host: host, transfers: engine, releaseQueue: releaseQueue)
    scratch = ContextScratch(isES: host.isES)
  }

  /// Runs `body` with a context current; afterwards GL must have no error that the engines left behind.
  static func with<Result>(_ kind: Kind, budget: Int = .max, _ body: (EngineRig) throws -> Result) throws -> Result {
    let winsys = try winsys(kind.flavour)
    let (context, _) = try winsys.createFirstContext()
    guard winsys.makeCurrent(context) else { throw NoContext() }
    defer {
      _ = winsys.makeCurrent(nil)
      winsys.destroyContext(context)
    }
    let rig = try EngineRig(kind, host: try host(kind.flavour), budget: budget)
    return try body(rig)
  }

  /// One per flavour and never closed: closing would end EGL's only surfaceless display under other tests.
  private static let displays = Mutex<[GLFlavour: EGLWinsys]>([:])

  private static func winsys(_ flavour: GLFlavour) throws -> EGLWinsys {
    try displays.withLock { displays in
      if let open = displays[flavour] { return open }
      let made = try EGLWinsys(.surfaceless, flavour: flavour, log: .silent)
      displays[flavour] = made
      return made
    }
  }

  private static let hosts = Mutex<[GLFlavour: HostGL]>([:])

  /// Probed once per flavour, with its context current.
  private static func host(_ flavour: GLFlavour) throws -> HostGL {
    try hosts.withLock { hosts in
      if let known = hosts[flavour] { return known }
      let probed = try HostGL.probe()
      hosts[flavour] = probed
      return probed
    }
  }

  /// A resource, or the fault that refused it.
  func make(
    _ target: TextureTarget, _ format: PixelFormat, width: UInt32, height: UInt32 = 1, depth: UInt32 = 1,
    arraySize: UInt32 = 1, lastLevel: UInt32 = 0, samples: UInt32 = 0, bind: BindFlags? = nil, flags: UInt32 = 0
  ) throws -> GLResource {
    let bind = bind ?? (target == .buffer ? .vertexBuffer : .samplerView)
    let arguments = ResourceCreateArguments(
      handle: nextID, target: UInt32(target.rawValue), format: UInt32(format.number), bind: bind.rawValue,
      width: width, height: height, depth: depth, arraySize: arraySize, lastLevel: lastLevel, sampleCount: samples,
      flags: flags)
    nextID += 1
    return try allocator.makeResource(id: ResourceID(nextID), arguments)
  }

  func texture2D(_ format: PixelFormat, _ width: UInt32, _ height: UInt32, flags: UInt32 = 0) throws -> GLResource {
    try make(.texture2D, format, width: width, height: height, flags: flags)
  }

  /// Whole level 0, or a region of some level, from tight bytes.
  func put(_ bytes: [UInt8], into resource: GLResource, level: UInt32 = 0, _ region: Region? = nil) throws {
    let box = region ?? resource.shape.levelRegion(Int(level))
    try TestMemory(bytes).use { memory in
      try engine.toHost(resource, tightRequest(resource, level, box), from: memory, scratch)
    }
  }

  /// Tight bytes of a region.
  func get(_ resource: GLResource, level: UInt32 = 0, _ region: Region? = nil) throws -> [UInt8] {
    let box = region ?? resource.shape.levelRegion(Int(level))
    let shape = resource.shape
    let count = shape.rowBytes(box.width) * shape.blocksDown(box.height) * box.depth
    let memory = TestMemory([UInt8](repeating: 0xcd, count: count))
    try memory.use { memory in
      try engine.fromHost(resource, tightRequest(resource, level, box), into: memory, scratch)
    }
    return memory.bytes
  }

  private func tightRequest(_ resource: GLResource, _ level: UInt32, _ box: Region) -> TransferRequest {
    let stride = resource.shape.rowBytes(box.width)
    return TransferRequest(
      level: level, stride: UInt32(stride), layerStride: UInt32(stride * resource.shape.blocksDown(box.height)),
      region: box)
  }

  func takeError() -> GLenum { GLQuery.drainErrors() }
}

/// Memory of a pretended guest, in pieces of chosen lengths.
final class TestMemory {
  private let storage: UnsafeMutableRawBufferPointer
  private let vectors: UnsafeMutableBufferPointer<iovec>

  /// - Parameter pieces: lengths of the pieces, repeated as needed; empty = one piece.
  init(_ content: [UInt8], pieces: [Int] = []) {
    var lengths: [Int] = []
    var left = content.count
    while !pieces.isEmpty, left > 0 {
      lengths.append(min(pieces[lengths.count % pieces.count], left))
      left -= lengths.last ?? 0
    }
    if pieces.isEmpty { lengths = [content.count] }
    storage = .allocate(byteCount: content.count + 13 * lengths.count + 1, alignment: 64)
    vectors = .allocate(capacity: lengths.count)
    // Pieces lie apart and unaligned, so that nothing works by accident.
    var done = 0
    for (index, length) in lengths.enumerated() {
      let place = pieces.isEmpty ? 0 : done + 13 * index + 1
      vectors.initializeElement(
        at: index, to: iovec(iov_base: storage.baseAddress.map { $0 + place }, iov_len: length))
      UnsafeMutableRawBufferPointer(rebasing: storage[place..<place + length]).copyBytes(
        from: content[done..<done + length])
      done += length
    }
  }

  deinit {
    vectors.deallocate()
    storage.deallocate()
  }

  var bytes: [UInt8] {
    vectors.flatMap { [UInt8](UnsafeRawBufferPointer(start: $0.iov_base, count: $0.iov_len)) }
  }

  func use<Result>(_ body: (GuestMemory) throws -> Result) throws -> Result {
    try withExtendedLifetime(self) { try body(GuestMemory(vectors: vectors.baseAddress, count: vectors.count)) }
  }
}
