import Foundation
import TestSupport
import Testing

/// The dynamic symbol table is the interface: the header's functions, all of them and nothing else.
@Suite struct ExportTests {
  @Test func headerDeclaresTheInterface() throws {
    let functions = try Repository.headerFunctions()
    // 49 of virglrenderer 1.3.0 and two of this project.
    #expect(functions.count == 51)
    #expect(functions.contains("virgl_renderer_context_push_fence_wait"))
    #expect(functions.contains("virgl_renderer_resource_query_layout"))
  }

  @Test func exportListIsTheHeader() throws {
    let list = try Repository.text("Sources/VirglABI/exports.map")
    let names = list.split(separator: "\n").filter { $0.hasSuffix(";") && $0.contains("virgl_") }
      .map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " ;")) }
    #expect(Set(names) == (try Repository.headerFunctions()))
    #expect(!list.contains("virgl_*"))
  }

  @Test func libraryExportsTheHeader() throws {
    let library = try #require(Repository.library)
    let table = try run("nm", ["-D", "--defined-only", library.path])
    #expect(table.succeeded)
    let names = Set(table.lines.compactMap { $0.split(separator: " ").last.map(String.init) })
    let functions = try Repository.headerFunctions()
    #expect(names.subtracting(functions).sorted() == [])
    #expect(functions.subtracting(names).sorted() == [])
  }

  @Test func referenceExportsAreASubset() throws {
    let reference = try #require(Repository.reference, "Debian's libvirglrenderer1 is not installed")
    let table = try run("nm", ["-D", "--defined-only", reference.path])
    let functions = table.lines.filter { $0.contains(" T ") }
    let names = Set(functions.compactMap { $0.split(separator: " ").last.map(String.init) })
    #expect(names.count > 40)
    #expect(names.subtracting(try Repository.headerFunctions()).sorted() == [])
  }
}
