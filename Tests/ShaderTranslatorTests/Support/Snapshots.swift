import Foundation
import Testing

/// Expected texts under Tests/Snapshots/shaders. With VIRGL_UPDATE_SNAPSHOTS=1 the tests write them instead.
enum Snapshots {
  private static let updates = ProcessInfo.processInfo.environment["VIRGL_UPDATE_SNAPSHOTS"] == "1"
  private static let folder = Corpus.tests.appending(path: "Snapshots/shaders")

  static func check(_ name: String, _ text: String) throws {
    let file = folder.appending(path: name)
    if updates {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
      return
    }
    let expected = String(decoding: (try? Data(contentsOf: file)) ?? Data(), as: UTF8.self)
    #expect(text == expected, "\(name) differs from its snapshot")
  }
}
