import CHostShims

/// A moment of CLOCK_MONOTONIC, in nanoseconds.
@frozen
package struct Monotonic: Comparable, Hashable, Sendable {
  package var nanoseconds: UInt64

  package init(nanoseconds: UInt64) { self.nanoseconds = nanoseconds }

  package static var now: Monotonic {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Monotonic(nanoseconds: UInt64(clamping: time.tv_sec) &* 1_000_000_000 &+ UInt64(clamping: time.tv_nsec))
  }

  /// The moment `milliseconds` later; the end of time rather than overflow.
  package func advanced(milliseconds: UInt64) -> Monotonic {
    let (step, overflow) = milliseconds.multipliedReportingOverflow(by: 1_000_000)
    let (sum, carry) = nanoseconds.addingReportingOverflow(step)
    return Monotonic(nanoseconds: overflow || carry ? .max : sum)
  }

  /// Nanoseconds from an earlier moment; 0 when it is not earlier.
  package func since(_ earlier: Monotonic) -> UInt64 {
    nanoseconds > earlier.nanoseconds ? nanoseconds &- earlier.nanoseconds : 0
  }

  package static func < (a: Monotonic, b: Monotonic) -> Bool { a.nanoseconds < b.nanoseconds }
}
