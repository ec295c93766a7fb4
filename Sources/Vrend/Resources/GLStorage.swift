import CEpoxy
import GLDriver
import WireFormat
import VirtioGPU

/// What a resource consists of on the host, apart from its id and its guest memory: shape, format, GL object.
///
/// Separate from `GLResource` because a blob's storage exists before it has a resource id (PIPE_RESOURCE_CREATE).
/// Owns its GL name and its share of the budget; `deinit` may run on any thread and with no context current.
package final class GLStorage {
  package enum Kind: UInt8, Sendable {
    /// A GL buffer object.
    case buffer
    /// A GL texture object.
    case texture
    /// A CUSTOM buffer: `hostMemory`.
    case hostMemory
    /// A STAGING buffer: the guest's memory and nothing else.
    case guestOnly
    /// An imported image without a GL object; transfers have nothing to do.
    case externalOnly
  }

  package let kind: Kind
  package let shape: ResourceShape
  package let bind: BindFlags
  package let flags: ResourceFlags
  /// How the host stores the format. For buffers the entry of the format the guest named, which means nothing.
  package let entry: FormatEntry
  /// 0 unless `kind` is `.buffer` or `.texture`.
  package let name: GLuint
  /// GL target the texture was made with; 0 for everything else.
  package let glTarget: GLenum
  /// Immutable storage: texture views can be made, buffers may be mapped persistently.
  package let isImmutable: Bool
  /// The texture is an imported image (EGLImage).
  package let isExternalImage: Bool
  package let hostMemory: HostMemory?
  let conversion: PixelConversion
  let readback: ReadbackPath
  let releaseQueue: GLReleaseQueue
  private let budget: ResourceBudget
  private let chargedBytes: Int

  /// Takes over `name` and `chargedBytes` of the budget.
  init(
    kind: Kind, shape: ResourceShape, bind: BindFlags, flags: ResourceFlags, entry: FormatEntry, name: GLuint = 0,
    glTarget: GLenum = 0, isImmutable: Bool = false, isExternalImage: Bool = false, hostMemory: HostMemory? = nil,
    conversion: PixelConversion = .none, readback: ReadbackPath = .none, releaseQueue: GLReleaseQueue,
    budget: ResourceBudget, chargedBytes: Int
  ) {
    self.kind = kind
    self.shape = shape
    self.bind = bind
    self.flags = flags
    self.entry = entry
    self.name = name
    self.glTarget = glTarget
    self.isImmutable = isImmutable
    self.isExternalImage = isExternalImage
    self.hostMemory = hostMemory
    self.conversion = conversion
    self.readback = readback
    self.releaseQueue = releaseQueue
    self.budget = budget
    self.chargedBytes = chargedBytes
  }

  /// A persistent buffer: it can be mapped, whole.
  package var isMappable: Bool { kind == .buffer && isImmutable }
  /// Bytes that a blob of this storage may have.
  package var blobBytes: Int { isMappable ? PersistentBuffer.storedBytes(shape.width) : shape.totalBytes }

  deinit {
    switch kind {
    case .buffer: releaseQueue.release(buffer: name)
    case .texture: releaseQueue.release(texture: name)
    case .hostMemory, .guestOnly, .externalOnly: break
    }
    budget.release(chargedBytes)
  }
}
