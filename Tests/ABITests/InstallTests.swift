import Foundation
import TestSupport
import Testing

/// `make install` as a packager uses it, and clients that find the result through pkg-config.
@Suite struct InstallTests {
  /// Installs the library under test into a scratch folder.
  private static func install(_ variables: [String]) throws -> Scratch {
    let library = try #require(Repository.library)
    let stage = try Scratch()
    let result = try run(
      "make",
      ["-s", "-C", Repository.root.path, "install", "SHARED_OBJECT=\(library.path)", "DESTDIR=\(stage.url.path)"]
        + variables)
    #expect(result.succeeded, "\(result.errors)")
    return stage
  }

  private static func files(_ stage: Scratch) throws -> Set<String> {
    Set(try run("find", [".", "-not", "-type", "d"], in: stage.url).lines)
  }

  @Test func laysOutAsDebian() throws {
    let stage = try InstallTests.install(["PREFIX=/usr", "MULTIARCH=x86_64-linux-gnu"])
    #expect(
      try InstallTests.files(stage) == [
        "./usr/include/virgl/virgl-version.h",
        "./usr/include/virgl/virglrenderer.h",
        "./usr/lib/x86_64-linux-gnu/libvirglrenderer.so",
        "./usr/lib/x86_64-linux-gnu/libvirglrenderer.so.1",
        "./usr/lib/x86_64-linux-gnu/libvirglrenderer.so.1.11.0",
        "./usr/lib/x86_64-linux-gnu/pkgconfig/virglrenderer.pc",
      ])
    let folder = stage.url.appending(path: "usr/lib/x86_64-linux-gnu")
    let links = FileManager.default
    #expect(
      try links.destinationOfSymbolicLink(atPath: folder.appending(path: "libvirglrenderer.so").path)
        == "libvirglrenderer.so.1")
    #expect(
      try links.destinationOfSymbolicLink(atPath: folder.appending(path: "libvirglrenderer.so.1").path)
        == "libvirglrenderer.so.1.11.0")
    // Stripped: no symbol table beside the dynamic one.
    let sections = try run("readelf", ["-S", "-W", folder.appending(path: "libvirglrenderer.so.1.11.0").path])
    #expect(!sections.output.contains(" .symtab "))
    #expect(!sections.output.contains(" .debug_"))

    let removed = try run(
      "make", ["-s", "-C", Repository.root.path, "uninstall", "PREFIX=/usr", "MULTIARCH=x86_64-linux-gnu",
        "DESTDIR=\(stage.url.path)"])
    #expect(removed.succeeded)
    #expect(try InstallTests.files(stage).isEmpty)
  }

  @Test func librariesCanGoElsewhere() throws {
    let stage = try InstallTests.install(["PREFIX=/opt/virgl", "LIBDIR=/opt/virgl/lib64"])
    #expect(try InstallTests.files(stage).contains("./opt/virgl/lib64/libvirglrenderer.so.1"))
    let description = try String(
      contentsOf: stage.url.appending(path: "opt/virgl/lib64/pkgconfig/virglrenderer.pc"), encoding: .utf8)
    #expect(description.contains("libdir=/opt/virgl/lib64\n"))
    #expect(description.contains("\nVersion: 1.3.0\n"))
    #expect(!description.contains("@"))
  }

  /// Two lives of a renderer in a client that knows only the installed files.
  @Test(arguments: ["tables", "gl", "thread", "async"]) func clientBuildsAndRuns(_ state: String) throws {
    let stage = try InstallTests.install(["PREFIX=/usr", "LIBDIR=/usr/lib"])
    let folder = stage.url.appending(path: "usr/lib")
    let variables = [
      "PKG_CONFIG_LIBDIR": folder.appending(path: "pkgconfig").path,
      "PKG_CONFIG_SYSROOT_DIR": stage.url.path,
      "PKG_CONFIG_ALLOW_SYSTEM_CFLAGS": "1",
      "PKG_CONFIG_ALLOW_SYSTEM_LIBS": "1",
    ]
    let flags = try run("pkg-config", ["--cflags", "--libs", "virglrenderer"], environment: variables)
    #expect(flags.succeeded, "\(flags.errors)")
    let program = stage.url.appending(path: "client")
    let compiled = try run(
      "cc",
      ["-std=gnu11", "-Wall", "-Werror", Repository.programs.appending(path: "minimal_client.c").path]
        + ["-o", program.path] + flags.output.split(whereSeparator: \.isWhitespace).map(String.init))
    #expect(compiled.succeeded, "\(compiled.errors)")
    // The client asks for the soname, not for the file that was linked.
    let dynamic = try run("readelf", ["-d", "-W", program.path])
    #expect(dynamic.output.contains("[libvirglrenderer.so.1]"))

    let client = try run(program.path, [state], environment: ["LD_LIBRARY_PATH": folder.path])
    #expect(client.succeeded, "\(client.status) \(client.errors)")
  }
}
