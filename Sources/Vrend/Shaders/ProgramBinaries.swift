import CEpoxy
import GLDriver
import Platform

/// Linked programs in the driver's own form, kept in files from one run to the next.
///
/// A program is kept under the SHA-256 of all that its link depends on: the driver's identity, the GLSL text of each
/// stage, and what `ProgramLink` binds by name. So a guest can only leave what the driver made of those very texts, and
/// whoever finds it would have got the same by linking. A driver that does not like a binary says so, and the program
/// is linked. Shared by all contexts of a renderer; renderer thread.
final class ProgramBinaries {
  private let store: BlobStore
  private let driver: Digest
  private let formats: Set<GLenum>
  private var allowance: WriteAllowance
  private let log: Log
  private var hasReported = false

  /// Programs that a file saved from being linked.
  private(set) var loaded: UInt64 = 0

  /// Bump when `StageVariants.hashLink` or the blob's form changes: a format number of four bytes, then the binary.
  private static let version: UInt64 = 1
  private static let formatBytes = 4

  /// nil when programs cannot be kept; the log says why. A GL context is current.
  init?(_ options: ProgramCacheOptions, host: HostGL, log: Log) {
    func refuse(_ reason: String) { log.warning("programs are not kept in \(options.directory): \(reason)") }
    let formats = Self.formats(host)
    guard !formats.isEmpty else {
      refuse("the GL driver has no program binaries")
      return nil
    }
    do throws(BlobStoreFault) {
      store = try BlobStore(
        path: options.directory, limits: BlobStoreLimits(directoryBytes: options.byteLimit))
    } catch {
      switch error {
      case .relativePath: refuse("the path is not absolute")
      case .system(let errno): refuse("\(errno)")
      case .insecure: refuse("the directory is not this user's alone to write")
      }
      return nil
    }
    self.formats = formats
    self.log = log
    allowance = WriteAllowance(bytes: UInt64(options.byteLimit / 2))
    var hash = SHA256()
    hash.update(Self.version)
    for name in ["\(host.flavour)", host.vendor, host.renderer, host.versionString, "\(host.glslVersion)"] {
      let bytes = Array(name.utf8)
      hash.update(UInt64(bytes.count))
      hash.update(bytes.span)
    }
    driver = hash.finish()
    log.info("programs are kept in \(options.directory)")
  }

  private static func formats(_ host: HostGL) -> Set<GLenum> {
    guard host.features.contains(.programBinary) else { return [] }
    let count = Int(max(0, GLQuery.integer(GL.NUM_PROGRAM_BINARY_FORMATS)))
    guard count > 0 else { return [] }
    var numbers = [GLint](repeating: 0, count: count)
    epoxy_glGetIntegerv(GL.PROGRAM_BINARY_FORMATS, &numbers)
    return Set(numbers.map { GLenum(bitPattern: $0) })
  }

  func key(of stages: StageVariants) -> Digest {
    var hash = SHA256()
    hash.update(driver.bytes.span)
    stages.hashLink(into: &hash)
    return hash.finish()
  }

  /// Gives a new program object the binary of a key.
  ///
  /// - Returns: false when there is none, or the driver does not take it: the object can be linked then.
  func load(_ key: Digest, into program: GLuint) -> Bool {
    guard let blob = store.read(key) else { return false }
    let format = blob.prefix(Self.formatBytes).reversed().reduce(GLenum(0)) { $0 << 8 | GLenum($1) }
    guard blob.count > Self.formatBytes, formats.contains(format) else {
      store.remove(key)
      return false
    }
    blob.withUnsafeBytes { bytes in
      let binary = UnsafeRawBufferPointer(rebasing: bytes.dropFirst(Self.formatBytes))
      epoxy_glProgramBinary(program, format, binary.baseAddress, GLsizei(binary.count))
    }
    var status: GLint = 0
    epoxy_glGetProgramiv(program, GL.LINK_STATUS, &status)
    guard status != 0 else {
      GLQuery.drainErrors()
      store.remove(key)
      return false
    }
    loaded += 1
    return true
  }

  /// Keeps a program that was just linked.
  func keep(_ program: GLuint, under key: Digest) {
    var byteCount: GLint = 0
    epoxy_glGetProgramiv(program, GL.PROGRAM_BINARY_LENGTH, &byteCount)
    guard byteCount > 0, Int(byteCount) <= store.limits.blobBytes - Self.formatBytes,
      allowance.take(UInt64(byteCount), at: .now)
    else { return }
    var format: GLenum = 0
    var written: GLsizei = 0
    var blob = [UInt8](repeating: 0, count: Int(byteCount) + Self.formatBytes)
    blob.withUnsafeMutableBytes { bytes in
      epoxy_glGetProgramBinary(
        program, byteCount, &written, &format, bytes.baseAddress.map { $0 + Self.formatBytes })
    }
    guard written > 0, written <= byteCount else {
      GLQuery.drainErrors()
      return
    }
    for index in 0..<Self.formatBytes { blob[index] = UInt8(truncatingIfNeeded: format >> GLenum(8 * index)) }
    do throws(Errno) {
      try store.write(blob.span.extracting(first: Self.formatBytes + Int(written)), under: key)
    } catch {
      guard !hasReported else { return }
      hasReported = true
      log.warning("a program could not be kept: \(error)")
    }
  }
}
