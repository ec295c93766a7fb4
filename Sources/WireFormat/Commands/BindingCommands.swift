/// BIND_OBJECT (2) and DESTROY_OBJECT (3); the kind is in the header.
@frozen
public struct ObjectReference {
  public var handle: UInt32

  @inlinable @inline(__always)
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count == 1 else { throw .length }
    handle = payload[0]
  }
}

/// BIND_SHADER (31).
@frozen
public struct BindShader {
  /// 0 unbinds the stage.
  public var handle: UInt32
  /// Not checked: an unknown stage is ignored.
  public var stage: UInt32

  @inlinable @inline(__always)
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count == 2 else { throw .length }
    handle = payload[0]
    stage = payload[1]
  }
}

/// SET_VERTEX_BUFFERS (6): stride, offset, resource for each slot from 0.
@frozen
public struct SetVertexBuffers {
  public var count: Int

  @inlinable @inline(__always)
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count % 3 == 0 else { throw .length }
    count = payload.count / 3
    guard count <= ProtocolLimits.vertexBuffers else { throw .range }
  }

  @inlinable @inline(__always)
  public func stride(_ index: Int, _ payload: Span<UInt32>) -> UInt32 { payload[index &* 3] }
  @inlinable @inline(__always)
  public func offset(_ index: Int, _ payload: Span<UInt32>) -> UInt32 { payload[index &* 3 &+ 1] }
  @inlinable @inline(__always)
  public func resource(_ index: Int, _ payload: Span<UInt32>) -> UInt32 { payload[index &* 3 &+ 2] }
}

/// SET_INDEX_BUFFER (11).
@frozen
public struct SetIndexBuffer {
  /// 0 unbinds.
  public var resource: UInt32
  /// Bytes per index as sent; anything but 1 and 2 means 4.
  public var indexSize: UInt32
  /// Bytes.
  public var offset: UInt32

  @inlinable @inline(__always)
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count == 3 || payload.count == 1 else { throw .length }
    resource = payload[0]
    indexSize = payload.count == 3 ? payload[1] : 0
    offset = payload.count == 3 ? payload[2] : 0
  }
}

/// SET_CONSTANT_BUFFER (12): the default uniform block of a stage, raw dwords from dword 3. The
/// index in dword 2 is ignored: only buffer 0 travels this way, and an empty write is no write.
@frozen
public struct SetConstantBuffer {
  public var stage: Int

  @inlinable @inline(__always)
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count >= 2 else { throw .length }
    stage = try checkedStage(payload[0])
  }

  @inlinable @inline(__always)
  public static var dataOffset: Int { 2 }
}

/// SET_UNIFORM_BUFFER (27).
@frozen
public struct SetUniformBuffer {
  public var stage: Int
  public var index: Int
  public var offset: UInt32
  public var length: UInt32
  /// 0 unbinds.
  public var resource: UInt32

  @inlinable @inline(__always)
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count == 5 else { throw .length }
    stage = try checkedStage(payload[0])
    guard payload[1] < 32 else { throw .range }
    index = Int(payload[1])
    offset = payload[2]
    length = payload[3]
    resource = payload[4]
  }
}

/// SET_SAMPLER_VIEWS (10) and BIND_SAMPLER_STATES (18): object handles from a slot of a stage.
@frozen
public struct BindStageHandles {
  public var stage: Int
  public var slots: SlotRange

  @inlinable @inline(__always)
  public init(_ payload: Span<UInt32>, limit: Int) throws(CommandFault) {
    guard payload.count >= 2 else { throw .length }
    stage = try checkedStage(payload[0])
    slots = try SlotRange(start: payload[1], count: payload.count &- 2, limit: limit)
  }

  /// 0 unbinds.
  @inlinable @inline(__always)
  public func handle(_ index: Int, _ payload: Span<UInt32>) -> UInt32 { payload[2 &+ index] }
}

/// One range of a buffer bound to a shader: SET_SHADER_BUFFERS, SET_ATOMIC_BUFFERS.
@frozen
public struct WireBufferRange {
  /// Bytes.
  public var offset: UInt32
  /// Bytes.
  public var length: UInt32
  /// 0 unbinds.
  public var resource: UInt32

