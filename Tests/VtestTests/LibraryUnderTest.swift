import Foundation
import TestSupport
import Testing

/// The library that these tests give to unmodified programs.
enum LibraryUnderTest {
  /// The one built beside this test program, or the file named by VIRGL_TEST_LIBRARY.
  static func path() throws -> String {
    if let chosen = ProcessInfo.processInfo.environment["VIRGL_TEST_LIBRARY"] { return chosen }
    return try #require(Repository.library, "no libvirglrenderer.so beside the test program").path
  }

  /// A folder for LD_LIBRARY_PATH that holds nothing but the library, under its SONAME.
  static func folder() throws -> Scratch {
    let scratch = try Scratch()
    try FileManager.default.createSymbolicLink(
      atPath: scratch.url.appending(path: "libvirglrenderer.so.1").path, withDestinationPath: path()
    )
    return scratch
  }

  /// Runs one of the rigs of scripts/ to its end.
  static func rig(_ name: String, _ arguments: [String]) throws -> Finished {
    try run(Repository.root.appending(path: "scripts/\(name)").path, arguments)
  }
}
