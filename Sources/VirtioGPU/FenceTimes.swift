import Platform

/// When fences were created, done and reported, and how long that took: a histogram. Costs a branch when not kept.
package struct FenceTimes: ~Copyable {
  /// How long fences took, by powers of two of a microsecond: bucket 0 is less than one, bucket n less than 2 to the n.
  package struct Histogram: Equatable, Sendable {
    package static var bucketCount: Int { 24 }
    package private(set) var counts = InlineArray<24, UInt64>(repeating: 0)
    package private(set) var total: UInt64 = 0
    /// The longest, in nanoseconds.
    package private(set) var longest: UInt64 = 0

    package init() {}

    /// Longer ones than the last bucket's bound count there.
    package mutating func record(nanoseconds: UInt64) {
      let microseconds = nanoseconds / 1000
      let bucket = min(UInt64.bitWidth - microseconds.leadingZeroBitCount, Self.bucketCount - 1)
      counts[bucket] &+= 1
      total &+= 1
      longest = max(longest, nanoseconds)
    }

    package static func == (a: Self, b: Self) -> Bool {
      for bucket in 0..<bucketCount where a.counts[bucket] != b.counts[bucket] { return false }
      return a.total == b.total && a.longest == b.longest
    }
  }

  /// The life of one reported fence, in nanoseconds.
  package struct Life: Sendable {
    package var fence: Fence
    /// From creation until the work before it was known to be done.
    package var untilDone: UInt64
    /// From then until the client was about to be told.
    package var untilReport: UInt64
  }

  private struct Moments {
    var created = Monotonic(nanoseconds: 0)
    var done = Monotonic(nanoseconds: 0)
  }

  package let isKept: Bool
  private var moments: [Moments] = []
  /// From creation to report.
  package private(set) var histogram = Histogram()
  /// Of the fence that was taken last.
  package private(set) var lastLife: Life?

  init(isKept: Bool) { self.isKept = isKept }

  @inline(__always)
  mutating func noteCreation(_ node: Int32) {
    if isKept { keepCreation(Int(node)) }
  }

  @inline(__always)
  mutating func noteCompletion(_ node: Int32) {
    if isKept { moments[Int(node)].done = .now }
  }

  /// A fence takes the place of an earlier one that was not reported.
  @inline(__always)
  mutating func move(_ from: Int32, _ to: Int32) {
    if isKept { moments[Int(to)] = moments[Int(from)] }
  }

  @inline(__always)
  mutating func noteReport(_ node: Int32, _ fence: Fence) {
    if isKept { keepReport(moments[Int(node)], fence) }
  }

  @inline(never)
  private mutating func keepCreation(_ node: Int) {
    while moments.count <= node { moments.append(Moments()) }
    moments[node].created = .now
  }

  @inline(never)
  private mutating func keepReport(_ moments: Moments, _ fence: Fence) {
    let now = Monotonic.now
    histogram.record(nanoseconds: now.since(moments.created))
    lastLife = Life(
      fence: fence, untilDone: moments.done.since(moments.created), untilReport: now.since(moments.done))
  }
}
