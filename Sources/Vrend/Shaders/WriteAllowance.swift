import Platform

/// How much a renderer may write: what fits at once, and as much again in every hour. A guest that makes programs
/// without end wears no disk out.
struct WriteAllowance {
  private static let refillNanoseconds: UInt64 = 3_600_000_000_000

  let bytes: UInt64
  private var left: UInt64
  private var refilled: Monotonic?

  init(bytes: UInt64) {
    self.bytes = bytes
    left = bytes
  }

  mutating func take(_ wanted: UInt64, at now: Monotonic) -> Bool {
    let began = refilled ?? now
    refilled = began
    if now.since(began) >= Self.refillNanoseconds {
      left = bytes
      refilled = now
    }
    guard wanted <= left else { return false }
    left -= wanted
    return true
  }
}
