import CEpoxy
import GLDriver
import WireFormat

/// Making glTextureView objects: another format, target or range of a resource's immutable storage.
///
/// A view is its own GL object, so its swizzle and level range need not be exchanged with those of
/// other views of the same texture.
enum TextureView {
  /// A view for rendering with another format, or to a proper range of layers; nil when the resource's
  /// own texture serves.
  static func makeForSurface(
    resource: GLResource, format: FormatEntry, storage: FormatEntry, firstLayer: Int, lastLayer: Int, host: HostGL
  ) -> GLuint? {
    guard resource.isImmutable, host.features.contains(.textureView), !storage.isDepthOrStencil else { return nil }
    let otherFormat = format.internalFormat != 0 && format.internalFormat != storage.internalFormat
      && format.viewClass == storage.viewClass && format.viewClass != .none
    let layers = resource.shape.levelLayers(0)
    let properRange = lastLayer > firstLayer && lastLayer - firstLayer + 1 < layers
      && resource.shape.target != .texture3D
    guard otherFormat || properRange else { return nil }
    return make(
      resource: resource, target: resource.glTarget,
      internalFormat: otherFormat ? format.internalFormat : storage.internalFormat,
      levels: 0...resource.shape.lastLevel,
      layers: properRange ? firstLayer...lastLayer : 0...(viewLayers(resource) - 1))
  }

  /// Layers that glTextureView counts: slices of a 3D texture are not layers.
  static func viewLayers(_ resource: GLResource) -> Int {
    resource.shape.target == .texture3D ? 1 : resource.shape.arraySize
  }

  /// - Returns: the name of the view, or nil when GL refused (the caller falls back to the texture itself).
  static func make(
    resource: GLResource, target: GLenum, internalFormat: GLenum, levels: ClosedRange<Int>, layers: ClosedRange<Int>
  ) -> GLuint? {
    var name: GLuint = 0
    epoxy_glGenTextures(1, &name)
    while epoxy_glGetError() != GL.NO_ERROR {}
    epoxy_glTextureView(
      name, target, resource.textureName, internalFormat, GLuint(levels.lowerBound), GLuint(levels.count),
      GLuint(layers.lowerBound), GLuint(layers.count))
    guard epoxy_glGetError() == GL.NO_ERROR else {
      epoxy_glDeleteTextures(1, &name)
      return nil
    }
    return name
  }
}
