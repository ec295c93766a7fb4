public import Glibc

/// Guest memory as the client describes it: a borrowed scatter list, and the only type that follows one.
///
/// The array and the memory belong to the client and stay valid while the list is attached or, when given to one
/// call, for that call. The guest may write the memory at any moment, so each byte is read once and what is parsed is
/// copied first. Every range is checked against the size taken when the list was handed over; entries of length 0
/// and ranges that end exactly at the end are ordinary; an entry without memory is a fault only when touched.
@safe
@frozen
public struct GuestMemory {
  /// The array exactly as handed over: `virgl_renderer_resource_detach_iov` gives this pointer back.
  public let vectors: UnsafeMutablePointer<iovec>?
  /// Entries in `vectors`, as handed over.
  public let vectorCount: Int
  /// Sum of the entries' lengths in bytes.
  public let byteCount: Int

  /// - Throws: `invalidArgument` when entries are announced and the array is missing, or the sum exceeds `Int`.
  public init(vectors: UnsafeMutablePointer<iovec>?, count: Int) throws(Fault) {
    guard count >= 0 else { throw Fault(.invalidArgument, "negative number of iovec entries") }
    var total = 0
    if count > 0 {
      guard let array = unsafe vectors else { throw Fault(.invalidArgument, "iovec array is missing") }
      for index in 0..<count {
        let (sum, overflow) = unsafe total.addingReportingOverflow(Int(truncatingIfNeeded: array[index].iov_len))
        guard !overflow, sum >= total else { throw Fault(.invalidArgument, "iovec lengths overflow", UInt64(index)) }
        total = sum
      }
    }
    unsafe self.vectors = vectors
    vectorCount = count
    byteCount = total
  }

  /// Whether `count` bytes at `offset` exist. Both may be any number.
  @inlinable
  public func contains(offset: Int, count: Int) -> Bool {
    offset >= 0 && count >= 0 && offset <= byteCount && count <= byteCount &- offset
  }

  /// Copies bytes at `offset` out into host memory. For runs of neighbouring accesses keep a `GuestCursor`.
  @inlinable
  public func copyOut(from offset: Int, into destination: UnsafeMutableRawBufferPointer) throws(Fault) {
    var cursor = GuestCursor(self)
    try unsafe cursor.copyOut(from: offset, into: destination)
  }

  /// Copies host memory to guest memory at `offset`.
  @inlinable
  public func copyIn(at offset: Int, from source: UnsafeRawBufferPointer) throws(Fault) {
    var cursor = GuestCursor(self)
    try unsafe cursor.copyIn(at: offset, from: source)
  }

  /// The bytes at `offset` as one piece when a single entry holds them all, else nil. For direct GL uploads and
  /// readbacks; the guest may change them meanwhile.
  @inlinable
  public func contiguous(at offset: Int, count: Int) -> UnsafeMutableRawBufferPointer? {
    var cursor = GuestCursor(self)
    return unsafe cursor.contiguous(at: offset, count: count)
  }
}

/// The scatter list attached to a resource.
public typealias Backing = GuestMemory
