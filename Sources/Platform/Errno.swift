import CHostShims
import Glibc

/// A C error number: an open struct, because the set of values belongs to the kernel.
///
/// Holds the positive value of `<errno.h>`. The sign that a C caller sees is decided in VirglABI,
/// per function, and nowhere else.
@frozen
package struct Errno: Error, Equatable, Hashable, Sendable {
  package var code: CInt

  @inlinable package init(_ code: CInt) { self.code = code }

  /// What the last failed system call of this thread left behind.
  package static var last: Errno { Errno(errno) }
}

extension Errno: CustomStringConvertible {
  /// The C library's text, with the number.
  package var description: String {
    var text = [CChar](repeating: 0, count: 128)
    guard unsafe hostshims_error_text(code, &text, text.count) == 0 else { return "errno \(code)" }
    let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return "\(String(decoding: bytes, as: UTF8.self)) (\(code))"
  }
}
