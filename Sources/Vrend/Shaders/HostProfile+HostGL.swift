import GLDriver
import ShaderTranslator

extension HostProfile {
  /// What the translator may use on this host.
  init(_ host: HostGL) {
    let flavour: Flavour =
      switch host.flavour {
      case .core: .desktopCore
      case .compat: .desktopCompatibility
      case .es: .es
      }
    let version = host.glslVersion.major * 100 + host.glslVersion.minor
    self.init(
      flavour: flavour, glslVersion: UInt16(clamping: version),
      extensions: ExtensionSet(probing: { host.extensions.contains($0) }), limits: HostLimits(host.limits))
  }
}

extension HostLimits {
  init(_ limits: GLLimits) {
    self.init()
    drawBuffers = UInt8(clamping: min(8, limits.maxDrawBuffers))
    dualSourceDrawBuffers = UInt8(clamping: limits.maxDualSourceDrawBuffers)
    uniformBlockSize = UInt32(clamping: limits.maxUniformBlockSize)
    clipDistances = UInt8(clamping: limits.maxClipDistances)
    patchVertices = UInt32(clamping: limits.maxPatchVertices)
    geometryOutputVertices = UInt32(clamping: limits.maxGeometryOutputVertices)
    let groups = limits.maxComputeWorkGroupSize
    workGroupWidth = UInt32(clamping: groups.0)
    workGroupHeight = UInt32(clamping: groups.1)
    workGroupDepth = UInt32(clamping: groups.2)
    workGroupInvocations = UInt32(clamping: limits.maxComputeWorkGroupInvocations)
    sharedMemory = UInt32(clamping: limits.maxComputeSharedMemorySize)
    storageBindings = UInt32(clamping: limits.maxShaderStorageBufferBindings)
    imageUnits = UInt32(clamping: limits.maxImageUnits)
    atomicBindings = UInt32(clamping: limits.maxAtomicCounterBufferBindings)
  }
}
