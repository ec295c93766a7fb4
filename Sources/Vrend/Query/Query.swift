import CEpoxy
import GLDriver
import WireFormat

/// A guest query: a GL query object and the guest memory its result goes to.
final class Query: GuestObject, GuestObjectKind {
  static var objectKind: ObjectKind { .query }

  /// Wire query types (virgl-commands, section 4).
  enum Kind: UInt32 {
    case occlusionCounter = 0
    case occlusionPredicate = 1
    case timestamp = 2
    case timestampDisjoint = 3
    case timeElapsed = 4
    case primitivesGenerated = 5
    case primitivesEmitted = 6
    case streamOutStatistics = 7
    case streamOutOverflow = 8
    case gpuFinished = 9
    case pipelineStatistics = 10
    case occlusionPredicateConservative = 11
    case streamOutOverflowAny = 12
  }

  let queryKind: Kind
  /// Vertex stream, or the pipeline statistic.
  let index: UInt32
  /// A CUSTOM buffer: 16 bytes of result at its start.
  let resource: GLResource
  let target: GLenum
  private(set) var name: GLuint = 0
  /// Begun and not ended.
  var isActive = false
  /// The guest asked for the result and has not got it.
  var isWaiting: Bool { placeAmongWaiting != nil }
  /// Where it is in its sub-context's list of those that wait.
  var placeAmongWaiting: Int?
  /// Hosts that only know whether any sample passed multiply that by this; 1 elsewhere.
  var multiplier: UInt64 = 1

  /// - Throws: ILLEGAL_RESOURCE, or ILLEGAL_CMD_BUFFER for a query the host does not have.
  init(_ command: CreateQuery, resource: GLResource, host: HostGL) throws(CommandFault) {
    guard let kind = Kind(rawValue: command.type) else { throw .value }
    guard resource.kind == .hostMemory, resource.shape.width >= 16 else {
      throw CommandFault(.illegalResource, .wrongStorage, command.resource)
    }
    queryKind = kind
    index = command.index
    self.resource = resource
    target = try Self.target(kind, index: command.index, host: host)
    if command.index > 0, kind != .pipelineStatistics,
      !host.features.contains(.transformFeedback3) || command.index > 3
    {
      throw .range
    }
    super.init(kind: .query)
    epoxy_glGenQueries(1, &name)
  }

  override func releaseGL() {
    if name != 0 { epoxy_glDeleteQueries(1, &name) }
  }

  private static func target(_ kind: Kind, index: UInt32, host: HostGL) throws(CommandFault) -> GLenum {
    let features = host.features
    switch kind {
    case .occlusionCounter: return host.isES ? GL.ANY_SAMPLES_PASSED : GL.SAMPLES_PASSED
    case .occlusionPredicate:
      guard features.contains(.occlusionQueryBoolean) else {
        throw CommandFault(.anySamplesPassed, .unsupported)
      }
      return GL.ANY_SAMPLES_PASSED
    case .occlusionPredicateConservative:
      guard features.contains(.occlusionQueryBoolean) else {
        throw CommandFault(.anySamplesPassed, .unsupported)
      }
      let isExact = !host.isES && host.version < GLVersion(4, 3)
      return isExact ? GL.ANY_SAMPLES_PASSED : GL.ANY_SAMPLES_PASSED_CONSERVATIVE
    case .timestamp, .timestampDisjoint, .gpuFinished:
      guard features.contains(.timerQuery) else { throw CommandFault(.illegalCommandBuffer, .unsupported) }
      return GL.TIMESTAMP
    case .timeElapsed:
      guard features.contains(.timerQuery) else { throw CommandFault(.illegalCommandBuffer, .unsupported) }
      return GL.TIME_ELAPSED
    case .primitivesGenerated: return GL.PRIMITIVES_GENERATED
    case .primitivesEmitted, .streamOutStatistics: return GL.TRANSFORM_FEEDBACK_PRIMITIVES_WRITTEN
    case .streamOutOverflow, .streamOutOverflowAny:
      guard features.contains(.transformFeedbackOverflowQuery) else {
        throw CommandFault(.illegalCommandBuffer, .unsupported)
      }
      return kind == .streamOutOverflow ? GL.TRANSFORM_FEEDBACK_STREAM_OVERFLOW : GL.TRANSFORM_FEEDBACK_OVERFLOW
    case .pipelineStatistics:
      guard features.contains(.pipelineStatisticsQuery) else {
        throw CommandFault(.illegalCommandBuffer, .unsupported)
      }
      return try statistic(index)
    }
  }

  private static func statistic(_ index: UInt32) throws(CommandFault) -> GLenum {
    switch index {
    case 0: GL.VERTICES_SUBMITTED
    case 1: GL.PRIMITIVES_SUBMITTED
    case 2: GL.VERTEX_SHADER_INVOCATIONS
    case 3: GL.GEOMETRY_SHADER_INVOCATIONS
    case 4: GL.GEOMETRY_SHADER_PRIMITIVES_EMITTED
    case 5: GL.CLIPPING_INPUT_PRIMITIVES
    case 6: GL.CLIPPING_OUTPUT_PRIMITIVES
    case 7: GL.FRAGMENT_SHADER_INVOCATIONS
    case 8: GL.TESS_CONTROL_SHADER_PATCHES
    case 9: GL.TESS_EVALUATION_SHADER_INVOCATIONS
    case 10: GL.COMPUTE_SHADER_INVOCATIONS
    default: throw .range
    }
  }

  /// Results of timers have 64 bits, all others 32.
  var isWide: Bool { target == GL.TIMESTAMP || target == GL.TIME_ELAPSED }
}
