import CEpoxy
import GLDriver
import WireFormat

/// The framebuffer the guest wants, and what the sub-context's framebuffer object has attached.
struct FramebufferState {
  var colors = InlineArray<8, Surface?>(repeating: nil)
  /// Slots in use, holes included: 0…8.
  var colorCount = 0
  var depthStencil: Surface?
  /// Default size for a framebuffer without attachments.
  var noAttachments = (width: UInt32(0), height: UInt32(0), layers: UInt32(0), samples: UInt32(0))

  /// The first colour surface, else the depth surface, is stored with row 0 at the top (Y_0_TOP).
  var originUpperLeft = false
  var height = 0
  /// What shaders and blending must know of `colors`.
  private(set) var traits = ColorBufferTraits()

  fileprivate var attachedColors = InlineArray<8, Surface?>(repeating: nil)
  fileprivate var attachedDepthStencil: Surface?
  fileprivate var attachedDrawBuffers: UInt32 = ~0
  fileprivate var noAttachmentsDirty = false

  /// The surface that decides size and orientation.
  var leading: Surface? {
    for index in 0..<colorCount {
      if let surface = colors[index] { return surface }
    }
    return depthStencil
  }

  var writesSRGB: Bool {
    for index in 0..<colorCount where colors[index]?.isSRGB ?? false { return true }
    return false
  }

  /// Bit n: colour slot n has a surface.
  var boundColors: UInt32 { UInt32(traits.bound) }

  /// Binds the surfaces of SET_FRAMEBUFFER_STATE.
  fileprivate mutating func bind(_ colors: InlineArray<8, Surface?>, count: Int, depthStencil: Surface?) {
    self.colors = colors
    colorCount = count
    self.depthStencil = depthStencil
    traits = ColorBufferTraits()
    for index in 0..<count {
      if let surface = colors[index] { traits.add(surface, at: index) }
    }
  }

  /// Samples of colour buffer 0 as GL sees them, at least 1.
  var samples: Int { max(1, leading?.resource.shape.samples ?? Int(noAttachments.samples)) }
}

/// Properties of the bound colour buffers, one bit each.
struct ColorBufferTraits {
  /// Slots with a surface.
  private(set) var bound: UInt8 = 0
  private(set) var signedIntegers: UInt8 = 0
  private(set) var unsignedIntegers: UInt8 = 0
  /// Alpha is kept in the red channel.
  private(set) var alphaInRed: UInt8 = 0
  /// The guest's format has no alpha, whatever the storage has.
  private(set) var withoutAlpha: UInt8 = 0
  /// See `FragmentKey.channelBits`.
  private(set) var channelBits: UInt32 = 0

  fileprivate mutating func add(_ surface: Surface, at index: Int) {
    let bit = UInt8(1) &<< UInt8(index)
    bound |= bit
    if surface.isSignedInteger { signedIntegers |= bit }
    if surface.isUnsignedInteger { unsignedIntegers |= bit }
    if surface.emulatesAlpha { alphaInRed |= bit }
    if !surface.hasAlpha { withoutAlpha |= bit }
    channelBits |= UInt32(surface.channelBits.rawValue) &<< UInt32(index * 3)
  }

  /// glClear gives every buffer the guest's colour as it is.
  var takesPlainClear: Bool { signedIntegers | unsignedIntegers | alphaInRed == 0 }
  /// Blending must be adapted to these.
  var needsBlendPatch: UInt8 { alphaInRed | withoutAlpha }

  /// The part that fragment-shader variants depend on, apart from `channelBits`.
  fileprivate func packed(count: Int, topDown: Bool) -> UInt64 {
    UInt64(signedIntegers) | UInt64(unsignedIntegers) << 8 | UInt64(alphaInRed) << 16
      | UInt64(UInt8(truncatingIfNeeded: count)) << 24 | (topDown ? 1 << 32 : 0)
  }
}

extension SubContextState {
  /// SET_FRAMEBUFFER_STATE. Nothing changes unless every handle is known.
  mutating func apply(_ command: SetFramebufferState, _ payload: Span<UInt32>) throws(CommandFault) {
    var colors = InlineArray<8, Surface?>(repeating: nil)
    for index in 0..<command.colorCount {
      let handle = command.color(index, payload)
      if handle != 0 { colors[index] = try objects.require(handle, Surface.self, error: .illegalSurface) }
    }
    var depthStencil: Surface?
    if command.depthStencil != 0 {
      depthStencil = try objects.require(command.depthStencil, Surface.self, error: .illegalSurface)
    }
    framebuffer.bind(colors, count: command.colorCount, depthStencil: depthStencil)
    let leading = framebuffer.leading
    let height = leading?.height ?? 0
    let upperLeft = leading?.resource.flags.contains(.y0Top) ?? false
    if upperLeft != framebuffer.originUpperLeft || height != framebuffer.height {
      framebuffer.originUpperLeft = upperLeft
      framebuffer.height = height
      dirty.formUnion([.viewports, .frontFace, .helperUniforms])
    }
    if host.isES { updateEmulatedLogicOp() }
    programInputs.colorBuffers = framebuffer.traits.packed(count: framebuffer.colorCount, topDown: upperLeft)
    dirty.formUnion([.framebuffer, .shaders, .blend, .blendColor, .sampleShading])
  }

