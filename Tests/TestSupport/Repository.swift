import Foundation

/// Where things are: the sources this test was built from, and the library built beside it.
package enum Repository {
  package static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  package static let headers = root.appending(path: "include/virgl")
  package static let programs = root.appending(path: "Tests/C")

  package static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// The shared object that this build made: in the folder of the running test program or a little above it.
  package static let library: URL? = {
    guard let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") else { return nil }
    var folder = URL(filePath: program).deletingLastPathComponent()
    for _ in 0..<4 {
      let candidate = folder.appending(path: "libvirglrenderer.so")
      if FileManager.default.fileExists(atPath: candidate.path) { return candidate }
      folder.deleteLastPathComponent()
    }
    return nil
  }()

  /// Debian's package of the reference, when it is installed. Its version is 0.10.4 on Debian 12.
  package static let reference: URL? = {
    let path = "/usr/lib/x86_64-linux-gnu/libvirglrenderer.so.1"
    return FileManager.default.fileExists(atPath: path) ? URL(filePath: path) : nil
  }()

  /// The header of Debian's development package, when it is installed.
  package static let referenceHeaders: URL? = {
    let path = "/usr/include/virgl"
    return FileManager.default.fileExists(atPath: path + "/virglrenderer.h") ? URL(filePath: path) : nil
  }()

  /// The names of the functions that our public header declares.
  package static func headerFunctions() throws -> Set<String> {
    let header = try text("include/virgl/virglrenderer.h")
    // A declaration begins with VIRGL_EXPORT; the name is the last word before the first parenthesis after it.
    var names: Set<String> = []
    for declaration in header.components(separatedBy: "\nVIRGL_EXPORT ").dropFirst() {
      let words = declaration.prefix { $0 != "(" }.split { !($0.isLetter || $0.isNumber || $0 == "_") }
      if let name = words.last { names.insert(String(name)) }
    }
    return names
  }
}
