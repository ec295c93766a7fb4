import Platform

/// The fences of all timelines: pending in the order of their creation, then ready until the client was told.
///
/// Pure bookkeeping: no GL, no locks, no callbacks. Every operation on one fence costs O(1); a timeline without fences
/// costs nothing but its place. A fence may be *held*: it has its place on its timeline, but no point yet, so nothing
/// behind it on that timeline is done before it.
package struct FenceTimelines: ~Copyable {
  // Nothing is private that the links need (FenceTimelines+Links.swift).

  struct Node: BitwiseCopyable {
    var fence: Fence
    /// 0: the place is free.
    var serial: UInt64
    var point: FencePoint
    var isHeld: Bool
    var line: Int32
    /// The next of the timeline, of the ready list, or of the free list.
    var next: Int32 = none
    /// Neighbours in the order in which points were made.
    var older: Int32 = none
    var newer: Int32 = none
  }

  struct Line: BitwiseCopyable {
    var head: Int32 = none
    var tail: Int32 = none
    /// The ready fence that was added last, if the client has not been told of it.
    var lastReady: Int32 = none
    var readyCount: Int32 = 0
    /// Neighbours among the lines that have pending fences; `next` also links free places.
    var previous: Int32 = none
    var next: Int32 = none
  }

  static var none: Int32 { -1 }

  var nodes = Places<Node>()
  private var freeNode = none
  var lines = Places<Line>()
  private var freeLine = none
  private var lastSerial: UInt64 = 0

  var oldestNode = none
  var newestNode = none
  var firstActive = none
  var cursor = none
  var firstReady = none
  var lastReady = none
  /// Kept from the first `find` on: most clients never ask.
  var byID: [FenceID: FenceHandle]?
  private let notesHeads: Bool
  private var newHeads: [FenceHandle] = []

  /// Timelines that have pending fences.
  package internal(set) var activeCount = 0
  /// Fences that are pending, held ones included.
  package internal(set) var pendingCount = 0
  /// Pending fences, held ones apart, that have no sync file: somebody has to ask for them.
  package internal(set) var withoutFileCount = 0
  /// When fences were created and done; kept when asked for.
  package private(set) var times: FenceTimes

  /// - Parameters:
  ///   - measures: keep the moments of creation and completion, and the histogram.
  ///   - notesHeads: keep what `takeNewHeads` returns, which somebody then takes.
  package init(measures: Bool = false, notesHeads: Bool = false) {
    times = FenceTimes(isKept: measures)
    self.notesHeads = notesHeads
  }

  // MARK: Timelines

  package mutating func makeTimeline() -> TimelineSlot {
    let line = Line()
    guard freeLine != Self.none else {
      return TimelineSlot(index: lines.append(line))
    }
    let index = freeLine
    freeLine = lines[index].next
    lines[index] = line
    return TimelineSlot(index: index)
  }

  /// Forgets the timeline with its fences; see `drop`.
  package mutating func removeTimeline(_ slot: TimelineSlot, discard: (FencePoint, FenceHandle, FenceID) -> Void) {
    drop(slot, discard: discard)
    lines[slot.index].next = freeLine
    freeLine = slot.index
  }

  /// Forgets the fences of a timeline, pending and ready.
  ///
  /// - Parameter discard: is given the points that nobody will ask for any more.
  package mutating func drop(_ slot: TimelineSlot, discard: (FencePoint, FenceHandle, FenceID) -> Void) {
    while let head = head(of: slot.index) {
      let node = nodes[head.node]
      if !node.isHeld { discard(node.point, head, node.fence.id) }
      unlinkHead(head.node)
      free(head.node)
    }
    if lines[slot.index].readyCount > 0 { dropReady(of: slot.index) }
  }

  /// Forgets all fences; the timelines stay.
  package mutating func dropAll(discard: (FencePoint, FenceHandle, FenceID) -> Void) {
    while firstActive != Self.none { drop(TimelineSlot(index: firstActive), discard: discard) }
    while takeReady() != nil {}
  }

  // MARK: Creation

  /// Adds a fence. - Parameter point: nil holds it until `release`.
  package mutating func append(_ fence: Fence, to slot: TimelineSlot, _ point: FencePoint?) -> FenceHandle {
    lastSerial &+= 1
    let node = Node(
      fence: fence, serial: lastSerial, point: point ?? FencePoint(signal: 0), isHeld: point == nil, line: slot.index)
    let index: Int32
    if freeNode != Self.none {
      index = freeNode
      freeNode = nodes[index].next
      nodes[index] = node
    } else {
      index = nodes.append(node)
    }
    linkTail(index, slot.index)
    if point != nil { linkNewest(index) }
    let handle = FenceHandle(node: index, serial: lastSerial)
    if byID != nil, byID?[fence.id] == nil { byID?[fence.id] = handle }
    times.noteCreation(index)
    return handle
  }

  /// Gives a held fence its point. False: the fence is gone.
  package mutating func release(_ handle: FenceHandle, _ point: FencePoint) -> Bool {
    guard isHeld(handle) else { return false }
    nodes[handle.node].isHeld = false
    nodes[handle.node].point = point
    linkNewest(handle.node)
    return true
  }

  /// Counts every held fence as done.
  package mutating func releaseAllHeld() {
    var line = firstActive
    while line != Self.none {
      var index = lines[line].head
      while index != Self.none {
        if nodes[index].isHeld {
          nodes[index].isHeld = false
          linkNewest(index)
        }
        index = nodes[index].next
      }
      line = lines[line].next
    }
  }

  // MARK: Completion

  /// The pending fence whose point was made first. It is the first of its timeline.
  package var oldest: FenceHandle? {
    oldestNode == Self.none ? nil : FenceHandle(node: oldestNode, serial: nodes[oldestNode].serial)
  }

  /// The first fence of the next timeline in turn that has fences, or nil when it is held.
  package mutating func headInTurn() -> FenceHandle? {
    if cursor == Self.none { cursor = firstActive }
    guard cursor != Self.none else { return nil }
    let line = cursor
    cursor = lines[line].next
    guard let head = head(of: line), !nodes[head.node].isHeld else { return nil }
    return head
  }

  package var hasNewHeads: Bool { !newHeads.isEmpty }

  /// Fences with sync files that became the first of their timelines since the last call, or got their point as such:
  /// who watches them watches all that can be done. Some may be gone again.
  package mutating func takeNewHeads() -> [FenceHandle] {
    guard hasNewHeads else { return [] }
    defer { newHeads = [] }
    return newHeads
  }

  /// The fence that follows a pending one on its timeline, unless it is held.
  package func successor(of handle: FenceHandle) -> FenceHandle? {
    guard isPending(handle) else { return nil }
    let next = nodes[handle.node].next
    guard next != Self.none, !nodes[next].isHeld else { return nil }
    return FenceHandle(node: next, serial: nodes[next].serial)
  }

  /// Whether the fence is neither ready nor gone.
  package func isPending(_ handle: FenceHandle) -> Bool {
    nodes[handle.node].serial == handle.serial
  }

  /// The point of a pending fence; nil for a held one, and for one that is done or gone.
  package func point(of handle: FenceHandle) -> FencePoint? {
    isPending(handle) && !nodes[handle.node].isHeld ? nodes[handle.node].point : nil
  }

  package func isHeld(_ handle: FenceHandle) -> Bool { isPending(handle) && nodes[handle.node].isHeld }

  /// The fence itself, while it is pending.
  package func fence(_ handle: FenceHandle) -> Fence? {
    isPending(handle) ? nodes[handle.node].fence : nil
  }

  /// A pending fence by the VMM's id.
  package mutating func find(_ id: FenceID) -> FenceHandle? {
    if byID == nil { byID = collectIDs() }
    return byID?[id]
  }

  /// Makes the first fence of a timeline ready: the client is to be told, unless the one before it is mergeable and
  /// the client has not been told of that yet, in which case this one takes its place.
  package mutating func complete(_ handle: FenceHandle) {
    guard isPending(handle) else { return }
    let index = handle.node
    let line = nodes[index].line
    assert(lines[line].head == index, "a fence overtakes another of its timeline")
    unlinkHead(index)
    times.noteCompletion(index)
    nodes[index].serial = 0
    let before = lines[line].lastReady
    if before != Self.none, nodes[before].fence.isMergeable {
      nodes[before].fence = nodes[index].fence
      times.move(index, before)
      free(index)
      return
    }
    nodes[index].next = Self.none
    if lastReady == Self.none { firstReady = index } else { nodes[lastReady].next = index }
    lastReady = index
    lines[line].lastReady = index
    lines[line].readyCount += 1
  }

  /// Takes the next fence to report. One at a time, so that a callback may drop those behind it.
  package mutating func takeReady() -> Fence? {
    guard firstReady != Self.none else { return nil }
    let index = firstReady
    let (fence, line) = (nodes[index].fence, nodes[index].line)
    firstReady = nodes[index].next
    if firstReady == Self.none { lastReady = Self.none }
    if lines[line].lastReady == index { lines[line].lastReady = Self.none }
    lines[line].readyCount -= 1
    times.noteReport(index, fence)
    free(index)
    return fence
  }

  package var hasReady: Bool { firstReady != Self.none }

  // MARK: Places

  mutating func free(_ index: Int32) {
    nodes[index].serial = 0
    nodes[index].next = freeNode
    freeNode = index
  }

  mutating func noteHead(_ index: Int32) {
    guard notesHeads, nodes[index].point.hasFile else { return }
    newHeads.append(FenceHandle(node: index, serial: nodes[index].serial))
  }
}