  /// SET_FRAMEBUFFER_STATE_NO_ATTACH.
  mutating func apply(_ command: SetFramebufferStateNoAttach) {
    framebuffer.noAttachments = (command.width, command.height, command.layers, command.samples)
    framebuffer.noAttachmentsDirty = true
    dirty.insert(.framebuffer)
  }

  /// Binds the main framebuffer and changes only the attachments that differ.
  mutating func emitFramebuffer() {
    shadow.bindFramebuffer(framebufferName)
    for index in 0..<8 {
      let wanted = index < framebuffer.colorCount ? framebuffer.colors[index] : nil
      guard wanted !== framebuffer.attachedColors[index] else { continue }
      let point = GL.COLOR_ATTACHMENT0 &+ GLenum(index)
      if let wanted {
        wanted.attach(to: point)
      } else {
        epoxy_glFramebufferTexture2D(GL.DRAW_FRAMEBUFFER, point, GL.TEXTURE_2D, 0, 0)
      }
      framebuffer.attachedColors[index] = wanted
    }
    emitDepthStencilAttachment()
    emitDrawBuffers()
    if framebuffer.noAttachmentsDirty, framebuffer.leading == nil, host.features.contains(.framebufferNoAttachments) {
      framebuffer.noAttachmentsDirty = false
      emitDefaultSize()
    }
    shadow.switchCapabilities(framebuffer.writesSRGB ? .framebufferSRGB : [], among: .framebufferSRGB)
  }

  private mutating func emitDepthStencilAttachment() {
    let wanted = framebuffer.depthStencil
    guard wanted !== framebuffer.attachedDepthStencil else { return }
    let covered = wanted?.attachment
    if covered != GL.DEPTH_STENCIL_ATTACHMENT, let old = framebuffer.attachedDepthStencil?.attachment, old != covered {
      epoxy_glFramebufferTexture2D(GL.DRAW_FRAMEBUFFER, GL.DEPTH_STENCIL_ATTACHMENT, GL.TEXTURE_2D, 0, 0)
    }
    if let wanted { wanted.attach(to: wanted.attachment) }
    framebuffer.attachedDepthStencil = wanted
  }

  private mutating func emitDrawBuffers() {
    let wanted = framebuffer.boundColors | UInt32(framebuffer.colorCount) << 16
    guard wanted != framebuffer.attachedDrawBuffers else { return }
    framebuffer.attachedDrawBuffers = wanted
    var buffers = InlineArray<8, GLenum>(repeating: GL.NONE)
    for index in 0..<framebuffer.colorCount where framebuffer.colors[index] != nil {
      buffers[index] = GL.COLOR_ATTACHMENT0 &+ GLenum(index)
    }
    buffers.span.withUnsafeBufferPointer { names in
      epoxy_glDrawBuffers(GLsizei(max(1, framebuffer.colorCount)), names.baseAddress)
    }
    epoxy_glReadBuffer(framebuffer.boundColors & 1 != 0 ? GL.COLOR_ATTACHMENT0 : GL.NONE)
  }

  private func emitDefaultSize() {
    let size = framebuffer.noAttachments
    epoxy_glFramebufferParameteri(GL.FRAMEBUFFER, GL.FRAMEBUFFER_DEFAULT_WIDTH, GLint(size.width))
    epoxy_glFramebufferParameteri(GL.FRAMEBUFFER, GL.FRAMEBUFFER_DEFAULT_HEIGHT, GLint(size.height))
    if host.features.contains(.geometryShader) {
      epoxy_glFramebufferParameteri(GL.FRAMEBUFFER, GL.FRAMEBUFFER_DEFAULT_LAYERS, GLint(size.layers))
    }
    epoxy_glFramebufferParameteri(GL.FRAMEBUFFER, GL.FRAMEBUFFER_DEFAULT_SAMPLES, GLint(size.samples))
  }

  /// Drops references to surfaces whose resource dies with the sub-context or was cleared elsewhere.
  mutating func forgetAttachments() {
    framebuffer.attachedColors = InlineArray(repeating: nil)
    framebuffer.attachedDepthStencil = nil
    framebuffer.attachedDrawBuffers = ~0
  }
}
