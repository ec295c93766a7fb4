import CEpoxy
import WireFormat

/// The GL objects and remembered answers of one probing run.
///
/// One texture stays attached to a framebuffer and is re-specified for each format; immutable and multisample textures
/// are tried once for each internal format, with names from one pool.
struct FormatProber {
  private static let poolSize = 256

  let isES: Bool
  let features: GLFeatures
  private var texture: GLuint = 0
  private var colorFramebuffer: GLuint = 0
  private var depthFramebuffer: GLuint = 0
  private var pool = [GLuint](repeating: 0, count: poolSize)
  private var poolUsed = 0
  /// `textureStorage` and `multisample` of the internal formats asked for; neighbours often share one.
  private var storageAnswers: [(internalFormat: GLenum, flags: FormatFlags)] = []

  init(isES: Bool, features: GLFeatures) {
    self.isES = isES
    self.features = features
  }

  mutating func begin() {
    GLQuery.drainErrors()
    epoxy_glGenTextures(1, &texture)
    epoxy_glBindTexture(GL.TEXTURE_2D, texture)
    epoxy_glGenTextures(GLsizei(Self.poolSize), &pool)
    epoxy_glGenFramebuffers(1, &depthFramebuffer)
    epoxy_glGenFramebuffers(1, &colorFramebuffer)
    epoxy_glBindFramebuffer(GL.FRAMEBUFFER, colorFramebuffer)
    epoxy_glTexImage2D(GL.TEXTURE_2D, 0, GLint(bitPattern: GL.RGBA8), 32, 32, 0, GL.RGBA, GL.UNSIGNED_BYTE, nil)
    epoxy_glFramebufferTexture2D(GL.FRAMEBUFFER, GL.COLOR_ATTACHMENT0, GL.TEXTURE_2D, texture, 0)
  }

  mutating func end() {
    epoxy_glBindFramebuffer(GL.FRAMEBUFFER, 0)
    epoxy_glDeleteFramebuffers(1, &colorFramebuffer)
    epoxy_glDeleteFramebuffers(1, &depthFramebuffer)
    epoxy_glBindTexture(GL.TEXTURE_2D, 0)
    if features.contains(.textureMultisample) { epoxy_glBindTexture(GL.TEXTURE_2D_MULTISAMPLE, 0) }
    epoxy_glDeleteTextures(1, &texture)
    epoxy_glDeleteTextures(GLsizei(Self.poolSize), &pool)
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
    let isComplete = epoxy_glCheckFramebufferStatus(GL.FRAMEBUFFER) == GL.FRAMEBUFFER_COMPLETE
    var flags: FormatFlags = isComplete ? [.render] : []
    if !isES {
      flags.insert(.readback)
    } else if isComplete, canReadOnES(binding) {
      flags.insert(.readback)
    }
    return flags
  }

  private func depthStencilFlags(_ description: FormatDescription) -> FormatFlags {
    let hasDepth = description.traits.contains(.depth)
    let hasStencil = description.traits.contains(.stencil)
    let point = hasDepth ? (hasStencil ? GL.DEPTH_STENCIL_ATTACHMENT : GL.DEPTH_ATTACHMENT) : GL.STENCIL_ATTACHMENT
    epoxy_glBindFramebuffer(GL.FRAMEBUFFER, depthFramebuffer)
    epoxy_glFramebufferTexture2D(GL.FRAMEBUFFER, point, GL.TEXTURE_2D, texture, 0)
    // A framebuffer without colour needs its draw and read buffer off on hosts before GL 4.1.
    var none = GL.NONE
    epoxy_glDrawBuffers(1, &none)
    epoxy_glReadBuffer(GL.NONE)
    let isComplete = epoxy_glCheckFramebufferStatus(GL.FRAMEBUFFER) == GL.FRAMEBUFFER_COMPLETE
    epoxy_glFramebufferTexture2D(GL.FRAMEBUFFER, point, GL.TEXTURE_2D, 0, 0)
    epoxy_glBindFramebuffer(GL.FRAMEBUFFER, colorFramebuffer)
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
    // Signed normalised colours are clamped to 0...1 when read, and ES cannot turn that off.
    case (GL.RED, GL.BYTE), (GL.RG, GL.BYTE), (GL.RGBA, GL.BYTE), (GL.RED, GL.SHORT), (GL.RG, GL.SHORT),
      (GL.RGBA, GL.SHORT):
      return false
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

  /// Whether immutable and multisample textures can have this internal format. Binds other textures than the probe
  /// texture, so it comes after the last `makeTexture`.
  mutating func storageFlags(_ internalFormat: GLenum, isCompressed: Bool) -> FormatFlags {
    if let known = storageAnswers.last(where: { $0.internalFormat == internalFormat }) { return known.flags }
    var answer: FormatFlags = []
    if features.contains(.textureStorage), bindFresh(GL.TEXTURE_2D) {
      epoxy_glTexStorage2D(GL.TEXTURE_2D, 1, internalFormat, 32, 32)
      if GLQuery.drainErrors() == GL.NO_ERROR { answer.insert(.textureStorage) }
    }
    let hasStorage = answer.contains(.textureStorage) && features.contains(.textureStorageMultisample)
    if !isCompressed, features.contains(.textureMultisample), hasStorage || !isES,
      bindFresh(GL.TEXTURE_2D_MULTISAMPLE) {
      if hasStorage {
        epoxy_glTexStorage2DMultisample(GL.TEXTURE_2D_MULTISAMPLE, 2, internalFormat, 32, 32, GL.TRUE)
      } else {
        epoxy_glTexImage2DMultisample(GL.TEXTURE_2D_MULTISAMPLE, 2, internalFormat, 32, 32, GL.TRUE)
      }
      if GLQuery.drainErrors() == GL.NO_ERROR { answer.insert(.multisample) }
    }
    storageAnswers.append((internalFormat, answer))
    return answer
  }

  /// Binds a name that was never bound before; false when the pool is used up.
  private mutating func bindFresh(_ target: GLenum) -> Bool {
    guard poolUsed < Self.poolSize else { return false }
    epoxy_glBindTexture(target, pool[poolUsed])
    poolUsed += 1
    return true
  }
}
