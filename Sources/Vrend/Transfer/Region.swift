import VirtioGPU
import WireFormat

/// A box inside a level, in texels (bytes for buffers), as plain `Int`s: sums of 32-bit guest numbers cannot overflow.
@frozen
package struct Region: Equatable, Sendable {
  package var x: Int
  package var y: Int
  package var z: Int
  package var width: Int
  package var height: Int
  package var depth: Int

  @inlinable
  package init(x: Int, y: Int, z: Int, width: Int, height: Int, depth: Int) {
    self.x = x
    self.y = y
    self.z = z
    self.width = width
    self.height = height
    self.depth = depth
  }

  /// The box of a wire command; negative numbers stay negative.
  @inlinable
  package init(_ box: WireBox) {
    self.init(
      x: Int(box.x), y: Int(box.y), z: Int(box.z), width: Int(box.width), height: Int(box.height),
      depth: Int(box.depth))
  }

  /// Whether every coordinate and extent is at least 0 and the region ends inside the given sizes.
  @inlinable
  package func isInside(width w: Int, height h: Int, depth d: Int) -> Bool {
    x >= 0 && y >= 0 && z >= 0 && width >= 0 && height >= 0 && depth >= 0
      && x &+ width <= w && y &+ height <= h && z &+ depth <= d
  }

  @inlinable package var isEmpty: Bool { width <= 0 || height <= 0 || depth <= 0 }

  /// For regions whose negative extents mean mirroring.
  @inlinable package var hasNoExtent: Bool { width == 0 || height == 0 || depth == 0 }
}
