import CVirglrenderer
import GLDriver
import RendererCore
import VirtioGPU
import WindowSystems

/// The client's callback table as the renderer sees it.
///
/// Takes the functions once, at init, and none that came with a later version than the table declares: the tables of
/// older clients are shorter. All of them get the client's cookie back. Nothing here holds a lock.
///
/// `@unchecked`: immutable, and the client announced from which threads its functions may be called: fences from any
/// thread when it gave ASYNC_FENCE_CB, the others from the one that calls in.
final class ClientCallbacks: @unchecked Sendable {
  let version: CInt
  private let cookie: UnsafeMutableRawPointer?
  private let writeFence: (@convention(c) (UnsafeMutableRawPointer?, UInt32) -> Void)?
  private let createGLContext: CreateGLContext?
  private let destroyGLContext: (@convention(c) (UnsafeMutableRawPointer?, virgl_renderer_gl_context?) -> Void)?
  private let makeCurrentGL: (@convention(c) (UnsafeMutableRawPointer?, CInt, virgl_renderer_gl_context?) -> CInt)?
  private let getDRMDescriptor: (@convention(c) (UnsafeMutableRawPointer?) -> CInt)?
  private let writeContextFence: (@convention(c) (UnsafeMutableRawPointer?, UInt32, UInt32, UInt64) -> Void)?
  private let getServerDescriptor: (@convention(c) (UnsafeMutableRawPointer?, UInt32) -> CInt)?
  private let getEGLDisplay: (@convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer?)?

  private typealias CreateGLContext =
    @convention(c) (UnsafeMutableRawPointer?, CInt, UnsafeMutablePointer<virgl_renderer_gl_ctx_param>?) ->
    virgl_renderer_gl_context?

  /// nil for a version that does not exist.
  init?(_ table: UnsafeMutablePointer<virgl_renderer_callbacks>, cookie: UnsafeMutableRawPointer?) {
    let version = table.pointee.version
    guard 1...VIRGL_RENDERER_CALLBACKS_VERSION ~= version else { return nil }
    self.version = version
    self.cookie = cookie
    writeFence = table.pointee.write_fence
    createGLContext = table.pointee.create_gl_context
    destroyGLContext = table.pointee.destroy_gl_context
    makeCurrentGL = table.pointee.make_current
    getDRMDescriptor = version >= 2 ? table.pointee.get_drm_fd : nil
    writeContextFence = version >= 3 ? table.pointee.write_context_fence : nil
    getServerDescriptor = version >= 3 ? table.pointee.get_server_fd : nil
    getEGLDisplay = version >= 4 ? table.pointee.get_egl_display : nil
  }

  /// Whether a context's fences can be reported.
  var reportsContextFences: Bool { writeContextFence != nil }

  /// Whether the client offers its display.
  var offersDisplay: Bool { getEGLDisplay != nil }

  /// Whether the client makes GL contexts itself.
  var makesContexts: Bool { createGLContext != nil && destroyGLContext != nil && makeCurrentGL != nil }
}

extension ClientCallbacks: FenceSink {
  func retire(_ fence: Fence) {
    // Context 0 has the device-wide timeline only.
    if fence.timeline.context.rawValue == 0 {
      writeFence?(cookie, UInt32(truncatingIfNeeded: fence.id.rawValue))
    } else {
      let timeline = fence.timeline
      writeContextFence?(cookie, timeline.context.rawValue, timeline.ring.rawValue, fence.id.rawValue)
    }
  }
}

extension ClientCallbacks: ClientGLPlatform {
  func createContext(_ version: GLContextVersion, shared: Bool) -> UnsafeMutableRawPointer? {
    var parameters = virgl_renderer_gl_ctx_param(
      version: 2, shared: shared, major_ver: version.major, minor_ver: version.minor,
      compat_ctx: version.flavour == .compat ? 1 : 0)
    return createGLContext?(cookie, 0, &parameters)
  }

  func destroyContext(_ context: UnsafeMutableRawPointer) { destroyGLContext?(cookie, context) }

  /// Tables before version 4 did not say what `make_current` returns, so only newer ones are believed.
  func makeCurrent(_ context: UnsafeMutableRawPointer?) -> Bool {
    guard let makeCurrentGL else { return false }
    return makeCurrentGL(cookie, 0, context) == 0 || version < 4
  }

  var eglDisplay: UnsafeMutableRawPointer? { getEGLDisplay?(cookie) }
}

extension ClientCallbacks: RendererHost {
  func openDevice() -> CInt { getDRMDescriptor?(cookie) ?? -1 }

  func openServer(version: UInt32) -> CInt { getServerDescriptor?(cookie, version) ?? -1 }
}
