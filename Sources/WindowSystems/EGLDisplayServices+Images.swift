import CEpoxy
import GLDriver
import Platform

/// Textures that cross process borders: as dma-bufs out, as EGLImages in.
extension EGLDisplayServices {
  private var hasExport: Bool { extensions.contains([.imageBase, .dmaBufExport]) }
  /// Whether a dma-buf is at least as large as the image in it. Not on virtio-gpu: its buffers stand for images on the
  /// host, which checks what is done with them.
  package var buffersHoldTheirImages: Bool { driverName != "virtio_gpu" }
  package var importsDMABufs: Bool { extensions.contains([.imageBase, .dmaBufImport]) }

  /// Whether textures can leave: asked by letting a small one go, because software rasterisers have the extension and
  /// no buffers. A context of the display must be current; its GL_TEXTURE_2D binding is 0 afterwards.
  package func provesExport() -> Bool {
    guard hasExport else { return false }
    var texture: GLuint = 0
    epoxy_glGenTextures(1, &texture)
    epoxy_glBindTexture(GL.TEXTURE_2D, texture)
    epoxy_glTexImage2D(GL.TEXTURE_2D, 0, GLint(GL.RGBA8), 16, 16, 0, GL.RGBA, GL.UNSIGNED_BYTE, nil)
    epoxy_glTexParameteri(GL.TEXTURE_2D, GL.TEXTURE_MAX_LEVEL, 0)
    epoxy_glBindTexture(GL.TEXTURE_2D, 0)
    defer { epoxy_glDeleteTextures(1, &texture) }
    guard var image = try? exportTexture(texture) else { return false }
    image.closeDescriptors()
    return true
  }

  /// Format and modifier of a texture as a dma-buf, without making descriptors: strides and offsets stay 0.
  ///
  /// - Parameter texture: a complete GL_TEXTURE_2D of the context that is current.
  /// - Throws: `unsupported` or `refused`.
  package func describeTexture(_ texture: GLuint) throws(WinsysFailure) -> DMABufLayout {
    let image = try makeImage(texture)
    defer { destroyImage(image) }
    return try describe(image)
  }

  /// A texture as dma-bufs. The descriptors are new and the caller's.
  ///
  /// Flushes, so that who waits for the buffer's implicit fences waits for what was drawn.
  ///
  /// - Parameter rows: the texture's height, if the sizes of the planes matter.
  package func exportTexture(_ texture: GLuint, rows: UInt32 = 0) throws(WinsysFailure) -> DMABufImage {
    let image = try makeImage(texture)
    defer { destroyImage(image) }
    let layout = try describe(image)
    var exported = DMABufImage(layout: layout)
    var descriptors: [CInt] = Array(repeating: -1, count: DMABufLayout.maxPlanes)
    var strides: [EGLint] = Array(repeating: 0, count: DMABufLayout.maxPlanes)
    var offsets: [EGLint] = Array(repeating: 0, count: DMABufLayout.maxPlanes)
    // Mesa calls it a success when there is no buffer.
    guard epoxy_eglExportDMABUFImageMESA(display, image, &descriptors, &strides, &offsets) != 0, descriptors[0] >= 0
    else {
      throw WinsysFailure(.refused, "the texture cannot be exported", Int(epoxy_eglGetError()))
    }
    epoxy_glFlush()
    for plane in 0..<layout.planeCount {
      exported.descriptors[plane] = descriptors[plane]
      exported.layout.planes[plane] = DMABufLayout.Plane(
        stride: UInt32(bitPattern: strides[plane]), offset: UInt32(bitPattern: offsets[plane]))
    }
    exported.layout.setSizes(bufferBytes: OwnedDescriptor.byteCount(of: descriptors[0]) ?? 0, rows: rows)
    return exported
  }

