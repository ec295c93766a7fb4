import WireFormat

/// What this renderer implements. A guest is only told of what the host's GL can do *and* the renderer has: a
/// promise without the command behind it costs the guest its context.
package struct RendererAbilities: OptionSet, Sendable {
  package let rawValue: UInt64
  package init(rawValue: UInt64) { self.rawValue = rawValue }

  // Stages and shader abilities.
  package static let geometryShaders = RendererAbilities(rawValue: 1 << 0)
  package static let tessellation = RendererAbilities(rawValue: 1 << 1)
  package static let compute = RendererAbilities(rawValue: 1 << 2)
  package static let shaderBuffers = RendererAbilities(rawValue: 1 << 3)
  package static let images = RendererAbilities(rawValue: 1 << 4)
  package static let atomicCounters = RendererAbilities(rawValue: 1 << 5)
  package static let doubles = RendererAbilities(rawValue: 1 << 6)
  package static let textureGather = RendererAbilities(rawValue: 1 << 7)
  package static let framebufferFetch = RendererAbilities(rawValue: 1 << 8)
  package static let stencilExport = RendererAbilities(rawValue: 1 << 9)
  package static let shaderClock = RendererAbilities(rawValue: 1 << 10)
  package static let groupVote = RendererAbilities(rawValue: 1 << 11)
  package static let drawParameters = RendererAbilities(rawValue: 1 << 12)
  package static let vertexShaderLayerAndViewport = RendererAbilities(rawValue: 1 << 13)
  package static let cullDistance = RendererAbilities(rawValue: 1 << 14)
  /// Programs of separable shaders (program pipelines). Costs varyings and saves relinking; off by default.
  package static let separableShaders = RendererAbilities(rawValue: 1 << 15)
  package static let blendEquationAdvanced = RendererAbilities(rawValue: 1 << 16)

  // Drawing.
  package static let streamOutput = RendererAbilities(rawValue: 1 << 17)
  package static let conditionalRender = RendererAbilities(rawValue: 1 << 18)
  package static let indirectDraw = RendererAbilities(rawValue: 1 << 19)
  package static let viewportArrays = RendererAbilities(rawValue: 1 << 20)
  package static let dualSourceBlend = RendererAbilities(rawValue: 1 << 21)
  package static let multisample = RendererAbilities(rawValue: 1 << 22)
  package static let framebufferNoAttachments = RendererAbilities(rawValue: 1 << 23)
  package static let barriers = RendererAbilities(rawValue: 1 << 24)
  package static let implicitMultisample = RendererAbilities(rawValue: 1 << 25)

  // Queries.
  package static let timerQueries = RendererAbilities(rawValue: 1 << 26)
  package static let streamOutputOverflowQueries = RendererAbilities(rawValue: 1 << 27)
  package static let pipelineStatistics = RendererAbilities(rawValue: 1 << 28)
  package static let queryBuffers = RendererAbilities(rawValue: 1 << 29)

  // Textures and resources.
  package static let textureViews = RendererAbilities(rawValue: 1 << 30)
  package static let textureBuffers = RendererAbilities(rawValue: 1 << 31)
  package static let cubeMapArrays = RendererAbilities(rawValue: 1 << 32)
  package static let copyImage = RendererAbilities(rawValue: 1 << 33)
  package static let clearTexture = RendererAbilities(rawValue: 1 << 34)
  package static let srgbWriteControl = RendererAbilities(rawValue: 1 << 35)
  /// Transfers inside the command stream.
  package static let inlineTransfers = RendererAbilities(rawValue: 1 << 36)
  package static let copyTransfer = RendererAbilities(rawValue: 1 << 37)
  /// Needs a client that takes the backing's size from the resource, not from the guest (not vtest).
  package static let copyTransferBothDirections = RendererAbilities(rawValue: 1 << 38)
  /// Persistent mappings of HOST3D blobs into the guest, whose page attributes must match the host's: an unknown kind
  /// of mapping is no offer.
  package static let bufferStorageMapping = RendererAbilities(rawValue: 1 << 39)
  package static let untypedResources = RendererAbilities(rawValue: 1 << 40)
  package static let resourceLayout = RendererAbilities(rawValue: 1 << 41)

  // Other commands.
  package static let memoryInfo = RendererAbilities(rawValue: 1 << 42)
  package static let stringMarkers = RendererAbilities(rawValue: 1 << 43)
  package static let guestDebugFlags = RendererAbilities(rawValue: 1 << 44)
  package static let tweaks = RendererAbilities(rawValue: 1 << 45)
  package static let video = RendererAbilities(rawValue: 1 << 46)

  /// Everything except what a client or the surroundings must provide as well.
  package static let allOfRenderer: RendererAbilities = RendererAbilities(rawValue: (1 << 47) - 1).subtracting([
    .separableShaders, .bufferStorageMapping, .untypedResources, .resourceLayout, .video,
  ])
}

/// What decides the capability sets besides the host's GL.
package struct CapsetPolicy: Sendable {
  package var abilities: RendererAbilities
  /// The window system can switch an sRGB surface's encoding, so that guests may do so too.
  package var hasColorSpaceControl = true
  /// Scanout resources live in GBM buffers.
  package var scanoutUsesGBM = false
  /// The renderer's GPU is not the display's.
  package var differentGPU = false
  /// From the window system; nil when it does not know. MiB.
  package var videoMemoryMiB: UInt32?
  /// Offered only with the `video` ability.
  package var video: [VideoCapability] = []
  /// What the renderer promises (`host_feature_check_version`); 23 is everything that is specified today.
  package var featureLevel: UInt32 = 23

  package init(abilities: RendererAbilities = .allOfRenderer) {
    self.abilities = abilities
  }
}
