import CEpoxy
import GLDriver
import ShaderTranslator
import WireFormat

/// A view of one level of a resource that can be rendered to.
///
/// Holds its resource: storage stays alive while a surface exists or is bound.
final class Surface: GuestObject, GuestObjectKind {
  static var objectKind: ObjectKind { .surface }

  let resource: GLResource
  let format: PixelFormat
  let level: Int
  let firstLayer: Int
  let lastLayer: Int
  /// Samples of implicit multisampling; 0 for a plain surface.
  let samples: Int
  /// The GL texture to attach: the resource's own, or a view with another internal format.
  let texture: GLuint
  let textureTarget: GLenum
  private let ownsTexture: Bool
  private let releaseQueue: GLReleaseQueue

  /// Properties of the view's format that draw state depends on.
  let hasAlpha: Bool
  let emulatesAlpha: Bool
  let isSRGB: Bool
  let isSignedInteger: Bool
  let isUnsignedInteger: Bool
  /// What logic operations work on.
  let channelBits: ChannelBits
  let isDepthStencil: Bool
  /// GL_COLOR_ATTACHMENT0, GL_DEPTH_ATTACHMENT, …: from the resource's format.
  let attachment: GLenum

  /// - Throws: ILLEGAL_RESOURCE, ILLEGAL_FORMAT or RESOURCE_OUT_OF_RANGE.
  init(
    _ command: CreateSurface, resource: GLResource, host: HostGL, releaseQueue: GLReleaseQueue
  ) throws(CommandFault) {
    guard let format = PixelFormat(wire: command.format), format.number != 0 else {
      throw CommandFault(.illegalFormat, .format, command.format)
    }
    let shape = resource.shape
    guard !shape.isBuffer, resource.textureName != 0 else {
      throw CommandFault(.illegalResource, .wrongStorage, command.resource)
    }
    guard shape.hasLevel(command.levelOrFirst), command.firstLayer <= command.lastLayer,
      Int(command.lastLayer) < shape.levelLayers(Int(command.levelOrFirst))
    else { throw CommandFault(.illegalCommandBuffer, .bounds, command.resource) }

    let viewEntry = host.formats[format]
    let storageEntry = host.formats[shape.format]
    self.resource = resource
    self.format = format
    self.releaseQueue = releaseQueue
    level = Int(command.levelOrFirst)
    firstLayer = Int(command.firstLayer)
    lastLayer = Int(command.lastLayer)
    samples = Int(command.samples)
    hasAlpha = viewEntry.flags.contains(.hasAlpha) || viewEntry.isDepthOrStencil
    emulatesAlpha = viewEntry.flags.contains(.emulatedAlpha)
    isSRGB = viewEntry.flags.contains(.srgb)
    isSignedInteger = viewEntry.flags.contains(.pureInteger) && viewEntry.flags.contains(.signedInteger)
    isUnsignedInteger = viewEntry.flags.contains(.pureInteger) && !viewEntry.flags.contains(.signedInteger)
    channelBits = format.layoutDescription?.normalizedChannelBits ?? .other
    isDepthStencil = storageEntry.isDepthOrStencil
    attachment =
      switch (storageEntry.flags.contains(.hasDepth), storageEntry.flags.contains(.hasStencil)) {
      case (true, true): GL.DEPTH_STENCIL_ATTACHMENT
      case (true, false): GL.DEPTH_ATTACHMENT
      case (false, true): GL.STENCIL_ATTACHMENT
      case (false, false): GL.COLOR_ATTACHMENT0
      }

    if let view = TextureView.makeForSurface(
      resource: resource, format: viewEntry, storage: storageEntry, firstLayer: firstLayer, lastLayer: lastLayer,
      host: host)
    {
      texture = view
      ownsTexture = true
    } else {
      texture = resource.textureName
      ownsTexture = false
    }
    textureTarget = resource.glTarget
    super.init(kind: .surface)
  }

  override func releaseGL() {
    if ownsTexture { releaseQueue.release(texture: texture) }
  }

  var width: Int { resource.shape.levelWidth(level) }
  var height: Int { resource.shape.levelHeight(level) }
  var isLayered: Bool { firstLayer != lastLayer }

  /// Attaches the surface to a point of the framebuffer bound for drawing.
  func attach(to point: GLenum) {
    let level = GLint(self.level)
    switch resource.glTarget {
    case GL.TEXTURE_1D, GL.TEXTURE_2D, GL.TEXTURE_RECTANGLE, GL.TEXTURE_2D_MULTISAMPLE:
      if resource.glTarget == GL.TEXTURE_1D {
        epoxy_glFramebufferTexture1D(GL.DRAW_FRAMEBUFFER, point, GL.TEXTURE_1D, texture, level)
      } else {
        epoxy_glFramebufferTexture2D(GL.DRAW_FRAMEBUFFER, point, resource.glTarget, texture, level)
      }
    case GL.TEXTURE_CUBE_MAP where !isLayered:
      epoxy_glFramebufferTexture2D(
        GL.DRAW_FRAMEBUFFER, point, GL.TEXTURE_CUBE_MAP_POSITIVE_X &+ GLenum(firstLayer), texture, level)
    default:
      if isLayered {
        epoxy_glFramebufferTexture(GL.DRAW_FRAMEBUFFER, point, texture, level)
      } else {
        epoxy_glFramebufferTextureLayer(GL.DRAW_FRAMEBUFFER, point, texture, level, GLint(firstLayer))
      }
    }
  }
}

extension FormatDescription {
  /// The division of a format of unsigned normalized integers; sRGB formats take no logic operations.
  fileprivate var normalizedChannelBits: ChannelBits {
    guard isPlain, !isSRGB, !isDepthOrStencil else { return .other }
    var widths = InlineArray<4, UInt8?>(repeating: nil)
    for component in 0..<4 {
      guard let channel = channel(ofComponent: component) else { continue }
      guard channel.kind == .unsigned, channel.isNormalized else { return .other }
      widths[component] = channel.bits
    }
    return ChannelBits(red: widths[0], green: widths[1], blue: widths[2], alpha: widths[3])
  }
}
