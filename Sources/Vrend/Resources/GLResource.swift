import CEpoxy
import GLDriver
import VirtioGPU
import WireFormat

/// A typed resource of a VirGL guest: buffer or texture.
///
/// The hot fields are copies of the storage's, so that look-ups in the draw path stay one load away. Objects made
/// from a resource (surfaces, views, queries) keep it alive after the guest has dropped its id. Renderer thread only.
package final class GLResource: Resource {
  package let storage: GLStorage
  package let kind: GLStorage.Kind
  package let shape: ResourceShape
  package let entry: FormatEntry
  package let bind: BindFlags
  package let flags: ResourceFlags
  /// The GL buffer, 0 if the resource is none.
  package let bufferName: GLuint
  /// The GL texture, 0 if the resource is none.
  package let textureName: GLuint
  /// GL target of the texture, 0 if the resource is none.
  package let glTarget: GLenum
  /// Tells resources apart for ever; GL reuses names, and guests reuse ids.
  package let serial: UInt64
  /// Serial of the sampler view whose swizzle and level range the texture itself has now; 0 = none's.
  @exclusivity(unchecked) var appliedView: UInt64 = 0
  let conversion: PixelConversion
  let readback: ReadbackPath
  /// GL counts the layers in y: 1D arrays of desktop GL.
  let layersAreRows: Bool
  /// A texel is as large for GL's client format and type as in guest memory.
  let isClientLayoutExact: Bool

  /// - Parameters:
  ///   - blobSize: bytes announced at blob creation, 0 for ordinary resources; the caller has compared it with the
  ///     storage.
  ///   - caching: of mappings; only persistent buffers can be mapped.
  package init(id: ResourceID, storage: GLStorage, blobSize: UInt64 = 0, caching: MapCaching = .none) {
    self.storage = storage
    kind = storage.kind
    shape = storage.shape
    entry = storage.entry
    bind = storage.bind
    flags = storage.flags
    bufferName = storage.kind == .buffer ? storage.name : 0
    textureName = storage.kind == .texture ? storage.name : 0
    glTarget = storage.glTarget
    serial = storage.releaseQueue.takeSerial()
    conversion = storage.conversion
    readback = storage.readback
    layersAreRows = storage.glTarget == GL.TEXTURE_1D_ARRAY
    isClientLayoutExact =
      clientTexelBytes(format: storage.entry.format, type: storage.entry.type) == storage.shape.blockBytes
    super.init(id: id, blobSize: blobSize, caching: caching)
  }

  @inlinable package var target: TextureTarget { shape.target }
  @inlinable package var format: PixelFormat { shape.format }
  @inlinable package var width: Int { shape.width }
  @inlinable package var height: Int { shape.height }
  @inlinable package var depth: Int { shape.depth }
  @inlinable package var arraySize: Int { shape.arraySize }
  @inlinable package var lastLevel: Int { shape.lastLevel }
  /// 0 = single-sampled.
  @inlinable package var samples: Int { shape.samples }
  @inlinable package var isBuffer: Bool { shape.isBuffer }
  @inlinable package var isTexture: Bool { kind == .texture }
  /// Texture views can be made of it.
  @inlinable package var isImmutable: Bool { storage.isImmutable }
  @inlinable package var isExternalImage: Bool { storage.isExternalImage }
  /// Rows of guest memory and of the GL texture run in opposite directions.
  @inlinable package var isTopDown: Bool { flags.contains(.y0Top) }

  /// Where the texture goes in a framebuffer.
  var attachmentPoint: GLenum { Vrend.attachmentPoint(entry) }

  // MARK: CUSTOM buffers

  /// While memory is attached to a CUSTOM buffer, that memory is the buffer's content (virgl-resources 3).
  package override func didAttachBacking(_ memory: GuestMemory) {
    guard let host = storage.hostMemory else { return }
    let count = min(host.bytes.count, memory.byteCount)
    try? memory.copyIn(at: 0, from: UnsafeRawBufferPointer(rebasing: host.bytes[..<count]))
  }

  package override func willDetachBacking(_ memory: GuestMemory) {
    guard let host = storage.hostMemory else { return }
    let count = min(host.bytes.count, memory.byteCount)
    try? memory.copyOut(from: 0, into: UnsafeMutableRawBufferPointer(rebasing: host.bytes[..<count]))
  }

  /// Writes host results (query results, memory information) where the guest looks for them: the backing if there is
  /// one, else the host memory of a CUSTOM buffer.
  ///
  /// - Throws: `invalidArgument` when the resource has no such memory or ends before the bytes do.
  package func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(Fault) {
    if let backing { return try backing.copyIn(at: offset, from: bytes) }
    guard let host = storage.hostMemory, let source = bytes.baseAddress, offset >= 0, offset <= host.bytes.count,
      bytes.count <= host.bytes.count &- offset, let start = host.bytes.baseAddress
    else { throw Fault(.invalidArgument, "result memory is missing or too small", UInt64(id.rawValue)) }
    (start + offset).copyMemory(from: source, byteCount: bytes.count)
  }

  // MARK: Description and mapping

  package override func describe() throws(Fault) -> ResourceInfo {
    var info = ResourceInfo()
    info.format = UInt32(format.number)
    info.width = UInt32(truncatingIfNeeded: width)
    info.height = UInt32(truncatingIfNeeded: height)
    info.depth = UInt32(truncatingIfNeeded: depth)
    info.flags = flags.rawValue & ResourceFlags.y0Top.rawValue
    info.texture = textureName
    info.stride = UInt32(truncatingIfNeeded: shape.rowBytes(width))
    return info
  }

  /// Maps a persistent buffer, whole. A context of the share group must be current.
  package override func makeMapping() throws(Fault) -> ResourceMapping {
    guard storage.isMappable else {
      throw Fault(.unsupported, "resource cannot be mapped", UInt64(id.rawValue))
    }
    guard let start = PersistentBuffer.map(bufferName, storage.blobBytes) else {
      throw Fault(.outOfMemory, "mapping a buffer failed", UInt64(id.rawValue))
    }
    return ResourceMapping(start: start, byteCount: storage.blobBytes)
  }

  /// A context of the share group must be current.
  package override func releaseMapping(_ mapping: ResourceMapping) throws(Fault) {
    PersistentBuffer.unmap(bufferName)
  }

  package override func mapFixed(at address: UnsafeMutableRawPointer) throws(Fault) {
    throw Fault(.unsupported, "GL buffers cannot be mapped at an address", UInt64(id.rawValue))
  }
}
