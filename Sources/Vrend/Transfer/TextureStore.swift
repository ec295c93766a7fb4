import CEpoxy
import GLDriver

/// The glTexSubImage family behind one call: chooses by GL target and by what the host has.
extension TransferEngine {
  /// Writes texels into a region of a level.
  ///
  /// - Parameters:
  ///   - region: in GL's orientation; z is the layer, slice or face.
  ///   - rowPitch: bytes from row to row of blocks in memory; for compressed formats the memory must be tight.
  ///   - layerPitch: bytes from layer to layer; a multiple of `rowPitch` if there are several layers.
  ///   - byteCount: bytes of memory that belong to the region.
  ///   - format: client format of uncompressed texels, if not the resource's.
  func store(
    _ resource: GLResource, level: Int, _ region: Region, _ bytes: UnsafeRawPointer, rowPitch: Int, layerPitch: Int,
    byteCount: Int, format: GLenum? = nil
  ) {
    let format = resource.shape.isCompressed ? resource.entry.internalFormat : format ?? resource.entry.format
    let unpack = PixelLayout(resource, region: region, rowPitch: rowPitch, layerPitch: layerPitch)
    unpack.applyToUnpack()
    // Mesa's glCompressedTextureSubImage3D takes a cube's face from the layer count, not from z.
    let goesByFace =
      resource.glTarget == GL.TEXTURE_CUBE_MAP && (!hasDirectStateAccess || resource.shape.isCompressed)
    if !hasDirectStateAccess || goesByFace { bindReserved(resource) }
    if goesByFace {
      var face = region
      face.depth = 1
      for index in 0..<region.depth {
        face.z = region.z &+ index
        let start = bytes + index &* layerPitch
        storeOnce(resource, level: level, face, start, byteCount: byteCount / region.depth, format)
      }
    } else {
      storeOnce(resource, level: level, region, bytes, byteCount: byteCount, format)
    }
    unpack.resetUnpack()
  }

  private func storeOnce(
    _ resource: GLResource, level: Int, _ region: Region, _ bytes: UnsafeRawPointer, byteCount: Int, _ format: GLenum
  ) {
    let texture = resource.textureName
    let isCompressed = resource.shape.isCompressed
    let type = resource.entry.type
    let level = GLint(truncatingIfNeeded: level)
    let size = GLsizei(truncatingIfNeeded: byteCount)
    let x = GLint(truncatingIfNeeded: region.x)
    var y = GLint(truncatingIfNeeded: region.y)
    let z = GLint(truncatingIfNeeded: region.z)
    let width = GLsizei(truncatingIfNeeded: region.width)
    var height = GLsizei(truncatingIfNeeded: region.height)
    let depth = GLsizei(truncatingIfNeeded: region.depth)

    switch resource.glTarget {
    case GL.TEXTURE_1D:
      if hasDirectStateAccess {
        epoxy_glTextureSubImage1D(texture, level, x, width, format, type, bytes)
      } else {
        epoxy_glTexSubImage1D(GL.TEXTURE_1D, level, x, width, format, type, bytes)
      }
    case GL.TEXTURE_3D, GL.TEXTURE_2D_ARRAY, GL.TEXTURE_CUBE_MAP_ARRAY:
      let target = resource.glTarget
      switch (isCompressed, hasDirectStateAccess) {
      case (false, true):
        epoxy_glTextureSubImage3D(texture, level, x, y, z, width, height, depth, format, type, bytes)
      case (false, false):
        epoxy_glTexSubImage3D(target, level, x, y, z, width, height, depth, format, type, bytes)
      case (true, true):
        epoxy_glCompressedTextureSubImage3D(texture, level, x, y, z, width, height, depth, format, size, bytes)
      case (true, false):
        epoxy_glCompressedTexSubImage3D(target, level, x, y, z, width, height, depth, format, size, bytes)
      }
    case GL.TEXTURE_CUBE_MAP:
      let face = GL.TEXTURE_CUBE_MAP_POSITIVE_X &+ GLenum(truncatingIfNeeded: z)
      switch (isCompressed, hasDirectStateAccess) {
      case (false, true):
        epoxy_glTextureSubImage3D(texture, level, x, y, z, width, height, depth, format, type, bytes)
      case (false, false):
        epoxy_glTexSubImage2D(face, level, x, y, width, height, format, type, bytes)
      case (true, _):
        epoxy_glCompressedTexSubImage2D(face, level, x, y, width, height, format, size, bytes)
      }
    default:
      if resource.glTarget == GL.TEXTURE_1D_ARRAY {
        y = z
        height = depth
      }
      let target = resource.glTarget
      switch (isCompressed, hasDirectStateAccess) {
      case (false, true):
        epoxy_glTextureSubImage2D(texture, level, x, y, width, height, format, type, bytes)
      case (false, false):
        epoxy_glTexSubImage2D(target, level, x, y, width, height, format, type, bytes)
      case (true, true):
        epoxy_glCompressedTextureSubImage2D(texture, level, x, y, width, height, format, size, bytes)
      case (true, false):
        epoxy_glCompressedTexSubImage2D(target, level, x, y, width, height, format, size, bytes)
      }
    }
  }

  /// Binds the texture to the reserved unit, for hosts without direct state access.
  func bindReserved(_ resource: GLResource) {
    epoxy_glActiveTexture(reservedUnit)
    epoxy_glBindTexture(resource.glTarget, resource.textureName)
    clobbers.insert(.activeTexture)
  }
}
