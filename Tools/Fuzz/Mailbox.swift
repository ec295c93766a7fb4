import Glibc

/// A file that a worker and its parent both map: how many inputs ran, and the one that runs now.
struct Mailbox {
  private static let wordLimit = 1 << 20
  private static let byteCount = (wordLimit + 4) * 4
  /// Dword 0: inputs begun; 1: those that took long; 2: length of the input, which follows at 4.
  private let words: UnsafeMutablePointer<UInt32>

  init?(path: String) {
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { return nil }
    defer { close(file) }
    guard ftruncate(file, Mailbox.byteCount) == 0,
      let start = mmap(nil, Mailbox.byteCount, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0), start != MAP_FAILED
    else { return nil }
    words = start.bindMemory(to: UInt32.self, capacity: Mailbox.byteCount / 4)
  }

  var begun: UInt32 { words[0] }
  var slow: UInt32 { words[1] }
  var input: [UInt32] { Array(UnsafeBufferPointer(start: words + 4, count: min(Int(words[2]), Mailbox.wordLimit))) }

  func clear() { for index in 0..<3 { words[index] = 0 } }

  func begin(_ input: [UInt32]) {
    let kept = input.prefix(Mailbox.wordLimit)
    words[2] = UInt32(kept.count)
    for (index, word) in kept.enumerated() { words[4 + index] = word }
    words[0] &+= 1
  }

  func noteSlow() { words[1] &+= 1 }
  func unmap() { munmap(words, Mailbox.byteCount) }
}

enum Files {
  static func read(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      guard count > 0 else { return bytes }
      bytes += chunk[..<count]
    }
  }

  static func write(_ text: String, to path: String) {
    guard let file = fopen(path, "wb") else { Fuzz.fail("cannot write \(path)") }
    fputs(text, file)
    fclose(file)
  }

  /// All `.tgsi` files of some folders, in order.
  static func shaders(_ folders: [String]) -> [[UInt8]] {
    folders.flatMap { folder -> [[UInt8]] in
      guard let directory = opendir(folder) else { Fuzz.fail("no folder \(folder)") }
      defer { closedir(directory) }
      var names: [String] = []
      while let entry = readdir(directory) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name.hasSuffix(".tgsi") { names.append(name) }
      }
      return names.sorted().compactMap { read("\(folder)/\($0)") }
    }
  }
}
