import WireFormat

/// The proven dimensions of a resource, and the arithmetic that follows from them.
///
/// A value exists only through validation (`ValidatedResource`), so each number is bounded: textures by the host's
/// GL limits, buffers by 32 bits. That is why the plain arithmetic below cannot overflow 64 bits.
@frozen
package struct ResourceShape: Sendable {
  package let target: TextureTarget
  package let format: PixelFormat
  /// Texels; bytes for buffers.
  package let width: Int
  /// Texels; 1 for buffers and 1D textures.
  package let height: Int
  /// Slices of a 3D texture, else 1.
  package let depth: Int
  /// Layers; 6 for cubes (faces count as layers), else 1.
  package let arraySize: Int
  /// Mip levels less one.
  package let lastLevel: Int
  /// 0 = single-sampled, else the sample count (2 or more).
  package let samples: Int
  /// Block size of the format, in texels and bytes.
  package let blockWidth: Int
  package let blockHeight: Int
  package let blockBytes: Int

  @usableFromInline
  init(
    target: TextureTarget, format: PixelFormat, width: Int, height: Int, depth: Int, arraySize: Int, lastLevel: Int,
    samples: Int, blockWidth: Int, blockHeight: Int, blockBytes: Int
  ) {
    self.target = target
    self.format = format
    self.width = width
    self.height = height
    self.depth = depth
    self.arraySize = arraySize
    self.lastLevel = lastLevel
    self.samples = samples
    self.blockWidth = blockWidth
    self.blockHeight = blockHeight
    self.blockBytes = blockBytes
  }

  @inlinable package var isBuffer: Bool { target == .buffer }
  @inlinable package var isMultisample: Bool { samples > 1 }
  @inlinable package var isCompressed: Bool { blockWidth > 1 || blockHeight > 1 }

  /// Whether the guest's level number names a level.
  @inlinable package func hasLevel(_ level: UInt32) -> Bool { Int(level) <= lastLevel }

  /// Texels across a level that exists.
  @inlinable package func levelWidth(_ level: Int) -> Int { max(1, width >> level) }
  @inlinable package func levelHeight(_ level: Int) -> Int { max(1, height >> level) }

  /// Slices of a level of a 3D texture, else layers (cube faces are layers).
  @inlinable
  package func levelLayers(_ level: Int) -> Int { target == .texture3D ? max(1, depth >> level) : arraySize }

  /// Blocks that cover so many texels.
  @inlinable package func blocksAcross(_ texels: Int) -> Int { (texels &+ blockWidth &- 1) / blockWidth }
  @inlinable package func blocksDown(_ texels: Int) -> Int { (texels &+ blockHeight &- 1) / blockHeight }

  /// Bytes of a tightly packed row of blocks that covers `texels`.
  @inlinable package func rowBytes(_ texels: Int) -> Int { blocksAcross(texels) &* blockBytes }

  /// Bytes of one tightly packed layer of a level.
  @inlinable
  package func layerBytes(_ level: Int) -> Int { rowBytes(levelWidth(level)) &* blocksDown(levelHeight(level)) }

  /// Byte offset of a level in the guest's backing: levels follow each other without padding (virgl-resources 4).
  @inlinable
  package func levelOffset(_ level: Int) -> Int {
    var offset = 0
    for lower in 0..<level { offset &+= layerBytes(lower) &* levelLayers(lower) }
    return offset
  }

  /// Bytes of all levels and samples.
  @inlinable
  package var totalBytes: Int { levelOffset(lastLevel &+ 1) &* max(1, samples) }

  /// The whole of a level.
  @inlinable
  package func levelRegion(_ level: Int) -> Region {
    Region(
      x: 0, y: 0, z: 0, width: levelWidth(level), height: levelHeight(level), depth: levelLayers(level))
  }

  /// Whether the region lies inside the level, and, for compressed formats, starts on a block and ends on one or at
  /// the edge.
  @inlinable
  package func contains(_ region: Region, level: Int) -> Bool {
    let w = levelWidth(level)
    let h = levelHeight(level)
    guard region.isInside(width: w, height: h, depth: levelLayers(level)) else { return false }
    guard isCompressed else { return true }
    return region.x % blockWidth == 0 && region.y % blockHeight == 0
      && (region.width % blockWidth == 0 || region.x &+ region.width == w)
      && (region.height % blockHeight == 0 || region.y &+ region.height == h)
  }
}
