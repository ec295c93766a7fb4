/// The file of a blob: a header of 80 bytes, then the blob. Numbers are little-endian.
///
/// | bytes | what |
/// |---|---|
/// | 0–7 | `VRBLOB`, version of this layout |
/// | 8–15 | bytes of the blob |
/// | 16–47 | the key, also in the file's name |
/// | 48–79 | SHA-256 of bytes 0–47 and the blob |
enum BlobFile {
  static let headerBytes = 80
  private static let checkedBytes = 48
  private static let version: UInt8 = 1

  static func header(of blob: Span<UInt8>, key: Digest) -> [UInt8] {
    let start = beginning(blobBytes: blob.count, key: key)
    return start + checksum(start.span, blob).bytes
  }

  /// The blob of a whole file; nil when anything in it is not as it was written under `key`.
  static func payload(of content: [UInt8], key: Digest) -> [UInt8]? {
    guard content.count >= headerBytes else { return nil }
    let expected = beginning(blobBytes: content.count - headerBytes, key: key)
    guard content.starts(with: expected) else { return nil }
    let sum = checksum(expected.span, content.span.extracting(droppingFirst: headerBytes))
    guard content[checkedBytes..<headerBytes].elementsEqual(sum.bytes) else { return nil }
    return Array(content[headerBytes...])
  }

  private static func beginning(blobBytes: Int, key: Digest) -> [UInt8] {
    let length = (0..<8).map { UInt8(truncatingIfNeeded: blobBytes >> (8 * $0)) }
    return Array("VRBLOB".utf8) + [0, version] + length + key.bytes
  }

  private static func checksum(_ start: Span<UInt8>, _ blob: Span<UInt8>) -> Digest {
    var hash = SHA256()
    hash.update(start)
    hash.update(blob)
    return hash.finish()
  }
}
