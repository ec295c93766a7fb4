import CEpoxy
import GLDriver

/// The glEnable switches that guest state controls, as a set, so that one word tells what GL has.
struct GLCapabilities: OptionSet {
  var rawValue: UInt32

  static let depthTest = GLCapabilities(rawValue: 1 << 0)
  static let stencilTest = GLCapabilities(rawValue: 1 << 1)
  static let cullFace = GLCapabilities(rawValue: 1 << 2)
  static let scissorTest = GLCapabilities(rawValue: 1 << 3)
  static let dither = GLCapabilities(rawValue: 1 << 4)
  static let multisample = GLCapabilities(rawValue: 1 << 5)
  static let sampleMask = GLCapabilities(rawValue: 1 << 6)
  static let sampleAlphaToCoverage = GLCapabilities(rawValue: 1 << 7)
  static let sampleAlphaToOne = GLCapabilities(rawValue: 1 << 8)
  static let sampleShading = GLCapabilities(rawValue: 1 << 9)
  static let rasterizerDiscard = GLCapabilities(rawValue: 1 << 10)
  static let depthClamp = GLCapabilities(rawValue: 1 << 11)
  static let programPointSize = GLCapabilities(rawValue: 1 << 12)
  static let polygonOffsetFill = GLCapabilities(rawValue: 1 << 13)
  static let polygonOffsetLine = GLCapabilities(rawValue: 1 << 14)
  static let polygonOffsetPoint = GLCapabilities(rawValue: 1 << 15)
  static let lineSmooth = GLCapabilities(rawValue: 1 << 16)
  static let polygonSmooth = GLCapabilities(rawValue: 1 << 17)
  static let lineStipple = GLCapabilities(rawValue: 1 << 18)
  static let polygonStipple = GLCapabilities(rawValue: 1 << 19)
  static let colorLogicOp = GLCapabilities(rawValue: 1 << 20)
  static let framebufferSRGB = GLCapabilities(rawValue: 1 << 21)
  static let alphaTest = GLCapabilities(rawValue: 1 << 22)
  static let primitiveRestart = GLCapabilities(rawValue: 1 << 23)
  static let primitiveRestartFixedIndex = GLCapabilities(rawValue: 1 << 24)
  static let vertexProgramTwoSide = GLCapabilities(rawValue: 1 << 25)
  static let pointSprite = GLCapabilities(rawValue: 1 << 26)
  static let textureCubeMapSeamless = GLCapabilities(rawValue: 1 << 27)

  /// What a new GL context has switched on.
  static let initial: GLCapabilities = [.dither, .multisample]

  /// The GL enumerator of the single member with bit `index`.
  static func enumerator(_ index: Int) -> GLenum {
    switch index {
    case 0: GL.DEPTH_TEST
    case 1: GL.STENCIL_TEST
    case 2: GL.CULL_FACE
    case 3: GL.SCISSOR_TEST
    case 4: GL.DITHER
    case 5: GL.MULTISAMPLE
    case 6: GL.SAMPLE_MASK
    case 7: GL.SAMPLE_ALPHA_TO_COVERAGE
    case 8: GL.SAMPLE_ALPHA_TO_ONE
    case 9: GL.SAMPLE_SHADING
    case 10: GL.RASTERIZER_DISCARD
    case 11: GL.DEPTH_CLAMP
    case 12: GL.PROGRAM_POINT_SIZE
    case 13: GL.POLYGON_OFFSET_FILL
    case 14: GL.POLYGON_OFFSET_LINE
    case 15: GL.POLYGON_OFFSET_POINT
    case 16: GL.LINE_SMOOTH
    case 17: GL.POLYGON_SMOOTH
    case 18: GL.LINE_STIPPLE
    case 19: GL.POLYGON_STIPPLE
    case 20: GL.COLOR_LOGIC_OP
    case 21: GL.FRAMEBUFFER_SRGB
    case 22: GL.ALPHA_TEST
    case 23: GL.PRIMITIVE_RESTART
    case 24: GL.PRIMITIVE_RESTART_FIXED_INDEX
    case 25: GL.VERTEX_PROGRAM_TWO_SIDE
    case 26: GL.POINT_SPRITE
    default: GL.TEXTURE_CUBE_MAP_SEAMLESS
    }
  }

  /// The switches that this kind of host has at all; the others are never touched.
  static func available(on host: HostGL) -> GLCapabilities {
    var set: GLCapabilities = [
      .depthTest, .stencilTest, .cullFace, .scissorTest, .dither, .sampleAlphaToCoverage, .rasterizerDiscard,
      .polygonOffsetFill,
    ]
    if host.features.contains(.sampleMask) { set.insert(.sampleMask) }
    if host.features.contains(.sampleShading) { set.insert(.sampleShading) }
    if host.features.contains(.depthClamp) { set.insert(.depthClamp) }
    if host.features.contains(.srgbWriteControl) { set.insert(.framebufferSRGB) }
    guard !host.isES else {
      return set.union(.primitiveRestartFixedIndex)
    }
    set.formUnion([
      .multisample, .sampleAlphaToOne, .programPointSize, .polygonOffsetLine, .polygonOffsetPoint, .lineSmooth,
      .polygonSmooth, .colorLogicOp, .textureCubeMapSeamless, .primitiveRestart,
    ])
    if host.isCompat {
      set.formUnion([.lineStipple, .polygonStipple, .alphaTest, .vertexProgramTwoSide, .pointSprite])
    }
    return set
  }
}
