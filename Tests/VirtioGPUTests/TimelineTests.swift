import Testing
import VirtioGPU

@Suite struct TimelineTests {
  private func retire(_ timeline: inout Timeline<Int>, upTo done: Int) -> [UInt64] {
    var reported: [UInt64] = []
    timeline.retire(isDone: { $0 <= done }, report: { reported.append($0.id.rawValue) })
    return reported
  }

  @Test func mergeableFencesGiveWayToALaterOne() {
    var timeline = Timeline<Int>()
    for (id, mergeable) in [(1, true), (2, true), (3, false), (4, true), (5, true)] as [(UInt64, Bool)] {
      timeline.append(FenceID(id), isMergeable: mergeable, Int(id))
    }
    #expect(retire(&timeline, upTo: 1) == [1])
    #expect(retire(&timeline, upTo: 1) == [])
    #expect(retire(&timeline, upTo: 4) == [3, 4])
    #expect(timeline.count == 1)
    #expect(retire(&timeline, upTo: 9) == [5])
    #expect(timeline.isEmpty)
  }

  @Test func nothingOvertakes() {
    var timeline = Timeline<Int>()
    timeline.append(FenceID(1), isMergeable: false, 10)
    timeline.append(FenceID(2), isMergeable: false, 5)
    #expect(retire(&timeline, upTo: 7) == [])
    #expect(timeline.first?.id == FenceID(1))
    #expect(retire(&timeline, upTo: 10) == [1, 2])
  }

  /// Random fences and completions against the rule as the header states it.
  @Test(arguments: 1...20) func agreesWithTheRule(_ round: Int) {
    var random = SystemRandomNumberGenerator()
    var timeline = Timeline<Int>()
    var pending: [(id: UInt64, mergeable: Bool, payload: Int)] = []
    var next: UInt64 = 1
    for _ in 0..<500 {
      if Int.random(in: 0..<3, using: &random) > 0 {
        let fence = (next, Bool.random(using: &random), Int.random(in: 0..<100, using: &random))
        next += 1
        pending.append(fence)
        timeline.append(FenceID(fence.0), isMergeable: fence.1, fence.2)
      } else {
        let level = Int.random(in: 0..<110, using: &random)
        let run = pending.prefix { $0.payload <= level }
        let expected = run.enumerated().filter { !$1.mergeable || $0 == run.count - 1 }.map(\.element.id)
        #expect(retire(&timeline, upTo: level) == expected)
        pending.removeFirst(run.count)
        #expect(timeline.count == pending.count)
      }
    }
    var left: [UInt64] = []
    timeline.forEach { left.append($0.id.rawValue) }
    #expect(left == pending.map(\.id))
    #expect(retire(&timeline, upTo: 1000).last == pending.last?.id)
  }
}
