import CEpoxy
import GLDriver
import Platform
import VirtioGPU
import WindowSystems
import WireFormat

/// Textures that the client or another process shares with a guest, through the EGL display.
extension VrendRenderer {
  /// Whether dma-bufs can become textures (PIPE_RESOURCE_SET_TYPE).
  package var importsDMABufs: Bool {
    winsys.egl?.importsDMABufs == true && host.features.contains(.eglImage)
  }

  /// Adds to a description what only the display knows: whether and how the texture leaves as a dma-buf.
  package func describeSharing(_ resource: Resource, _ info: inout ResourceInfo) {
    guard let (egl, texture) = becomeReadyToExport(resource) else { return }
    do throws(WinsysFailure) {
      let layout = try egl.describeTexture(texture.textureName)
      info.fourcc = layout.fourcc
      info.hasDMABufExport = true
      info.planes = Int32(layout.planeCount)
      info.modifier = layout.modifier
    } catch {
      log.debug("resource \(resource.id.rawValue): \(error.what) (\(error.detail))")
    }
  }

  /// A texture, by its GL name, as a dma-buf of one plane.
  ///
  /// - Throws: `unsupported` when the display cannot export, `invalidArgument` when this texture cannot leave.
  package func exportTexture(_ name: UInt32) throws(Fault) -> ExportedTexture {
    guard exportsTextures, let egl = winsys.egl else {
      throw Fault(.unsupported, "no display that exports textures", UInt64(name))
    }
    forceContext0()
    var image: DMABufImage
    do throws(WinsysFailure) {
      image = try egl.exportTexture(name)
    } catch {
      throw Fault(error.code == .unsupported ? .unsupported : .invalidArgument, error.what, UInt64(name))
    }
    // Further planes of the formats in question lie in the same buffer, or are none of the client's business.
    image.closeDescriptors(from: 1)
    return ExportedTexture(
      descriptor: image.descriptors[0], stride: Int32(bitPattern: image.layout.planes[0].stride),
      offset: Int32(bitPattern: image.layout.planes[0].offset))
  }

  /// A texture as dma-bufs, whose descriptors are the caller's; nil when it cannot leave.
  func exportImage(_ exporter: EGLDisplayServices, _ texture: GLResource) -> DMABufImage? {
    do throws(WinsysFailure) {
      return try exporter.exportTexture(texture.textureName, rows: UInt32(texture.height))
    } catch {
      log.debug("resource \(texture.id.rawValue): \(error.what) (\(error.detail))")
      return nil
    }
  }

  /// Answers an export query for a texture; nil for other resources and on displays that export none.
  ///
  /// - Throws: `unsupported` when descriptors are wanted and this texture cannot leave.
  package func exportLayout(of resource: Resource, withDescriptors: Bool) throws(Fault) -> ExportLayout? {
    guard resource.descriptorKind == nil, let (egl, texture) = becomeReadyToExport(resource) else { return nil }
    guard var image = exportImage(egl, texture) else {
      if withDescriptors { throw Fault(.unsupported, "the texture cannot be exported", UInt64(resource.id.rawValue)) }
      return ExportLayout()
    }
    var layout = ExportLayout()
    layout.bufferCount = image.bufferCount
    layout.fourcc = image.layout.fourcc
    layout.modifier = image.layout.modifier
    for plane in 0..<image.layout.planeCount {
      layout.strides[plane] = image.layout.planes[plane].stride
      layout.offsets[plane] = image.layout.planes[plane].offset
    }
    if withDescriptors { layout.descriptors = image.descriptors } else { image.closeDescriptors() }
    return layout
  }

  /// A texture as a blob; nil for resources that are none of ours.
  ///
  /// - Throws: `unsupported` when the texture cannot leave in one dma-buf.
  package func export(_ resource: Resource) throws(Fault) -> ExportedBlob? {
    guard resource.descriptorKind == nil, let (egl, texture) = becomeReadyToExport(resource) else { return nil }
    guard var image = exportImage(egl, texture) else {
      throw Fault(.unsupported, "the texture cannot be exported", UInt64(resource.id.rawValue))
    }
    guard image.bufferCount == 1 else {
      image.closeDescriptors()
      throw Fault(.unsupported, "the texture lies in several buffers", UInt64(resource.id.rawValue))
    }
    return ExportedBlob(kind: .dmaBuf, descriptor: OwnedDescriptor(owning: image.descriptors[0]))
  }

  /// The display and the texture when both are of the kind that leaves as a dma-buf. The renderer's own context is
  /// current then, whatever the client did to the thread: EGL makes images of a current context's textures only.
  func becomeReadyToExport(_ resource: Resource) -> (EGLDisplayServices, GLResource)? {
    guard exportsTextures, let egl = winsys.egl, let texture = (resource.typed ?? resource) as? GLResource,
      texture.glTarget == GL.TEXTURE_2D
    else { return nil }
    forceContext0()
    return (egl, texture)
  }

