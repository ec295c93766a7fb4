import CEpoxy
import GLDriver
import Glibc

/// How texels of a resource come back from GL; fixed when the resource is made.
enum ReadbackPath: UInt8, Sendable {
  /// glGetTextureSubImage and its compressed twin: any format, any box, no state touched.
  case subImage
  /// glReadPixels of a framebuffer, layer by layer.
  case framebuffer
  /// glGetTexImage of a whole level: desktop GL before 4.5, formats that cannot be rendered to.
  case wholeLevel
  /// Not at all: OpenGL ES, formats that cannot be rendered to.
  case none
}

extension TransferEngine {
  /// Reads texels of a region of a level into memory.
  ///
  /// - Parameters:
  ///   - region: in GL's orientation; z is the layer, slice or face.
  ///   - rowPitch: bytes from row to row of blocks in memory; for compressed formats the memory must be tight.
  ///   - layerPitch: bytes from layer to layer; a multiple of `rowPitch` if there are several layers.
  ///   - byteCount: bytes of memory that belong to the region.
  func fetch(
    _ resource: GLResource, level: Int, _ region: Region, _ bytes: UnsafeMutableRawPointer, rowPitch: Int,
    layerPitch: Int, byteCount: Int, _ scratch: ContextScratch
  ) throws(TransferFault) {
    switch resource.readback {
    case .subImage:
      let pack = PixelLayout(resource, region: region, rowPitch: rowPitch, layerPitch: layerPitch)
      pack.applyToPack()
      fetchSubImage(resource, level: level, region, bytes, byteCount: byteCount)
      pack.resetPack()
    case .framebuffer:
      fetchThroughFramebuffer(
        resource, level: level, region, bytes, rowPitch: rowPitch, layerPitch: layerPitch, scratch)
    case .wholeLevel:
      try fetchFromWholeLevel(resource, level: level, region, bytes, rowPitch: rowPitch, layerPitch: layerPitch)
    case .none:
      throw .unsupported
    }
  }

  private func fetchSubImage(
    _ resource: GLResource, level: Int, _ region: Region, _ bytes: UnsafeMutableRawPointer, byteCount: Int
  ) {
    let level = GLint(truncatingIfNeeded: level)
    let x = GLint(truncatingIfNeeded: region.x)
    let y = GLint(truncatingIfNeeded: resource.layersAreRows ? region.z : region.y)
    let z = GLint(truncatingIfNeeded: resource.layersAreRows ? 0 : region.z)
    let width = GLsizei(truncatingIfNeeded: region.width)
    let height = GLsizei(truncatingIfNeeded: resource.layersAreRows ? region.depth : region.height)
    let depth = GLsizei(truncatingIfNeeded: resource.layersAreRows ? 1 : region.depth)
    if resource.shape.isCompressed {
      let size = GLsizei(truncatingIfNeeded: min(byteCount, Int(GLsizei.max)))
      epoxy_glGetCompressedTextureSubImage(
        resource.textureName, level, x, y, z, width, height, depth, size, bytes)
    } else {
      // The plan has proven that the region's bytes lie in the memory. NVIDIA's driver counts the padding behind the
      // last row too, and would refuse a size that is exact.
      epoxy_glGetTextureSubImage(
        resource.textureName, level, x, y, z, width, height, depth, resource.entry.format, resource.entry.type,
        GLsizei.max, bytes)
    }
  }

  private func fetchThroughFramebuffer(
    _ resource: GLResource, level: Int, _ region: Region, _ bytes: UnsafeMutableRawPointer, rowPitch: Int,
    layerPitch: Int, _ scratch: ContextScratch
  ) {
    let attachment = resource.attachmentPoint
    var layerRegion = region
    layerRegion.depth = 1
    let pack = PixelLayout(resource, region: layerRegion, rowPitch: rowPitch, layerPitch: layerPitch)
    pack.applyToPack()
    epoxy_glBindFramebuffer(GL.READ_FRAMEBUFFER, scratch.readFramebuffer)
    clobbers.insert(.readFramebuffer)
    for layer in 0..<region.depth {
      attachTexture(
        GL.READ_FRAMEBUFFER, attachment, resource.textureName, resource.glTarget, level: level,
        layer: region.z &+ layer)
      epoxy_glReadPixels(
        GLint(truncatingIfNeeded: region.x), GLint(truncatingIfNeeded: region.y),
        GLsizei(truncatingIfNeeded: region.width), GLsizei(truncatingIfNeeded: region.height), resource.entry.format,
        resource.entry.type, bytes + layer &* layerPitch)
    }
    detachTexture(GL.READ_FRAMEBUFFER, attachment)
    pack.resetPack()
  }

  /// glGetTexImage has no box: the level goes to temporary memory, the box's rows from there.
  private func fetchFromWholeLevel(
    _ resource: GLResource, level: Int, _ region: Region, _ bytes: UnsafeMutableRawPointer, rowPitch: Int,
    layerPitch: Int
  ) throws(TransferFault) {
    let shape = resource.shape
    let levelRow = shape.rowBytes(shape.levelWidth(level))
    let levelLayer = shape.layerBytes(level)
    let isCube = resource.glTarget == GL.TEXTURE_CUBE_MAP
    guard let image = malloc(levelLayer &* (isCube ? 1 : shape.levelLayers(level))) else { throw .outOfMemory }
    defer { free(image) }

    bindReserved(resource)
    epoxy_glPixelStorei(GL.PACK_ALIGNMENT, 1)
    let glLevel = GLint(truncatingIfNeeded: level)
    for layer in 0..<region.depth {
      if isCube || layer == 0 {
        let face = GL.TEXTURE_CUBE_MAP_POSITIVE_X &+ GLenum(truncatingIfNeeded: region.z &+ layer)
        let target = isCube ? face : resource.glTarget
        if shape.isCompressed {
          epoxy_glGetCompressedTexImage(target, glLevel, image)
        } else {
          epoxy_glGetTexImage(target, glLevel, resource.entry.format, resource.entry.type, image)
        }
      }
      let first =
        (isCube ? 0 : region.z &+ layer) &* levelLayer &+ region.y / shape.blockHeight &* levelRow
        &+ region.x / shape.blockWidth &* shape.blockBytes
      for row in 0..<shape.blocksDown(region.height) {
        (bytes + (layer &* layerPitch &+ row &* rowPitch)).copyMemory(
          from: image + (first &+ row &* levelRow), byteCount: shape.rowBytes(region.width))
      }
    }
    epoxy_glPixelStorei(GL.PACK_ALIGNMENT, 4)
  }
}
