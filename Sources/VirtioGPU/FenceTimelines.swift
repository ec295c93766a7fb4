import Platform

/// The fences of all timelines: pending in the order of their creation, then ready until the client was told.
///
/// Pure bookkeeping: no GL, no locks, no callbacks. Every operation on one fence costs O(1); a timeline without fences
/// costs nothing but its place. A fence may be *held*: it has its place on its timeline, but no point yet, so nothing
/// behind it on that timeline is done before it.
package struct FenceTimelines: ~Copyable {
  private struct Node {
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

  private struct Line {
    var context: ContextID
    var head: Int32 = none
    var tail: Int32 = none
    /// The ready fence that was added last, if the client has not been told of it.
    var lastReady: Int32 = none
    var readyCount: Int32 = 0
    /// Neighbours among the lines that have pending fences; `next` also links free places.
    var previous: Int32 = none
    var next: Int32 = none
  }

  private static var none: Int32 { -1 }

  private var nodes: [Node] = []
  private var freeNode = none
  private var lines: [Line] = []
  private var freeLine = none
  private var lastSerial: UInt64 = 0

  private var oldestNode = none
  private var newestNode = none
  private var firstActive = none
  private var cursor = none
  private var firstReady = none
  private var lastReady = none
  /// Kept from the first `find` on: most clients never ask.
  private var byID: [FenceID: FenceHandle]?

  /// Timelines that have pending fences.
  package private(set) var activeCount = 0
  /// Fences that are pending, held ones included.
  package private(set) var pendingCount = 0
  /// When fences were created and done; kept when asked for.
  package private(set) var times: FenceTimes

  /// - Parameter measures: keep the moments of creation and completion, and the histogram.
  package init(measures: Bool = false) { times = FenceTimes(isKept: measures) }

  // MARK: Timelines

  package mutating func makeTimeline(_ context: ContextID) -> TimelineSlot {
    let line = Line(context: context)
    guard freeLine != Self.none else {
      lines.append(line)
      return TimelineSlot(index: Int32(lines.count - 1))
    }
    let index = freeLine
    freeLine = lines[Int(index)].next
    lines[Int(index)] = line
    return TimelineSlot(index: index)
  }

  /// Forgets the timeline with its fences; see `drop`.
  package mutating func removeTimeline(_ slot: TimelineSlot, discard: (FencePoint, FenceHandle, FenceID) -> Void) {
    drop(slot, discard: discard)
    lines[Int(slot.index)].next = freeLine
    freeLine = slot.index
  }

  /// Forgets the fences of a timeline, pending and ready.
  ///
  /// - Parameter discard: is given the points that nobody will ask for any more.
  package mutating func drop(_ slot: TimelineSlot, discard: (FencePoint, FenceHandle, FenceID) -> Void) {
    while let head = head(of: slot.index) {
      let node = nodes[Int(head.node)]
      if !node.isHeld { discard(node.point, head, node.fence.id) }
      unlinkHead(head.node)
      free(head.node)
    }
    if lines[Int(slot.index)].readyCount > 0 { dropReady(of: slot.index) }
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
      freeNode = nodes[Int(index)].next
      nodes[Int(index)] = node
    } else {
      index = Int32(nodes.count)
      nodes.append(node)
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
    nodes[Int(handle.node)].isHeld = false
    nodes[Int(handle.node)].point = point
    linkNewest(handle.node)
    return true
  }

  /// Counts every held fence as done.
  package mutating func releaseAllHeld() {
    var line = firstActive
    while line != Self.none {
      var index = lines[Int(line)].head
      while index != Self.none {
        if nodes[Int(index)].isHeld {
          nodes[Int(index)].isHeld = false
          linkNewest(index)
        }
        index = nodes[Int(index)].next
      }
      line = lines[Int(line)].next
    }
  }

  // MARK: Completion

  /// The pending fence whose point was made first. It is the first of its timeline.
  package var oldest: FenceHandle? {
    oldestNode == Self.none ? nil : FenceHandle(node: oldestNode, serial: nodes[Int(oldestNode)].serial)
  }

  /// The first fence of the next timeline in turn that has fences, or nil when it is held.
  package mutating func headInTurn() -> FenceHandle? {
    if cursor == Self.none { cursor = firstActive }
    guard cursor != Self.none else { return nil }
    let line = cursor
    cursor = lines[Int(line)].next
    guard let head = head(of: line), !nodes[Int(head.node)].isHeld else { return nil }
    return head
  }

  /// The fence that follows a pending one on its timeline, unless it is held.
  package func successor(of handle: FenceHandle) -> FenceHandle? {
    guard isPending(handle) else { return nil }
    let next = nodes[Int(handle.node)].next
    guard next != Self.none, !nodes[Int(next)].isHeld else { return nil }
    return FenceHandle(node: next, serial: nodes[Int(next)].serial)
  }

  /// Whether the fence is neither ready nor gone.
  package func isPending(_ handle: FenceHandle) -> Bool {
    nodes[Int(handle.node)].serial == handle.serial
  }

  /// The point of a pending fence; nil for a held one, and for one that is done or gone.
  package func point(of handle: FenceHandle) -> FencePoint? {
    isPending(handle) && !nodes[Int(handle.node)].isHeld ? nodes[Int(handle.node)].point : nil
  }

  package func isHeld(_ handle: FenceHandle) -> Bool { isPending(handle) && nodes[Int(handle.node)].isHeld }

  /// The fence itself, while it is pending.
  package func fence(_ handle: FenceHandle) -> Fence? {
    isPending(handle) ? nodes[Int(handle.node)].fence : nil
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
    let line = nodes[Int(index)].line
    assert(lines[Int(line)].head == index, "a fence overtakes another of its timeline")
    unlinkHead(index)
    times.noteCompletion(index)
    nodes[Int(index)].serial = 0
    let before = lines[Int(line)].lastReady
    if before != Self.none, nodes[Int(before)].fence.isMergeable {
      nodes[Int(before)].fence = nodes[Int(index)].fence
      times.move(index, before)
      free(index)
      return
    }
    nodes[Int(index)].next = Self.none
    if lastReady == Self.none { firstReady = index } else { nodes[Int(lastReady)].next = index }
    lastReady = index
    lines[Int(line)].lastReady = index
    lines[Int(line)].readyCount += 1
  }

  /// Takes the next fence to report. One at a time, so that a callback may drop those behind it.
  package mutating func takeReady() -> Fence? {
    guard firstReady != Self.none else { return nil }
    let index = firstReady
    let node = nodes[Int(index)]
    firstReady = node.next
    if firstReady == Self.none { lastReady = Self.none }
    if lines[Int(node.line)].lastReady == index { lines[Int(node.line)].lastReady = Self.none }
    lines[Int(node.line)].readyCount -= 1
    times.noteReport(index, node.fence)
    free(index)
    return node.fence
  }

  package var hasReady: Bool { firstReady != Self.none }

  // MARK: Links

  private func head(of line: Int32) -> FenceHandle? {
    let head = lines[Int(line)].head
    return head == Self.none ? nil : FenceHandle(node: head, serial: nodes[Int(head)].serial)
  }

  private mutating func linkTail(_ index: Int32, _ line: Int32) {
    let tail = lines[Int(line)].tail
    lines[Int(line)].tail = index
    pendingCount += 1
    guard tail == Self.none else {
      nodes[Int(tail)].next = index
      return
    }
    lines[Int(line)].head = index
    lines[Int(line)].previous = Self.none
    lines[Int(line)].next = firstActive
    if firstActive != Self.none { lines[Int(firstActive)].previous = line }
    firstActive = line
    activeCount += 1
  }

  private mutating func linkNewest(_ index: Int32) {
    nodes[Int(index)].older = newestNode
    nodes[Int(index)].newer = Self.none
    if newestNode == Self.none { oldestNode = index } else { nodes[Int(newestNode)].newer = index }
    newestNode = index
  }

  /// Takes the first fence of a timeline out of all lists.
  private mutating func unlinkHead(_ index: Int32) {
    let node = nodes[Int(index)]
    lines[Int(node.line)].head = node.next
    pendingCount -= 1
    if node.next == Self.none {
      lines[Int(node.line)].tail = Self.none
      deactivate(node.line)
    }
    if !node.isHeld {
      if node.older == Self.none { oldestNode = node.newer } else { nodes[Int(node.older)].newer = node.newer }
      if node.newer == Self.none { newestNode = node.older } else { nodes[Int(node.newer)].older = node.older }
    }
    if byID != nil, byID?[node.fence.id]?.serial == node.serial { byID?[node.fence.id] = nil }
  }

  private mutating func deactivate(_ line: Int32) {
    let (previous, next) = (lines[Int(line)].previous, lines[Int(line)].next)
    if previous == Self.none { firstActive = next } else { lines[Int(previous)].next = next }
    if next != Self.none { lines[Int(next)].previous = previous }
    if cursor == line { cursor = next }
    activeCount -= 1
  }

  private mutating func free(_ index: Int32) {
    nodes[Int(index)].serial = 0
    nodes[Int(index)].next = freeNode
    freeNode = index
  }

  private mutating func dropReady(of line: Int32) {
    var index = firstReady
    firstReady = Self.none
    lastReady = Self.none
    while index != Self.none {
      let next = nodes[Int(index)].next
      if nodes[Int(index)].line == line {
        free(index)
      } else {
        nodes[Int(index)].next = Self.none
        if lastReady == Self.none { firstReady = index } else { nodes[Int(lastReady)].next = index }
        lastReady = index
      }
      index = next
    }
    lines[Int(line)].lastReady = Self.none
    lines[Int(line)].readyCount = 0
  }

  private func collectIDs() -> [FenceID: FenceHandle] {
    var found: [FenceID: FenceHandle] = [:]
    var line = firstActive
    while line != Self.none {
      var index = lines[Int(line)].head
      while index != Self.none {
        let node = nodes[Int(index)]
        if found[node.fence.id] == nil { found[node.fence.id] = FenceHandle(node: index, serial: node.serial) }
        index = node.next
      }
      line = lines[Int(line)].next
    }
    return found
  }
}
