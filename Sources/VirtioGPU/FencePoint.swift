/// What tells that the work before a fence is done. The owner of the timelines knows how to ask.
@frozen
package struct FencePoint: Equatable, Sendable {
  /// What the owner waits for: a GL sync object, for instance. 0: done already, unless it has a file.
  package var signal: UInt
  /// The fence is in the fence table, which makes sync files of it: instead of `signal`.
  package var hasFile: Bool
  /// Query results of work before it were outstanding when it was made.
  package var followsQueries: Bool

  @inlinable
  package init(signal: UInt, hasFile: Bool = false, followsQueries: Bool = false) {
    self.signal = signal
    self.hasFile = hasFile
    self.followsQueries = followsQueries
  }
}

/// Names a timeline of a `FenceTimelines` from `makeTimeline` to `removeTimeline`.
@frozen
package struct TimelineSlot: Hashable, Sendable {
  @usableFromInline let index: Int32
  @inlinable init(index: Int32) { self.index = index }
}

/// Names a fence of a `FenceTimelines`; once that is reported or dropped, the handle names nothing.
@frozen
package struct FenceHandle: Hashable, Sendable {
  @usableFromInline let node: Int32
  /// Grows with creation over all timelines; never 0, never reused.
  package let serial: UInt64
  @inlinable
  init(node: Int32, serial: UInt64) {
    self.node = node
    self.serial = serial
  }
}
