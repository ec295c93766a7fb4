import Glibc
import TestSupport
import Testing

@testable import Platform

/// A store in a directory of one test.
private struct Folder {
  let temporary: TemporaryFolder
  var path: String { temporary.path }
  var names: [String] { temporary.names }

  init() throws { temporary = try TemporaryFolder("blob-store") }

  func store(directoryBytes: Int = 1 << 20, blobBytes: Int = 64 << 10) throws -> BlobStore {
    try BlobStore(path: path, limits: BlobStoreLimits(directoryBytes: directoryBytes, blobBytes: blobBytes))
  }

  func file(of key: Digest) -> String { "\(path)/\(BlobStore.name(of: key))" }
  func read(_ key: Digest) throws -> [UInt8] { try temporary.read(BlobStore.name(of: key)) }
  func write(_ bytes: [UInt8], to key: Digest) throws { try temporary.write(bytes, to: BlobStore.name(of: key)) }
  func write(_ bytes: [UInt8], to name: String) throws { try temporary.write(bytes, to: name) }
}

private func key(_ number: UInt64) -> Digest {
  var hash = SHA256()
  hash.update(number)
  return hash.finish()
}

@Suite struct SHA256Tests {
  private func hash(_ text: String) -> String { SHA256.digest(of: Array(text.utf8).span).hexadecimal }

  /// The examples of FIPS 180-4.
  @Test func knownDigests() {
    #expect(hash("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(hash("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      hash("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    #expect(
      hash(String(repeating: "a", count: 1_000_000))
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  /// However the bytes are cut into pieces.
  @Test func piecesAreTheWhole() {
    let bytes = (0..<200).map { UInt8(truncatingIfNeeded: $0 &* 37) }
    for count in 0...200 {
      let whole = SHA256.digest(of: bytes.span.extracting(first: count))
      for cut in stride(from: 0, through: count, by: 7) {
        var hash = SHA256()
        hash.update(bytes.span.extracting(first: cut))
        hash.update(bytes.span.extracting(cut..<count))
        #expect(hash.finish() == whole)
      }
    }
  }
}

@Suite struct BlobStoreTests {
  private let blob: [UInt8] = (0..<300).map { UInt8(truncatingIfNeeded: $0 &* 7) }

  @Test func returnsWhatWasWritten() throws {
    let folder = try Folder()
    let store = try folder.store()
    #expect(store.read(key(1)) == nil)
    try store.write(blob.span, under: key(1))
    try store.write([UInt8]().span, under: key(2))
    #expect(store.read(key(1)) == blob)
    #expect(store.read(key(2)) == [])
    #expect(store.read(key(3)) == nil)
    try store.write([1, 2, 3].span, under: key(1))
    // Another process.
    #expect(try folder.store().read(key(1)) == [1, 2, 3])
    #expect(folder.names.count == 2)
    store.remove(key(1))
    #expect(store.read(key(1)) == nil)
  }

  /// Cut at each length, and longer than it says.
  @Test func otherLengthsAreNothing() throws {
    let folder = try Folder()
    let store = try folder.store()
    try store.write(blob.span, under: key(1))
    let whole = try folder.read(key(1))
    for length in Array(0..<whole.count) + [whole.count + 1, whole.count + 4096] {
      try folder.write(Array((whole + [UInt8](repeating: 0, count: 4096)).prefix(length)), to: key(1))
      #expect(store.read(key(1)) == nil, "\(length) bytes")
      #expect(folder.names.isEmpty, "\(length) bytes")
    }
    try folder.write(whole, to: key(1))
    #expect(store.read(key(1)) == blob)
  }

  /// Each bit of the header, and each byte of all.
  @Test func changedFilesAreNothing() throws {
    let folder = try Folder()
    let store = try folder.store()
    try store.write(blob.span, under: key(1))
    let whole = try folder.read(key(1))
    // What is damaged below is good as it is.
    try folder.write(whole, to: key(1))
    #expect(store.read(key(1)) == blob)
    for index in whole.indices {
      for change: UInt8 in index < BlobFile.headerBytes ? [1, 2, 4, 8, 16, 32, 64, 128] : [0x5a] {
        var damaged = whole
        damaged[index] ^= change
        try folder.write(damaged, to: key(1))
        #expect(store.read(key(1)) == nil, "byte \(index)")
      }
    }
  }

  /// The right content under the wrong name.
  @Test func foreignFilesAreNothing() throws {
    let folder = try Folder()
    let store = try folder.store()
    try store.write(blob.span, under: key(1))
    #expect(rename(folder.file(of: key(1)), folder.file(of: key(2))) == 0)
    #expect(store.read(key(2)) == nil)
  }

  @Test func linksAreNotFollowed() throws {
    let folder = try Folder()
    let store = try folder.store()
    try store.write(blob.span, under: key(1))
    let elsewhere = folder.path + "/elsewhere"
    #expect(rename(folder.file(of: key(1)), elsewhere) == 0)
    #expect(symlink(elsewhere, folder.file(of: key(1))) == 0)
    #expect(store.read(key(1)) == nil)
    // A writer replaces the link, not what it leads to.
    try store.write([9].span, under: key(1))
    #expect(store.read(key(1)) == [9])
    #expect(rename(elsewhere, folder.file(of: key(1))) == 0)
    #expect(store.read(key(1)) == blob)
  }

  /// Nothing blocks, and nothing else is read.
  @Test func onlyRegularFilesAreRead() throws {
    let folder = try Folder()
    let store = try folder.store()
    #expect(mkfifo(folder.file(of: key(1)), 0o600) == 0)
    #expect(store.read(key(1)) == nil)
    #expect(mkdir(folder.file(of: key(2)), 0o700) == 0)
    #expect(store.read(key(2)) == nil)
    #expect(throws: Errno(EISDIR)) { try store.write(blob.span, under: key(2)) }
    #expect(folder.names.allSatisfy { !$0.hasPrefix(BlobStore.temporaryStart) })
  }

