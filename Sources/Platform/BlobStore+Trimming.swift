import Glibc

extension BlobStore {
  private struct File {
    var name: [CChar]
    var bytes: Int
    var modified: Int64
  }

  /// Names looked at in one count: somebody may have pointed us at the wrong directory.
  private static var nameLimit: Int { 1 << 20 }
  /// What one file counts for at most, so that sums of sizes stay numbers.
  private static var countedLimit: Int { 1 << 40 }
  /// Seconds after which a file that a writer left unfinished has no writer any more.
  private static var unfinishedLifetime: Int64 { 3600 }

  /// Counts the blobs. Over the limit, removes the least recently used until three quarters are left.
  func trim() {
    var files = list()
    countedBytes = files.reduce(0) { $0 + $1.bytes }
    writtenBytes = 0
    guard countedBytes > limits.directoryBytes else { return }
    files.sort { $0.modified < $1.modified }
    let goal = limits.directoryBytes / 4 * 3
    for file in files where countedBytes > goal {
      if unsafe unlinkat(directory.raw, file.name, 0) == 0 || errno == ENOENT { countedBytes -= file.bytes }
    }
  }

  /// The blobs in the directory; removes what writers left unfinished.
  private func list() -> [File] {
    // A descriptor of its own: reading a directory moves the position of its open file.
    let reading = unsafe openat(directory.raw, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard reading >= 0 else { return [] }
    guard let stream = unsafe fdopendir(reading) else {
      close(reading)
      return []
    }
    defer { unsafe closedir(stream) }
    let suffix = Array(Self.nameSuffix.utf8)
    let nameBytes = 2 * Digest.byteCount + suffix.count
    let unfinished = Array(Self.temporaryStart.utf8)
    let now = Int64(time(nil))
    var files: [File] = []
    for _ in 0..<Self.nameLimit {
      guard let entry = unsafe readdir(stream) else { break }
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe Array(bytes.prefix { $0 != 0 })
      }
      let isBlob = name.count == nameBytes && name.suffix(suffix.count).elementsEqual(suffix)
      guard isBlob || name.starts(with: unfinished) else { continue }
      let terminated = name.map { CChar(bitPattern: $0) } + [0]
      guard let status = unsafe FileStatus(of: terminated, in: directory.raw), status.isRegular, status.isOurs else {
        continue
      }
      if isBlob {
        files.append(
          File(
            name: terminated,
            bytes: Self.bytesOnDisk(max(0, min(status.byteCount, Self.countedLimit) - BlobFile.headerBytes)),
            modified: status.modified))
      } else if now - status.modified / 1_000_000_000 > Self.unfinishedLifetime {
        unsafe unlinkat(directory.raw, terminated, 0)
      }
    }
    return files
  }
}
