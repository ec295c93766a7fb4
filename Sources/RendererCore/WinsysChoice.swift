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

  /// Without SURFACELESS a DRM node is wanted; a machine that has none is served without one.
  private static func openEGL(
    _ configuration: Configuration, host: any RendererHost, log: Log
  ) throws(WinsysFailure) -> any Winsys {
    if !configuration.flags.contains(.useSurfaceless) {
      let offered = OwnedDescriptor(owning: host.openDevice())
      let node = offered.isOpen ? offered : RenderNode.open()
      if let device = GBMDevice(node) {
        return try EGLWinsys(.gbm(device), flavour: configuration.flavour, log: log)
      }
      log.info("no DRM node: the display is opened without one")
    }
    return try EGLWinsys(.surfaceless, flavour: configuration.flavour, log: log)
  }
}
