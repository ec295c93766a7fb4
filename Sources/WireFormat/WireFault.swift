/// Why a packet was refused while it was decoded. Carries nothing that must be allocated; the
/// decoder adds the command's name and offset when it logs.
@frozen
public enum WireFault: UInt8, Error, Equatable, Sendable {
  /// The payload is shorter or longer than the command allows.
  case length
  /// A count, slot or stage is beyond its table.
  case range
  /// An enumerator has no meaning.
  case value
}
