/// A box of texels inside one level: bytes in x for buffers, layers in z for arrays and cubes.
///
/// The fields come from the guest unproven: any value, also negative.
@frozen
package struct Box: Equatable, Sendable {
  package var x: Int32
  package var y: Int32
  package var z: Int32
  package var width: Int32
  package var height: Int32
  package var depth: Int32

  @inlinable
  package init(x: Int32, y: Int32, z: Int32, width: Int32, height: Int32, depth: Int32) {
    self.x = x
    self.y = y
    self.z = z
    self.width = width
    self.height = height
    self.depth = depth
  }
}
