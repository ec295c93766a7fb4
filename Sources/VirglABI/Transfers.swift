public import CVirglrenderer
import RendererCore
import VirtioGPU

// Copies between guest memory and resources.

/// Convention: positive errno.
@c @implementation
public func virgl_renderer_transfer_read_iov(
  _ handle: UInt32, _ ctx_id: UInt32, _ level: UInt32, _ stride: UInt32, _ layer_stride: UInt32,
  _ box: UnsafeMutablePointer<virgl_box>?, _ offset: UInt64, _ iov: UnsafeMutablePointer<iovec>?, _ iovec_cnt: CInt
) -> CInt {
  Boundary.positiveErrno { (renderer) throws(Fault) in
    guard iovec_cnt >= 0 else { throw Fault(.invalidArgument, "negative number of iovec entries") }
    let transfer = Transfer(
      level: level, stride: stride, layerStride: layer_stride, box: try Box(box), offset: offset)
    try renderer.transfer(
      transfer, .fromHost, ResourceID(handle), context: ContextID(ctx_id),
      memory: try GuestMemory.ifGiven(iov, UInt32(bitPattern: iovec_cnt)))
  }
}

/// Convention: positive errno.
@c @implementation
public func virgl_renderer_transfer_write_iov(
  _ handle: UInt32, _ ctx_id: UInt32, _ level: CInt, _ stride: UInt32, _ layer_stride: UInt32,
  _ box: UnsafeMutablePointer<virgl_box>?, _ offset: UInt64, _ iovec: UnsafeMutablePointer<iovec>?, _ iovec_cnt: UInt32
) -> CInt {
  Boundary.positiveErrno { (renderer) throws(Fault) in
    guard level >= 0 else { throw Fault(.invalidArgument, "negative level") }
    let transfer = Transfer(
      level: UInt32(bitPattern: level), stride: stride, layerStride: layer_stride, box: try Box(box), offset: offset)
    try renderer.transfer(
      transfer, .toHost, ResourceID(handle), context: ContextID(ctx_id),
      memory: try GuestMemory.ifGiven(iovec, iovec_cnt))
  }
}

/// Convention: void. The rectangle of level 0 goes where it would be in an image of the full width at `offset`.
@c @implementation
public func virgl_renderer_get_rect(
  _ resource_id: CInt, _ iov: UnsafeMutablePointer<iovec>?, _ num_iovs: UInt32, _ offset: UInt32, _ x: CInt, _ y: CInt,
  _ width: CInt, _ height: CInt
) {
  Boundary.void { (renderer) throws(Fault) in
    try renderer.readRectangle(
      of: ResourceID(resource_id), Box(x: x, y: y, z: 0, width: width, height: height, depth: 1),
      offset: UInt64(offset), memory: try GuestMemory.ifGiven(iov, num_iovs))
  }
}

extension Box {
  /// The guest's box, taken once; whether it lies inside the resource is the renderer's to check.
  @inline(__always)
  fileprivate init(_ box: UnsafeMutablePointer<virgl_box>?) throws(Fault) {
    let box = try Boundary.required(box, "box is missing").pointee
    self.init(
      x: Int32(bitPattern: box.x), y: Int32(bitPattern: box.y), z: Int32(bitPattern: box.z),
      width: Int32(bitPattern: box.w), height: Int32(bitPattern: box.h), depth: Int32(bitPattern: box.d))
  }
}
