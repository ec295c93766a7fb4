import CEpoxy
import WireFormat

extension FormatTable {
  /// Asks the current context about every format that has a GL mapping. About a thousand GL calls: what depends on the
  /// internal format alone is tried once for each internal format.
  static func probe(
    flavour: GLFlavour, version: GLVersion, features: GLFeatures, limits: GLLimits, external: ExternalFormatSupport
  ) -> FormatTable {
    var entries = [FormatEntry](repeating: FormatEntry(), count: PixelFormat.limit)
    var vertexFormats = [VertexAttributeFormat](repeating: VertexAttributeFormat(), count: PixelFormat.limit)
    for number in 0..<UInt16(PixelFormat.limit) {
      let format = PixelFormat(known: number)
      if let description = format.layoutDescription {
        entries[format.index] = FormatEntry(description: description)
      }
      if external.scanout?.contains(format) ?? true { entries[format.index].flags.insert(.scanout) }
      if external.sampling.contains(format) { entries[format.index].flags.formUnion([.sampler, .externalOnly]) }
    }
    FormatBindingTable.forEachVertexFormat { vertexFormats[$0.index] = $1 }

    var prober = FormatProber(isES: flavour == .es, version: version, features: features, limits: limits)
    prober.begin()
    for binding in FormatBindingTable.bindings(for: flavour) {
      let index = binding.pixelFormat.index
      // A native form that worked comes first and keeps its place.
      guard entries[index].internalFormat == 0, let description = binding.pixelFormat.layoutDescription else { continue }
      entries[index].probe(binding, description: description, prober: &prober)
    }
    prober.end()

    addBufferFormats(&entries, isES: flavour == .es, features: features)
    // Format 0 stands for "no attachment": multisampling without attachments.
    if features.contains(.textureMultisample) { entries[0].flags.insert(.multisample) }
    return FormatTable(entries: entries, vertexFormats: vertexFormats)
  }

  private static func addBufferFormats(_ entries: inout [FormatEntry], isES: Bool, features: GLFeatures) {
    guard features.contains(.textureBuffer) else { return }
    FormatBindingTable.forEachBufferFormat { entries[$0.index].bufferInternalFormat = $1 }
    for index in entries.indices {
      if entries[index].bufferInternalFormat == 0 {
        entries[index].bufferInternalFormat = entries[index].internalFormat
      }
      if InternalFormatUse.isBufferTexture(entries[index].bufferInternalFormat, isES: isES) {
        entries[index].flags.insert(.bufferTexture)
      } else {
        entries[index].bufferInternalFormat = 0
      }
    }
  }
}

extension FormatEntry {
  /// What follows from the wire format alone.
  init(description: FormatDescription) {
    self.init()
    blockBytes = description.blockBytes
    blockWidth = description.blockWidth
    blockHeight = description.blockHeight
    // Buffer textures are read in memory order, whatever the order of the wire format's channels.
    if description.isPlain, !description.isDepthOrStencil { bufferSwizzle = description.swizzle }
    if description.isCompressed { flags.insert(.compressed) }
    if description.hasAlpha { flags.insert(.hasAlpha) }
    if description.isSRGB { flags.insert(.srgb) }
    if description.isPureInteger { flags.insert(.pureInteger) }
    if description.traits.contains(.depth) { flags.insert(.hasDepth) }
    if description.traits.contains(.stencil) { flags.insert(.hasStencil) }
    if description.isPureInteger, description.channel0.kind == .signed { flags.insert(.signedInteger) }
  }

  /// Tries the binding on the host and, when textures can be made of it, takes it over.
  fileprivate mutating func probe(
    _ binding: FormatBinding, description: FormatDescription, prober: inout FormatProber
  ) {
    guard binding.gate.isOpen(prober.features) else { return }
    let isCompressed = description.isCompressed
    var found: FormatFlags = [.sampler]
    if isCompressed {
      if !prober.isES { found.insert(.readback) }
    } else {
      guard prober.makeTexture(binding) else { return }
      found.formUnion(prober.attachmentFlags(binding, description: description))
    }
    found.formUnion(prober.storageFlags(binding, isCompressed: isCompressed))
    if !prober.isES, !isCompressed { found.insert(.textureRectangle) }

    internalFormat = binding.internalFormat
    format = binding.format
    type = binding.type
    swizzle = binding.swizzle
    viewClass = ViewClass(internalFormat: binding.internalFormat)
    if prober.features.contains(.images),
      InternalFormatUse.isImage(binding.internalFormat, features: prober.features, isES: prober.isES) {
      imageInternalFormat = binding.internalFormat
      found.insert(.image)
    }
    if binding.swizzle == ComponentSwizzle(.zero, .zero, .zero, .x) { found.insert(.emulatedAlpha) }
    if binding.pixelFormat == .Z24X8_UNORM { found.insert(.shiftsDepthBy8) }
    if prober.isES {
      switch binding.pixelFormat {
      case .B8G8R8A8_UNORM, .B8G8R8X8_UNORM, .B8G8R8A8_SRGB, .B8G8R8X8_SRGB: found.insert(.needsByteSwapBGRA)
      default: break
      }
    }
    flags.formUnion(found)
  }
}

