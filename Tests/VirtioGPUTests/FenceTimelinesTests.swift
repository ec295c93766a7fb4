import TestSupport
import Testing
import VirtioGPU

@Suite struct FenceTimelinesTests {
  private func key(_ context: UInt32, _ ring: UInt32 = 0) -> TimelineKey {
    TimelineKey(context: ContextID(context), ring: RingIndex(ring))
  }

  private func fence(_ id: UInt64, _ timeline: TimelineKey, mergeable: Bool = false) -> Fence {
    Fence(timeline: timeline, id: FenceID(id), isMergeable: mergeable)
  }

  @Test func mergeableFencesGiveWayToALaterOne() throws {
    let timelines = TimelinesRig()
    let slot = timelines.makeTimeline()
    for (id, mergeable) in [(1, true), (2, true), (3, false), (4, true), (5, true)] as [(UInt64, Bool)] {
      _ = timelines.append(fence(id, key(1), mergeable: mergeable), to: slot, UInt(id))
    }
    timelines.complete(try #require(timelines.oldest))
    #expect(timelines.drain() == [1])
    for _ in 2...4 { timelines.complete(try #require(timelines.oldest)) }
    #expect(timelines.drain() == [3, 4])
    #expect(timelines.pendingCount == 1)
    timelines.complete(try #require(timelines.oldest))
    #expect(timelines.drain() == [5])
    #expect(timelines.oldest == nil && timelines.activeCount == 0)
  }

  /// A fence that was taken for reporting is gone; the next one does not replace it.
  @Test func aFenceBeingReportedIsNotMerged() throws {
    let timelines = TimelinesRig()
    let slot = timelines.makeTimeline()
    for id in 1...2 as ClosedRange<UInt64> {
      _ = timelines.append(fence(id, key(1), mergeable: true), to: slot, 1)
    }
    timelines.complete(try #require(timelines.oldest))
    #expect(timelines.takeReady()?.id == FenceID(1))
    timelines.complete(try #require(timelines.oldest))
    #expect(timelines.takeReady()?.id == FenceID(2))
  }

  @Test func heldFencesHoldTheirTimelineOnly() throws {
    let timelines = TimelinesRig()
    let (a, b) = (timelines.makeTimeline(), timelines.makeTimeline())
    let held = timelines.append(fence(1, key(1)), to: a, nil)
    let behind = timelines.append(fence(2, key(1)), to: a, nil)
    let other = timelines.append(fence(3, key(2)), to: b, 3)
    #expect(timelines.isHeld(held) && timelines.signal(of: held) == nil)
    #expect(timelines.oldest == other)
    timelines.complete(other)
    #expect(timelines.oldest == nil)
    #expect(timelines.release(held, 1))
    #expect(!timelines.release(held, 1))
    #expect(timelines.oldest == held)
    #expect(timelines.successor(of: held) == nil)
    _ = timelines.release(behind, 2)
    #expect(timelines.successor(of: held) == behind)
    timelines.complete(held)
    timelines.complete(behind)
    #expect(timelines.drain() == [3, 1, 2])
  }

  @Test func abandonedFencesAreDoneInOrder() throws {
    let timelines = TimelinesRig()
    let slot = timelines.makeTimeline()
    _ = timelines.append(fence(1, key(1)), to: slot, 9)
    _ = timelines.append(fence(2, key(1)), to: slot, nil)
    _ = timelines.append(fence(3, key(1)), to: slot, nil)
    timelines.releaseAllHeld()
    for signal in [9, 0, 0] as [UInt] {
      let oldest = try #require(timelines.oldest)
      #expect(timelines.signal(of: oldest) == signal)
      timelines.complete(oldest)
    }
    #expect(timelines.drain() == [1, 2, 3])
  }

  @Test func handlesOfReportedFencesNameNothing() {
    let timelines = TimelinesRig()
    let slot = timelines.makeTimeline()
    let first = timelines.append(fence(1, key(1)), to: slot, 1)
    timelines.complete(first)
    #expect(!timelines.isPending(first))
    _ = timelines.takeReady()
    let second = timelines.append(fence(1, key(1)), to: slot, 2)
    #expect(timelines.signal(of: first) == nil && timelines.fence(first) == nil)
    timelines.complete(first)
    #expect(timelines.isPending(second))
  }

  /// Also ids that were there before the first question, and that are there twice.
  @Test func fencesAreFoundByTheirIDs() throws {
    let timelines = TimelinesRig()
    let (a, b) = (timelines.makeTimeline(), timelines.makeTimeline())
    let early = timelines.append(fence(7, key(1)), to: a, 1)
    #expect(timelines.find(7) == early)
    #expect(timelines.find(8) == nil)
    let late = timelines.append(fence(8, key(2)), to: b, nil)
    #expect(timelines.find(8) == late)
    let twin = timelines.append(fence(7, key(2)), to: b, nil)
    #expect(timelines.find(7) == early)
    timelines.complete(early)
    #expect(timelines.find(7) == nil)
    #expect(timelines.isPending(twin))
    timelines.remove(b)
    #expect(timelines.find(8) == nil)
  }

  /// Idle timelines are not visited: a hundred thousand of them do not show up among those in turn.
  @Test func onlyTimelinesWithFencesHaveTheirTurn() {
    let timelines = TimelinesRig()
    let slots = (0..<2048 * 64).map { _ in timelines.makeTimeline() }
    #expect(timelines.activeCount == 0 && timelines.headInTurn() == nil)
    let busy = [slots[3], slots[70_000], slots[131_071]]
    var handles: Set<FenceHandle> = []
    for (index, slot) in busy.enumerated() {
      handles.insert(timelines.append(fence(UInt64(index), key(1)), to: slot, 1))
    }
    #expect(timelines.activeCount == 3)
    let turns = Set((0..<3).compactMap { _ in timelines.headInTurn() })
    #expect(turns == handles)
  }

  @Test func latenciesAreCountedByPowersOfTwo() {
    var histogram = FenceTimes.Histogram()
    for nanoseconds in [0, 999, 1000, 1999, 2000, 1_000_000, .max] as [UInt64] {
      histogram.record(nanoseconds: nanoseconds)
    }
    #expect(histogram.total == 7 && histogram.longest == .max)
    #expect(histogram.counts[0] == 2 && histogram.counts[1] == 2 && histogram.counts[2] == 1)
    #expect(histogram.counts[10] == 1 && histogram.counts[23] == 1)
  }

  @Test func livesAreMeasuredWhenAskedFor() throws {
    let timelines = TimelinesRig(measures: true)
    let slot = timelines.makeTimeline()
    _ = timelines.append(fence(1, key(1)), to: slot, 1)
    timelines.complete(try #require(timelines.oldest))
    _ = timelines.takeReady()
    #expect(timelines.reportedCount == 1)
    #expect(timelines.lastLife?.fence.id == FenceID(1))
  }

  /// Random creations, completions, reports and destructions on many rings, against the model.
  @Test(arguments: 1...24 as ClosedRange<UInt64>) func agreesWithTheModel(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let timelines = TimelinesRig(measures: seed.isMultiple(of: 2))
    var model = FenceModel()
    var slots: [TimelineKey: TimelineSlot] = [:]
    var handles: [TimelineKey: [(id: FenceID, handle: FenceHandle)]] = [:]
    var next: UInt64 = 1
    var live: Set<UInt> = []

    for _ in 0..<4000 {
      let timeline = key(UInt32.random(in: 1...12, using: &random), UInt32.random(in: 0..<64, using: &random) / 16)
      switch Int.random(in: 0..<100, using: &random) {
      case 0..<45:
        let slot = slots[timeline] ?? timelines.makeTimeline()
        slots[timeline] = slot
        // Behind held work everything is held.
        let isHeld = model.pending[timeline]?.last?.isHeld ?? (Int.random(in: 0..<8, using: &random) == 0)
        let fence = fence(next, timeline, mergeable: Bool.random(using: &random))
        if !isHeld { live.insert(UInt(next)) }
        model.create(fence, isHeld: isHeld)
        let handle = timelines.append(fence, to: slot, isHeld ? nil : UInt(next))
        handles[timeline, default: []].append((fence.id, handle))
        next += 1
      case 45..<55:
        guard let held = model.pending[timeline]?.first(where: \.isHeld)?.fence else { continue }
        let handle = try #require(handles[timeline]?.first { $0.id == held.id }).handle
        live.insert(UInt(held.id.rawValue))
        model.release(timeline, held.id)
        #expect(timelines.release(handle, UInt(held.id.rawValue)))
      case 55..<80:
        let turn = Bool.random(using: &random) ? timelines.oldest : timelines.headInTurn()
        guard let handle = turn, let fence = timelines.fence(handle) else { continue }
        #expect(model.pending[fence.timeline]?.first?.fence == fence)
        #expect(live.remove(try #require(timelines.signal(of: handle))) != nil)
        timelines.complete(handle)
        model.completeFirst(fence.timeline)
        handles[fence.timeline]?.removeFirst()
      case 80..<97:
        guard let fence = timelines.takeReady() else { continue }
        #expect(model.nextReport(fence.timeline) == fence)
        model.takeReport(fence.timeline)
      default:
        guard let slot = slots.removeValue(forKey: timeline) else { continue }
        timelines.remove(slot) { #expect(live.remove($0.signal) != nil) }
        model.drop(timeline)
        handles[timeline] = nil
      }
      #expect(timelines.pendingCount == model.pendingCount)
      #expect(timelines.activeCount == model.pending.values.count { !$0.isEmpty })
      #expect(timelines.hasReady == (model.readyCount > 0))
    }

    timelines.releaseAllHeld()
    while let oldest = timelines.oldest { timelines.complete(oldest) }
    var last: [TimelineKey: FenceID] = [:]
    while let fence = timelines.takeReady() {
      #expect(last[fence.timeline].map { $0 < fence.id } ?? true)
      last[fence.timeline] = fence.id
    }
    for (timeline, entries) in model.pending where !entries.isEmpty {
      #expect(last[timeline] == entries.last?.fence.id)
    }
  }
}
