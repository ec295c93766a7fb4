public import CVirglrenderer
import Glibc
import RendererCore
import VirtioGPU

// Blob resources: made of guest memory, of a context's object or of a descriptor; mapped and exported.

/// Convention: negative errno.
@c @implementation
public func virgl_renderer_resource_create_blob(
  _ args: UnsafePointer<virgl_renderer_resource_create_blob_args>?
) -> CInt {
  Boundary.negativeErrno { (renderer) throws(Fault) in
    let args = try Boundary.required(args, "arguments are missing").pointee
    guard let memory = BlobMemory(rawValue: args.blob_mem) else {
      throw Fault(.invalidArgument, "unknown blob memory", UInt64(args.blob_mem))
    }
    // A count without an array is a fault here, so the array decides nothing.
    let pages =
      args.num_iovs == 0
      ? nil : try GuestMemory(vectors: UnsafeMutablePointer(mutating: args.iovecs), count: Int(args.num_iovs))
    try renderer.createBlob(
      BlobRequest(
        resource: ResourceID(args.res_handle), blobID: args.blob_id, flags: BlobFlags(rawValue: args.blob_flags),
        size: args.size),
      memory: memory, context: ContextID(args.ctx_id), pages: pages)
  }
}

/// Convention: negative errno. The descriptor is taken over on success only.
@c @implementation
public func virgl_renderer_resource_import_blob(
  _ args: UnsafePointer<virgl_renderer_resource_import_blob_args>?
) -> CInt {
  Boundary.negativeErrno { (renderer) throws(Fault) in
    let args = try Boundary.required(args, "arguments are missing").pointee
    guard let memory = BlobMemory(rawValue: args.blob_mem), let kind = DescriptorKind(rawValue: args.fd_type) else {
      throw Fault(.invalidArgument, "unknown blob memory or descriptor type", UInt64(args.fd_type))
    }
    try renderer.importBlob(
      ResourceID(args.res_handle), memory: memory, kind: kind, descriptor: args.fd, size: args.size)
  }
}

/// Convention: negative errno. The outputs are written on success only.
@c @implementation
public func virgl_renderer_resource_map(
  _ res_handle: UInt32, _ map: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
  _ out_size: UnsafeMutablePointer<UInt64>?
) -> CInt {
  Boundary.negativeErrno { (renderer) throws(Fault) in
    let map = try Boundary.required(map, "no place for the address")
    let size = try Boundary.required(out_size, "no place for the size")
    let mapping = try renderer.map(ResourceID(res_handle))
    map.pointee = mapping.start
    size.pointee = UInt64(mapping.byteCount)
  }
}

/// Convention: negative errno.
@c @implementation
public func virgl_renderer_resource_unmap(_ res_handle: UInt32) -> CInt {
  Boundary.negativeErrno { (renderer) throws(Fault) in try renderer.unmap(ResourceID(res_handle)) }
}

/// Convention: negative errno. -EOPNOTSUPP: the resource can only be mapped by `virgl_renderer_resource_map`.
@c @implementation
public func virgl_renderer_resource_map_fixed(_ res_handle: UInt32, _ addr: UnsafeMutableRawPointer?) -> CInt {
  Boundary.negativeErrno(unsupported: EOPNOTSUPP) { (renderer) throws(Fault) in
    try renderer.mapFixed(ResourceID(res_handle), at: try Boundary.required(addr, "address is missing"))
  }
}

/// Convention: negative errno. -EINVAL when nothing is known.
@c @implementation
public func virgl_renderer_resource_get_map_info(
  _ res_handle: UInt32, _ map_info: UnsafeMutablePointer<UInt32>?
) -> CInt {
  Boundary.negativeErrno { (renderer) throws(Fault) in
    let caching = try renderer.resource(ResourceID(res_handle)).caching
    guard caching != .none else { throw Fault(.invalidArgument, "resource has no map info", UInt64(res_handle)) }
    try Boundary.required(map_info, "no place for the answer").pointee = caching.rawValue
  }
}

/// Convention: negative errno. The outputs are written on success only.
@c @implementation
public func virgl_renderer_resource_export_blob(
  _ res_id: UInt32, _ fd_type: UnsafeMutablePointer<UInt32>?, _ fd: UnsafeMutablePointer<CInt>?
) -> CInt {
  Boundary.negativeErrno { (renderer) throws(Fault) in
    let type = try Boundary.required(fd_type, "no place for the descriptor type")
    let fd = try Boundary.required(fd, "no place for the descriptor")
    let exported = try renderer.export(ResourceID(res_id))
    type.pointee = exported.kind.rawValue
    fd.pointee = exported.take()
  }
}

/// Convention: negative errno. -EOPNOTSUPP without a buffer allocator. Ours: see the header.
@c @implementation
public func virgl_renderer_resource_query_layout(
  _ res_handle: UInt32, _ layout: UnsafeMutablePointer<virgl_renderer_resource_layout>?, _ width: UInt32,
  _ height: UInt32, _ format: UInt32, _ bind: UInt32
) -> CInt {
  Boundary.negativeErrno(unsupported: EOPNOTSUPP) { (renderer) throws(Fault) in
    let layout = try Boundary.required(layout, "structure is missing")
    let answer = try renderer.queryLayout(
      ResourceID(res_handle), LayoutRequest(width: width, height: height, format: format, bind: bind))
    let planes = answer.planes
    layout.pointee.num_planes = answer.planeCount
    layout.pointee.modifier = answer.modifier
    layout.pointee.planes = (
      .init(offset: planes[0].offset, stride: planes[0].stride, size: planes[0].size),
      .init(offset: planes[1].offset, stride: planes[1].stride, size: planes[1].size),
      .init(offset: planes[2].offset, stride: planes[2].stride, size: planes[2].size),
      .init(offset: planes[3].offset, stride: planes[3].stride, size: planes[3].size)
    )
  }
}
