import Platform
import Vrend

extension GuestLimits {
  /// The limits of this machine, or what `VIRGL_GUEST_MEMORY_MIB` says: MiB that guests may make the host allocate,
  /// 0 for no limit. Read once, when a renderer is made.
  static func fromEnvironment(_ log: Log) -> GuestLimits {
    var limits = GuestLimits.standard
    guard let text = environmentValue("VIRGL_GUEST_MEMORY_MIB"), !text.isEmpty else { return limits }
    guard let mebibytes = UInt32(text) else {
      log.warning("VIRGL_GUEST_MEMORY_MIB: not a number of MiB: \(text)")
      return limits
    }
    limits.memoryBytes = mebibytes == 0 ? .max : Int(mebibytes) << 20
    return limits
  }
}
