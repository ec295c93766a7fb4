public import CVirglrenderer
import Glibc
import RendererCore
import VirtioGPU

// Resources: creation, guest memory, and what a display asks about them.

/// Convention: positive errno, but a handle in use is -EINVAL.
@c @implementation
public func virgl_renderer_resource_create(
  _ args: UnsafeMutablePointer<virgl_renderer_resource_create_args>?, _ iov: UnsafeMutablePointer<iovec>?,
  _ num_iovs: UInt32
) -> CInt {
  createResource(args, image: nil, iov, num_iovs)
}

/// Convention: as `virgl_renderer_resource_create`.
@c @implementation
public func virgl_renderer_resource_import_eglimage(
  _ args: UnsafeMutablePointer<virgl_renderer_resource_create_args>?, _ image: UnsafeMutableRawPointer?
) -> CInt {
  createResource(args, image: image, nil, 0)
}

private func createResource(
  _ args: UnsafeMutablePointer<virgl_renderer_resource_create_args>?, image: UnsafeMutableRawPointer?,
  _ iov: UnsafeMutablePointer<iovec>?, _ count: UInt32, _ function: StaticString = #function
) -> CInt {
  var handleInUse = false
  let result = Boundary.positiveErrno(function) { (renderer) throws(Fault) in
    let arguments = ResourceCreateArguments(try Boundary.required(args, "arguments are missing").pointee)
    handleInUse = renderer.hasResource(ResourceID(arguments.handle))
    try renderer.createResource(arguments, image: image, memory: try GuestMemory.ifGiven(iov, count))
  }
  return handleInUse ? -result : result
}

/// Convention: void.
@c @implementation
public func virgl_renderer_resource_unref(_ res_handle: UInt32) {
  Boundary.void { $0.destroyResource(ResourceID(res_handle)) }
}

/// Convention: void.
@c @implementation
public func virgl_renderer_resource_set_priv(_ res_handle: UInt32, _ priv: UnsafeMutableRawPointer?) {
  Boundary.void { (renderer) throws(Fault) in
    try renderer.resource(ResourceID(res_handle)).clientPointer = priv
  }
}

/// Convention: pointer.
@c @implementation
public func virgl_renderer_resource_get_priv(_ res_handle: UInt32) -> UnsafeMutableRawPointer? {
  Boundary.pointer { (renderer) throws(Fault) in
    try renderer.resource(ResourceID(res_handle)).clientPointer
  }
}

/// Convention: positive errno. The array stays the client's, and on error it is not kept.
@c @implementation
public func virgl_renderer_resource_attach_iov(
  _ res_handle: CInt, _ iov: UnsafeMutablePointer<iovec>?, _ num_iovs: CInt
) -> CInt {
  Boundary.positiveErrno { (renderer) throws(Fault) in
    try renderer.resource(ResourceID(res_handle)).attach(try GuestMemory(vectors: iov, count: Int(num_iovs)))
  }
}

/// Convention: void. The outputs of an unknown resource stay as they were.
@c @implementation
public func virgl_renderer_resource_detach_iov(
  _ res_handle: CInt, _ iov: UnsafeMutablePointer<UnsafeMutablePointer<iovec>?>?,
  _ num_iovs: UnsafeMutablePointer<CInt>?
) {
  Boundary.void { (renderer) throws(Fault) in
    let memory = try renderer.detachBacking(ResourceID(res_handle))
    iov?.pointee = memory?.vectors
    num_iovs?.pointee = CInt(truncatingIfNeeded: memory?.vectorCount ?? 0)
  }
}

/// Convention: positive errno.
@c @implementation
public func virgl_renderer_resource_get_info(
  _ res_handle: CInt, _ info: UnsafeMutablePointer<virgl_renderer_resource_info>?
) -> CInt {
  Boundary.positiveErrno { (renderer) throws(Fault) in
    let answer = try renderer.describe(ResourceID(res_handle))
    try Boundary.required(info, "structure is missing").pointee = virgl_renderer_resource_info(res_handle, answer)
  }
}

