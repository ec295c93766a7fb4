import CVirglrenderer
import RendererCore
import VirtioGPU

// Guest contexts and what they may use.

/// Convention: positive errno. A VirGL context; EINVAL without VirGL.
@c @implementation
public func virgl_renderer_context_create(_ handle: UInt32, _ nlen: UInt32, _ name: UnsafePointer<CChar>?) -> CInt {
  Boundary.positiveErrno { (renderer) throws(Fault) in
    try renderer.createContext(ContextID(handle), capset: CapsetID.virgl2.rawValue, name: DebugName(name, nlen))
  }
}

/// Convention: positive errno. 0 when the context exists with the same capability set.
@c @implementation
public func virgl_renderer_context_create_with_flags(
  _ ctx_id: UInt32, _ ctx_flags: UInt32, _ nlen: UInt32, _ name: UnsafePointer<CChar>?
) -> CInt {
  Boundary.positiveErrno { (renderer) throws(Fault) in
    let capset = ctx_flags & UInt32(VIRGL_RENDERER_CONTEXT_FLAG_CAPSET_ID_MASK)
    guard capset == ctx_flags, capset != 0 else {
      throw Fault(.invalidArgument, "unknown context flags or no capability set", UInt64(ctx_flags))
    }
    try renderer.createContext(ContextID(ctx_id), capset: capset, name: DebugName(name, nlen))
  }
}

/// Convention: void.
@c @implementation
public func virgl_renderer_context_destroy(_ handle: UInt32) {
  Boundary.void { $0.destroyContext(ContextID(handle)) }
}

/// Convention: void.
@c @implementation
public func virgl_renderer_ctx_attach_resource(_ ctx_id: CInt, _ res_handle: CInt) {
  Boundary.void { (renderer) throws(Fault) in
    try renderer.attach(ResourceID(res_handle), to: ContextID(ctx_id))
  }
}

/// Convention: void.
@c @implementation
public func virgl_renderer_ctx_detach_resource(_ ctx_id: CInt, _ res_handle: CInt) {
  Boundary.void { (renderer) throws(Fault) in
    try renderer.detach(ResourceID(res_handle), from: ContextID(ctx_id))
  }
}

/// Convention: positive errno. EFAULT when the buffer is not aligned to 4 bytes.
@c @implementation
public func virgl_renderer_submit_cmd(_ buffer: UnsafeMutableRawPointer?, _ ctx_id: CInt, _ ndw: CInt) -> CInt {
  Boundary.positiveErrno { (renderer) throws(Fault) in
    try renderer.submit(try commandWords(buffer, ndw).span, to: ContextID(ctx_id))
  }
}

/// Convention: positive errno, but a refused fence is negative.
///
/// The fences become waits on ring 0 and the stream runs, or, when an argument is refused, neither.
@c @implementation
public func virgl_renderer_submit_cmd2(
  _ buffer: UnsafeMutableRawPointer?, _ ctx_id: CInt, _ ndw: CInt, _ in_fence_ids: UnsafeMutablePointer<UInt64>?,
  _ num_in_fences: UInt32
) -> CInt {
  guard num_in_fences > 0 else { return virgl_renderer_submit_cmd(buffer, ctx_id, ndw) }
  let checked = Boundary.positiveErrno { (renderer) throws(Fault) in
    _ = try commandWords(buffer, ndw)
    guard renderer.hasContext(ContextID(ctx_id)) else { throw Fault(.notFound, "unknown context") }
  }
  guard checked == 0 else { return checked }
  var submitted: CInt = 0
  let waiting = Boundary.negativeErrno { (renderer) throws(Fault) in
    let ids = try Boundary.required(in_fence_ids, "fence ids are missing")
    try renderer.pushFenceWaits(UnsafeBufferPointer(start: ids, count: Int(num_in_fences)), for: ContextID(ctx_id))
    submitted = virgl_renderer_submit_cmd(buffer, ctx_id, ndw)
  }
  return waiting != 0 ? waiting : submitted
}

/// The client's command buffer. The guest wrote it: any words, but they do not change during the call.
@inline(__always)
private func commandWords(
  _ buffer: UnsafeMutableRawPointer?, _ count: CInt
) throws(Fault) -> UnsafeBufferPointer<UInt32> {
  guard count >= 0 else { throw Fault(.invalidArgument, "negative command count") }
  guard UInt(bitPattern: buffer) & 3 == 0 else { throw Fault(.badAddress, "misaligned command buffer") }
  guard let buffer else {
    guard count == 0 else { throw Fault(.badAddress, "command buffer is missing") }
    return UnsafeBufferPointer(start: nil, count: 0)
  }
  return UnsafeBufferPointer(start: buffer.assumingMemoryBound(to: UInt32.self), count: Int(count))
}

extension ContextID {
  /// Ids are 32 bits; some functions have them as `int`.
  @inline(__always) init(_ signed: CInt) { self.init(UInt32(bitPattern: signed)) }
}

extension ResourceID {
  @inline(__always) init(_ signed: CInt) { self.init(UInt32(bitPattern: signed)) }
}

extension DebugName {
  /// The first `count` bytes at `name`, which need not end in NUL.
  init(_ name: UnsafePointer<CChar>?, _ count: UInt32) {
    let kept = name == nil ? 0 : min(Int(count), DebugName.maxBytes)
    self.init(UnsafeRawBufferPointer(start: name, count: kept))
  }
}
