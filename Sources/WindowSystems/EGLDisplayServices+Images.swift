import CEpoxy
import GLDriver

/// Textures that cross process borders: as dma-bufs out, as EGLImages in.
extension EGLDisplayServices {
  package var exportsTextures: Bool { extensions.contains([.imageBase, .dmaBufExport]) }
  package var importsDMABufs: Bool { extensions.contains([.imageBase, .dmaBufImport]) }

  /// Planes of an image that EGL can name: the limit of both dma-buf extensions.
  package static var maxPlanes: Int { 4 }

  /// How a texture looks as a dma-buf, without making descriptors.
  ///
  /// - Parameter texture: a complete GL_TEXTURE_2D of the context that is current.
  /// - Throws: `unsupported` or `refused`.
  package func describeTexture(_ texture: GLuint) throws(WinsysFailure) -> DMABufLayout {
    let image = try makeImage(texture)
    defer { destroyImage(image) }
    return try describe(image)
  }

  /// A texture as dma-bufs. The descriptors are new and the caller's, one per plane.
  package func exportTexture(_ texture: GLuint) throws(WinsysFailure) -> DMABufImage {
    let image = try makeImage(texture)
    defer { destroyImage(image) }
    let layout = try describe(image)
    var exported = DMABufImage(layout: layout)
    var descriptors: [CInt] = Array(repeating: -1, count: Self.maxPlanes)
    var strides: [EGLint] = Array(repeating: 0, count: Self.maxPlanes)
    var offsets: [EGLint] = Array(repeating: 0, count: Self.maxPlanes)
    guard epoxy_eglExportDMABUFImageMESA(display, image, &descriptors, &strides, &offsets) != 0 else {
      throw WinsysFailure(.refused, "the texture cannot be exported", Int(epoxy_eglGetError()))
    }
    for plane in 0..<layout.planeCount {
      exported.planes[plane] = DMABufImage.Plane(
        descriptor: descriptors[plane], stride: UInt32(bitPattern: strides[plane]),
        offset: UInt32(bitPattern: offsets[plane]))
    }
    return exported
  }

  /// An EGLImage of dma-bufs; the descriptors stay the caller's. `destroyImage` ends it; textures made of it live on.
  package func importImage(_ source: DMABufImage, width: Int32, height: Int32) throws(WinsysFailure) -> EGLImageKHR {
    guard importsDMABufs, 1...Self.maxPlanes ~= source.layout.planeCount else {
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
        names.descriptor, source.planes[plane].descriptor,
        names.offset, EGLint(bitPattern: source.planes[plane].offset),
        names.stride, EGLint(bitPattern: source.planes[plane].stride),
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
    guard exportsTextures else { throw WinsysFailure(.unsupported, "the display exports no textures") }
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
      1...CInt(Self.maxPlanes) ~= planes
    else { throw WinsysFailure(.refused, "the image has no dma-buf layout", Int(epoxy_eglGetError())) }
    var modifiers: [EGLuint64KHR] = Array(repeating: 0, count: Self.maxPlanes)
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

/// The format of an image in dma-bufs.
package struct DMABufLayout: Equatable, Sendable {
  /// `DRM_FORMAT_MOD_INVALID` (drm_fourcc.h).
  package static var unknownModifier: UInt64 { 0x00FF_FFFF_FFFF_FFFF }

  /// A DRM format code.
  package var fourcc: UInt32
  /// 1…4.
  package var planeCount: Int
  package var modifier: UInt64

  package init(fourcc: UInt32, planeCount: Int, modifier: UInt64 = Self.unknownModifier) {
    self.fourcc = fourcc
    self.planeCount = planeCount
    self.modifier = modifier
  }
}

/// An image in dma-bufs. A plain value: whoever made it says who closes the descriptors.
package struct DMABufImage: Sendable {
  /// One plane; bytes.
  package struct Plane: Sendable {
    package var descriptor: CInt
    package var stride: UInt32
    package var offset: UInt32

    package init(descriptor: CInt, stride: UInt32, offset: UInt32) {
      self.descriptor = descriptor
      self.stride = stride
      self.offset = offset
    }
  }

  package var layout: DMABufLayout
  package var planes: InlineArray<4, Plane> = .init(repeating: Plane(descriptor: -1, stride: 0, offset: 0))

  package init(layout: DMABufLayout) { self.layout = layout }
}
