/// The eleven dwords that name a region of a resource and its layout in memory, shared by
/// RESOURCE_INLINE_WRITE, TRANSFER3D and COPY_TRANSFER3D. The usage in dword 3 is ignored.
@frozen
public struct WireTransfer {
  public var resource: UInt32
  public var level: UInt32
  /// Bytes per row of blocks; 0 = derived from the level.
  public var stride: UInt32
  /// Bytes per layer; 0 = derived from the level.
  public var layerStride: UInt32
  public var box: WireBox

  @inlinable
  public init(_ payload: Span<UInt32>) {
    resource = payload[0]
    level = payload[1]
    stride = payload[3]
    layerStride = payload[4]
    box = WireBox(payload, at: 5)
  }
}

/// RESOURCE_INLINE_WRITE (9): the data follow from dword 12.
@frozen
public struct ResourceInlineWrite {
  public var transfer: WireTransfer

  @inlinable
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count >= 12 else { throw .length }
    transfer = WireTransfer(payload)
  }

  @inlinable public static var dataOffset: Int { 11 }
}

/// TRANSFER3D (43).
@frozen
public struct Transfer3D {
  public var transfer: WireTransfer
  /// Bytes into the resource's backing.
  public var offset: UInt32
  public var isToHost: Bool

  @inlinable
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count >= 13 else { throw .length }
    transfer = WireTransfer(payload)
    offset = payload[11]
    guard payload[12] == 1 || payload[12] == 2 else { throw .value }
    isToHost = payload[12] == 1
  }
}

/// COPY_TRANSFER3D (45).
@frozen
public struct CopyTransfer3D {
  public var transfer: WireTransfer
  public var staging: UInt32
  /// Bytes into the staging resource's backing.
  public var stagingOffset: UInt32
  public var isSynchronized: Bool
  public var isFromHost: Bool

  @inlinable
  public init(_ payload: Span<UInt32>) throws(CommandFault) {
    guard payload.count == 14 else { throw .length }
    transfer = WireTransfer(payload)
    staging = payload[11]
    stagingOffset = payload[12]
    isSynchronized = payload[13].bit(0)
    isFromHost = payload[13].bit(1)
  }
}
