import CEpoxy
import GLDriver

/// The EGL display extensions this library makes use of.
package struct EGLExtensions: OptionSet, Sendable {
  package let rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  package static let surfacelessContext = EGLExtensions(rawValue: 1 << 0)
  package static let createContext = EGLExtensions(rawValue: 1 << 1)
  package static let createContextRobustness = EGLExtensions(rawValue: 1 << 2)
  package static let noConfigContext = EGLExtensions(rawValue: 1 << 3)
  package static let imageBase = EGLExtensions(rawValue: 1 << 4)
  package static let dmaBufExport = EGLExtensions(rawValue: 1 << 5)
  package static let dmaBufImport = EGLExtensions(rawValue: 1 << 6)
  package static let dmaBufImportModifiers = EGLExtensions(rawValue: 1 << 7)
  package static let nativeFenceSync = EGLExtensions(rawValue: 1 << 8)
  package static let waitSync = EGLExtensions(rawValue: 1 << 9)
  package static let colorspace = EGLExtensions(rawValue: 1 << 10)
  package static let queryDriver = EGLExtensions(rawValue: 1 << 11)

  private static let names: [(EGLExtensions, StaticString)] = [
    (.surfacelessContext, "EGL_KHR_surfaceless_context"),
    (.createContext, "EGL_KHR_create_context"),
    (.createContextRobustness, "EGL_EXT_create_context_robustness"),
    (.noConfigContext, "EGL_KHR_no_config_context"),
    (.imageBase, "EGL_KHR_image_base"),
    (.dmaBufExport, "EGL_MESA_image_dma_buf_export"),
    (.dmaBufImport, "EGL_EXT_image_dma_buf_import"),
    (.dmaBufImportModifiers, "EGL_EXT_image_dma_buf_import_modifiers"),
    (.nativeFenceSync, "EGL_ANDROID_native_fence_sync"),
    (.waitSync, "EGL_KHR_wait_sync"),
    (.colorspace, "EGL_KHR_gl_colorspace"),
    (.queryDriver, "EGL_MESA_query_driver"),
  ]

  /// Of a display that is initialised.
  package init(display: EGLDisplay) {
    self.init()
    for (member, name) in EGLExtensions.names
    where name.withUTF8Buffer({ name in
      name.withMemoryRebound(to: CChar.self) { epoxy_has_egl_extension(display, $0.baseAddress) }
    }) {
      insert(member)
    }
  }
}
