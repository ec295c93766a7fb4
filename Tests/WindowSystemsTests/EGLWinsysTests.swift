import CEpoxy
import GLDriver
import Platform
import Testing
import WindowSystems

/// The surfaceless display: the one that every machine with Mesa has.
@Suite(.serialized) struct EGLWinsysTests {
  private func makeWinsys(_ flavour: GLFlavour) throws -> EGLWinsys {
    try EGLWinsys(.surfaceless, flavour: flavour, log: .silent)
  }

  private func versionText() -> String { epoxy_glGetString(GL.VERSION).map { String(cString: $0) } ?? "" }

  @Test(arguments: [GLFlavour.core, .compat, .es]) func firstContextHasTheBestVersion(_ flavour: GLFlavour) throws {
    let winsys = try makeWinsys(flavour)
    let (context, version) = try winsys.createFirstContext()
    #expect(version.flavour == flavour)
    #expect(GLContextVersion.ladder(flavour).contains(version))
    #expect(winsys.makeCurrent(context))
    #expect(versionText().hasPrefix("OpenGL ES") == (flavour == .es))
    #expect(epoxy_gl_version() >= version.major * 10 + version.minor)
    #expect(winsys.makeCurrent(nil))
    #expect(epoxy_eglGetCurrentContext() == nil)
    winsys.destroyContext(context)
  }

  /// Accesses stay inside buffers, and a reset of the GPU is told of: Mesa offers both on every host.
  @Test(arguments: [GLFlavour.core, .compat, .es]) func contextsAreRobust(_ flavour: GLFlavour) throws {
    let winsys = try makeWinsys(flavour)
    let (context, _) = try winsys.createFirstContext()
    #expect(winsys.makeCurrent(context))
    let flags = GLenum(bitPattern: GLQuery.integer(GL.CONTEXT_FLAGS))
    #expect(flags & GL.CONTEXT_FLAG_ROBUST_ACCESS_BIT != 0)
    #expect(GLenum(bitPattern: GLQuery.integer(GL.RESET_NOTIFICATION_STRATEGY)) == GL.LOSE_CONTEXT_ON_RESET)
    #expect(winsys.makeCurrent(nil))
    winsys.destroyContext(context)
  }

  @Test func versionsThatDoNotExistAreRefused() throws {
    let winsys = try makeWinsys(.core)
    #expect(winsys.createContext(GLContextVersion(.core, 9, 9), sharing: nil) == nil)
  }

  @Test func sharedContextsSeeEachOthersTextures() throws {
    let winsys = try makeWinsys(.core)
    let (first, version) = try winsys.createFirstContext()
    #expect(winsys.makeCurrent(first))
    var texture: GLuint = 0
    epoxy_glGenTextures(1, &texture)
    epoxy_glBindTexture(GL.TEXTURE_2D, texture)
    let sharing = try #require(winsys.createContext(version, sharing: first))
    let alone = try #require(winsys.createContext(version, sharing: nil))
    #expect(winsys.makeCurrent(sharing))
    #expect(epoxy_glIsTexture(texture) == GL.TRUE)
    #expect(winsys.makeCurrent(alone))
    #expect(epoxy_glIsTexture(texture) == GL.FALSE)
    #expect(winsys.makeCurrent(nil))
    for context in [sharing, alone, first] { winsys.destroyContext(context) }
  }

  /// The display is the same for both; the first to go must not end it for the other.
  @Test func oneWinsysOutlivesAnother() throws {
    let lasting = try makeWinsys(.core)
    let (context, version) = try lasting.createFirstContext()
    do { _ = try makeWinsys(.es) }
    #expect(lasting.makeCurrent(context))
    #expect(!versionText().isEmpty)
    let second = try #require(lasting.createContext(version, sharing: context))
    #expect(lasting.makeCurrent(nil))
    lasting.destroyContext(second)
    lasting.destroyContext(context)
  }

  @Test func contextsMoveBetweenThreads() throws {
    let winsys = try makeWinsys(.core)
    let (context, _) = try winsys.createFirstContext()
    let answers = Monitor<[Bool]>([])
    for _ in 0..<2 {
      try WorkerThread(name: "gl") {
        let bound = winsys.makeCurrent(context)
        let isThere = epoxy_eglGetCurrentContext() == context.pointer
        let unbound = winsys.makeCurrent(nil)
        answers.change { $0 += [bound, isThere, unbound] }
      }.join()
    }
    #expect(answers.read { $0 } == Array(repeating: true, count: 6))
    winsys.destroyContext(context)
  }

  /// llvmpipe without a DRM node offers neither; where a service exists it must work.
  @Test func servicesSayWhetherTheyExist() throws {
    let winsys = try makeWinsys(.core)
    let (context, _) = try winsys.createFirstContext()
    #expect(winsys.makeCurrent(context))
    defer {
      _ = winsys.makeCurrent(nil)
      winsys.destroyContext(context)
    }
    let services = try #require(winsys.egl)
    #expect(services.extensions.contains([.surfacelessContext, .createContext]))

    let fence = services.makeNativeFence()
    let hasFence = fence != nil
    #expect(hasFence == services.hasNativeFences)

    var texture: GLuint = 0
    epoxy_glGenTextures(1, &texture)
    epoxy_glBindTexture(GL.TEXTURE_2D, texture)
    epoxy_glTexStorage2D(GL.TEXTURE_2D, 1, GL.RGBA8, 64, 64)
    if services.provesExport() {
      let image = try services.exportTexture(texture)
      var closing = image
      defer { closing.closeDescriptors() }
      #expect(image.layout.planes[0].stride >= 256)
      #expect(try services.describeTexture(texture).fourcc == image.layout.fourcc)
    } else {
      // llvmpipe has the extension and no buffers.
      let failure = #expect(throws: WinsysFailure.self) { try services.exportTexture(texture) }
      #expect(failure?.code == .unsupported || failure?.code == .refused)
    }
    let nonsense = DMABufImage(layout: DMABufLayout(fourcc: 0, planeCount: 1))
    #expect(throws: WinsysFailure.self) { try services.importImage(nonsense, width: 1, height: 1) }
    #expect(throws: WinsysFailure.self) {
      try services.importImage(DMABufImage(layout: DMABufLayout(fourcc: 0, planeCount: 5)), width: 1, height: 1)
    }
  }

  @Test func planesEndWhereTheNextBegin() {
    var layout = DMABufLayout(fourcc: 0, planeCount: 3)
    layout.planes[0] = DMABufLayout.Plane(stride: 64, offset: 0)
    layout.planes[1] = DMABufLayout.Plane(stride: 32, offset: 6144)
    layout.planes[2] = DMABufLayout.Plane(stride: 32, offset: 4096)
    layout.setSizes(bufferBytes: 8192, rows: 64)
    #expect(layout.planes[0].size == 4096)
    #expect(layout.planes[1].size == 2048)
    #expect(layout.planes[2].size == 2048)
    #expect(layout.planes[3].size == 0)
  }

  @Test func aHandleOfAnImageElsewhereCountsItsRows() {
    var layout = DMABufLayout(fourcc: 0, planeCount: 1)
    layout.planes[0] = DMABufLayout.Plane(stride: 256, offset: 128)
    layout.setSizes(bufferBytes: 4096, rows: 64)
    #expect(layout.planes[0].size == 64 * 256)
  }
}