/// The GL objects and remembered answers of one probing run.
private struct FormatProber {
  let isES: Bool
  let version: GLVersion
  let features: GLFeatures
  let limits: GLLimits
  private var texture: GLuint = 0
  private var colorFramebuffer: GLuint = 0
  private var depthFramebuffer: GLuint = 0
  /// By internal format: `textureStorage` and `multisample`.
  private var storageAnswers: [GLenum: FormatFlags] = [:]

  init(isES: Bool, version: GLVersion, features: GLFeatures, limits: GLLimits) {
    self.isES = isES
    self.version = version
    self.features = features
    self.limits = limits
  }

  mutating func begin() {
    GLQuery.drainErrors()
    epoxy_glGenTextures(1, &texture)
    epoxy_glBindTexture(GL.TEXTURE_2D, texture)
    epoxy_glGenFramebuffers(1, &colorFramebuffer)
    epoxy_glGenFramebuffers(1, &depthFramebuffer)
  }

  mutating func end() {
    epoxy_glBindFramebuffer(GL.FRAMEBUFFER, 0)
    epoxy_glDeleteFramebuffers(1, &colorFramebuffer)
    epoxy_glDeleteFramebuffers(1, &depthFramebuffer)
    epoxy_glBindTexture(GL.TEXTURE_2D, 0)
    epoxy_glDeleteTextures(1, &texture)
    GLQuery.drainErrors()
  }

  /// Gives the probe texture this format; false when the host refuses.
  func makeTexture(_ binding: FormatBinding) -> Bool {
    epoxy_glTexImage2D(
      GL.TEXTURE_2D, 0, GLint(bitPattern: binding.internalFormat), 32, 32, 0, binding.format, binding.type, nil)
    return GLQuery.drainErrors() == GL.NO_ERROR
  }

  /// How the probe texture, which has the binding's format, works as an attachment.
  func attachmentFlags(_ binding: FormatBinding, description: FormatDescription) -> FormatFlags {
    if description.isDepthOrStencil { return depthStencilFlags(description) }
    epoxy_glBindFramebuffer(GL.FRAMEBUFFER, colorFramebuffer)
    epoxy_glFramebufferTexture2D(GL.FRAMEBUFFER, GL.COLOR_ATTACHMENT0, GL.TEXTURE_2D, texture, 0)
    let isComplete = epoxy_glCheckFramebufferStatus(GL.FRAMEBUFFER) == GL.FRAMEBUFFER_COMPLETE
    var flags: FormatFlags = isComplete ? [.render] : []
    if !isES {
      flags.insert(.readback)
    } else if isComplete, canReadOnES(binding) {
      flags.insert(.readback)
    }
    return GLQuery.drainErrors() == GL.NO_ERROR ? flags : flags.subtracting([.render])
  }

