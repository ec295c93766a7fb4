/// The SHADER payload of CREATE_OBJECT: one piece of a shader's text, with its stream-out table.
@frozen
public struct CreateShader {
  public var handle: UInt32
  public var stage: Int
  /// A later piece of a text that is being uploaded.
  public var isContinuation: Bool
  /// First piece: bytes of the whole text with its NUL. Continuation: bytes sent before.
  public var lengthOrOffset: Int
  /// Compute: bytes of shared memory. Other stages: entries of the stream-out table.
  public var sharedMemoryOrOutputs: UInt32
  /// Entries of the stream-out table, 0…64.
  public var outputCount: Int
  /// Payload index of the text's first dword.
  public var textStart: Int

  @inlinable
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count >= 5 else { throw .length }
    handle = payload[0]
    stage = try checkedStage(payload[1])
    isContinuation = payload[2].bit(31)
    lengthOrOffset = Int(payload[2].bits(0, 31))
    sharedMemoryOrOutputs = payload[4]
    outputCount = 0
    textStart = 5
    guard stage != 5, payload[4] != 0 else { return }
    guard payload[4] <= 64 else { throw .range }
    outputCount = Int(payload[4])
    textStart = 9 &+ 2 &* outputCount
    guard payload.count >= textStart else { throw .length }
  }

  /// Stream-out stride of a buffer, in dwords.
  @inlinable
  public func stride(_ buffer: Int, _ payload: Span<UInt32>) -> UInt32 { payload[5 &+ buffer] }

  @inlinable
  public func output(_ index: Int, _ payload: Span<UInt32>) -> WireStreamOutput {
    let packed = payload[9 &+ 2 &* index]
    return WireStreamOutput(
      register: packed.bits(0, 8), startComponent: packed.bits(8, 2), componentCount: packed.bits(10, 3),
      buffer: packed.bits(13, 3), offset: packed.bits(16, 16), stream: payload[10 &+ 2 &* index].bits(0, 2))
  }
}

/// One captured output of a shader.
@frozen
public struct WireStreamOutput: Equatable, Sendable {
  public var register: UInt32
  public var startComponent: UInt32
  public var componentCount: UInt32
  public var buffer: UInt32
  /// Dwords from the start of the vertex in the buffer.
  public var offset: UInt32
  public var stream: UInt32

  @inlinable
  public init(
    register: UInt32, startComponent: UInt32, componentCount: UInt32, buffer: UInt32, offset: UInt32,
    stream: UInt32
  ) {
    self.register = register
    self.startComponent = startComponent
    self.componentCount = componentCount
    self.buffer = buffer
    self.offset = offset
    self.stream = stream
  }
}
