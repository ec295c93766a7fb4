import CEpoxy
import GLDriver
import VirtioGPU

/// The GL target for a shape: multisample forms, and what OpenGL ES has instead of 1D and rectangle textures.
func textureTarget(of shape: ResourceShape, _ entry: FormatEntry, isES: Bool, maxRectangleSize: Int) -> GLenum {
  switch shape.target {
  case .buffer: GL.TEXTURE_BUFFER
  case .texture1D: isES ? GL.TEXTURE_2D : GL.TEXTURE_1D
  case .array1D: isES ? GL.TEXTURE_2D_ARRAY : GL.TEXTURE_1D_ARRAY
  case .texture2D: shape.isMultisample ? GL.TEXTURE_2D_MULTISAMPLE : GL.TEXTURE_2D
  case .array2D: shape.isMultisample ? GL.TEXTURE_2D_MULTISAMPLE_ARRAY : GL.TEXTURE_2D_ARRAY
  case .texture3D: GL.TEXTURE_3D
  case .cube: GL.TEXTURE_CUBE_MAP
  case .cubeArray: GL.TEXTURE_CUBE_MAP_ARRAY
  case .rect:
    !isES && entry.flags.contains(.textureRectangle) && max(shape.width, shape.height) <= maxRectangleSize
      ? GL.TEXTURE_RECTANGLE : GL.TEXTURE_2D
  }
}

extension ResourceAllocator {
  /// Textures: immutable storage when the host has it for the format, else every level and face by glTexImage.
  func makeTexture(_ valid: ValidatedResource, _ entry: FormatEntry, _ bytes: Int) throws(Fault) -> GLStorage {
    let shape = valid.shape
    let target = textureTarget(
      of: shape, entry, isES: host.isES, maxRectangleSize: Int(host.limits.maxRectangleTextureSize))
    GLQuery.drainErrors()
    var name: GLuint = 0
    epoxy_glGenTextures(1, &name)
    epoxy_glActiveTexture(engine.reservedUnit)
    engine.clobbers.insert(.activeTexture)
    epoxy_glBindTexture(target, name)

    let isImmutable: Bool
    if shape.isMultisample {
      isImmutable = allocateMultisample(shape, target, entry.internalFormat)
    } else if entry.flags.contains(.textureStorage) {
      allocateImmutable(shape, target, entry.internalFormat)
      isImmutable = true
    } else {
      allocateLevels(shape, target, entry)
      isImmutable = false
    }
    do {
      try checkCreation("texture storage", bytes: bytes)
    } catch {
      epoxy_glDeleteTextures(1, &name)
      throw error
    }
    let made = storage(.texture, valid, entry, bytes, name: name, glTarget: target, isImmutable: isImmutable)
    clear(made)
    GLQuery.drainErrors()
    return made
  }

  /// - Returns: whether the storage is immutable.
  private func allocateMultisample(_ shape: ResourceShape, _ target: GLenum, _ internalFormat: GLenum) -> Bool {
    let samples = GLsizei(truncatingIfNeeded: shape.samples)
    let width = GLsizei(truncatingIfNeeded: shape.width)
    let height = GLsizei(truncatingIfNeeded: shape.height)
    let layers = GLsizei(truncatingIfNeeded: shape.arraySize)
    let isArray = target == GL.TEXTURE_2D_MULTISAMPLE_ARRAY
    guard host.features.contains(.textureStorageMultisample) else {
      if isArray {
        epoxy_glTexImage3DMultisample(target, samples, internalFormat, width, height, layers, GL.TRUE)
      } else {
        epoxy_glTexImage2DMultisample(target, samples, internalFormat, width, height, GL.TRUE)
      }
      return false
    }
    if isArray {
      epoxy_glTexStorage3DMultisample(target, samples, internalFormat, width, height, layers, GL.TRUE)
    } else {
      epoxy_glTexStorage2DMultisample(target, samples, internalFormat, width, height, GL.TRUE)
    }
    return true
  }

