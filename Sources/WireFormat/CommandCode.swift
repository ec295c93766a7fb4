/// The commands of the VirGL stream (`enum virgl_context_cmd`; virgl_protocol.h), bits 0…7 of a
/// packet's first dword.
@frozen
public enum CommandCode: UInt8, Sendable, CaseIterable {
  case nop = 0
  case createObject = 1
  case bindObject = 2
  case destroyObject = 3
  case setViewportState = 4
  case setFramebufferState = 5
  case setVertexBuffers = 6
  case clear = 7
  case drawVBO = 8
  case resourceInlineWrite = 9
  case setSamplerViews = 10
  case setIndexBuffer = 11
  case setConstantBuffer = 12
  case setStencilRef = 13
  case setBlendColor = 14
  case setScissorState = 15
  case blit = 16
  case resourceCopyRegion = 17
  case bindSamplerStates = 18
  case beginQuery = 19
  case endQuery = 20
  case getQueryResult = 21
  case setPolygonStipple = 22
  case setClipState = 23
  case setSampleMask = 24
  case setStreamOutTargets = 25
  case setRenderCondition = 26
  case setUniformBuffer = 27
  case setSubContext = 28
  case createSubContext = 29
  case destroySubContext = 30
  case bindShader = 31
  case setTessState = 32
  case setMinSamples = 33
  case setShaderBuffers = 34
  case setShaderImages = 35
  case memoryBarrier = 36
  case launchGrid = 37
  case setFramebufferStateNoAttach = 38
  case textureBarrier = 39
  case setAtomicBuffers = 40
  case setDebugFlags = 41
  case getQueryResultQBO = 42
  case transfer3D = 43
  case endTransfers = 44
  case copyTransfer3D = 45
  case setTweaks = 46
  case clearTexture = 47
  case pipeResourceCreate = 48
  case pipeResourceSetType = 49
  case getMemoryInfo = 50
  case sendStringMarker = 51
  case linkShader = 52
  case createVideoCodec = 53
  case destroyVideoCodec = 54
  case createVideoBuffer = 55
  case destroyVideoBuffer = 56
  case beginFrame = 57
  case decodeMacroblock = 58
  case decodeBitstream = 59
  case encodeBitstream = 60
  case endFrame = 61
  case clearSurface = 62
  case getPipeResourceLayout = 63

  /// The command of a packet's header; nil when there is none of this number.
  ///
  /// The same as `init(rawValue:)`, which the compiler makes a call with a switch in it.
  @inlinable @inline(__always)
  public init?(code: UInt8) {
    guard code <= CommandCode.getPipeResourceLayout.rawValue else { return nil }
    // A byte up to the last case is a case: they are declared in order and without gaps (tested).
    self = unsafe unsafeBitCast(code, to: CommandCode.self)
  }

  /// A command number for the log: the name, or the number of an unknown one.
  public static func describe(_ rawValue: UInt8) -> String {
    CommandCode(rawValue: rawValue).map { "\($0)" } ?? "command \(rawValue)"
  }
}
