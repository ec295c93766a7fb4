import TGSI

/// Every decision about one variant: what the planner made of facts, host and key, and all the writer looks at beside
/// the program. A value, compared and printed by tests.
struct VariantPlan: Equatable {
  var stage: PipelineStage
  /// `#version`, and whether it is followed by `es`.
  var version: UInt16
  var isES: Bool
  /// `compatibility` follows instead.
  var isCompatibility = false
  /// `#extension` lines.
  var extensions = ExtensionSet()
  /// The wanted features that the host has; the writer uses the substitute of one that is not here.
  var features = FeatureSet()
  /// GL_ARB_texture_query_lod spells the function in capitals.
  var queryLodIsExtension = false
  /// Names of draw parameters carry the suffix ARB.
  var drawParametersAreExtension = false
  var counterArithmeticIsExtension = false
  var stencilExportIsARB = false
  /// Functions on doubles that the text defines, where the feature is not granted.
  var softDoubles = EnumSet<SoftDouble>()

  // MARK: Interface

  /// The stage whose names the inputs have.
  var inputOwner: PipelineStage = .none
  /// Where each IN register comes from.
  var inputs: [InputSource] = []
  var attributes: [AttributePlan] = []
  var inputVaryings: [VaryingPlan] = []
  /// Where each OUT register goes.
  var outputs: [OutputTarget] = []
  var outputVaryings: [VaryingPlan] = []
  /// Run-time indexed inputs: read through a function.
  var inputsAreIndexed = false
  /// Run-time indexed outputs: kept in one array (elsewhere than in tessellation control).
  var outputsAreIndexed = false
  var invariantPosition = false
  var invariantPointSize = false
  /// Fragment shaders: how gl_FragCoord must be redeclared.
  var fragmentOrigin = FragmentOrigin()

  // MARK: Skeleton

  /// Registers are globals because functions use them.
  var registersAreGlobal = false
  /// The program is a function called by main, so that RET runs the epilogue.
  var bodyIsFunction = false

  // MARK: Stage parts

  var vertexEnd: VertexEnd?
  var fragment: FragmentPlan?
  var geometry: GeometryPlan?
  var tessControlVertices: Int = 0
  var tessEvaluation: TessEvaluationPlan?
  var compute: ComputePlan?

  // MARK: Resources

  var constantRows: UInt32 = 0
  var constantsAreBlock = false
  var samplers: [SamplerPlan] = []
  /// Index in `samplers` by slot, 255 for none.
  var samplerIndex: [UInt8] = []
  var samplerInfoCount = 0
  var images: [ImagePlan] = []
  var buffers: [BufferPlan] = []
  var helperBlock = HelperParts()
  var usesAdjustY = false
  var usesAlphaReference = false
  var usesDrawIDBase = false
  var usesTessLevels = false

  init(stage: PipelineStage, version: UInt16, isES: Bool) {
    self.stage = stage
    self.version = version
    self.isES = isES
  }
}

/// Redeclaration of gl_FragCoord.
struct FragmentOrigin: Hashable {
  var upperLeft = false
  var integerCentre = false
}

/// The members of the helper block that are used; the block is declared whole.
struct HelperParts: OptionSet, Hashable {
  let rawValue: UInt8
  static let clipPlanes = HelperParts(rawValue: 1)
  static let stipple = HelperParts(rawValue: 2)
}

/// GLSL's scalar types for 32-bit components.
enum ScalarType: UInt8 {
  case float, int, uint
}

/// What an IN register reads.
enum InputSource: Hashable {
  case undeclared
  /// A vertex attribute of this type, red and blue exchanged or not.
  case attribute(ScalarType, swapped: Bool)
  case varying(Varying, components: UInt8)
  case patch(Varying)
  /// Varying of one vertex of the input primitive or patch.
  case vertexVarying(Varying)
  /// Nobody writes it: zero, or for fog (0, 0, 0, 1).
  case zero
  case fogDefault
  case fragmentPosition
  case vertexPosition
  case vertexPointSize
  /// Four packed distances from the given element on, of the previous stage's counts.
  case vertexDistances(first: UInt8, clip: UInt8, cull: UInt8)
  case fragmentDistances(first: UInt8, clip: UInt8, cull: UInt8)
  case primitiveID
  case primitiveIDIn
  case layer
  case viewportIndex
  case tessOuter
  case tessInner
  case face
  /// (gl_PointCoord, 0, 1), y inverted with the uniform's sign or not.
  case pointCoordinate(flips: Bool)
  /// gl_FrontFacing ? front : back, each nil when nobody writes it.
  case twoSided(front: Varying?, back: Varying?)
  /// gl_FragCoord at integer centres, where that convention cannot be declared.
  case integerFragmentPosition

  /// Computed once into a variable before the program.
  var isLocal: Bool {
    switch self {
    case .face, .pointCoordinate, .twoSided, .integerFragmentPosition, .fragmentDistances: true
    default: false
    }
  }
}

struct AttributePlan: Hashable {
  var index: UInt8
  var type: ScalarType
  var hasLocation: Bool
}

enum InterpolationQualifier: UInt8 {
  case none, flat, noPerspective
}

enum AuxiliaryQualifier: UInt8 {
  case none, centroid, sample
}

