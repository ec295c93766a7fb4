/// CLEAR (7): the whole bound framebuffer.
@frozen
public struct Clear {
  /// Bit 0 depth, 1 stencil, 2…9 colour buffers.
  public var buffers: UInt32
  public var color: ClearColor
  public var depth: Double
  public var stencil: UInt32

  @inlinable @inline(__always)
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count == 8 else { throw .length }
    buffers = payload[0]
    color = ClearColor(payload, at: 1)
    depth = payload.double(5)
    stencil = payload[7]
  }
}

/// Four raw dwords, read as floats or integers according to the surface.
@frozen
public struct ClearColor: Equatable, Sendable {
  public var bits: (UInt32, UInt32, UInt32, UInt32)

  @inlinable @inline(__always)
  public init(_ payload: Span<UInt32>, at index: Int) {
    bits = (payload[index], payload[index &+ 1], payload[index &+ 2], payload[index &+ 3])
  }

  @inlinable public static func == (a: ClearColor, b: ClearColor) -> Bool { a.bits == b.bits }
}

/// CLEAR_SURFACE (62): a rectangle of one surface.
@frozen
public struct ClearSurface {
  public var honoursRenderCondition: Bool
  /// Bit 0 depth, 1 stencil, 2 colour.
  public var buffers: UInt32
  public var surface: UInt32
  public var color: ClearColor
  public var depth: Double
  public var stencil: UInt32
  public var x: UInt32
  public var y: UInt32
  public var width: UInt32
  public var height: UInt32

  @inlinable
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count == 10 else { throw .length }
    honoursRenderCondition = payload[0].bit(0)
    buffers = payload[0].bits(1, 3)
    surface = payload[1]
    color = ClearColor(payload, at: 2)
    depth = payload.double(2)
    stencil = payload[5]
    x = payload[6]
    y = payload[7]
    width = payload[8]
    height = payload[9]
  }
}

/// DRAW_VBO (8).
@frozen
public struct Draw {
  /// First vertex; meaningless for indexed draws, whose index-buffer offset contains it.
  public var start: UInt32
  public var count: UInt32
  /// GL's primitive enumerators, 0…14.
  public var mode: UInt32
  public var isIndexed: Bool
  /// 0 = not instanced.
  public var instanceCount: UInt32
  public var indexBias: Int32
  public var startInstance: UInt32
  public var primitiveRestart: Bool
  public var restartIndex: UInt32
  public var minIndex: UInt32
  public var maxIndex: UInt32
  /// Byte size of the stream-out target of a draw whose count comes from it, else 0.
  public var streamOutBytes: UInt32
  /// 0 keeps the value of the draw before.
  public var verticesPerPatch: UInt32
  public var drawID: UInt32
  /// 0 = direct.
  public var indirectResource: UInt32
  public var indirectOffset: UInt32
  public var indirectStride: UInt32
  public var indirectCount: UInt32
  public var indirectCountOffset: UInt32
  /// 0 = `indirectCount` is the count.
  public var indirectCountResource: UInt32

  @inlinable @inline(__always)
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    let length = payload.count
    guard length == 12 || length == 14 || length == 20 else { throw .length }
    start = payload[0]
    count = payload[1]
    mode = payload[2]
    isIndexed = payload[3] != 0
    instanceCount = payload[4]
    indexBias = payload.signed(5)
    startInstance = payload[6]
    primitiveRestart = payload[7] != 0
    restartIndex = payload[8]
    minIndex = payload[9]
    maxIndex = payload[10]
    streamOutBytes = payload[11]
    verticesPerPatch = 0
    drawID = 0
    indirectResource = 0
    indirectOffset = 0
    indirectStride = 0
    indirectCount = 0
    indirectCountOffset = 0
    indirectCountResource = 0
    guard length >= 14 else { return }
    verticesPerPatch = payload[12]
    drawID = payload[13]
    guard length == 20 else { return }
    indirectResource = payload[14]
    indirectOffset = payload[15]
    indirectStride = payload[16]
    indirectCount = payload[17]
    indirectCountOffset = payload[18]
    indirectCountResource = payload[19]
  }
}

/// LAUNCH_GRID (37). The block size in dwords 1…3 is ignored: the shader declares it.
@frozen
public struct LaunchGrid {
  public var grid: (x: UInt32, y: UInt32, z: UInt32)
  /// 0 = direct.
  public var indirectResource: UInt32
  public var indirectOffset: UInt32

  @inlinable
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count == 8 else { throw .length }
    grid = (payload[3], payload[4], payload[5])
    indirectResource = payload[6]
    indirectOffset = payload[7]
  }
}
