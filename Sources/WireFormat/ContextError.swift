/// What put a context into its error state (virgl-commands, section 2): for the log, never seen by
/// the guest.
@frozen
public enum ContextError: UInt32, Error, Sendable {
  case none = 0
  case unknown = 1
  case illegalShader = 2
  case illegalHandle = 3
  case illegalResource = 4
  case illegalSurface = 5
  case illegalVertexFormat = 6
  case illegalCommandBuffer = 7
  case tessEvalWithoutControl = 8
  case anySamplesPassed = 9
  case illegalFormat = 10
  case illegalSamplerViewTarget = 11
  case transferBounds = 12
  case illegalDualSourceBlend = 13
  case unsupportedFunction = 14
  case illegalProgramPipeline = 15
  case tooManyVertexAttributes = 16
  case unsupportedTextureWrap = 17
  case cubeFaceOutOfRange = 18
  case blitAreaOutOfRange = 19
  case shaderBufferRange = 20
  case resourceOutOfRange = 21
}
