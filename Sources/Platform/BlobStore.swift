import Glibc

/// What a `BlobStore` may hold.
package struct BlobStoreLimits: Sendable {
  /// Bytes on disk of all blobs, each counted in whole blocks of 4 KiB. Writers that share a directory may each go an
  /// eighth beyond it before they notice one another.
  package var directoryBytes: Int
  /// Bytes of one blob; larger ones are neither written nor read.
  package var blobBytes: Int

  package init(directoryBytes: Int, blobBytes: Int = 32 << 20) {
    self.directoryBytes = directoryBytes
    self.blobBytes = blobBytes
  }
}

/// Why a directory cannot be a store.
package enum BlobStoreFault: Error, Equatable {
  /// Not an absolute path.
  case relativePath
  case system(Errno)
  /// Somebody else owns the directory, or others may write to it.
  case insecure
}

/// Bytes under digests, kept as files of one directory that belongs to this user alone.
///
/// What it returns is what was written under that digest: a file is used only if it is a regular file of this user that
/// nobody else may write, and names its key, its length and the SHA-256 of everything in it. Any other file that opens
/// under such a name is removed, links are not followed. Files appear whole, by renaming, so that processes may share
/// a directory; the oldest in use go when the limit is reached. Files with names of other forms are left alone.
///
/// One thread. Calls block as long as the file system does; nothing is synced to the disk, because a torn file is only
/// a missing one.
package final class BlobStore {
  let directory: OwnedDescriptor
  package let limits: BlobStoreLimits
  /// Bytes in the directory as last counted, and what was written here since.
  var countedBytes = 0
  var writtenBytes = 0
  private let temporaryPrefix: String
  private var nextTemporary: UInt64 = 0

  static let nameSuffix = ".blob"
  static let temporaryStart = ".writing-"

  /// Opens the directory, or makes it (the last component only), and counts what is in it.
  package init(path: String, limits: BlobStoreLimits) throws(BlobStoreFault) {
    guard path.utf8.first == UInt8(ascii: "/"), !path.utf8.contains(0) else { throw .relativePath }
    unsafe mkdir(path, 0o700)
    let opened = unsafe open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard opened >= 0 else { throw .system(.last) }
    directory = OwnedDescriptor(owning: opened)
    guard let status = FileStatus(of: opened) else { throw .system(.last) }
    guard status.isOurs else { throw .insecure }
    self.limits = limits
    var generator = SystemRandomNumberGenerator()
    temporaryPrefix = Self.temporaryStart + String(generator.next() as UInt64, radix: 16) + "-"
    trim()
  }

  /// The blob of a key; nil when there is none.
  package func read(_ key: Digest) -> [UInt8]? {
    let name = Self.name(of: key)
    let opened = unsafe openat(directory.raw, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard opened >= 0 else { return nil }
    let file = OwnedDescriptor(owning: opened)
    guard let status = FileStatus(of: opened), status.isRegular, status.isOurs, let content = contents(file, status),
      let blob = BlobFile.payload(of: content, key: key)
    else {
      remove(key)
      return nil
    }
    // Its turn to be removed comes later.
    _ = futimens(opened, nil)
    return blob
  }

  private func contents(_ file: borrowing OwnedDescriptor, _ status: FileStatus) -> [UInt8]? {
    guard status.byteCount >= BlobFile.headerBytes, status.byteCount - BlobFile.headerBytes <= limits.blobBytes else {
      return nil
    }
    let raw = file.raw
    var isWhole = false
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: status.byteCount) { buffer, count in
      while count < buffer.count {
        let got = unsafe Glibc.read(raw, buffer.baseAddress.map { unsafe $0 + count }, buffer.count - count)
        if got < 0, errno == EINTR { continue }
        guard got > 0 else { return }
        count += got
      }
      isWhole = true
    }
    return isWhole ? bytes : nil
  }

  /// Puts a blob under a key, instead of the one that was there. EFBIG for one over the limit.
  package func write(_ blob: Span<UInt8>, under key: Digest) throws(Errno) {
    guard blob.count <= limits.blobBytes, Self.bytesOnDisk(blob.count) <= limits.directoryBytes else {
      throw Errno(EFBIG)
    }
    nextTemporary &+= 1
    let temporary = temporaryPrefix + String(nextTemporary)
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let opened = unsafe openat(directory.raw, temporary, flags, 0o600)
    guard opened >= 0 else { throw .last }
    do throws(Errno) {
      let file = OwnedDescriptor(owning: opened)
      try Self.writeAll(BlobFile.header(of: blob, key: key).span, to: file)
      try Self.writeAll(blob, to: file)
      guard unsafe renameat(directory.raw, temporary, directory.raw, Self.name(of: key)) == 0 else { throw .last }
    } catch {
      unsafe unlinkat(directory.raw, temporary, 0)
      throw error
    }
    writtenBytes += Self.bytesOnDisk(blob.count)
    if countedBytes + writtenBytes > limits.directoryBytes || writtenBytes > limits.directoryBytes / 8 { trim() }
  }

  package func remove(_ key: Digest) {
    unsafe unlinkat(directory.raw, Self.name(of: key), 0)
  }

  private static func writeAll(_ bytes: Span<UInt8>, to file: borrowing OwnedDescriptor) throws(Errno) {
    var done = 0
    while done < bytes.count {
      let raw = file.raw
      let written = unsafe bytes.extracting(droppingFirst: done).withUnsafeBytes { rest in
        unsafe Glibc.write(raw, rest.baseAddress, rest.count)
      }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw written == 0 ? Errno(EIO) : .last }
      done += written
    }
  }

  static func name(of key: Digest) -> String { key.hexadecimal + nameSuffix }

  /// What a blob takes of the directory's limit.
  static func bytesOnDisk(_ blobBytes: Int) -> Int { (blobBytes + BlobFile.headerBytes + 4095) & ~4095 }
}

/// What the kernel says about a file.
struct FileStatus {
  let isRegular: Bool
  /// Of this process' user, and nobody else may write it.
  let isOurs: Bool
  let byteCount: Int
  /// Nanoseconds of the wall clock.
  let modified: Int64

  init?(of descriptor: CInt) {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }

  /// Of a name in a directory, links not followed.
  init?(of name: UnsafePointer<CChar>, in directory: CInt) {
    var status = stat()
    guard unsafe fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
    self.init(status)
  }

  private init(_ status: stat) {
    isRegular = status.st_mode & S_IFMT == S_IFREG
    isOurs = status.st_uid == geteuid() && status.st_mode & (S_IWGRP | S_IWOTH) == 0
    byteCount = Int(status.st_size)
    modified = Int64(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec)
  }
}
