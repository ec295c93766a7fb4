public import CVirglrenderer
import Glibc
import Platform
import RendererCore
import VirtioGPU

// The renderer's life: one per process, from init to cleanup.

/// Convention: its own. -1 for callbacks or a cookie that cannot be, 0 when it runs already with the same arguments,
/// -EBUSY when it runs with others, else what the renderer failed with. After a failure nothing is left.
@c @implementation
public func virgl_renderer_init(
  _ cookie: UnsafeMutableRawPointer?, _ flags: CInt, _ cb: UnsafeMutablePointer<virgl_renderer_callbacks>?
) -> CInt {
  let arguments = InitArguments(cookie: cookie, flags: flagsInEffect(flags), callbacks: cb)
  if let session = ProcessState.session {
    guard session.arguments == arguments else {
      ProcessState.log.error("virgl_renderer_init: a renderer with other arguments is running")
      return -EBUSY
    }
    return 0
  }
  guard let cb, let callbacks = ClientCallbacks(cb, cookie: cookie) else {
    ProcessState.log.error("virgl_renderer_init: callbacks are missing or of an unknown version")
    return -1
  }
  return start(arguments, callbacks)
}

/// THREAD_SYNC is a wish: the environment variable VIRGL_DISABLE_MT takes it away.
private func flagsInEffect(_ flags: CInt) -> CInt {
  environmentValue("VIRGL_DISABLE_MT") == nil ? flags : flags & ~VIRGL_RENDERER_THREAD_SYNC
}

private func start(_ arguments: InitArguments, _ callbacks: ClientCallbacks) -> CInt {
  let usesGL = arguments.flags & VIRGL_RENDERER_NO_VIRGL == 0
  let ownsWindowSystem = arguments.flags & (VIRGL_RENDERER_USE_EGL | VIRGL_RENDERER_USE_GLX) != 0
  if usesGL {
    guard arguments.cookie != nil else {
      ProcessState.log.error("virgl_renderer_init: VirGL needs a cookie")
      return -1
    }
    guard ownsWindowSystem || callbacks.makesContexts else {
      ProcessState.log.error("virgl_renderer_init: neither a window system of ours nor one of the client")
      return callbacks.offersDisplay ? EINVAL : -1
    }
  }
  let statistics = StatisticsDump(ProcessState.log)
  do throws(Fault) {
    let renderer = try Renderer(
      flags: UInt32(bitPattern: arguments.flags), fences: callbacks, platform: callbacks, host: callbacks,
      options: RendererOptions(programCache: .fromEnvironment(ProcessState.log), measures: statistics != nil),
      log: ProcessState.log)
    ProcessState.begin(Session(arguments, callbacks, renderer, statistics))
    reportWhatIsMissing(arguments.flags)
    return 0
  } catch {
    ProcessState.log.error("virgl_renderer_init: \(error.what) (\(error.value))")
    return -1
  }
}

/// Says what was asked for and is not there: the client only sees a capability set of size 0.
private func reportWhatIsMissing(_ flags: CInt) {
  let components: [(flag: CInt, name: StaticString)] = [
    (VIRGL_RENDERER_VENUS, "Venus contexts"), (VIRGL_RENDERER_DRM, "native contexts"),
    (VIRGL_RENDERER_USE_VIDEO, "video"), (VIRGL_RENDERER_D3D11_SHARE_TEXTURE, "D3D11 textures"),
  ]
  for component in components where flags & component.flag != 0 {
    ProcessState.log.warning("virgl_renderer_init: \(component.name) were asked for and are not offered")
  }
}

/// Convention: void. Any cookie.
@c @implementation
public func virgl_renderer_cleanup(_ cookie: UnsafeMutableRawPointer?) {
  guard let session = ProcessState.end() else { return }
  session.writeStatistics()
  session.renderer.shutDown()
}

/// Convention: void.
@c @implementation
public func virgl_renderer_reset() {
  Boundary.void { $0.reset() }
}

/// Convention: void.
@c @implementation
public func virgl_renderer_force_ctx_0() {
  Boundary.void { $0.makeBaseContextCurrent() }
}
