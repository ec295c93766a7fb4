import CVirglrenderer
import RendererCore

// Capability sets: what the guest is told that the host can do.

/// Convention: void; an unknown set has version 0 and size 0. Legal before init: takes no renderer and no GL.
@c @implementation
public func virgl_renderer_get_cap_set(
  _ set: UInt32, _ max_ver: UnsafeMutablePointer<UInt32>?, _ max_size: UnsafeMutablePointer<UInt32>?
) {
  let info = Renderer.capsetInfo(set)
  max_ver?.pointee = info.maxVersion
  max_size?.pointee = info.byteCount
}

/// Convention: void. Nothing is written when the component of the set is not running.
@c @implementation
public func virgl_renderer_fill_caps(_ set: UInt32, _ version: UInt32, _ caps: UnsafeMutableRawPointer?) {
  guard let caps else { return }
  Boundary.void { renderer in
    let size = Int(Renderer.capsetInfo(set).byteCount)
    renderer.fillCapset(set, version: version, into: UnsafeMutableRawBufferPointer(start: caps, count: size))
  }
}