  /// An EGLImage of dma-bufs, one descriptor for each plane; they stay the caller's. `destroyImage` ends it; textures
  /// made of it live on.
  package func importImage(_ source: DMABufImage, width: Int32, height: Int32) throws(WinsysFailure) -> EGLImageKHR {
    guard importsDMABufs, 1...DMABufLayout.maxPlanes ~= source.layout.planeCount else {
      throw WinsysFailure(.unsupported, "dma-bufs cannot be imported")
    }
    var attributes: [EGLint] = [
      EGL.WIDTH, width, EGL.HEIGHT, height, EGL.LINUX_DRM_FOURCC_EXT, EGLint(bitPattern: source.layout.fourcc),
    ]
    let modifier = source.layout.modifier
    let tellsModifier = modifier != DMABufLayout.unknownModifier && extensions.contains(.dmaBufImportModifiers)
    for plane in 0..<source.layout.planeCount {
      let names = Self.planeAttributes[plane]
      attributes += [
        names.descriptor, source.descriptors[plane],
        names.offset, EGLint(bitPattern: source.layout.planes[plane].offset),
        names.stride, EGLint(bitPattern: source.layout.planes[plane].stride),
      ]
      if tellsModifier {
        attributes += [
          names.modifierLow, EGLint(truncatingIfNeeded: modifier),
          names.modifierHigh, EGLint(truncatingIfNeeded: modifier >> 32),
        ]
      }
    }
    attributes.append(EGL.NONE)
    guard let image = epoxy_eglCreateImageKHR(display, nil, EGL.LINUX_DMA_BUF_EXT, nil, attributes) else {
      throw WinsysFailure(.refused, "the dma-buf is no image for this display", Int(epoxy_eglGetError()))
    }
    return image
  }

  package func destroyImage(_ image: EGLImageKHR) { _ = epoxy_eglDestroyImageKHR(display, image) }

  private func makeImage(_ texture: GLuint) throws(WinsysFailure) -> EGLImageKHR {
    guard hasExport else { throw WinsysFailure(.unsupported, "the display exports no textures") }
    let buffer = EGLClientBuffer(bitPattern: UInt(texture))
    guard
      let image = epoxy_eglCreateImageKHR(
        display, epoxy_eglGetCurrentContext(), EGL.GL_TEXTURE_2D, buffer, [EGL.NONE])
    else { throw WinsysFailure(.refused, "the texture is no image", Int(epoxy_eglGetError())) }
    return image
  }

  private func describe(_ image: EGLImageKHR) throws(WinsysFailure) -> DMABufLayout {
    var fourcc: CInt = 0
    var planes: CInt = 0
    guard epoxy_eglExportDMABUFImageQueryMESA(display, image, &fourcc, &planes, nil) != 0,
      1...CInt(DMABufLayout.maxPlanes) ~= planes
    else { throw WinsysFailure(.refused, "the image has no dma-buf layout", Int(epoxy_eglGetError())) }
    var modifiers: [EGLuint64KHR] = Array(repeating: 0, count: DMABufLayout.maxPlanes)
    guard epoxy_eglExportDMABUFImageQueryMESA(display, image, nil, nil, &modifiers) != 0 else {
      throw WinsysFailure(.refused, "the image has no modifier", Int(epoxy_eglGetError()))
    }
    return DMABufLayout(fourcc: UInt32(bitPattern: fourcc), planeCount: Int(planes), modifier: modifiers[0])
  }

  private typealias PlaneAttributes = (
    descriptor: EGLint, offset: EGLint, stride: EGLint, modifierLow: EGLint, modifierHigh: EGLint
  )

  private static var planeAttributes: InlineArray<4, PlaneAttributes> {
    [
      (
        EGL.DMA_BUF_PLANE0_FD_EXT, EGL.DMA_BUF_PLANE0_OFFSET_EXT, EGL.DMA_BUF_PLANE0_PITCH_EXT,
        EGL.DMA_BUF_PLANE0_MODIFIER_LO_EXT, EGL.DMA_BUF_PLANE0_MODIFIER_HI_EXT
      ),
      (
        EGL.DMA_BUF_PLANE1_FD_EXT, EGL.DMA_BUF_PLANE1_OFFSET_EXT, EGL.DMA_BUF_PLANE1_PITCH_EXT,
        EGL.DMA_BUF_PLANE1_MODIFIER_LO_EXT, EGL.DMA_BUF_PLANE1_MODIFIER_HI_EXT
      ),
      (
        EGL.DMA_BUF_PLANE2_FD_EXT, EGL.DMA_BUF_PLANE2_OFFSET_EXT, EGL.DMA_BUF_PLANE2_PITCH_EXT,
        EGL.DMA_BUF_PLANE2_MODIFIER_LO_EXT, EGL.DMA_BUF_PLANE2_MODIFIER_HI_EXT
      ),
      (
        EGL.DMA_BUF_PLANE3_FD_EXT, EGL.DMA_BUF_PLANE3_OFFSET_EXT, EGL.DMA_BUF_PLANE3_PITCH_EXT,
        EGL.DMA_BUF_PLANE3_MODIFIER_LO_EXT, EGL.DMA_BUF_PLANE3_MODIFIER_HI_EXT
      ),
    ]
  }
}