/// Convention: positive errno.
@c @implementation
public func virgl_renderer_resource_get_info_ext(
  _ res_handle: CInt, _ info: UnsafeMutablePointer<virgl_renderer_resource_info_ext>?
) -> CInt {
  Boundary.positiveErrno { (renderer) throws(Fault) in
    let answer = try renderer.describe(ResourceID(res_handle))
    try Boundary.required(info, "structure is missing").pointee = virgl_renderer_resource_info_ext(
      version: VIRGL_RENDERER_RESOURCE_INFO_EXT_VERSION,
      base: virgl_renderer_resource_info(res_handle, answer),
      has_dmabuf_export: answer.hasDMABufExport,
      planes: answer.planes,
      modifiers: answer.modifier,
      d3d_tex2d: nil)
  }
}

extension virgl_renderer_resource_info {
  fileprivate init(_ handle: CInt, _ info: ResourceInfo) {
    self.init(
      handle: UInt32(bitPattern: handle), virgl_format: info.format, width: info.width, height: info.height,
      depth: info.depth, flags: info.flags, tex_id: info.texture, stride: info.stride,
      drm_fourcc: CInt(bitPattern: info.fourcc), fd: info.descriptor)
  }
}

/// Convention: pointer. Made with `malloc`, for the client to `free`.
@c @implementation
public func virgl_renderer_get_cursor_data(
  _ resource_id: UInt32, _ width: UnsafeMutablePointer<UInt32>?, _ height: UnsafeMutablePointer<UInt32>?
) -> UnsafeMutableRawPointer? {
  Boundary.pointer { (renderer) throws(Fault) in
    guard let width, let height else { throw Fault(.invalidArgument, "no place for the size") }
    let image = try renderer.cursorImage(of: ResourceID(resource_id))
    guard let pixels = malloc(max(image.pixels.count, 1)) else { throw Fault(.outOfMemory, "cursor image") }
    image.pixels.withUnsafeBytes { bytes in
      UnsafeMutableRawBufferPointer(start: pixels, count: bytes.count).copyMemory(from: bytes)
    }
    width.pointee = image.width
    height.pointee = image.height
    return pixels
  }
}

/// Convention: minus one.
@c @implementation
public func virgl_renderer_get_fd_for_texture(_ tex_id: UInt32, _ fd: UnsafeMutablePointer<CInt>?) -> CInt {
  exportTexture(tex_id, fd, nil, nil)
}

/// Convention: minus one. `stride` and `offset` may be missing.
@c @implementation
public func virgl_renderer_get_fd_for_texture2(
  _ tex_id: UInt32, _ fd: UnsafeMutablePointer<CInt>?, _ stride: UnsafeMutablePointer<CInt>?,
  _ offset: UnsafeMutablePointer<CInt>?
) -> CInt {
  exportTexture(tex_id, fd, stride, offset)
}

private func exportTexture(
  _ texture: UInt32, _ fd: UnsafeMutablePointer<CInt>?, _ stride: UnsafeMutablePointer<CInt>?,
  _ offset: UnsafeMutablePointer<CInt>?, _ function: StaticString = #function
) -> CInt {
  Boundary.minusOne(function) { (renderer) throws(Fault) in
    let fd = try Boundary.required(fd, "no place for the descriptor")
    let plane = try renderer.exportTexture(texture)
    fd.pointee = plane.descriptor
    stride?.pointee = plane.stride
    offset?.pointee = plane.offset
    return 0
  }
}

extension ResourceCreateArguments {
  fileprivate init(_ args: virgl_renderer_resource_create_args) {
    self.init(
      handle: args.handle, target: args.target, format: args.format, bind: args.bind, width: args.width,
      height: args.height, depth: args.depth, arraySize: args.array_size, lastLevel: args.last_level,
      sampleCount: args.nr_samples, flags: args.flags)
  }
}

extension GuestMemory {
  /// The memory that a call brings along, nil when it brings none.
  @inline(__always)
  static func ifGiven(_ vectors: UnsafeMutablePointer<iovec>?, _ count: UInt32) throws(Fault) -> GuestMemory? {
    guard vectors != nil else { return nil }
    return try GuestMemory(vectors: vectors, count: Int(count))
  }
}