  private func depthStencilFlags(_ description: FormatDescription) -> FormatFlags {
    let hasDepth = description.traits.contains(.depth)
    let hasStencil = description.traits.contains(.stencil)
    let point = hasDepth ? (hasStencil ? GL.DEPTH_STENCIL_ATTACHMENT : GL.DEPTH_ATTACHMENT) : GL.STENCIL_ATTACHMENT
    epoxy_glBindFramebuffer(GL.FRAMEBUFFER, depthFramebuffer)
    epoxy_glFramebufferTexture2D(GL.FRAMEBUFFER, GL.DEPTH_STENCIL_ATTACHMENT, GL.TEXTURE_2D, 0, 0)
    epoxy_glFramebufferTexture2D(GL.FRAMEBUFFER, point, GL.TEXTURE_2D, texture, 0)
    // A framebuffer without colour needs its draw buffer off on hosts before GL 4.1; state of the object, so kept.
    var none = GL.NONE
    epoxy_glDrawBuffers(1, &none)
    epoxy_glReadBuffer(GL.NONE)
    let isComplete = epoxy_glCheckFramebufferStatus(GL.FRAMEBUFFER) == GL.FRAMEBUFFER_COMPLETE
    GLQuery.drainErrors()
    var flags: FormatFlags = isComplete ? [.depthStencil] : []
    if !isES {
      flags.insert(.readback)
    } else if isComplete {
      let needed: GLFeatures = hasDepth ? (hasStencil ? .readDepthStencilNV : .readDepthNV) : .readStencilNV
      if features.contains(needed) { flags.insert(.readback) }
    }
    return flags
  }

  /// ES guarantees a few client formats and one of the implementation's choice for the current read buffer.
  private func canReadOnES(_ binding: FormatBinding) -> Bool {
    switch (binding.format, binding.type) {
    // These store blue where the wire has red, or the reverse: a plain read would exchange them.
    case _ where binding.pixelFormat == .B10G10R10A2_UNORM || binding.pixelFormat == .B10G10R10X2_UNORM: return false
    case (GL.RGBA, GL.UNSIGNED_BYTE) where binding.internalFormat == GL.RGBA8: return true
    case (GL.RGBA_INTEGER, GL.INT) where binding.internalFormat == GL.RGBA32I: return true
    case (GL.RGBA_INTEGER, GL.UNSIGNED_INT) where binding.internalFormat == GL.RGBA32UI: return true
    case (GL.RGBA, GL.FLOAT) where binding.internalFormat == GL.RGBA32F && features.contains(.colorBufferFloat):
      return true
    default:
      let format = GLQuery.integer(GL.IMPLEMENTATION_COLOR_READ_FORMAT)
      let type = GLQuery.integer(GL.IMPLEMENTATION_COLOR_READ_TYPE)
      return GLenum(bitPattern: format) == binding.format && GLenum(bitPattern: type) == binding.type
    }
  }

  /// Immutable storage and multisample textures of the binding's internal format.
  mutating func storageFlags(_ binding: FormatBinding, isCompressed: Bool) -> FormatFlags {
    if let known = storageAnswers[binding.internalFormat] { return known }
    var answer: FormatFlags = []
    if features.contains(.textureStorage), triesStorage(binding.internalFormat) { answer.insert(.textureStorage) }
    if !isCompressed, features.contains(.textureMultisample),
      triesMultisample(binding, hasStorage: answer.contains(.textureStorage)) {
      answer.insert(.multisample)
    }
    storageAnswers[binding.internalFormat] = answer
    return answer
  }

  private func triesStorage(_ internalFormat: GLenum) -> Bool {
    withTemporaryTexture(GL.TEXTURE_2D) {
      epoxy_glTexStorage2D(GL.TEXTURE_2D, 1, internalFormat, 32, 32)
    }
  }

  private func triesMultisample(_ binding: FormatBinding, hasStorage: Bool) -> Bool {
    if hasStorage, features.contains(.textureStorageMultisample) {
      return withTemporaryTexture(GL.TEXTURE_2D_MULTISAMPLE) {
        epoxy_glTexStorage2DMultisample(GL.TEXTURE_2D_MULTISAMPLE, 2, binding.internalFormat, 32, 32, GL.TRUE)
      }
    }
    guard !isES else { return false }
    return withTemporaryTexture(GL.TEXTURE_2D_MULTISAMPLE) {
      epoxy_glTexImage2DMultisample(GL.TEXTURE_2D_MULTISAMPLE, 2, binding.internalFormat, 32, 32, GL.TRUE)
    }
  }

  /// Runs `body` with a new texture bound and says whether it raised no GL error. The probe texture is bound again
  /// afterwards.
  private func withTemporaryTexture(_ target: GLenum, _ body: () -> Void) -> Bool {
    var name: GLuint = 0
    epoxy_glGenTextures(1, &name)
    epoxy_glBindTexture(target, name)
    body()
    let isFine = GLQuery.drainErrors() == GL.NO_ERROR
    epoxy_glBindTexture(target, target == GL.TEXTURE_2D ? texture : 0)
    epoxy_glDeleteTextures(1, &name)
    return isFine
  }
}
