import CEpoxy
import GLDriver
import WireFormat

/// A view of a resource for sampling: the GL texture to bind and how its texels are read.
///
/// Where the host has texture views, every view that differs from the plain resource is a GL texture
/// of its own, with its own swizzle and level range. Elsewhere those are state of the shared texture,
/// set again whenever another view of it was bound in between.
final class SamplerView: GuestObject, GuestObjectKind {
  static var objectKind: ObjectKind { .samplerView }

  let resource: GLResource
  let format: PixelFormat
  /// The GL texture and target to bind.
  let texture: GLuint
  let target: GLenum
  /// What this view asks of its sampler.
  let samplerFlavour: SamplerState.Flavour
  /// Multisample and buffer textures take no sampler.
  let takesSampler: Bool
  /// Tells views apart in the shadow of texture units; never reused.
  let serial: UInt64
  /// RECT target stored as a 2D texture: the shader divides coordinates by the size.
  let isEmulatedRectangle: Bool
  /// The whole swizzle from texel to shader, for samplers whose swizzle the shader must apply.
  let swizzle: ComponentSwizzle
  let isBuffer: Bool
  let isDepth: Bool
  let levelCount: Int

  private let ownsTexture: Bool
  private let firstLevel: Int
  private let lastLevel: Int
  private let readsStencil: Bool
  private let hasStencilMode: Bool
  private let releaseQueue: GLReleaseQueue
  /// Swizzle that the owned texture has now.
  private var appliedShadowSwizzle = false

  /// - Throws: ILLEGAL_FORMAT, ILLEGAL_SAMPLER_VIEW_TARGET, ILLEGAL_RESOURCE.
  init(
    _ command: CreateSamplerView, resource: GLResource, serial: UInt64, host: HostGL, releaseQueue: GLReleaseQueue
  ) throws(CommandFault) {
    guard let format = PixelFormat(wire: command.format), format.number != 0 else {
      throw CommandFault(.illegalFormat, .format, command.format)
    }
    guard let wireTarget = TextureTarget(rawValue: UInt8(truncatingIfNeeded: command.target)) else {
      throw CommandFault(.illegalSamplerViewTarget, .value, command.target)
    }
    let entry = host.formats[format]
    self.resource = resource
    self.format = format
    self.serial = serial
    self.releaseQueue = releaseQueue
    isBuffer = resource.shape.isBuffer
    isDepth = entry.flags.contains(.hasDepth)
    readsStencil = entry.flags.contains(.hasStencil) && !entry.flags.contains(.hasDepth)
    hasStencilMode = host.features.contains(.stencilTexturing)

    var flavour: SamplerState.Flavour = []
    if entry.flags.contains(.pureInteger) || readsStencil { flavour.insert(.integerBorder) }
    if entry.flags.contains(.emulatedAlpha) { flavour.insert(.alphaBorder) }

    if isBuffer {
      let made = try BufferTexture.make(command, resource: resource, entry: entry, host: host)
      (texture, target, ownsTexture) = (made, GL.TEXTURE_BUFFER, true)
      (firstLevel, lastLevel, levelCount) = (0, 0, 1)
      takesSampler = false
      isEmulatedRectangle = false
      samplerFlavour = flavour
      swizzle = ComponentSwizzle(wire: command.swizzle).composed(over: entry.bufferSwizzle)
      super.init(kind: .samplerView)
      return
    }

    guard resource.textureName != 0 else {
      throw CommandFault(.illegalResource, .wrongStorage, command.resource)
    }
    let shape = resource.shape
    guard command.firstLevel <= command.lastLevel, shape.hasLevel(command.lastLevel),
      command.firstLayer <= command.lastLayer
    else { throw CommandFault(.illegalCommandBuffer, .bounds, command.resource) }
    firstLevel = Int(command.firstLevel)
    lastLevel = Int(command.lastLevel)
    levelCount = lastLevel - firstLevel + 1
    takesSampler = !shape.isMultisample

    var requested = ComponentSwizzle(wire: command.swizzle)
    if !entry.flags.contains(.hasAlpha), !entry.isDepthOrStencil { requested = requested.withOpaqueAlpha() }
    swizzle = requested.composed(over: entry.swizzle)

    let viewTarget = wireTarget == .buffer ? shape.target : wireTarget
    let glTarget = Translate.textureTarget(viewTarget, of: resource, host: host)
    isEmulatedRectangle = viewTarget == .rect && glTarget != GL.TEXTURE_RECTANGLE
    let made = Self.makeView(
      command, resource: resource, entry: entry, glTarget: glTarget, isPlain: swizzle == .identity, host: host)
    if let made {
      (texture, target, ownsTexture) = (made, glTarget, true)
    } else {
      (texture, target, ownsTexture) = (resource.textureName, resource.glTarget, false)
      if host.formats[shape.format].flags.contains(.srgb), !entry.flags.contains(.srgb) { flavour.insert(.skipDecode) }
    }
    samplerFlavour = flavour
    super.init(kind: .samplerView)
  }

