import TGSI

/// What a shader's text says about itself, independent of host and key: collected once when the shader is created.
///
/// Draw code reads `interface`, the masks and the traits; the planner reads everything.
package struct ShaderFacts: Equatable, Sendable {
  package var stage: ShaderStage
  /// The part that neighbours' keys depend on.
  package var interface = StageInterface()
  package var traits: ShaderTraits = []

  // MARK: Interface registers

  /// Use of each IN register, by number; the length is the highest declared number + 1.
  package var inputs: [InterfaceRegister] = []
  /// The same for OUT registers.
  package var outputs: [InterfaceRegister] = []
  /// Vertex shaders: mask of the IN registers read (= vertex elements).
  package var attributes: UInt32 = 0
  /// Fragment shaders: mask of the colour outputs declared. Both bits 0 and 1: dual-source blending is possible.
  package var colourOutputs: UInt8 = 0
  /// Mask over colour outputs read by FBFETCH.
  package var fetchedOutputs: UInt8 = 0
  /// Semantic of each SV register by number; nil where undeclared.
  package var systemValues: [SemanticName?] = []

  // MARK: Resources

  /// Rows of constant buffer 0 that the shader declares: highest slot + 1.
  package var constantRows: UInt32 = 0
  /// Uniform-buffer slots 1…31 declared.
  package var uniformBlocks: UInt32 = 0
  /// Rows of each of the 32 buffers.
  package var uniformBlockRows: [UInt32] = Array(repeating: 0, count: 32)
  /// Sampler slots used.
  package var samplers: UInt32 = 0
  /// Used sampler slots by kind of target.
  package var shadowSamplers: UInt32 = 0
  package var bufferSamplers: UInt32 = 0
  package var rectangleSamplers: UInt32 = 0
  /// Target and result type of each of the 32 samplers.
  package var samplerUses: [SamplerUse] = Array(repeating: SamplerUse(), count: 32)
  /// Runs of samplers that are indexed at run time; disjoint, ascending.
  package var samplerArrays: [RegisterRange] = []
  /// Image slots declared.
  package var images: UInt32 = 0
  package var imageUses: [ImageUse] = Array(repeating: ImageUse(), count: 32)
  /// Runs of images and storage buffers indexed at run time use the declared slots from the base on.
  /// Lowest declared storage buffer.
  package var firstStorage: UInt8 = 0
  /// Declared storage buffers, bit 0 = `firstStorage`.
  package var storage: UInt32 = 0
  package var storageUses: [StorageUse] = Array(repeating: StorageUse(), count: 32)
  /// Atomic-counter buffers declared.
  package var atomicBuffers: UInt32 = 0
  /// Accesses of shared memory by ATOMIMIN / ATOMIMAX and by ATOMUMIN / ATOMUMAX.
  package var sharedMemory = StorageUse()
  /// Bytes of shared memory (create packet).
  package var sharedMemoryBytes: UInt32 = 0

  // MARK: Registers

  package var temporaries = TemporaryFacts()
  /// ADDR registers declared: highest + 1.
  package var addressCount: UInt8 = 0
  /// Value class of the OUT registers, by number.
  package var outputClasses: [ValueClass] = []
  /// OUT registers that must start as zero.
  package var outputsNeedZero: UInt64 = 0

  // MARK: Stage properties

  package var streamOutput: StreamOutput = .none
  /// Geometry: primitive of the output; nil elsewhere.
  package var geometryOutput: Primitive?
  package var geometryInput: Primitive?
  /// Tessellation evaluation.
  package var tessDomain: TessDomain?
  package var tessPointMode: Bool = false

  package init(stage: ShaderStage) { self.stage = stage }
}

