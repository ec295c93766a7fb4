/// What a sub-context's GL context does not know yet. Commands set bits; the next draw, clear or
/// dispatch emits and clears those it needs.
struct Dirty: OptionSet {
  var rawValue: UInt32

  static let viewports = Dirty(rawValue: 1 << 0)
  static let scissors = Dirty(rawValue: 1 << 1)
  static let blend = Dirty(rawValue: 1 << 2)
  static let blendColor = Dirty(rawValue: 1 << 3)
  static let depthAlpha = Dirty(rawValue: 1 << 4)
  static let stencil = Dirty(rawValue: 1 << 5)
  static let rasterizer = Dirty(rawValue: 1 << 6)
  static let frontFace = Dirty(rawValue: 1 << 7)
  static let framebuffer = Dirty(rawValue: 1 << 8)
  static let sampleMask = Dirty(rawValue: 1 << 9)
  static let sampleShading = Dirty(rawValue: 1 << 10)
  /// The set of shader variants may have changed.
  static let shaders = Dirty(rawValue: 1 << 11)
  static let vertexElements = Dirty(rawValue: 1 << 12)
  static let vertexBuffers = Dirty(rawValue: 1 << 13)
  /// Constant buffer 0 of some stage, see `constantStages`.
  static let constants = Dirty(rawValue: 1 << 14)
  static let uniformBuffers = Dirty(rawValue: 1 << 15)
  /// Sampler views or states of some stage.
  static let samplers = Dirty(rawValue: 1 << 16)
  static let shaderBuffers = Dirty(rawValue: 1 << 17)
  static let images = Dirty(rawValue: 1 << 18)
  static let atomicBuffers = Dirty(rawValue: 1 << 19)
  /// Clip planes, stipple, y factor, alpha reference, draw id.
  static let helperUniforms = Dirty(rawValue: 1 << 20)
  static let tessLevels = Dirty(rawValue: 1 << 21)

  /// What a clear needs: state that decides where and how much is written.
  static let forClear: Dirty = [.framebuffer]
}
