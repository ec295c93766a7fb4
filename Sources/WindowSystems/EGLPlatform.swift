import CEpoxy
import GLDriver

/// The kinds of EGL display this library opens by itself.
package enum EGLPlatform {
  /// EGL_MESA_platform_surfaceless: no device is named.
  case surfaceless
  /// The first EGL device (EGL_EXT_platform_device).
  case device
  /// A GBM device on a DRM node.
  case gbm(GBMDevice)

  package var summary: String {
    switch self {
    case .surfaceless: "surfaceless"
    case .device: "device platform"
    case .gbm(let device): "GBM platform on \(device.driverName)"
    }
  }

  func openDisplay() -> EGLDisplay? {
    switch self {
    case .surfaceless:
      guard Self.hasClientExtension("EGL_MESA_platform_surfaceless") else { return Self.openDevice() }
      return epoxy_eglGetPlatformDisplayEXT(EGLenum(EGL.PLATFORM_SURFACELESS_MESA), nil, nil)
    case .device:
      return Self.openDevice()
    case .gbm(let device):
      return epoxy_eglGetPlatformDisplayEXT(EGLenum(EGL.PLATFORM_GBM_KHR), UnsafeMutableRawPointer(device.pointer), nil)
    }
  }

  /// Drivers without the surfaceless platform render without a surface on their device.
  private static func openDevice() -> EGLDisplay? {
    guard hasClientExtension("EGL_EXT_platform_device"), hasClientExtension("EGL_EXT_device_enumeration") else {
      return nil
    }
    var device: EGLDeviceEXT?
    var count: EGLint = 0
    guard epoxy_eglQueryDevicesEXT(1, &device, &count) != 0, count > 0 else { return nil }
    return epoxy_eglGetPlatformDisplayEXT(EGLenum(EGL.PLATFORM_DEVICE_EXT), device, nil)
  }

  private static func hasClientExtension(_ name: StaticString) -> Bool {
    name.withUTF8Buffer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { epoxy_has_egl_extension(nil, $0.baseAddress) }
    }
  }
}
