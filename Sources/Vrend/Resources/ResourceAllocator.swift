import CEpoxy
import GLDriver
import VirtioGPU
import WireFormat

/// Makes the host storage of resources: validated, charged to the budget, and cleared, so that no guest ever sees what
/// another guest left in memory.
///
/// Every call needs a context of the share group current; `engine.clobbers` tells what it changed there.
package final class ResourceAllocator {
  package let host: HostGL
  package let limits: ResourceLimits
  package let releaseQueue: GLReleaseQueue
  package let budget: ResourceBudget
  let engine: TransferEngine

  package init(
    host: HostGL, engine: TransferEngine, releaseQueue: GLReleaseQueue, budget: ResourceBudget = ResourceBudget()
  ) {
    self.host = host
    self.engine = engine
    self.releaseQueue = releaseQueue
    self.budget = budget
    var limits = ResourceLimits(host)
    limits.maxTextureBytes = min(limits.maxTextureBytes, budget.limit)
    self.limits = limits
  }

  /// Validates the guest's arguments and makes the storage.
  ///
  /// - Throws: `invalidArgument` or `unsupported` for what the guest may not have, `outOfMemory` when the host or the
  ///   budget has no room. Nothing is left behind then.
  package func makeStorage(_ arguments: ResourceCreateArguments) throws(Fault) -> GLStorage {
    let format = PixelFormat(wire: arguments.format)
    let entry = format.map { host.formats[$0] } ?? FormatEntry()
    let valid = try ValidatedResource(arguments, entry: entry, limits: limits)
    // Neither addend exceeds the limits above.
    let bytes = ResourceBudget.Cost.resource + (valid.isGuestOnly ? 0 : valid.storedBytes)
    try budget.reserve(bytes)
    do {
      if valid.shape.isBuffer { return try makeBuffer(valid, entry, bytes) }
      return try makeTexture(valid, entry, bytes)
    } catch {
      budget.release(bytes)
      throw error
    }
  }

  /// Makes a resource with no memory attached. Throws as `makeStorage`.
  package func makeResource(id: ResourceID, _ arguments: ResourceCreateArguments) throws(Fault) -> GLResource {
    GLResource(id: id, storage: try makeStorage(arguments))
  }

  /// The storage of an imported texture, which it takes over: 2D, one level, one layer (virgl-resources 8.2, 9).
  ///
  /// - Parameters:
  ///   - texture: a GL_TEXTURE_2D already bound to its image.
  ///   - isImmutable: made by glEGLImageTargetTexStorageEXT.
  package func adoptImage(
    _ arguments: ResourceCreateArguments, texture: GLuint, isImmutable: Bool
  ) throws(Fault) -> GLStorage {
    let format = PixelFormat(wire: arguments.format)
    let entry = format.map { host.formats[$0] } ?? FormatEntry()
    let valid = try ValidatedResource(arguments, entry: entry, limits: limits)
    guard valid.shape.target == .texture2D || valid.shape.target == .rect, valid.shape.lastLevel == 0,
      !valid.shape.isMultisample
    else { throw Fault(.invalidArgument, "imported image is not a plain 2D texture") }
    return GLStorage(
      kind: .texture, shape: valid.shape, bind: valid.bind, flags: valid.flags, entry: entry, name: texture,
      glTarget: GL.TEXTURE_2D, isImmutable: isImmutable, isExternalImage: true,
      conversion: PixelConversion(valid.shape.format, entry, isES: host.isES),
      readback: engine.readbackPath(entry, valid.shape), releaseQueue: releaseQueue, budget: budget, chargedBytes: 0)
  }

  /// Takes the GL error of a creation; other errors than running out of memory mean the host refuses the combination.
  func checkCreation(_ what: StaticString, bytes: Int) throws(Fault) {
    switch GLQuery.drainErrors() {
    case GL.NO_ERROR: return
    case GL.OUT_OF_MEMORY: throw Fault(.outOfMemory, what, UInt64(bytes))
    default: throw Fault(.invalidArgument, what, UInt64(bytes))
    }
  }
}

extension ValidatedResource {
  /// STAGING: lives in the guest's memory alone.
  var isGuestOnly: Bool { shape.isBuffer && bind == .staging }
  /// CUSTOM: lives in host memory.
  var isHostMemory: Bool { shape.isBuffer && bind == .custom }
  /// A GL buffer that can be mapped while GL uses it.
  var isPersistent: Bool {
    shape.isBuffer && !isGuestOnly && !isHostMemory && !flags.isDisjoint(with: [.mapPersistent, .mapCoherent])
  }
  /// Bytes of the storage.
  var storedBytes: Int { isPersistent ? PersistentBuffer.storedBytes(shape.width) : shape.totalBytes }
}
