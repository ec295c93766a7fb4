/// A C error number: an open struct, because the set of values belongs to the kernel.
///
/// Holds the positive value of `<errno.h>`. The sign that a C caller sees is decided in VirglABI,
/// per function, and nowhere else.
@frozen
package struct Errno: Error, Equatable, Hashable, Sendable {
  package var code: CInt

  @inlinable package init(_ code: CInt) { self.code = code }
}
