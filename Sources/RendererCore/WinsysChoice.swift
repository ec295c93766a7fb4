import Platform
import WindowSystems

/// Decides where GL contexts come from.
enum WinsysChoice {
  static func open(
    _ configuration: Configuration, platform: (any ClientGLPlatform)?, host: any RendererHost, log: Log
  ) throws(WinsysFailure) -> any Winsys {
    let flags = configuration.flags
    if flags.contains(.useEGL) { return try openEGL(configuration, host: host, log: log) }
    if flags.contains(.useGLX) {
      throw WinsysFailure(.unsupported, "GLX is not offered; use EGL")
    }
    guard let platform else { throw WinsysFailure(.noDisplay, "the client makes no GL contexts") }
    return ClientWinsys(platform: platform, flavour: configuration.flavour)
  }

  /// Without SURFACELESS a DRM node is needed. A client that set the flag on a machine without one is refused, as by
  /// the reference, and can ask again with SURFACELESS.
  private static func openEGL(
    _ configuration: Configuration, host: any RendererHost, log: Log
  ) throws(WinsysFailure) -> any Winsys {
    if !configuration.flags.contains(.useSurfaceless) {
      let offered = OwnedDescriptor(owning: host.openDevice())
      let node = offered.isOpen ? offered : RenderNode.open()
      guard let device = GBMDevice(node) else {
        throw WinsysFailure(.noDisplay, "no usable DRM node; USE_SURFACELESS works without one")
      }
      return try EGLWinsys(.gbm(device), flavour: configuration.flavour, log: log)
    }
    return try EGLWinsys(.surfaceless, flavour: configuration.flavour, log: log)
  }
}
