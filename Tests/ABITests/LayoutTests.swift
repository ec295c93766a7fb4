import CVirglrenderer
import Foundation
import TestSupport
import Testing

/// Our header against the reference's: sizes, offsets, constants and prototypes, as the C compiler sees them.
@Suite struct LayoutTests {
  /// Lines of the 0.10.4 header that 1.3.0 changed, and what 1.3.0 did.
  static let changedSince0104: [String: String] = [
    "sizeof struct virgl_renderer_gl_ctx_param = 16, aligned 4": "1.0 added compat_ctx",
    "sizeof info = 36, aligned 4": "1.0 added fd",
    "prototype virgl_renderer_export_fence: DIFFERENT": "1.0 widened the fence id to 64 bits",
  ]

  private static func layout(of headers: URL) throws -> [String] {
    let scratch = try Scratch()
    let program = try compile("abi_layout.c", into: scratch, headers: headers)
    let result = try run(program.path, [])
    #expect(result.succeeded)
    return result.lines
  }

  /// The recorded lines are what the same program printed with the header of Debian's 1.3.0-1.
  @Test func equals130() throws {
    let recorded = try Repository.text("Tests/C/expected/abi-layout-1.3.0.txt").split(separator: "\n").map(String.init)
    #expect(recorded.count == 196)
    let ours = try LayoutTests.layout(of: Repository.headers)
    for (mine, theirs) in zip(ours, recorded) { #expect(mine == theirs) }
    #expect(ours.count == recorded.count)
  }

  @Test func extendsTheInstalledHeader() throws {
    let headers = try #require(Repository.referenceHeaders, "Debian's libvirglrenderer-dev is not installed")
    let ours = Set(try LayoutTests.layout(of: Repository.headers))
    let theirs = try LayoutTests.layout(of: headers)
    #expect(theirs.count > 150)
    var unused = Set(LayoutTests.changedSince0104.keys)
    for line in theirs where !ours.contains(line) {
      #expect(unused.remove(line) != nil, "not in our header: \(line)")
    }
    #expect(unused.isEmpty, "differences that no longer exist: \(unused)")
  }

  /// Swift and C agree about the structures that cross the boundary.
  @Test func importedStructures() {
    #expect(MemoryLayout<virgl_renderer_callbacks>.size == 72)
    #expect(MemoryLayout<virgl_renderer_resource_create_args>.size == 44)
    #expect(MemoryLayout<virgl_renderer_resource_info>.size == 40)
    #expect(MemoryLayout<virgl_renderer_resource_info_ext>.size == 72)
    #expect(MemoryLayout<virgl_renderer_export_query>.size == 88)
    #expect(MemoryLayout<virgl_renderer_resource_create_blob_args>.size == 48)
    #expect(MemoryLayout<virgl_renderer_resource_import_blob_args>.size == 24)
    #expect(MemoryLayout<virgl_box>.size == 24)
    #expect(MemoryLayout<virgl_renderer_resource_layout>.size == 80)
  }

  @Test func headerIsCxx() throws {
    let scratch = try Scratch()
    let source = Repository.programs.appending(path: "header_in_cxx.cpp").path
    let result = try run(
      "c++", ["-Wall", "-Werror", "-I\(Repository.headers.path)", "-c", source, "-o", "object"], in: scratch.url)
    #expect(result.succeeded, "\(result.errors)")
    // C linkage: the name is not mangled.
    let symbols = try run("nm", ["-u", "object"], in: scratch.url)
    #expect(symbols.lines.contains { $0.hasSuffix(" virgl_renderer_get_poll_fd") })
  }
}
