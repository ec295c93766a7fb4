import CEpoxy
import GLDriver
import Platform
import ShaderTranslator
import WireFormat

/// Everything one guest pipe context has set, and what its GL context knows of it.
///
/// One non-copyable struct with mutating methods: commands run without reference counting and without
/// exclusivity checks. Commands change values and set `dirty`; the next draw, clear or dispatch emits
/// the differences. The methods live beside the state they are about, in State/, Shaders/, Draw/,
/// Query/ and StreamOut/. Its GL context is current whenever a method runs.
struct SubContextState: ~Copyable {
  let host: HostGL
  let log: Log
  let factory: ShaderVariantFactory
  let releaseQueue: GLReleaseQueue
  let budget: ResourceBudget
  let workarounds: VrendWorkarounds
  let blendsIndependently: Bool

  var objects = HandleMap<GuestObject>()
  var uploads = InlineArray<6, ShaderUpload?>(repeating: nil)
  var nextSerial: UInt64 = 1

  var dirty: Dirty = [.depthAlpha, .stencil, .blend, .rasterizer, .vertexElements]
  var shadow: GLShadow

  // MARK: Fixed state
  var boundBlend: BlendObject?
  var boundRasterizer: RasterizerObject?
  var boundDepthStencilAlpha: DepthStencilAlphaObject?
  var blendColor: (Float, Float, Float, Float) = (0, 0, 0, 0)
  var stencilReference: (front: UInt8, back: UInt8) = (0, 0)
  var sampleMask: UInt32 = ~0
  var minSamples: UInt32 = 0
  var viewports = InlineArray<16, WireViewport>(repeating: WireViewport())
  var viewportCount = 1
  var emittedViewports = InlineArray<16, EffectiveViewport>(repeating: .unknown)
  var scissors = InlineArray<16, WireScissor>(repeating: WireScissor())
  var scissorCount = 1
  /// A rectangle no guest can name, so that the first emission always happens.
  var emittedScissors = InlineArray<16, WireScissor>(repeating: WireScissor(min: ~0, max: ~0))
  var tessLevels = InlineArray<6, Float>(repeating: 1)
  var patchVertices: UInt32 = 3

  // MARK: Framebuffer
  var framebuffer = FramebufferState()
  let framebufferName: GLuint
  /// +1, or -1 when viewport 0 mirrors y.
  var yFactor: Float = 1

  // MARK: Vertices
  var boundVertexElements: VertexElements?
  let emptyVertexArray: GLuint
  var emptyVertexArrayIndexBuffer: UInt64 = 0
  var vertexBuffers = InlineArray<32, VertexBufferSlot>(repeating: VertexBufferSlot())
  var vertexBufferCount = 0
  /// What attributes read that have no buffer; made when first needed.
  var zeroBufferName: GLuint = 0
  var indexBuffer = IndexBufferSlot()
  var drawLimits: DrawLimits
  /// Vertices that array draws may read, from 0 on; at most what GL can count.
  var vertexLimit = DrawLimits.maxVertices
  /// Instances likewise.
  var instanceLimit = UInt64(UInt32.max)

  // MARK: Shaders and what they read
  private(set) var shaders = InlineArray<6, ShaderSelector?>(repeating: nil)
  var programs: ProgramCache
  /// What the program for the bound shaders and state is chosen by.
  var programInputs = ProgramInputs()
  var programMemo = ProgramMemo()
  var samplerKeys = SamplerKeyTable()
  /// Graphics stages whose shader may depend on views, one bit each.
  var viewDependentStages: UInt32 = 0
  var currentProgram: LinkedProgram?
  var computeProgram: LinkedProgram?
  var isComputeDirty = true
  var passthroughs: [PassthroughControl: ShaderVariant] = [:]
  var constants = ConstantBuffers()
  var uniformBuffers = Buffer<BufferRange>(repeating: BufferRange(), count: 6 * ProtocolLimits.constantBuffers)
  var emittedUniformBuffers: Buffer<EmittedRange>
  var samplerViews = InlineArray<6, StageViews>(repeating: StageViews())
  var samplerViewCounts = InlineArray<6, Int>(repeating: 0)
  var samplerStates = InlineArray<6, StageSamplers>(repeating: StageSamplers())
  var textureUnits: Buffer<TextureUnitShadow>
  var helperBlock = HelperBlockBuffer()
  var storage = StorageBindings()

