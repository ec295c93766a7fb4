import CEpoxy
import GLDriver

/// A GL context without any surface, for tests: Mesa's surfaceless platform, which works without a GPU.
///
/// Made current on the calling thread for the time of `withCurrent`, destroyed afterwards.
struct TestContext {
  enum Kind: CaseIterable { case core, compat, es }

  struct Failure: Error {
    var step: String
    var code: EGLint
  }

  static func withCurrent<Result>(_ kind: Kind, _ body: () throws -> Result) throws -> Result {
    let display = epoxy_eglGetPlatformDisplayEXT(EGL.PLATFORM_SURFACELESS_MESA, nil, nil)
    try check(display != nil && epoxy_eglInitialize(display, nil, nil) == EGL.TRUE, "initialize")
    try check(epoxy_eglBindAPI(kind == .es ? EGL.OPENGL_ES_API : EGL.OPENGL_API) == EGL.TRUE, "bind API")
    let config = try chooseConfig(display, kind)
    let context = try createContext(display, config, kind)
    defer {
      _ = epoxy_eglMakeCurrent(display, nil, nil, nil)
      _ = epoxy_eglDestroyContext(display, context)
    }
    try check(epoxy_eglMakeCurrent(display, nil, nil, context) == EGL.TRUE, "make current")
    return try body()
  }

  private static func check(_ condition: Bool, _ step: String) throws {
    if !condition { throw Failure(step: step, code: epoxy_eglGetError()) }
  }

  private static func chooseConfig(_ display: EGLDisplay?, _ kind: Kind) throws -> EGLConfig? {
    let attributes: [EGLint] = [
      EGL.SURFACE_TYPE, EGL.PBUFFER_BIT, EGL.RENDERABLE_TYPE, kind == .es ? EGL.OPENGL_ES3_BIT_KHR : EGL.OPENGL_BIT,
      EGL.NONE,
    ]
    var config: EGLConfig?
    var count: EGLint = 0
    let isChosen = epoxy_eglChooseConfig(display, attributes, &config, 1, &count) == EGL.TRUE
    try check(isChosen && count == 1, "choose config")
    return config
  }

  /// The newest version that the host offers, as the renderer asks for it.
  private static func createContext(_ display: EGLDisplay?, _ config: EGLConfig?, _ kind: Kind) throws -> EGLContext? {
    let versions: [(EGLint, EGLint)] = kind == .es ? [(3, 2), (3, 1), (3, 0)] : [(4, 6), (4, 5), (4, 3), (3, 3)]
    for (major, minor) in versions {
      var attributes = [EGL.CONTEXT_MAJOR_VERSION_KHR, major, EGL.CONTEXT_MINOR_VERSION_KHR, minor]
      if kind != .es {
        attributes += [
          EGL.CONTEXT_OPENGL_PROFILE_MASK_KHR,
          kind == .core
            ? EGL.CONTEXT_OPENGL_CORE_PROFILE_BIT_KHR : EGL.CONTEXT_OPENGL_COMPATIBILITY_PROFILE_BIT_KHR,
        ]
      }
      attributes.append(EGL.NONE)
      if let context = epoxy_eglCreateContext(display, config, nil, attributes) { return context }
    }
    throw Failure(step: "create context", code: epoxy_eglGetError())
  }
}
