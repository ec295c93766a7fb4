import TestSupport
import Testing

/// Mesa's virgl driver draws through Debian's unmodified virgl_test_server on the library. A missing package fails:
/// scripts/install-deps.sh test installs all of them.
@Suite(.serialized) struct ClientTests {
  @Test(arguments: ["core", "es-host"])
  func mesaSeesTheRenderer(profile: String) throws {
    let result = try LibraryUnderTest.rig(
      "vtest-run",
      [
        "--lib", LibraryUnderTest.path(), "--profile", profile, "wflinfo", "-p", "surfaceless_egl",
        "-a", "gles2",
      ])
    #expect(result.succeeded, "\(result.errors)")
    let renderer = result.lines.first { $0.hasPrefix("OpenGL renderer string: ") }
    #expect(renderer?.contains("virgl") == true, "\(result.output)")
    let version = result.lines.first { $0.hasPrefix("OpenGL version string: ") }
    #expect(version?.contains("OpenGL ES 3.") == true, "\(result.output)")
  }

  /// Desktop GL as well: the client's profile does not depend on the host's.
  @Test func mesaOffersDesktopGL() throws {
    let result = try LibraryUnderTest.rig(
      "vtest-run",
      [
        "--lib", LibraryUnderTest.path(), "wflinfo", "-p", "surfaceless_egl", "-a", "gl",
        "--profile", "core",
      ])
    #expect(result.succeeded, "\(result.errors)")
    #expect(result.output.contains("OpenGL version string: 4."), "\(result.output)")
  }

  /// Frames of gears and of glmark2's scenes, equal to the reference's within two steps of 255.
  @Test(arguments: ["core", "es-host"])
  func clientsDrawTheReferencesPictures(profile: String) throws {
    let output = try Scratch()
    let result = try LibraryUnderTest.rig(
      "compare-pictures",
      [
        "--a", "reference", "--b", LibraryUnderTest.path(), "--profile", profile, "--tolerance",
        "2",
        "--output", output.url.path,
      ])
    #expect(result.succeeded, "\(result.output)\(result.errors)")
    #expect(result.lines.count(where: { $0.hasPrefix("same ") }) == 30, "\(result.output)")
  }

  /// Piglit's sanity list: no test worse than on the reference.
  @Test(arguments: ["core", "es-host"])
  func piglitSanity(profile: String) throws {
    let output = try Scratch()
    let result = try LibraryUnderTest.rig(
      "conformance",
      [
        "--suite", "sanity", "--lib", LibraryUnderTest.path(), "--profile", profile, "--output",
        output.url.path,
      ])
    #expect(result.succeeded, "\(result.output)\(result.errors)")
    #expect(result.output.contains("new       30 tests:"), "\(result.output)")
  }
}