  override func releaseGL() {
    if ownsTexture { releaseQueue.release(texture: texture) }
  }

  /// A GL view when something differs from the resource's own texture, and the host can make one.
  private static func makeView(
    _ command: CreateSamplerView, resource: GLResource, entry: FormatEntry, glTarget: GLenum, isPlain: Bool,
    host: HostGL
  ) -> GLuint? {
    let shape = resource.shape
    guard resource.isImmutable, host.features.contains(.textureView) else { return nil }
    let storage = host.formats[shape.format]
    // Depth and stencil aspects are views with the storage's own format.
    let viewFormat =
      storage.isDepthOrStencil || entry.internalFormat == 0 ? storage.internalFormat : entry.internalFormat
    if viewFormat != storage.internalFormat, entry.viewClass != storage.viewClass || entry.viewClass == .none {
      return nil
    }
    let layers = TextureView.viewLayers(resource)
    let firstLayer = shape.target == .texture3D ? 0 : Int(command.firstLayer)
    let lastLayer = shape.target == .texture3D ? 0 : min(Int(command.lastLayer), layers - 1)
    guard firstLayer <= lastLayer else { return nil }
    let isWhole = firstLayer == 0 && lastLayer == layers - 1 && command.firstLevel == 0
      && Int(command.lastLevel) == shape.lastLevel
    let readsStencil = entry.flags.contains(.hasStencil) && !entry.flags.contains(.hasDepth)
    if isWhole, isPlain, glTarget == resource.glTarget, viewFormat == storage.internalFormat, !readsStencil {
      return nil
    }
    return TextureView.make(
      resource: resource, target: glTarget, internalFormat: viewFormat,
      levels: Int(command.firstLevel)...Int(command.lastLevel), layers: firstLayer...lastLayer)
  }

  /// Binding this view instead of another, or instead of none, can change shader texts.
  var changesShaders: Bool { isEmulatedRectangle || ((isBuffer || isDepth) && swizzle != .identity) }

  private var isConfigured = false

  /// Whether the texture's own state is what this view wants.
  @inline(__always)
  func isPrepared(shadow: Bool) -> Bool {
    if isBuffer { return true }
    return (ownsTexture ? isConfigured : resource.appliedView == serial) && appliedShadowSwizzle == shadow
  }

  /// Sets swizzle, level range and aspect on the texture, which is bound to the active unit.
  ///
  /// - Parameter shadow: the sampler compares: the texture's own swizzle must then be identity and the
  ///   shader applies `swizzle`.
  @inline(__always)
  func prepareBound(shadow: Bool) {
    if !isPrepared(shadow: shadow) { configure(shadow: shadow) }
  }

  @inline(never)
  private func configure(shadow: Bool) {
    appliedShadowSwizzle = shadow
    isConfigured = true
    if !ownsTexture {
      resource.appliedView = serial
      if takesSampler {
        epoxy_glTexParameteri(target, GL.TEXTURE_BASE_LEVEL, GLint(firstLevel))
        epoxy_glTexParameteri(target, GL.TEXTURE_MAX_LEVEL, GLint(lastLevel))
      }
    }
    let applied = shadow ? ComponentSwizzle.identity : swizzle
    epoxy_glTexParameteri(target, GL.TEXTURE_SWIZZLE_R, Translate.swizzle(applied.r))
    epoxy_glTexParameteri(target, GL.TEXTURE_SWIZZLE_G, Translate.swizzle(applied.g))
    epoxy_glTexParameteri(target, GL.TEXTURE_SWIZZLE_B, Translate.swizzle(applied.b))
    epoxy_glTexParameteri(target, GL.TEXTURE_SWIZZLE_A, Translate.swizzle(applied.a))
    if hasStencilMode, isDepth || readsStencil {
      epoxy_glTexParameteri(
        target, GL.DEPTH_STENCIL_TEXTURE_MODE, GLint(readsStencil ? GL.STENCIL_INDEX : GL.DEPTH_COMPONENT))
    }
  }
}