  /// A resource whose storage is the client's EGLImage.
  ///
  /// - Parameter image: an EGLImage of the winsys's display; the client may destroy it afterwards.
  package func importImage(
    _ arguments: ResourceCreateArguments, image: UnsafeMutableRawPointer
  ) throws(Fault) -> Resource {
    guard host.features.contains(.eglImage) else { throw Fault(.unsupported, "GL makes no textures of EGLImages") }
    return GLResource(id: ResourceID(arguments.handle), storage: try makeStorage(arguments, image))
  }

  /// Gives an untyped dma-buf resource the type its guest says it has; the descriptor stays the resource's.
  ///
  /// - Throws: `unsupported` or `invalidArgument`; the resource stays untyped.
  func makeTyped(
    _ resource: Resource, _ command: PipeResourceSetType, _ payload: Span<UInt32>
  ) throws(Fault) -> GLResource {
    guard let egl = winsys.egl, importsDMABufs, resource.descriptorKind == .dmaBuf else {
      throw Fault(.unsupported, "no dma-buf, or a display that imports none", UInt64(resource.id.rawValue))
    }
    guard let format = PixelFormat(wire: command.format), let code = DRMFourCC(format) else {
      throw Fault(.invalidArgument, "no image of this format can be imported", UInt64(command.format))
    }
    guard let width = Int32(exactly: command.width), let height = Int32(exactly: command.height) else {
      throw Fault(.invalidArgument, "the image is too large", UInt64(max(command.width, command.height)))
    }
    var source = DMABufImage(
      layout: DMABufLayout(fourcc: code.rawValue, planeCount: command.planeCount, modifier: command.modifier))
    for index in 0..<command.planeCount {
      let plane = command.plane(index, payload)
      source.layout.planes[index] = DMABufLayout.Plane(stride: plane.stride, offset: plane.offset)
      source.descriptors[index] = resource.borrowedDescriptor
    }
    if egl.buffersHoldTheirImages {
      let rowBytes = UInt64(command.width) &* UInt64(host.formats[format].blockBytes)
      try checkPlanes(source, rows: command.height, rowBytes: rowBytes)
    }
    let arguments = ResourceCreateArguments(
      handle: resource.id.rawValue, target: UInt32(TextureTarget.texture2D.rawValue), format: command.format,
      bind: command.bind, width: command.width, height: command.height)
    let image: EGLImageKHR
    do throws(WinsysFailure) {
      image = try egl.importImage(source, width: width, height: height)
    } catch {
      throw Fault(.invalidArgument, error.what, UInt64(resource.id.rawValue))
    }
    defer { egl.destroyImage(image) }
    return GLResource(id: resource.id, storage: try makeStorage(arguments, image))
  }

  /// Strides and offsets are the guest's, and drivers believe them: what they span has to lie inside the buffer.
  ///
  /// The first plane holds whole rows in every layout; tiles and further planes only need more than what is checked.
  private func checkPlanes(_ source: DMABufImage, rows: UInt32, rowBytes: UInt64) throws(Fault) {
    guard let size = OwnedDescriptor.byteCount(of: source.descriptors[0]) else {
      throw Fault(.invalidArgument, "the descriptor is no dma-buf")
    }
    for plane in 0..<source.layout.planeCount where UInt64(source.layout.planes[plane].offset) >= size {
      throw Fault(.invalidArgument, "a plane begins behind the buffer", UInt64(source.layout.planes[plane].offset))
    }
    let first = source.layout.planes[0]
    let span = UInt64(rows) &* UInt64(first.stride)
    guard rows > 0, UInt64(first.stride) >= rowBytes, size - UInt64(first.offset) >= span else {
      throw Fault(.invalidArgument, "the image is larger than its buffer", UInt64(first.stride))
    }
  }

  /// A texture of an EGLImage. Leaves the renderer's own context current, whose bindings nothing depends on.
  private func makeStorage(
    _ arguments: ResourceCreateArguments, _ image: UnsafeMutableRawPointer
  ) throws(Fault) -> GLStorage {
    forceContext0()
    let isImmutable = !host.isES && host.features.contains(.eglImageStorage)
    var texture: GLuint = 0
    GLQuery.drainErrors()
    epoxy_glGenTextures(1, &texture)
    epoxy_glBindTexture(GL.TEXTURE_2D, texture)
    if isImmutable {
      epoxy_glEGLImageTargetTexStorageEXT(GL.TEXTURE_2D, image, nil)
    } else {
      epoxy_glEGLImageTargetTexture2DOES(GL.TEXTURE_2D, image)
    }
    epoxy_glBindTexture(GL.TEXTURE_2D, 0)
    do throws(Fault) {
      guard GLQuery.drainErrors() == GL.NO_ERROR else {
        throw Fault(.invalidArgument, "GL makes no texture of this EGLImage", UInt64(arguments.handle))
      }
      return try allocator.adoptImage(arguments, texture: texture, isImmutable: isImmutable)
    } catch {
      epoxy_glDeleteTextures(1, &texture)
      throw error
    }
  }
}
