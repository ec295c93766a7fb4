import WireFormat

/// What all contexts of a renderer did so far. Plain numbers of the renderer thread, written once per submission.
package struct WorkCounters: Sendable {
  /// The number of commands costs a second walk over each submission, so it is kept when asked for.
  private let countsCommands: Bool
  package private(set) var submissions: UInt64 = 0
  /// Those that did what they should; 0 when not counted.
  package private(set) var commands: UInt64 = 0
  package private(set) var draws: UInt64 = 0

  init(countsCommands: Bool) { self.countsCommands = countsCommands }

  /// - Parameter end: the first dword that was not run.
  @inline(__always)
  mutating func noteSubmission(_ stream: Span<UInt32>, ranUntil end: Int, draws: UInt64) {
    submissions &+= 1
    self.draws &+= draws
    if countsCommands { countCommands(stream, until: end) }
  }

  @inline(never)
  private mutating func countCommands(_ stream: Span<UInt32>, until end: Int) {
    var position = 0
    while position < end {
      position &+= 1 &+ CommandHeader(stream[position]).length
      commands &+= 1
    }
  }
}
