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
    guard let egl = winsys.egl, egl.exportsTextures, let texture = (resource.typed ?? resource) as? GLResource,
      texture.glTarget == GL.TEXTURE_2D
    else { return }
    ensureCurrent()
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
    guard let egl = winsys.egl else { throw Fault(.unsupported, "no EGL display", UInt64(name)) }
    ensureCurrent()
    let image: DMABufImage
    do throws(WinsysFailure) {
      image = try egl.exportTexture(name)
    } catch {
      throw Fault(error.code == .unsupported ? .unsupported : .invalidArgument, error.what, UInt64(name))
    }
    // Further planes of the formats in question lie in the same buffer, or are none of the client's business.
    for plane in 1..<4 where image.planes[plane].descriptor >= 0 {
      _ = OwnedDescriptor(owning: image.planes[plane].descriptor)
    }
    return ExportedTexture(
      descriptor: image.planes[0].descriptor, stride: Int32(bitPattern: image.planes[0].stride),
      offset: Int32(bitPattern: image.planes[0].offset))
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
      source.planes[index] = DMABufImage.Plane(
        descriptor: resource.borrowedDescriptor, stride: plane.stride, offset: plane.offset)
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
