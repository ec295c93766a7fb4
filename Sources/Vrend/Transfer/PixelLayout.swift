import CEpoxy
import GLDriver

/// Pixel-store parameters for one GL call. Applies only what differs from GL's defaults, and takes just that back.
struct PixelLayout {
  private var alignment: GLint = 4
  /// Texels; 0 = the region's width.
  private var rowLength: GLint = 0
  /// Rows; 0 = the region's height.
  private var imageHeight: GLint = 0

  /// - Parameters: pitches for which `isExact` holds.
  init(_ resource: GLResource, region: Region, rowPitch: Int, layerPitch: Int) {
    let shape = resource.shape
    guard !shape.isCompressed, region.height > 1 || region.depth > 1 else { return }
    // GL sees the layers of a 1D array as the rows of one image.
    let pitch = resource.layersAreRows ? layerPitch : rowPitch
    if pitch & 3 != 0 { alignment = 1 }
    if pitch != shape.rowBytes(region.width) { rowLength = GLint(truncatingIfNeeded: pitch / shape.blockBytes) }
    if region.depth > 1 && !resource.layersAreRows && layerPitch != rowPitch &* region.height {
      imageHeight = GLint(truncatingIfNeeded: layerPitch / rowPitch)
    }
  }

  /// Whether GL can express these pitches for the region: whole texels per row, whole rows per layer.
  static func isExact(_ resource: GLResource, region: Region, rowPitch: Int, layerPitch: Int) -> Bool {
    let texel = resource.shape.blockBytes
    let limit = Int(GLint.max)
    if region.depth > 1 {
      if resource.layersAreRows { return layerPitch % texel == 0 && layerPitch / texel <= limit }
      guard layerPitch % rowPitch == 0, layerPitch / rowPitch <= limit else { return false }
    }
    return rowPitch % texel == 0 && rowPitch / texel <= limit
  }

  func applyToUnpack() {
    if alignment != 4 { epoxy_glPixelStorei(GL.UNPACK_ALIGNMENT, alignment) }
    if rowLength != 0 { epoxy_glPixelStorei(GL.UNPACK_ROW_LENGTH, rowLength) }
    if imageHeight != 0 { epoxy_glPixelStorei(GL.UNPACK_IMAGE_HEIGHT, imageHeight) }
  }

  func resetUnpack() {
    if alignment != 4 { epoxy_glPixelStorei(GL.UNPACK_ALIGNMENT, 4) }
    if rowLength != 0 { epoxy_glPixelStorei(GL.UNPACK_ROW_LENGTH, 0) }
    if imageHeight != 0 { epoxy_glPixelStorei(GL.UNPACK_IMAGE_HEIGHT, 0) }
  }

  func applyToPack() {
    if alignment != 4 { epoxy_glPixelStorei(GL.PACK_ALIGNMENT, alignment) }
    if rowLength != 0 { epoxy_glPixelStorei(GL.PACK_ROW_LENGTH, rowLength) }
    if imageHeight != 0 { epoxy_glPixelStorei(GL.PACK_IMAGE_HEIGHT, imageHeight) }
  }

  func resetPack() {
    if alignment != 4 { epoxy_glPixelStorei(GL.PACK_ALIGNMENT, 4) }
    if rowLength != 0 { epoxy_glPixelStorei(GL.PACK_ROW_LENGTH, 0) }
    if imageHeight != 0 { epoxy_glPixelStorei(GL.PACK_IMAGE_HEIGHT, 0) }
  }
}
