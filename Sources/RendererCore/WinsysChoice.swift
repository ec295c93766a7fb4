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
    let device = GBMDevice(OwnedDescriptor(owning: host.openDevice()))
    return ClientWinsys(platform: platform, flavour: configuration.flavour, buffers: device)
  }

  /// Without SURFACELESS a DRM node is needed. A client that set the flag on a machine without one is refused, as by
  /// the reference, and can ask again with SURFACELESS. A node that the client names and that is none is refused too:
  /// the client meant that one.
  private static func openEGL(
    _ configuration: Configuration, host: any RendererHost, log: Log
  ) throws(WinsysFailure) -> any Winsys {
    let offered = OwnedDescriptor(owning: host.openDevice())
    let isOffered = offered.isOpen
    let device = GBMDevice(offered)
    if isOffered, device == nil { throw WinsysFailure(.noDisplay, "the client's descriptor is no usable DRM node") }
    if configuration.flags.contains(.useSurfaceless) {
      return try EGLWinsys(.surfaceless, flavour: configuration.flavour, buffers: device, log: log)
    }
    if let device { return try EGLWinsys(.gbm(device), flavour: configuration.flavour, log: log) }
    return try openAnyNode(configuration, log: log)
  }

  /// The first node on which EGL works.
  private static func openAnyNode(_ configuration: Configuration, log: Log) throws(WinsysFailure) -> any Winsys {
    var failure = WinsysFailure(.noDisplay, "no usable DRM node; USE_SURFACELESS works without one")
    for minor in RenderNode.numbers {
      guard let device = GBMDevice(RenderNode.open(minor)) else { continue }
      do throws(WinsysFailure) {
        return try EGLWinsys(.gbm(device), flavour: configuration.flavour, log: log)
      } catch {
        log.info("renderD\(minor): \(error.what) (\(error.detail))")
        failure = error
      }
    }
    throw failure
  }
}