  // MARK: Drawing
  var lastMode: UInt32 = 0
  var streamOut = StreamOutState()
  var queries: QueryState
  var tweaks = Tweaks()

  /// Makes the GL objects of a new sub-context, whose GL context is current.
  init(
    host: HostGL, log: Log, factory: ShaderVariantFactory, releaseQueue: GLReleaseQueue,
    budget: ResourceBudget, limits: GuestLimits, drawLimits: DrawLimits,
    workarounds: VrendWorkarounds, waitingQueries: QueryTally
  ) {
    self.drawLimits = drawLimits
    self.host = host
    self.log = log
    self.factory = factory
    self.releaseQueue = releaseQueue
    self.budget = budget
    self.workarounds = workarounds
    queries = QueryState(waitingQueries)
    programs = ProgramCache(byteLimit: limits.programBytes)
    blendsIndependently =
      host.features.contains(.independentBlend) && host.features.contains(.independentBlendFunc)
    shadow = GLShadow(host: host)
    emittedUniformBuffers = Buffer(repeating: EmittedRange(), count: max(1, Int(host.limits.maxUniformBufferBindings)))
    textureUnits = Buffer(
      repeating: TextureUnitShadow(), count: max(1, Int(host.limits.maxCombinedTextureImageUnits) - 1))
    var framebuffer: GLuint = 0
    epoxy_glGenFramebuffers(1, &framebuffer)
    framebufferName = framebuffer
    var vertexArray: GLuint = 0
    epoxy_glGenVertexArrays(1, &vertexArray)
    emptyVertexArray = vertexArray
    shadow.bindFramebuffer(framebuffer)
    host.useCompilerThreads()
    // Where each sampler says for itself, the switch for all of them would overrule it.
    if !host.features.contains(.seamlessCubeMapPerTexture) {
      shadow.switchCapabilities(.textureCubeMapSeamless, among: .textureCubeMapSeamless)
    }
  }

  /// Binds or unbinds a stage's shader.
  mutating func setShader(_ shader: ShaderSelector?, stage: Int) {
    shaders[stage] = shader
    if stage < 5 { programInputs[shader: stage] = shader?.serial ?? 0 }
  }

  /// A number that no object of this sub-context had before.
  mutating func takeSerial() -> UInt64 {
    defer { nextSerial &+= 1 }
    return nextSerial
  }

  /// Gives back what only this GL context can: it is current, and nothing runs here afterwards.
  mutating func tearDown() {
    endAllCaptures()
    helperBlock.release()
    releaseQueue.release(buffer: zeroBufferName)
    uploads = InlineArray(repeating: nil)
    destroyAllObjects()
    boundVertexElements = nil
    framebuffer = FramebufferState()
    // Mesa has framebuffers in the share group: those of a destroyed context would live on with what is attached.
    epoxy_glDeleteFramebuffers(1, [framebufferName])
    epoxy_glDeleteVertexArrays(1, [emptyVertexArray])
  }
}

/// Host driver peculiarities that change what is generated or called; decided once per renderer.
struct VrendWorkarounds {
  /// The driver wants integer vertex attributes declared as integers in the shader.
  var typesVertexAttributes = false
}

/// SET_TWEAKS: knobs a guest may turn for one application.
struct Tweaks {
  /// Factor between "any sample passed" and a sample count, on hosts without real counts.
  var samplesPassedMultiplier: UInt32 = 1024

  mutating func apply(_ command: SetTweaks) {
    // Tweaks 0 and 1 belonged to a BGRA emulation that no longer exists.
    if command.id == 2 { samplesPassedMultiplier = command.value }
  }
}
