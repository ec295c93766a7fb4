import Foundation
import TestSupport
import Testing

/// The shared object as a file: its name, what it needs, and that it can be loaded and unloaded in any process.
@Suite struct LoadingTests {
  @Test func namesAndNeeds() throws {
    let library = try #require(Repository.library)
    let dynamic = try run("readelf", ["-d", "-W", library.path])
    #expect(dynamic.output.contains("Library soname: [libvirglrenderer.so.1]"))
    // SwiftPM's own, which `make build` leaves out; never a folder of the build machine.
    for line in dynamic.lines where line.contains("RPATH") || line.contains("RUNPATH") {
      #expect(line.hasSuffix("[$ORIGIN]"), "\(line)")
    }
    #expect(!dynamic.output.contains("TEXTREL"))
    let needed = dynamic.lines.filter { $0.contains("(NEEDED)") }
    #expect(!needed.isEmpty)
    let allowed = [
      "libc.so", "libm.so", "libstdc++.so", "libgcc_s.so", "libepoxy.so", "libgbm.so", "libdrm.so", "ld-linux",
      "libEGL.so", "libpthread.so", "libdl.so",
    ]
    for line in needed {
      #expect(allowed.contains { line.contains("[\($0)") }, "\(line)")
    }
  }

  @Test func bringsNoSwiftAndNoFoundation() throws {
    let library = try #require(Repository.library)
    let closure = try run("ldd", [library.path])
    #expect(closure.succeeded)
    for word in ["libswift", "Foundation", "libdispatch", "BlocksRuntime", "libicu", "not found"] {
      #expect(!closure.output.contains(word), "\(closure.output)")
    }
  }

  /// Without GL, then with it.
  @Test(arguments: ["128", "9"]) func reloads(_ flags: String) throws {
    let library = try #require(Repository.library)
    let scratch = try Scratch()
    let program = try compile("reload.c", into: scratch)
    let result = try run(program.path, [library.path, flags])
    #expect(result.succeeded, "\(result.status) \(result.errors)")
  }

  /// A callback table as short as its version says, at the end of a page.
  @Test(arguments: ["tables", "gl"]) func readsNoFurtherThanTheVersion(_ state: String) throws {
    let library = try #require(Repository.library)
    let scratch = try Scratch()
    let program = try compile("callback_prefix.c", into: scratch)
    let result = try run(program.path, [library.path, state])
    #expect(result.succeeded, "\(result.status) \(result.errors)")
  }

  /// Callbacks that call back.
  @Test(arguments: ["before", "gl"]) func isReentrant(_ state: String) throws {
    let library = try #require(Repository.library)
    let scratch = try Scratch()
    let program = try compile("reentrant_callbacks.c", into: scratch)
    let result = try run(program.path, [library.path, state])
    #expect(result.succeeded, "\(result.status) \(result.errors)")
  }

  /// Host memory that a guest maps.
  @Test(arguments: ["core", "es"]) func mapsBlobs(_ host: String) throws {
    let library = try #require(Repository.library)
    let scratch = try Scratch()
    let program = try compile("blob_client.c", into: scratch)
    let result = try run(program.path, [library.path, host])
    #expect(result.succeeded, "\(result.status) \(result.errors)")
  }
}