/// Buffer resources as textures.
private enum BufferTexture {
  static func make(
    _ command: CreateSamplerView, resource: GLResource, entry: FormatEntry, host: HostGL
  ) throws(CommandFault) -> GLuint {
    guard resource.bufferName != 0 else { throw CommandFault(.illegalResource, .wrongStorage, command.resource) }
    guard entry.blockBytes > 0 else { throw CommandFault(.illegalFormat, .format, command.format) }
    let width = resource.shape.width
    let offset = Int(command.layersOrFirst) * Int(entry.blockBytes)
    guard command.layersOrFirst <= command.levelsOrLast, offset < width else {
      throw CommandFault(.illegalCommandBuffer, .bounds, command.resource)
    }
    let wanted = (Int(command.levelsOrLast) - Int(command.layersOrFirst) + 1) * Int(entry.blockBytes)
    let size = min(wanted, width - offset)
    var name: GLuint = 0
    epoxy_glGenTextures(1, &name)
    // The guest knows formats of textures, not which of them buffers can have on this host: the others read as zero.
    guard entry.bufferInternalFormat != 0 else { return name }
    epoxy_glBindTexture(GL.TEXTURE_BUFFER, name)
    if host.features.contains(.textureBufferRange), size > 0 {
      epoxy_glTexBufferRange(GL.TEXTURE_BUFFER, entry.bufferInternalFormat, resource.bufferName, offset, size)
    } else {
      epoxy_glTexBuffer(GL.TEXTURE_BUFFER, entry.bufferInternalFormat, resource.bufferName)
    }
    epoxy_glBindTexture(GL.TEXTURE_BUFFER, 0)
    return name
  }
}

extension ComponentSwizzle {
  /// From the twelve bits of a SAMPLER_VIEW, red first; selectors are checked by the parser.
  init(wire: UInt32) {
    func source(_ component: UInt32) -> SwizzleSource {
      SwizzleSource(rawValue: UInt8(truncatingIfNeeded: wire.bits(component &* 3, 3))) ?? .zero
    }
    self.init(source(0), source(1), source(2), source(3))
  }

  /// What reads alpha reads 1 instead.
  func withOpaqueAlpha() -> ComponentSwizzle {
    func opaque(_ source: SwizzleSource) -> SwizzleSource { source == .w ? .one : source }
    return ComponentSwizzle(opaque(r), opaque(g), opaque(b), opaque(a))
  }
}

extension Translate {
  static func swizzle(_ source: SwizzleSource) -> GLint {
    switch source {
    case .x: GLint(GL.RED)
    case .y: GLint(GL.GREEN)
    case .z: GLint(GL.BLUE)
    case .w: GLint(GL.ALPHA)
    case .zero, .none: GLint(GL.ZERO)
    case .one: GLint(GL.ONE)
    }
  }

  /// The GL target of a view of a texture resource.
  static func textureTarget(_ target: TextureTarget, of resource: GLResource, host: HostGL) -> GLenum {
    let multisample = resource.shape.isMultisample
    let isES = host.isES
    switch target {
    case .buffer: return GL.TEXTURE_BUFFER
    case .texture1D: return isES ? GL.TEXTURE_2D : GL.TEXTURE_1D
    case .texture2D:
      // A rectangle texture has no views of other targets.
      if resource.glTarget == GL.TEXTURE_RECTANGLE { return GL.TEXTURE_RECTANGLE }
      return multisample ? GL.TEXTURE_2D_MULTISAMPLE : GL.TEXTURE_2D
    case .texture3D: return GL.TEXTURE_3D
    case .cube: return GL.TEXTURE_CUBE_MAP
    case .rect: return resource.glTarget == GL.TEXTURE_RECTANGLE ? GL.TEXTURE_RECTANGLE : GL.TEXTURE_2D
    case .array1D: return isES ? GL.TEXTURE_2D_ARRAY : GL.TEXTURE_1D_ARRAY
    case .array2D: return multisample ? GL.TEXTURE_2D_MULTISAMPLE_ARRAY : GL.TEXTURE_2D_ARRAY
    case .cubeArray: return GL.TEXTURE_CUBE_MAP_ARRAY
    }
  }
}
