import CEpoxy
import GLDriver

/// A texture view for the time of one blit: the resource seen in another format, with texture parameters of its own.
struct TemporaryView: ~Copyable {
  let texture: GLuint
  let target: GLenum

  /// All levels and layers of an immutable texture. Cubes become 2D arrays when `flattensCubes`, so that their faces
  /// are plain layers.
  ///
  /// - Returns: nil when the host refuses.
  init?(of resource: GLResource, internalFormat: GLenum, flattensCubes: Bool) {
    let isPossible = resource.isImmutable && internalFormat != 0
    let isCube = resource.glTarget == GL.TEXTURE_CUBE_MAP || resource.glTarget == GL.TEXTURE_CUBE_MAP_ARRAY
    target = isCube && flattensCubes ? GL.TEXTURE_2D_ARRAY : resource.glTarget
    guard isPossible else {
      texture = 0
      return nil
    }
    let layers = resource.target == .texture3D ? 1 : resource.arraySize
    var name: GLuint = 0
    epoxy_glGenTextures(1, &name)
    texture = name
    GLQuery.drainErrors()
    epoxy_glTextureView(
      name, target, resource.textureName, internalFormat, 0, GLuint(truncatingIfNeeded: resource.lastLevel + 1), 0,
      GLuint(truncatingIfNeeded: layers))
    guard GLQuery.drainErrors() == GL.NO_ERROR else { return nil }
  }

  deinit {
    var name = texture
    epoxy_glDeleteTextures(1, &name)
  }
}
