/// A context's name as the guest gave it, made fit for logs: at most 63 bytes, non-printing bytes shown as `?`.
package struct DebugName: Equatable, Sendable, CustomStringConvertible {
  package let description: String

  /// Bytes kept of a name (`virglrenderer` and QEMU both use arrays of 64 with a terminator).
  package static var maxBytes: Int { 63 }

  /// - Parameter bytes: not terminated; a NUL ends the name early.
  package init(_ bytes: UnsafeRawBufferPointer) {
    var text = ""
    for unsafe byte in unsafe bytes.prefix(DebugName.maxBytes) {
      if byte == 0 { break }
      text.unicodeScalars.append((0x20...0x7E).contains(byte) ? Unicode.Scalar(byte) : "?")
    }
    description = text
  }

  package init(_ text: StaticString) { description = text.description }
}
