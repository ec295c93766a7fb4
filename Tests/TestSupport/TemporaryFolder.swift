import Glibc

/// A new directory of one test; removed with the files, links and empty directories in it.
package final class TemporaryFolder {
  package let path: String

  package struct NotMade: Error {}

  package init(_ stem: String) throws {
    var template = Array("/tmp/\(stem)-XXXXXX".utf8CString)
    guard let made = template.withUnsafeMutableBufferPointer({ mkdtemp($0.baseAddress!) }) else { throw NotMade() }
    path = String(cString: made)
  }

  deinit {
    for name in names where unlink("\(path)/\(name)") != 0 { rmdir("\(path)/\(name)") }
    rmdir(path)
  }

  /// What is in it, sorted.
  package var names: [String] {
    guard let stream = opendir(path) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// The content of a file.
  package func read(_ name: String) throws -> [UInt8] {
    guard let stream = fopen("\(path)/\(name)", "r") else { throw NotMade() }
    defer { fclose(stream) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&piece, 1, piece.count, stream)
      guard count > 0 else { return bytes }
      bytes += piece[..<count]
    }
  }

  /// Makes a file, or replaces its content. Only this user may write it, whatever the umask.
  package func write(_ bytes: [UInt8], to name: String) throws {
    guard let stream = fopen("\(path)/\(name)", "w") else { throw NotMade() }
    fwrite(bytes, 1, bytes.count, stream)
    fchmod(fileno(stream), 0o600)
    fclose(stream)
  }
}