  @inlinable
  public init(_ payload: Span<UInt32>, at index: Int) {
    offset = payload[index]
    length = payload[index &+ 1]
    resource = payload[index &+ 2]
  }
}

/// SET_SHADER_BUFFERS (34).
@frozen
public struct SetShaderBuffers {
  public var stage: Int
  public var slots: SlotRange

  @inlinable
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count >= 2 else { throw .length }
    stage = try checkedStage(payload[0])
    slots = try SlotRange(
      start: payload[1], count: (payload.count &- 2) / 3, limit: ProtocolLimits.shaderBuffers)
  }

  @inlinable
  public func range(_ index: Int, _ payload: Span<UInt32>) -> WireBufferRange {
    WireBufferRange(payload, at: 2 &+ index &* 3)
  }
}

/// SET_ATOMIC_BUFFERS (40): not per stage.
@frozen
public struct SetAtomicBuffers {
  public var slots: SlotRange

  @inlinable
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count >= 2 else { throw .length }
    slots = try SlotRange(
      start: payload[0], count: (payload.count &- 1) / 3, limit: ProtocolLimits.atomicBuffers)
  }

  @inlinable
  public func range(_ index: Int, _ payload: Span<UInt32>) -> WireBufferRange {
    WireBufferRange(payload, at: 1 &+ index &* 3)
  }
}

/// SET_SHADER_IMAGES (35).
@frozen
public struct SetShaderImages {
  public var stage: Int
  public var slots: SlotRange

  @inlinable
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count >= 2 else { throw .length }
    stage = try checkedStage(payload[0])
    slots = try SlotRange(start: payload[1], count: (payload.count &- 2) / 5, limit: ProtocolLimits.images)
  }

  @inlinable
  public func image(_ index: Int, _ payload: Span<UInt32>) -> WireImage {
    let at = 2 &+ index &* 5
    return WireImage(
      format: payload[at], access: payload[at &+ 1] & 3, layersOrOffset: payload[at &+ 2],
      levelOrSize: payload[at &+ 3], resource: payload[at &+ 4])
  }
}

/// One image binding of SET_SHADER_IMAGES.
@frozen
public struct WireImage {
  public var format: UInt32
  /// 1 read, 2 write, 3 both.
  public var access: UInt32
  /// Textures: first layer in bits 0…15, last in 16…31. Buffers: byte offset.
  public var layersOrOffset: UInt32
  /// Textures: level in bits 0…7, the rest unspecified (guests send an overlay of their own structure). Buffers:
  /// byte size.
  public var levelOrSize: UInt32
  /// 0 unbinds.
  public var resource: UInt32

  /// A texture's level.
  @inlinable public var level: UInt32 { levelOrSize.bits(0, 8) }

  @inlinable
  public init(format: UInt32, access: UInt32, layersOrOffset: UInt32, levelOrSize: UInt32, resource: UInt32) {
    self.format = format
    self.access = access
    self.layersOrOffset = layersOrOffset
    self.levelOrSize = levelOrSize
    self.resource = resource
  }
}

/// SET_STREAMOUT_TARGETS (25): target handles from dword 2. The append mask in dword 1 is ignored:
/// a list of the same targets continues where it stopped.
@frozen
public struct SetStreamOutTargets {
  /// 0…4; guests may send up to 16, of which the rest cannot capture anything.
  public var count: Int

  @inlinable
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count >= 1 else { throw .length }
    guard payload.count &- 1 <= 16 else { throw .range }
    count = min(payload.count &- 1, ProtocolLimits.streamOutBuffers)
  }

  @inlinable
  public func handle(_ index: Int, _ payload: Span<UInt32>) -> UInt32 { payload[1 &+ index] }
}

/// LINK_SHADER (52): VS, FS, GS, TCS, TES, CS handles; 0 = absent.
@frozen
public struct LinkShader {
  public var handles: InlineArray<6, UInt32>

  @inlinable
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count == 6 else { throw .length }
    handles = InlineArray(repeating: 0)
    for i in 0..<6 { handles[i] = payload[i] }
  }
}