/// The declaration of one varying.
struct VaryingPlan: Hashable {
  var varying: Varying
  var interpolation: InterpolationQualifier = .none
  var auxiliary: AuxiliaryQualifier = .none
  var invariant = false
  var perVertex = false
  var stream: UInt8 = 0
  var components: UInt8

  init(_ varying: Varying, components: UInt8 = 4) {
    self.varying = varying
    self.components = components
  }
}

/// What becomes of an OUT register.
enum OutputTarget: Hashable {
  case dropped
  case position
  case pointSize
  case varying(Varying)
  case patch(Varying)
  /// Packed distances from this element on; stored by the epilogue.
  case distances(first: UInt8)
  case layer
  case viewportIndex
  case primitiveID
  case tessOuter
  case tessInner
  case colour(UInt8)
  case depth
  case stencil
  case sampleMask
}

/// What a vertex-type stage does after the program, or before each EMIT.
struct VertexEnd: Hashable {
  var clipDistances: UInt8 = 0
  var cullDistances: UInt8 = 0
  /// User planes to evaluate, 0 for none; `clipVertex` is the OUT register of CLIPVERTEX, else the position's is used.
  var userPlanes: UInt8 = 0
  var clipVertex: UInt8?
  var positionRegister: UInt8?
  var flips = false
  var captures: [Capture] = []

  /// One `out` variable for transform feedback, copied from an OUT register.
  struct Capture: Hashable {
    var register: UInt8
    var firstComponent: UInt8
    var componentCount: UInt8
    var stream: UInt8
    /// Number in the variable's name.
    var number: UInt8
  }
}

struct FragmentPlan: Hashable {
  var earlyTests = false
  var originUpperLeft = false
  var pixelCentreInteger = false
  var depthLayout: DepthLayout = .none
  /// Mask of advanced blend modes, bit numbers as in the property.
  var blendModes: UInt32 = 0
  var stipple = false
  var alphaTest: CompareFunction = .always
  /// OUT register of colour 0, for the alpha test.
  var alphaTestRegister: UInt8?
  var dualSource = false
  var framebufferFetchIsCoherent = true
  var colours: [ColourPlan] = []
}

/// One declared colour output.
struct ColourPlan: Hashable {
  var location: UInt8
  /// OUT register it is stored from.
  var register: UInt8
  var type: ScalarType = .float
  var isFetched = false
  var hasLocation = false
  var alphaInRed = false
  var swapsRedBlue = false
  var encodesSRGB = false
  /// Done by the shader, in numbers of `channelBits`.
  var logicOp: LogicOp = .none
  var channelBits: ChannelBits = .other
}

struct GeometryPlan: Hashable {
  var input: Primitive
  var output: Primitive
  var maxVertices: Int
  var invocations: Int
  var inputVertices: Int
  var usesStreams: Bool
}

struct TessEvaluationPlan: Hashable {
  var domain: TessDomain
  var spacing: TessSpacing
  var clockwise: Bool
  var pointMode: Bool
}

struct ComputePlan: Hashable {
  var width: Int
  var height: Int
  var depth: Int
  /// Words of shared memory, 0 for none.
  var sharedWords: UInt32
  /// Signed minimum and maximum are used on it: an `int` array, unless unsigned ones are too.
  var sharedIsSigned: Bool
}

/// One sampler uniform, a single or an array over consecutive slots.
struct SamplerPlan: Hashable {
  var first: UInt8
  var count: UInt8
  var target: TextureTarget
  var result: ScalarType
  /// Kind of GLSL sampler that stands for the target: 1D and RECT may be 2D.
  var shape: SamplerShape
  /// RECT read from a 2D texture: coordinates are divided by the size.
  var normalises: Bool
  /// 1D read from a 2D texture of height 1.
  var widens: Bool
  /// Components 0–3 = xyzw, 4 zero, 5 one, three bits each; nil for none. Single samplers and whole arrays only.
  var swizzle: UInt16?
  /// Rank among the used slots, for the info uniform.
  var rank: UInt8
}

/// The part of a sampler or image type behind "sampler".
enum SamplerShape: UInt8 {
  case buffer, oneD, twoD, threeD, cube, rect, oneDArray, twoDArray, cubeArray, twoDMS, twoDMSArray
}

struct ImagePlan: Hashable {
  var slot: UInt8
  /// Elements of an array over consecutive slots, 1 for a single image.
  var count: UInt8 = 1
  var unit: UInt8
  var shape: SamplerShape
  var target: TextureTarget
  var type: ScalarType
  var format: ImageFormat
  var readOnly: Bool
  var writeOnly: Bool
  var qualifiers: UInt8
  /// ES: stores go through a second, write-only variable on the same unit.
  var hasWriteSide: Bool
  var widens: Bool
}

struct BufferPlan: Hashable {
  /// Counted from the lowest declared buffer.
  var slot: UInt8
  /// Elements of an array of blocks over consecutive slots, 1 for a single block.
  var count: UInt8 = 1
  var binding: UInt8
  var qualifiers: UInt8
  /// Declared as ints.
  var isSigned: Bool
  /// Also declared as ints under a second name, because signed and unsigned minima meet on it.
  var hasSignedSide: Bool
}
