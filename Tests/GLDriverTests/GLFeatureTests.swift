import GLDriver
import Testing

struct GLFeatureTests {
  private func detect(_ flavour: GLFlavour, _ version: GLVersion, _ names: [String] = []) -> GLFeatures {
    GLFeatures.detect(flavour: flavour, version: version, extensions: GLExtensions(names))
  }

  @Test func `extensions are found by their whole name`() {
    let names = (0..<1000).map { "GL_EXT_number_\($0)" }
    let extensions = GLExtensions(names + names + ["", "GL_ARB_texture"])
    #expect(extensions.count == 1002)
    #expect(extensions.contains("GL_EXT_number_0") && extensions.contains("GL_EXT_number_999"))
    #expect(extensions.contains("") && extensions.contains("GL_ARB_texture"))
    #expect(!extensions.contains("GL_ARB_textur") && !extensions.contains("GL_ARB_texture_"))
    #expect(!extensions.contains("GL_EXT_number_1000") && !GLExtensions([]).contains("GL_EXT_number_0"))
  }

  @Test func `a version brings its features`() {
    #expect(detect(.core, GLVersion(4, 3)).isSuperset(of: [.computeShader, .textureView, .shaderStorageBuffer]))
    #expect(!detect(.core, GLVersion(4, 2)).contains(.computeShader))
    #expect(detect(.es, GLVersion(3, 1)).contains(.computeShader))
    #expect(!detect(.es, GLVersion(3, 2)).contains(.textureView))
  }

  @Test func `an extension brings its feature on an older version`() {
    #expect(detect(.core, GLVersion(3, 3), ["GL_ARB_compute_shader"]).contains(.computeShader))
    #expect(detect(.es, GLVersion(3, 0), ["GL_OES_texture_view"]).contains(.textureView))
  }

  @Test func `GLES counts by ones, and votes by an extension`() {
    #expect(detect(.core, GLVersion(4, 6)).isSuperset(of: [.atomicCounterOps, .groupVote]))
    #expect(detect(.core, GLVersion(4, 5)).isDisjoint(with: [.atomicCounterOps, .groupVote]))
    #expect(detect(.core, GLVersion(4, 5), ["GL_ARB_shader_atomic_counter_ops"]).contains(.atomicCounterOps))
    let embedded = detect(.es, GLVersion(3, 2), ["GL_EXT_shader_group_vote"])
    #expect(embedded.isSuperset(of: [.atomicCounters, .groupVote]) && !embedded.contains(.atomicCounterOps))
  }

  @Test func `extension names that the reference misspells count`() {
    let names = ["GL_ARB_separate_shader_objects", "GL_ARB_ES3_1_compatibility", "GL_ARB_shader_draw_parameters"]
    #expect(
      detect(.core, GLVersion(3, 3), names).isSuperset(of: [
        .separateShaderObjects, .es31Compatibility, .drawParameters,
      ]))
  }

  @Test func `desktop S3TC includes its sRGB twins`() {
    #expect(detect(.core, GLVersion(3, 3), ["GL_EXT_texture_compression_s3tc"]).contains(.compressionS3TCsRGB))
    #expect(!detect(.es, GLVersion(3, 0), ["GL_EXT_texture_compression_s3tc"]).contains(.compressionS3TCsRGB))
  }

  @Test func `workarounds follow the strings`() {
    let llvmpipe = GLWorkarounds.detect(
      vendor: "Mesa/X.org", renderer: "llvmpipe (LLVM 15.0.6, 256 bits)", version: "4.5 (Core Profile) Mesa 22.3.6")
    #expect(llvmpipe.isSuperset(of: [.renameLLVMPipe, .softwareRenderer, .cachedBufferMappings]))
    let amd = GLWorkarounds.detect(vendor: "AMD", renderer: "AMD Radeon", version: "4.6 (Core Profile) Mesa 24.0")
    #expect(amd == [.writeCombinedBufferMappings])
  }
}

struct DRMFourCCTests {
  @Test func `codes go both ways`() {
    let argb = DRMFourCC(rawValue: 0x3432_5241)  // AR24
    #expect(DRMFourCC(.B8G8R8A8_UNORM) == argb)
    #expect(argb.pixelFormat == .B8G8R8A8_UNORM)
    #expect(DRMFourCC(.R8_UNORM)?.rawValue == 0x2020_3852)  // "R8  "
    #expect(DRMFourCC(.B8G8R8A8_SRGB) == nil)
    #expect(DRMFourCC(rawValue: 0).pixelFormat == nil)
  }
}
