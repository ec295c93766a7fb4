import CVirglrenderer
import RendererCore
import VirtioGPU

// Fences: what tells the client that work is done, and what one context's work waits for.

/// Convention: positive errno. EINVAL without VirGL. The id has 32 bits on the global timeline.
@c @implementation
public func virgl_renderer_create_fence(_ client_fence_id: CInt, _ ctx_id: UInt32) -> CInt {
  StatisticsDump.serve()
  return Boundary.positiveErrno { (renderer) throws(Fault) in
    try renderer.createGlobalFence(FenceID(UInt64(UInt32(bitPattern: client_fence_id))))
  }
}

/// Convention: negative errno. -EINVAL also when the callbacks have no `write_context_fence`; unknown flags are
/// ignored.
@c @implementation
public func virgl_renderer_context_create_fence(
  _ ctx_id: UInt32, _ flags: UInt32, _ ring_idx: UInt32, _ fence_id: UInt64
) -> CInt {
  StatisticsDump.serve()
  return Boundary.negativeErrno { (renderer) throws(Fault) in
    guard ProcessState.reportsContextFences else { throw Fault(.invalidArgument, "no write_context_fence callback") }
    let fence = Fence(
      timeline: TimelineKey(context: ContextID(ctx_id), ring: RingIndex(ring_idx)), id: FenceID(fence_id),
      isMergeable: flags & UInt32(VIRGL_RENDERER_FENCE_FLAG_MERGEABLE) != 0)
    try renderer.createFence(fence)
  }
}

/// Convention: void.
@c @implementation
public func virgl_renderer_poll() {
  StatisticsDump.serve()
  Boundary.void { $0.poll() }
}

/// Convention: void.
@c @implementation
public func virgl_renderer_context_poll(_ ctx_id: UInt32) {
  Boundary.void { (renderer) throws(Fault) in try renderer.pollContext(ContextID(ctx_id)) }
}

/// Convention: minus one. The descriptor stays the library's.
@c @implementation
public func virgl_renderer_get_poll_fd() -> CInt {
  Boundary.minusOne { $0.pollDescriptor }
}

/// Convention: minus one. The descriptor stays the library's.
@c @implementation
public func virgl_renderer_context_get_poll_fd(_ ctx_id: UInt32) -> CInt {
  Boundary.minusOne { (renderer) throws(Fault) in try renderer.contextPollDescriptor(ContextID(ctx_id)) }
}

/// Convention: negative errno. Any thread. `fd` is -1 on error, as it is after a fence is done.
@c @implementation
public func virgl_renderer_export_fence(_ client_fence_id: UInt64, _ fd: UnsafeMutablePointer<CInt>?) -> CInt {
  fd?.pointee = -1
  return Boundary.negativeErrno { (renderer) throws(Fault) in
    let fd = try Boundary.required(fd, "no place for the descriptor")
    fd.pointee = try renderer.exportFence(FenceID(client_fence_id))
  }
}

/// Convention: minus one. Any thread.
@c @implementation
public func virgl_renderer_get_fence_fd(_ fence_id: UInt64) -> CInt {
  Boundary.minusOne { (renderer) throws(Fault) in try renderer.exportFence(FenceID(fence_id)) }
}

/// Convention: minus one. Any thread.
@c @implementation
public func virgl_renderer_export_signalled_fence() -> CInt {
  Boundary.minusOne { (renderer) throws(Fault) in try renderer.exportSignalledFence() }
}

/// Convention: positive errno for an unknown context, which leaves the descriptor to the caller; else negative errno,
/// and the descriptor is closed.
@c @implementation
public func virgl_renderer_attach_fence(_ ctx_id: CInt, _ fence_fd: CInt) -> CInt {
  let known = Boundary.positiveErrno { (renderer) throws(Fault) in
    guard renderer.hasContext(ContextID(ctx_id)) else { throw Fault(.notFound, "unknown context") }
  }
  guard known == 0 else { return known }
  return Boundary.negativeErrno { (renderer) throws(Fault) in
    try renderer.attachFence(fence_fd, to: ContextID(ctx_id))
  }
}

/// Convention: descriptor or negative errno. -ENODEV for a context without a DRM device; the descriptor stays the
/// library's.
@c @implementation
public func virgl_renderer_get_dev_fd(_ ctx_id: CInt) -> CInt {
  Boundary.descriptorOrErrno { (renderer) throws(Fault) in try renderer.deviceDescriptor(of: ContextID(ctx_id)) }
}

/// Convention: negative errno. Ours: see the header.
@c @implementation
public func virgl_renderer_context_push_fence_wait(_ ctx_id: UInt32, _ ring_idx: UInt32, _ fence_id: UInt64) -> CInt {
  Boundary.negativeErrno { (renderer) throws(Fault) in
    try renderer.pushFenceWait(
      FenceID(fence_id), on: TimelineKey(context: ContextID(ctx_id), ring: RingIndex(ring_idx)))
  }
}
