import CEpoxy
import Platform
import WireFormat

/// Why a context cannot serve as the host.
package enum HostGLFault: Error, Equatable {
  /// No context is current, or it does not name its version.
  case noContext
  /// Older than GL 3.0 or ES 3.0, or without uniform buffers.
  case tooOld(GLVersion)
}

/// Formats that exist only as imported images, and what the display path can show. From the window system.
package struct ExternalFormatSupport: Sendable {
  /// Formats whose imported images can be sampled (NV12, YV12, P010...).
  package var sampling = FormatMask()
  /// Formats that the display path can scan out; nil when buffers are not allocated outside GL, where every
  /// format can be shown because the client draws the texture itself.
  package var scanout: FormatMask?

  package init() {}
}

/// Everything this library knows about the host's GL: asked once with a context current, constant afterwards, and the
/// same for every context of the share group.
package final class HostGL: Sendable {
  package let flavour: GLFlavour
  /// `flavour` as two stored answers, because the draw path asks.
  package let isES: Bool
  package let isCompat: Bool
  package let version: GLVersion
  package let glslVersion: GLVersion
  package let vendor: String
  package let renderer: String
  package let versionString: String
  package let extensions: GLExtensions
  package let features: GLFeatures
  package let limits: GLLimits
  package let workarounds: GLWorkarounds
  package let multisample: MultisampleSupport
  /// A framebuffer may mix differently formatted colour attachments.
  package let mixesColorFormats: Bool
  package let formats: FormatTable

  /// Asks the current context. Leaves its texture, framebuffer and error state as a fresh context has them.
  package static func probe(
    external: ExternalFormatSupport = ExternalFormatSupport(), log: Log = .silent
  ) throws(HostGLFault) -> HostGL {
    let versionString = GLQuery.string(GL.VERSION)
    guard let version = GLVersion(parsing: versionString) else { throw .noContext }
    GLQuery.drainErrors()
    let extensions = GLExtensions.ofCurrentContext(version: version)
    let flavour = detectFlavour(versionString: versionString, version: version, extensions: extensions)
    var features = GLFeatures.detect(flavour: flavour, version: version, extensions: extensions)
    features.formUnion(WrapModeProbe.found(besides: features))
    guard version >= GLVersion(3, 0), features.contains(.uniformBuffer) else { throw .tooOld(version) }
    let host = HostGL(
      flavour: flavour, version: version, versionString: versionString, extensions: extensions, features: features,
      external: external)
    log.info(
      "host GL: \(versionString), \(host.renderer), \(extensions.count) extensions, "
        + "\(host.formats.samplerMask.count) texture formats")
    return host
  }

  private init(
    flavour: GLFlavour, version: GLVersion, versionString: String, extensions: GLExtensions, features: GLFeatures,
    external: ExternalFormatSupport
  ) {
    self.flavour = flavour
    isES = flavour == .es
    isCompat = flavour == .compat
    self.version = version
    self.versionString = versionString
    self.extensions = extensions
    self.features = features
    vendor = GLQuery.string(GL.VENDOR)
    renderer = GLQuery.string(GL.RENDERER)
    glslVersion = GLVersion(parsing: GLQuery.string(GL.SHADING_LANGUAGE_VERSION)) ?? GLVersion(1, 30)
    workarounds = GLWorkarounds.detect(vendor: vendor, renderer: renderer, version: versionString)
    limits = GLLimits.query(flavour: flavour, version: version, features: features)
    GLQuery.drainErrors()
    multisample = MultisampleSupport.probe(features: features, limits: limits)
    mixesColorFormats = FramebufferProbe.mixesColorFormats()
    formats = FormatTable.probe(flavour: flavour, features: features, external: external)
    GLQuery.drainErrors()
  }

  /// Lets the current context compile shaders in as many threads of its own as it likes.
  package func useCompilerThreads() {
    guard features.contains(.parallelShaderCompile) else { return }
    if extensions.contains("GL_KHR_parallel_shader_compile") {
      epoxy_glMaxShaderCompilerThreadsKHR(GLuint.max)
    } else {
      epoxy_glMaxShaderCompilerThreadsARB(GLuint.max)
    }
  }

  private static func detectFlavour(
    versionString: String, version: GLVersion, extensions: GLExtensions
  ) -> GLFlavour {
    if versionString.hasPrefix("OpenGL ES") { return .es }
    if version >= GLVersion(3, 2) {
      let profile = GLQuery.integer(GL.CONTEXT_PROFILE_MASK)
      return GLenum(bitPattern: profile) & GL.CONTEXT_COMPATIBILITY_PROFILE_BIT != 0 ? .compat : .core
    }
    // GL 3.0 always has the old features; 3.1 has them when the extension says so.
    return version == GLVersion(3, 0) || extensions.contains("GL_ARB_compatibility") ? .compat : .core
  }
}
