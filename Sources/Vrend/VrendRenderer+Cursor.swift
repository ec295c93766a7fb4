import GLDriver
import Glibc
import VirtioGPU

/// Cursor images for the client's display.
extension VrendRenderer {
  /// The pixels of a cursor: rows tightly packed in the resource's own format, GL's last row first.
  ///
  /// So the picture of a top-down texture (Y_0_TOP), which is what a guest's kernel makes, is upright.
  ///
  /// - Throws: `invalidArgument` unless the resource is a 2D texture of at most 128 texels each way.
  package func cursorImage(_ resource: Resource) throws(Fault) -> CursorImage {
    guard let texture = (resource.typed ?? resource) as? GLResource, texture.target == .texture2D,
      texture.width <= 128, texture.height <= 128
    else { throw Fault(.invalidArgument, "the resource is no cursor", UInt64(resource.id.rawValue)) }
    let rowBytes = texture.shape.rowBytes(texture.width)
    let rows = UnsafeMutableRawBufferPointer.allocate(byteCount: rowBytes * texture.height, alignment: 16)
    defer { rows.deallocate() }
    let request = TransferRequest(level: 0, region: texture.shape.levelRegion(0))
    forceContext0()
    var vector = iovec(iov_base: rows.baseAddress, iov_len: rows.count)
    do throws(TransferFault) {
      try withUnsafeMutablePointer(to: &vector) { (vector) throws(TransferFault) in
        guard let memory = try? GuestMemory(vectors: vector, count: 1) else { throw .noMemory }
        try transfers.fromHost(texture, request, into: memory, hostScratch)
      }
    } catch {
      _ = transfers.takeClobbers()
      throw error.fault
    }
    _ = transfers.takeClobbers()
    // A transfer gives the rows of a top-down texture in the order of the picture, GL's last row first, as asked for.
    var lastFirst: [UInt8] = []
    lastFirst.reserveCapacity(rows.count)
    for index in 0..<texture.height {
      let row = texture.isTopDown ? index : texture.height - 1 - index
      lastFirst.append(contentsOf: rows[row * rowBytes..<(row + 1) * rowBytes])
    }
    return CursorImage(width: UInt32(texture.width), height: UInt32(texture.height), pixels: lastFirst)
  }
}