  private func allocateImmutable(_ shape: ResourceShape, _ target: GLenum, _ internalFormat: GLenum) {
    let levels = GLsizei(truncatingIfNeeded: shape.lastLevel + 1)
    let width = GLsizei(truncatingIfNeeded: shape.width)
    let height = GLsizei(truncatingIfNeeded: shape.height)
    let layers = GLsizei(truncatingIfNeeded: shape.levelLayers(0))
    switch target {
    case GL.TEXTURE_1D: epoxy_glTexStorage1D(target, levels, internalFormat, width)
    case GL.TEXTURE_1D_ARRAY: epoxy_glTexStorage2D(target, levels, internalFormat, width, layers)
    case GL.TEXTURE_3D, GL.TEXTURE_2D_ARRAY, GL.TEXTURE_CUBE_MAP_ARRAY:
      epoxy_glTexStorage3D(target, levels, internalFormat, width, height, layers)
    default: epoxy_glTexStorage2D(target, levels, internalFormat, width, height)
    }
  }

  private func allocateLevels(_ shape: ResourceShape, _ target: GLenum, _ entry: FormatEntry) {
    for level in 0...shape.lastLevel {
      let width = GLsizei(truncatingIfNeeded: shape.levelWidth(level))
      let height = GLsizei(truncatingIfNeeded: shape.levelHeight(level))
      let layers = GLsizei(truncatingIfNeeded: shape.levelLayers(level))
      switch target {
      case GL.TEXTURE_CUBE_MAP:
        for face in 0..<6 {
          let faceTarget = GL.TEXTURE_CUBE_MAP_POSITIVE_X + GLenum(face)
          allocateImage(shape, faceTarget, entry, level, width, height, 1, dimensions: 2)
        }
      case GL.TEXTURE_1D: allocateImage(shape, target, entry, level, width, 1, 1, dimensions: 1)
      case GL.TEXTURE_1D_ARRAY: allocateImage(shape, target, entry, level, width, layers, 1, dimensions: 2)
      case GL.TEXTURE_3D, GL.TEXTURE_2D_ARRAY, GL.TEXTURE_CUBE_MAP_ARRAY:
        allocateImage(shape, target, entry, level, width, height, layers, dimensions: 3)
      default: allocateImage(shape, target, entry, level, width, height, 1, dimensions: 2)
      }
    }
    epoxy_glTexParameteri(target, GL.TEXTURE_BASE_LEVEL, 0)
    epoxy_glTexParameteri(target, GL.TEXTURE_MAX_LEVEL, GLint(truncatingIfNeeded: shape.lastLevel))
  }

  private func allocateImage(
    _ shape: ResourceShape, _ target: GLenum, _ entry: FormatEntry, _ level: Int, _ width: GLsizei, _ height: GLsizei,
    _ depth: GLsizei, dimensions: Int
  ) {
    let level = GLint(truncatingIfNeeded: level)
    let internalFormat = GLint(truncatingIfNeeded: entry.internalFormat)
    if shape.isCompressed {
      let rows = shape.blocksDown(Int(height))
      let size = GLsizei(truncatingIfNeeded: shape.rowBytes(Int(width)) &* rows &* Int(depth))
      if dimensions == 3 {
        epoxy_glCompressedTexImage3D(target, level, entry.internalFormat, width, height, depth, 0, size, nil)
      } else {
        epoxy_glCompressedTexImage2D(target, level, entry.internalFormat, width, height, 0, size, nil)
      }
      return
    }
    switch dimensions {
    case 1: epoxy_glTexImage1D(target, level, internalFormat, width, 0, entry.format, entry.type, nil)
    case 2: epoxy_glTexImage2D(target, level, internalFormat, width, height, 0, entry.format, entry.type, nil)
    default:
      epoxy_glTexImage3D(target, level, internalFormat, width, height, depth, 0, entry.format, entry.type, nil)
    }
  }
}
