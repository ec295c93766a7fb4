import GLDriver

/// The host limits that decide whether a resource can exist. Apart from GL, so that validation is tested without
/// a host.
package struct ResourceLimits: Sendable {
  package var maxTexture2D = 0
  package var maxTexture3D = 0
  package var maxTextureCube = 0
  package var maxArrayLayers = 0
  /// 1 = no multisampling.
  package var maxSamples = 1
  /// Bytes of the largest buffer.
  package var maxBufferBytes = Int(UInt32.max)
  /// Bytes of the largest texture, all levels and samples together.
  package var maxTextureBytes = 1 << 34
  package var hasTextureArrays = false
  package var hasCubeArrays = false
  package var hasMultisampleTextures = false
  /// ASTC blocks as slices of 3D textures.
  package var hasASTCVolumes = false
  package var hasQueryBuffers = false
  package var hasIndirectDraw = false

  /// Mip levels that per-level tables hold (virgl-resources 2.2, rule 3).
  static let maxLevels = 15

  package init() {}

  package init(_ host: HostGL) {
    maxTexture2D = Int(max(0, host.limits.maxTextureSize))
    maxTexture3D = Int(max(0, host.limits.max3DTextureSize))
    maxTextureCube = Int(max(0, host.limits.maxCubeMapTextureSize))
    maxArrayLayers = Int(max(0, host.limits.maxArrayTextureLayers))
    maxSamples = Int(max(1, host.multisample.maxSamples))
    hasTextureArrays = host.features.contains(.textureArray)
    hasCubeArrays = host.features.contains(.cubeMapArray)
    hasMultisampleTextures = host.features.contains(.textureMultisample)
    hasASTCVolumes = host.features.contains(.compressionASTCSliced3D)
    hasQueryBuffers = host.features.contains(.queryBuffer)
    hasIndirectDraw = host.features.contains(.indirectDraw)
  }
}
