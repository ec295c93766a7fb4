/// How many lines a source of messages may write: a burst, then so many a second. What a guest can provoke at will
/// must not fill the host's disk.
package struct LogRate: Sendable {
  package var burst: UInt64
  package var perSecond: UInt64

  package init(burst: UInt64, perSecond: UInt64) {
    self.burst = burst
    self.perSecond = perSecond
  }

  /// For the messages of one guest context: the first few say what is wrong, the rest repeat it.
  package static let ofContext = LogRate(burst: 16, perSecond: 1)
  /// For everything in a process: also guests that make a new context for each error.
  package static let ofProcess = LogRate(burst: 256, perSecond: 16)
}

/// Counts the lines of one source and says which may pass.
struct LogGate {
  enum Verdict: Equatable {
    /// The line passes; so many before it did not.
    case passes(suppressed: UInt64)
    case suppressed
  }

  private static let nanosecondsPerSecond: UInt64 = 1_000_000_000

  let rate: LogRate
  /// Lines that may pass at `filled`.
  private var tokens: UInt64
  private var filled: Monotonic?
  private(set) var suppressed: UInt64 = 0

  init(rate: LogRate) {
    self.rate = rate
    tokens = rate.burst
  }

  mutating func admit(at now: Monotonic) -> Verdict {
    refill(now)
    guard tokens > 0 else {
      suppressed &+= 1
      return .suppressed
    }
    tokens -= 1
    return .passes(suppressed: takeSuppressed())
  }

  /// Forgets the lines that were suppressed, and says how many.
  mutating func takeSuppressed() -> UInt64 {
    defer { suppressed = 0 }
    return suppressed
  }

  private mutating func refill(_ now: Monotonic) {
    guard let before = filled else {
      filled = now
      return
    }
    guard now > before, rate.perSecond > 0 else { return }
    let interval = Self.nanosecondsPerSecond / rate.perSecond
    let gained = (now.nanoseconds - before.nanoseconds) / max(1, interval)
    guard gained > 0 else { return }
    tokens = gained >= rate.burst - tokens ? rate.burst : tokens + gained
    filled = Monotonic(nanoseconds: before.nanoseconds &+ gained &* interval)
  }
}
