/// What all contexts of a renderer did so far. Plain numbers of the renderer thread, written once per submission.
package struct WorkCounters: Sendable {
  package private(set) var submissions: UInt64 = 0
  package private(set) var commands: UInt64 = 0
  package private(set) var draws: UInt64 = 0

  @inline(__always)
  mutating func noteSubmission(commands: UInt64, draws: UInt64) {
    submissions &+= 1
    self.commands &+= commands
    self.draws &+= draws
  }
}
