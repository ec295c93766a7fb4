/// Stores capability set members at their offsets. Everything not stored is zero: guests hash the bytes into shader
/// cache keys, so none may be left as it was. Every store is bounds-checked.
@safe
struct CapsetWriter {
  private let bytes: UnsafeMutableRawBufferPointer

  /// Clears the first `size` bytes; nil when the buffer has fewer.
  ///
  /// - Parameter buffer: stays valid while the writer is used.
  init?(_ buffer: UnsafeMutableRawBufferPointer, size: Int) {
    guard buffer.count >= size else { return nil }
    let cleared = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[..<size])
    unsafe cleared.initializeMemory(as: UInt8.self, repeating: 0)
    unsafe bytes = cleared
  }

  mutating func put(_ value: UInt32, at offset: Int) {
    precondition(unsafe offset >= 0 && offset + 4 <= bytes.count)
    unsafe bytes.storeBytes(of: value.littleEndian, toByteOffset: offset, as: UInt32.self)
  }

  mutating func put(_ value: Int32, at offset: Int) { put(UInt32(bitPattern: value), at: offset) }

  mutating func put(_ value: Float, at offset: Int) { put(value.bitPattern, at: offset) }

  mutating func put<let count: Int>(_ values: InlineArray<count, UInt32>, at offset: Int) {
    for index in values.indices { put(values[index], at: offset + index * 4) }
  }

  mutating func put(_ mask: FormatMask, at offset: Int) { put(mask.words, at: offset) }

  /// At most `capacity` - 1 bytes of the text, so that a zero byte always ends it.
  mutating func put(_ text: String, at offset: Int, capacity: Int) {
    precondition(unsafe offset >= 0 && offset + capacity <= bytes.count)
    for (index, byte) in text.utf8.prefix(capacity - 1).enumerated() { unsafe bytes[offset + index] = byte }
  }
}
