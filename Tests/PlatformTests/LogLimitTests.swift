import Synchronization
import Testing

@testable import Platform

/// What is written, and how much of it.
struct LogLimitTests {
  private final class Lines: Sendable {
    private let state = Mutex<[String]>([])
    var all: [String] { state.withLock { $0 } }
    func append(_ line: String) { state.withLock { $0.append(line) } }
  }

  private func moment(_ milliseconds: UInt64) -> Monotonic { Monotonic(nanoseconds: 5 + milliseconds * 1_000_000) }

  @Test func gateLetsABurstPassAndThenItsRate() {
    var gate = LogGate(rate: LogRate(burst: 3, perSecond: 2))
    for _ in 0..<3 { #expect(gate.admit(at: moment(0)) == .passes(suppressed: 0)) }
    for _ in 0..<10 { #expect(gate.admit(at: moment(400)) == .suppressed) }
    #expect(gate.admit(at: moment(500)) == .passes(suppressed: 10))
    #expect(gate.admit(at: moment(999)) == .suppressed)
    #expect(gate.admit(at: moment(1000)) == .passes(suppressed: 1))
    // A long rest fills the burst and no more.
    for _ in 0..<3 { #expect(gate.admit(at: moment(900_000)) == .passes(suppressed: 0)) }
    #expect(gate.admit(at: moment(900_000)) == .suppressed)
    // Time that runs backwards gives nothing.
    #expect(gate.admit(at: moment(0)) == .suppressed)
    #expect(gate.takeSuppressed() == 2)
    #expect(gate.takeSuppressed() == 0)
  }

  @Test func floodEndsInASummary() {
    let lines = Lines()
    let root = Log(threshold: .warning) { _, line in lines.append(line) }
    let log = root.limited(to: LogRate(burst: 4, perSecond: 0), name: "context 7")
    for number in 0..<1000 { log.error("bad \(number)") }
    #expect(lines.all == ["bad 0", "bad 1", "bad 2", "bad 3"])
    log.summarize()
    log.summarize()
    #expect(lines.all.count == 5 && lines.all.last == "context 7: 996 further messages were left out")
    root.error("another")
    #expect(lines.all.last == "another")
  }

  @Test func whatNobodyWantsIsNeitherFormattedNorCounted() {
    let lines = Lines()
    let root = Log(threshold: .error) { _, line in lines.append(line) }
    let log = root.limited(to: LogRate(burst: 1, perSecond: 0), name: "context 7")
    for _ in 0..<10 { log.warning({ Issue.record("formatted") ; return "" }()) }
    log.error("first")
    #expect(lines.all == ["first"])
    #expect(!log.isEnabled(.warning) && log.isEnabled(.error))
  }

  @Test func sinkAndThresholdChangeUnderALimit() {
    let (before, after) = (Lines(), Lines())
    let log = Log(threshold: .warning, rate: LogRate(burst: 2, perSecond: 0)) { _, line in before.append(line) }
    log.warning("one")
    log.replaceSink(threshold: .debug) { _, line in after.append(line) }
    log.debug("not limited")
    log.warning("two")
    log.warning("three")
    log.debug("not limited")
    #expect(before.all == ["one"])
    #expect(after.all == ["not limited", "two", "not limited"])
  }
}
