/// The box of a transfer or copy, as six consecutive dwords: x, y, z, width, height, depth.
///
/// Signed, because BLIT mirrors with negative extents; everything else must refuse those.
@frozen
public struct WireBox: Equatable, Sendable {
  public var x: Int32
  public var y: Int32
  public var z: Int32
  public var width: Int32
  public var height: Int32
  public var depth: Int32

  @inlinable
  public init(_ payload: Span<UInt32>, at index: Int) {
    x = payload.signed(index)
    y = payload.signed(index &+ 1)
    z = payload.signed(index &+ 2)
    width = payload.signed(index &+ 3)
    height = payload.signed(index &+ 4)
    depth = payload.signed(index &+ 5)
  }
}
