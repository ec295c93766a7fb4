import CEpoxy
import GLDriver
import WireFormat

/// A sampler state: GL sampler objects, made when a view first needs them.
///
/// One guest state may need several GL samplers, because what GL wants depends on the texture: border
/// colours of integer textures are integers, alpha-in-red textures take alpha as red, and hosts
/// without texture views switch sRGB decoding here.
final class SamplerState: GuestObject, GuestObjectKind {
  static var objectKind: ObjectKind { .samplerState }

  /// What the texture asks of its sampler; the raw value selects one of the GL samplers.
  struct Flavour: OptionSet {
    var rawValue: UInt8
    static let integerBorder = Flavour(rawValue: 1)
    static let alphaBorder = Flavour(rawValue: 2)
    static let skipDecode = Flavour(rawValue: 4)
  }

  private let state: CreateSamplerState
  private let host: HostGL
  private let releaseQueue: GLReleaseQueue
  private var names = InlineArray<8, GLuint>(repeating: 0)
  /// Without a border the colour's kind makes no difference.
  private let usesBorder: Bool

  init(_ state: CreateSamplerState, host: HostGL, releaseQueue: GLReleaseQueue) {
    self.state = state
    self.host = host
    self.releaseQueue = releaseQueue
    func border(_ wrap: UInt32) -> Bool { wrap == 3 || wrap == 7 || wrap == 1 }
    usesBorder = border(state.wrapS) || border(state.wrapT) || border(state.wrapR)
    super.init(kind: .samplerState)
  }

  override func releaseGL() {
    for index in 0..<8 { releaseQueue.release(sampler: names[index]) }
  }

  /// The GL sampler for a texture of this flavour. A GL context of the share group is current.
  @inline(__always)
  func name(_ flavour: Flavour) -> GLuint {
    let index = Int((usesBorder ? flavour : flavour.intersection(.skipDecode)).rawValue & 7)
    let name = names[index]
    return name != 0 ? name : make(Flavour(rawValue: UInt8(index)), index)
  }

  @inline(never)
  private func make(_ flavour: Flavour, _ index: Int) -> GLuint {
    var name: GLuint = 0
    epoxy_glGenSamplers(1, &name)
    names[index] = name
    epoxy_glSamplerParameteri(name, GL.TEXTURE_WRAP_S, wrap(state.wrapS))
    epoxy_glSamplerParameteri(name, GL.TEXTURE_WRAP_T, wrap(state.wrapT))
    epoxy_glSamplerParameteri(name, GL.TEXTURE_WRAP_R, wrap(state.wrapR))
    epoxy_glSamplerParameteri(name, GL.TEXTURE_MIN_FILTER, GLint(minFilter))
    epoxy_glSamplerParameteri(name, GL.TEXTURE_MAG_FILTER, GLint(state.magFilter == 0 ? GL.NEAREST : GL.LINEAR))
    epoxy_glSamplerParameterf(name, GL.TEXTURE_MIN_LOD, state.minLOD)
    epoxy_glSamplerParameterf(name, GL.TEXTURE_MAX_LOD, state.maxLOD)
    epoxy_glSamplerParameteri(
      name, GL.TEXTURE_COMPARE_MODE, GLint(state.compareEnable ? GL.COMPARE_REF_TO_TEXTURE : GL.NONE))
    epoxy_glSamplerParameteri(
      name, GL.TEXTURE_COMPARE_FUNC, GLint(Translate.compareFunction(state.compareFunction)))
    if !host.isES { epoxy_glSamplerParameterf(name, GL.TEXTURE_LOD_BIAS, state.lodBias) }
    if host.features.contains(.seamlessCubeMapPerTexture) {
      epoxy_glSamplerParameteri(name, GL.TEXTURE_CUBE_MAP_SEAMLESS, state.seamlessCube ? 1 : 0)
    }
    if state.maxAnisotropy > 1, host.features.contains(.anisotropicFilter) {
      epoxy_glSamplerParameterf(name, GL.TEXTURE_MAX_ANISOTROPY, Float(state.maxAnisotropy))
    }
    if flavour.contains(.skipDecode), host.features.contains(.textureSRGBDecode) {
      epoxy_glSamplerParameteri(name, GL.TEXTURE_SRGB_DECODE_EXT, GLint(GL.SKIP_DECODE_EXT))
    }
    if usesBorder, host.features.contains(.samplerBorderColor) { setBorder(name, flavour) }
    return name
  }

  private func setBorder(_ name: GLuint, _ flavour: Flavour) {
    let bits = state.borderColor.bits
    var color: [GLuint] = [bits.0, bits.1, bits.2, bits.3]
    if flavour.contains(.alphaBorder) { color[0] = bits.3 }
    if flavour.contains(.integerBorder) {
      epoxy_glSamplerParameterIuiv(name, GL.TEXTURE_BORDER_COLOR, color)
    } else {
      epoxy_glSamplerParameterfv(name, GL.TEXTURE_BORDER_COLOR, color.map { Float(bitPattern: $0) })
    }
  }

  private var minFilter: GLenum {
    switch (state.minFilter, state.mipFilter) {
    case (0, 0): GL.NEAREST_MIPMAP_NEAREST
    case (0, 1): GL.NEAREST_MIPMAP_LINEAR
    case (0, _): GL.NEAREST
    case (_, 0): GL.LINEAR_MIPMAP_NEAREST
    case (_, 1): GL.LINEAR_MIPMAP_LINEAR
    default: GL.LINEAR
    }
  }

  /// A mode that the host lacks becomes its nearest relative: the capabilities told the guest not to ask.
  private func wrap(_ value: UInt32) -> GLint {
    let mode: GLenum
    switch value {
    case 0: mode = GL.REPEAT
    case 1: mode = host.isCompat ? GL.CLAMP : GL.CLAMP_TO_EDGE
    case 2: mode = GL.CLAMP_TO_EDGE
    case 3: mode = host.features.contains(.samplerBorderColor) ? GL.CLAMP_TO_BORDER : GL.CLAMP_TO_EDGE
    case 4: mode = GL.MIRRORED_REPEAT
    case 5 where host.features.contains(.mirrorClamp): mode = GL.MIRROR_CLAMP_EXT
    case 7 where host.features.contains(.mirrorClampToBorder): mode = GL.MIRROR_CLAMP_TO_BORDER_EXT
    case _ where host.features.contains(.mirrorClampToEdge): mode = GL.MIRROR_CLAMP_TO_EDGE
    default: mode = GL.MIRRORED_REPEAT
    }
    return GLint(mode)
  }
}
