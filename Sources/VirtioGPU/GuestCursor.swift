public import Glibc

/// A position in guest memory that remembers its scatter list entry, so that ascending accesses cost O(1) each.
///
/// Going backwards is allowed and searches from the start again. One cursor serves one transfer.
@safe
@frozen
public struct GuestCursor {
  public let memory: GuestMemory
  /// The entry the last access ended in, and the offset of that entry's first byte in the whole list.
  @usableFromInline var entry = 0
  @usableFromInline var entryStart = 0

  @inlinable public init(_ memory: GuestMemory) { self.memory = memory }

  /// Copies `destination.count` bytes at `offset` out into host memory.
  ///
  /// - Throws: `invalidArgument` outside the list, `badAddress` at an entry without memory.
  @inlinable
  public mutating func copyOut(from offset: Int, into destination: UnsafeMutableRawBufferPointer) throws(Fault) {
    guard let start = destination.baseAddress else { return try check(offset, destination.count) }
    try check(offset, destination.count)
    var done = 0
    while done < destination.count {
      let piece = try unsafe next(at: offset &+ done, most: destination.count &- done)
      guard let source = piece.baseAddress else { throw Fault(.badAddress, "iovec entry has no memory") }
      unsafe memcpy(start + done, source, piece.count)
      done &+= piece.count
    }
  }

  /// Copies host memory to guest memory at `offset`. Throws as `copyOut`.
  @inlinable
  public mutating func copyIn(at offset: Int, from source: UnsafeRawBufferPointer) throws(Fault) {
    guard let start = source.baseAddress else { return try check(offset, source.count) }
    try check(offset, source.count)
    var done = 0
    while done < source.count {
      let piece = try unsafe next(at: offset &+ done, most: source.count &- done)
      guard let target = piece.baseAddress else { throw Fault(.badAddress, "iovec entry has no memory") }
      unsafe memcpy(target, start + done, piece.count)
      done &+= piece.count
    }
  }

  /// Copies `rows` rows of `rowBytes` bytes out: guest rows are `stride` bytes apart from `offset` on, host rows
  /// `destinationStride` bytes apart in `destination`. The last guest row need not be followed by padding.
  ///
  /// A negative `destinationStride` fills from the last row upwards, with `destination` still the whole area.
  @inlinable
  public mutating func copyRowsOut(
    from offset: Int, stride: Int, rows: Int, rowBytes: Int, into destination: UnsafeMutableRawBufferPointer,
    destinationStride: Int
  ) throws(Fault) {
    guard rows > 0, rowBytes > 0 else { return }
    try checkRows(offset, stride, rows, rowBytes, destination.count, destinationStride)
    var hostRow = destinationStride < 0 ? (rows &- 1) &* -destinationStride : 0
    var guestRow = offset
    for _ in 0..<rows {
      try unsafe copyOut(
        from: guestRow, into: UnsafeMutableRawBufferPointer(rebasing: destination[hostRow..<hostRow &+ rowBytes]))
      hostRow &+= destinationStride
      guestRow &+= stride
    }
  }

  /// The opposite direction of `copyRowsOut`.
  @inlinable
  public mutating func copyRowsIn(
    at offset: Int, stride: Int, rows: Int, rowBytes: Int, from source: UnsafeRawBufferPointer, sourceStride: Int
  ) throws(Fault) {
    guard rows > 0, rowBytes > 0 else { return }
    try checkRows(offset, stride, rows, rowBytes, source.count, sourceStride)
    var hostRow = sourceStride < 0 ? (rows &- 1) &* -sourceStride : 0
    var guestRow = offset
    for _ in 0..<rows {
      try unsafe copyIn(at: guestRow, from: UnsafeRawBufferPointer(rebasing: source[hostRow..<hostRow &+ rowBytes]))
      hostRow &+= sourceStride
      guestRow &+= stride
    }
  }

  /// The bytes at `offset` as one piece when a single entry with memory holds them all, else nil.
  @inlinable
  public mutating func contiguous(at offset: Int, count: Int) -> UnsafeMutableRawBufferPointer? {
    guard count > 0, memory.contains(offset: offset, count: count),
      let piece = try? unsafe next(at: offset, most: count), piece.count == count,
      unsafe piece.baseAddress != nil
    else { return nil }
    return unsafe piece
  }

  /// The longest piece of at most `most` bytes at `offset` that lies in one entry; never empty. For uploads piece by
  /// piece (`glBufferSubData`).
  ///
  /// - Throws: `invalidArgument` at or past the end. A piece without base address: the entry has no memory.
  @inlinable
  public mutating func next(at offset: Int, most: Int) throws(Fault) -> UnsafeMutableRawBufferPointer {
    if offset < entryStart {
      entry = 0
      entryStart = 0
    }
    guard let vectors = unsafe memory.vectors else { throw Fault(.invalidArgument, "outside guest memory") }
    while entry < memory.vectorCount {
      let length = unsafe Int(truncatingIfNeeded: vectors[entry].iov_len)
      let inside = offset &- entryStart
      if inside < length {
        let count = min(most, length &- inside)
        guard let base = unsafe vectors[entry].iov_base else {
          return unsafe UnsafeMutableRawBufferPointer(start: nil, count: 0)
        }
        return unsafe UnsafeMutableRawBufferPointer(start: base + inside, count: count)
      }
      entryStart &+= max(length, 0)
      entry &+= 1
    }
    throw Fault(.invalidArgument, "outside guest memory", UInt64(clamping: offset))
  }

  @usableFromInline
  func check(_ offset: Int, _ count: Int) throws(Fault) {
    guard memory.contains(offset: offset, count: count) else {
      throw Fault(.invalidArgument, "range outside guest memory", UInt64(clamping: offset))
    }
  }

  /// Proves both sides of a copy of rows, so that the loops may add without overflow.
  @usableFromInline
  func checkRows(
    _ offset: Int, _ stride: Int, _ rows: Int, _ rowBytes: Int, _ hostBytes: Int, _ hostStride: Int
  ) throws(Fault) {
    func extent(_ stride: Int) -> Int? {
      let (steps, overflow) = (rows &- 1).multipliedReportingOverflow(by: stride)
      let (extent, carry) = steps.addingReportingOverflow(rowBytes)
      return overflow || carry ? nil : extent
    }
    guard stride >= 0, hostStride > Int.min, let guest = extent(stride), let host = extent(abs(hostStride)),
      host <= hostBytes, memory.contains(offset: offset, count: guest)
    else { throw Fault(.invalidArgument, "rows outside guest memory", UInt64(clamping: offset)) }
  }
}