/// Yes-or-no facts.
package struct ShaderTraits: OptionSet, Hashable, Sendable {
  package let rawValue: UInt64
  package init(rawValue: UInt64) { self.rawValue = rawValue }

  package static let writesPosition = ShaderTraits(rawValue: 1 << 0)
  package static let writesPointSize = ShaderTraits(rawValue: 1 << 1)
  package static let writesLayer = ShaderTraits(rawValue: 1 << 2)
  package static let writesViewportIndex = ShaderTraits(rawValue: 1 << 3)
  package static let writesDistances = ShaderTraits(rawValue: 1 << 4)
  package static let writesClipVertex = ShaderTraits(rawValue: 1 << 5)
  package static let writesDepth = ShaderTraits(rawValue: 1 << 6)
  package static let writesStencil = ShaderTraits(rawValue: 1 << 7)
  package static let writesSampleMask = ShaderTraits(rawValue: 1 << 8)
  /// FS_COLOR0_WRITES_ALL_CBUFS.
  package static let broadcastsColour = ShaderTraits(rawValue: 1 << 9)
  package static let readsDrawID = ShaderTraits(rawValue: 1 << 10)
  package static let readsFragmentPosition = ShaderTraits(rawValue: 1 << 11)
  package static let readsPointCoordinate = ShaderTraits(rawValue: 1 << 12)
  package static let discards = ShaderTraits(rawValue: 1 << 13)
  /// RET that is not the last instruction.
  package static let returnsEarly = ShaderTraits(rawValue: 1 << 14)
  package static let indexesInputs = ShaderTraits(rawValue: 1 << 15)
  package static let indexesOutputs = ShaderTraits(rawValue: 1 << 16)
  package static let indexesBlocks = ShaderTraits(rawValue: 1 << 17)
  package static let usesDoubles = ShaderTraits(rawValue: 1 << 18)
  package static let earlyTests = ShaderTraits(rawValue: 1 << 19)
  package static let separable = ShaderTraits(rawValue: 1 << 20)
  package static let queriesLevels = ShaderTraits(rawValue: 1 << 21)
  package static let queriesSamples = ShaderTraits(rawValue: 1 << 22)
  package static let usesBarrier = ShaderTraits(rawValue: 1 << 23)
  package static let usesSharedMemory = ShaderTraits(rawValue: 1 << 24)
  package static let readsOutputs = ShaderTraits(rawValue: 1 << 25)
  package static let usesPrecise = ShaderTraits(rawValue: 1 << 26)
  /// FS_BLEND_EQUATION_ADVANCED with a mode.
  package static let advancedBlend = ShaderTraits(rawValue: 1 << 27)
  /// EMIT or ENDPRIM with a stream above 0, or an output or captured entry on one.
  package static let usesStreams = ShaderTraits(rawValue: 1 << 28)
  /// Some source is an absolute value.
  package static let usesAbsolute = ShaderTraits(rawValue: 1 << 29)
  /// IMUL_HI and UMUL_HI.
  package static let usesSignedHighProduct = ShaderTraits(rawValue: 1 << 30)
  package static let usesUnsignedHighProduct = ShaderTraits(rawValue: 1 << 31)
}

/// What one IN or OUT register stands for.
package struct InterfaceRegister: Hashable, Sendable {
  package var isDeclared = false
  /// Named by an instruction, or in the declared range of an indirect access.
  package var isUsed = false
  package var perVertex = false
  package var invariant = false
  /// nil for vertex attributes.
  package var semantic: Semantic?
  package var interpolation: Interpolation?
  package var location: InterpolationLocation?
  /// Components the declaration names.
  package var usage: WriteMask = .all
  package var stream: UInt8 = 0

  package init() {}
}

/// How a register's 32-bit components are kept in GLSL.
package enum ValueClass: UInt8, Sendable {
  case uint
  case float
}

package struct SamplerUse: Hashable, Sendable {
  package var target: TextureTarget = .unknown
  package var result: ImageFormat.ComponentType = .float
  package init() {}
}

package struct ImageUse: Hashable, Sendable {
  package var target: TextureTarget = .unknown
  package var format: ImageFormat = .none
  package var writable = false
  package var loads = false
  package var stores = false
  package var atomics = false
  package var queries = false
  package var qualifiers: MemoryQualifiers = []
  package init() {}

  /// What is done to either of two images that share a declaration.
  mutating func formUnion(_ other: ImageUse) {
    writable = writable || other.writable
    loads = loads || other.loads
    stores = stores || other.stores
    atomics = atomics || other.atomics
    queries = queries || other.queries
    qualifiers.formUnion(other.qualifiers)
  }
}

/// Accesses of a storage buffer or of shared memory that decide its declared type.
package struct StorageUse: Hashable, Sendable {
  package var signedMinMax = false
  package var unsignedMinMax = false
  package var stores = false
  package var qualifiers: MemoryQualifiers = []
  package init() {}

  /// What is done to either of two buffers that share a declaration.
  mutating func formUnion(_ other: StorageUse) {
    signedMinMax = signedMinMax || other.signedMinMax
    unsignedMinMax = unsignedMinMax || other.unsignedMinMax
    stores = stores || other.stores
    qualifiers.formUnion(other.qualifiers)
  }
}

/// The TEMP file: which registers exist in GLSL, as what.
package struct TemporaryFacts: Equatable, Sendable {
  package struct Array: Hashable, Sendable {
    package var range: RegisterRange
    package var valueClass: ValueClass = .uint
    package var isUsed = false
  }

  /// One entry per TEMP number.
  package struct Entry: Hashable, Sendable {
    /// 1 + the index in `arrays`, or 0 for a register of its own.
    package var array: UInt16 = 0
    package var valueClass: ValueClass = .uint
    package var isUsed = false
    /// Some read may come before the first write: it must start as zero.
    package var needsZero = false
  }

  package var entries: ContiguousArray<Entry> = []
  package var arrays: [Array] = []
  /// 1 + the index in `arrays` by ArrayID, 0 for none.
  var byID: ContiguousArray<UInt16> = []

  package init() {}
}
