/// Why a request failed: a small value, made without allocation.
///
/// The number a C caller sees, and its sign, is chosen in VirglABI by `Docs/abi-audit.md`.
public struct Fault: Error, Equatable, Sendable {
  public enum Code: UInt8, Sendable {
    /// An argument is out of its range or contradicts another (EINVAL).
    case invalidArgument
    /// No such context, resource, blob or fence (EINVAL at most entry points).
    case notFound
    /// The id is already in use (EINVAL or EBUSY, per function).
    case duplicate
    /// Host memory, or a GL object, could not be had (ENOMEM).
    case outOfMemory
    /// A client pointer cannot be used (EFAULT).
    case badAddress
    /// The host cannot do this (EOPNOTSUPP).
    case unsupported
    /// The context is in the error state and refuses work (EINVAL).
    case contextLost
    /// No display, device or GL context (ENODEV).
    case noDevice
  }

  public var code: Code
  /// What was wrong, for the log.
  public var what: StaticString
  /// The offending number, for the log.
  public var value: UInt64

  public init(_ code: Code, _ what: StaticString, _ value: UInt64 = 0) {
    self.code = code
    self.what = what
    self.value = value
  }

  public static func == (a: Fault, b: Fault) -> Bool {
    a.code == b.code && a.value == b.value && a.what.description == b.what.description
  }
}