  @Test func filesOthersMayWriteAreNothing() throws {
    let folder = try Folder()
    let store = try folder.store()
    for mode: mode_t in [0o620, 0o602] {
      try store.write(blob.span, under: key(1))
      #expect(chmod(folder.file(of: key(1)), mode) == 0)
      #expect(store.read(key(1)) == nil)
    }
  }

  @Test func largeBlobsAreNeitherWrittenNorRead() throws {
    let folder = try Folder()
    let large = [UInt8](repeating: 1, count: 5000)
    try folder.store().write(large.span, under: key(1))
    let small = try folder.store(blobBytes: 4999)
    #expect(small.read(key(1)) == nil)
    #expect(throws: Errno(EFBIG)) { try small.write(large.span, under: key(1)) }
    // A file that claims more than there is memory for, without taking any.
    try folder.write([], to: key(3))
    #expect(truncate(folder.file(of: key(3)), 1 << 40) == 0)
    #expect(small.read(key(3)) == nil)
  }

  @Test func directoriesOfOthersAreRefused() throws {
    let folder = try Folder()
    for mode: mode_t in [0o770, 0o707, 0o777] {
      #expect(chmod(folder.path, mode) == 0)
      #expect(throws: BlobStoreFault.insecure) { _ = try folder.store() }
    }
    #expect(chmod(folder.path, 0o755) == 0)
    _ = try folder.store()
    let limits = BlobStoreLimits(directoryBytes: 1 << 20)
    #expect(throws: BlobStoreFault.relativePath) { _ = try BlobStore(path: "blobs", limits: limits) }
    #expect(throws: BlobStoreFault.system(Errno(ENOENT))) {
      _ = try BlobStore(path: folder.path + "/none/blobs", limits: limits)
    }
    let link = folder.path + "/link"
    #expect(symlink(folder.path, link) == 0)
    #expect(throws: BlobStoreFault.self) { _ = try BlobStore(path: link, limits: limits) }
    try folder.write([], to: "file")
    #expect(throws: BlobStoreFault.system(Errno(ENOTDIR))) {
      _ = try BlobStore(path: folder.path + "/file", limits: limits)
    }
  }

  @Test func missingDirectoriesAreMade() throws {
    let folder = try Folder()
    let path = folder.path + "/blobs"
    let store = try BlobStore(path: path, limits: BlobStoreLimits(directoryBytes: 1 << 20))
    var status = stat()
    #expect(stat(path, &status) == 0)
    #expect(status.st_mode & 0o7777 == 0o700)
    try store.write(blob.span, under: key(1))
    store.remove(key(1))
  }

  /// The least recently used go, files of other names stay.
  @Test func oldBlobsMakeRoom() throws {
    let folder = try Folder()
    let store = try folder.store(directoryBytes: 16 * 4096)
    try folder.write([UInt8](repeating: 7, count: 1 << 17), to: "precious")
    for number in 0..<16 {
      try store.write(blob.span, under: key(UInt64(number)))
      try setAge(seconds: 1000 - number, of: folder.file(of: key(UInt64(number))))
    }
    #expect(store.read(key(0)) == blob)
    try store.write(blob.span, under: key(16))
    // Three quarters of the limit are left: 0, which was just read, 16, and the newest of the others.
    let kept = (0...16).filter { store.read(key(UInt64($0))) != nil }
    #expect(kept == [0] + Array(6...16))
    #expect(folder.names.contains("precious"))
  }

  /// What other processes wrote is noticed after an eighth of the limit.
  @Test func writersShareTheLimit() throws {
    let folder = try Folder()
    let stores = try (0..<4).map { _ in try folder.store(directoryBytes: 64 * 4096) }
    for number in 0..<400 { try stores[number % 4].write(blob.span, under: key(UInt64(number))) }
    #expect(folder.names.count <= 64 + 4 * 8)
  }

  @Test func unfinishedFilesAreClearedAway() throws {
    let folder = try Folder()
    let old = folder.path + "/" + BlobStore.temporaryStart + "old"
    try folder.write([1], to: BlobStore.temporaryStart + "old")
    try folder.write([1], to: BlobStore.temporaryStart + "new")
    try setAge(seconds: 7200, of: old)
    _ = try folder.store()
    #expect(folder.names == [BlobStore.temporaryStart + "new"])
  }

  /// Readers see whole blobs whatever writers do.
  @Test func writersAtOnce() throws {
    let folder = try Folder()
    let first = [UInt8](repeating: 1, count: 40_000)
    let second = [UInt8](repeating: 2, count: 30_000)
    let path = folder.path
    try folder.store().write(first.span, under: key(1))
    let writers = try [first, second].map { blob in
      try WorkerThread(name: "writer") {
        guard let store = try? BlobStore(path: path, limits: BlobStoreLimits(directoryBytes: 1 << 20)) else { return }
        for _ in 0..<200 { try? store.write(blob.span, under: key(1)) }
      }
    }
    let store = try folder.store()
    for _ in 0..<400 {
      let found = store.read(key(1))
      #expect(found == first || found == second)
    }
    for writer in writers { writer.join() }
    #expect(folder.names.count == 1)
  }

  private func setAge(seconds: Int, of path: String) throws {
    let moment = timespec(tv_sec: time(nil) - seconds, tv_nsec: 0)
    try #require(utimensat(AT_FDCWD, path, [moment, moment], 0) == 0)
  }
}
