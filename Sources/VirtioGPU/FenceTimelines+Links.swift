/// The lists behind the timelines: of each timeline, of all points by age, of the active timelines, of what is ready.
extension FenceTimelines {
  func head(of line: Int32) -> FenceHandle? {
    let head = lines[line].head
    return head == Self.none ? nil : FenceHandle(node: head, serial: nodes[head].serial)
  }

  mutating func linkTail(_ index: Int32, _ line: Int32) {
    let tail = lines[line].tail
    lines[line].tail = index
    pendingCount += 1
    guard tail == Self.none else {
      nodes[tail].next = index
      return
    }
    lines[line].head = index
    lines[line].previous = Self.none
    lines[line].next = firstActive
    if firstActive != Self.none { lines[firstActive].previous = line }
    firstActive = line
    activeCount += 1
  }

  mutating func linkNewest(_ index: Int32) {
    nodes[index].older = newestNode
    nodes[index].newer = Self.none
    if newestNode == Self.none { oldestNode = index } else { nodes[newestNode].newer = index }
    newestNode = index
    if !nodes[index].point.hasFile { withoutFileCount += 1 }
    if lines[nodes[index].line].head == index { noteHead(index) }
  }

  /// Takes the first fence of a timeline out of all lists.
  mutating func unlinkHead(_ index: Int32) {
    let (line, next) = (nodes[index].line, nodes[index].next)
    pendingCount -= 1
    lines[line].head = next
    if next == Self.none {
      lines[line].tail = Self.none
      deactivate(line)
    } else if !nodes[next].isHeld {
      noteHead(next)
    }
    if !nodes[index].isHeld {
      if !nodes[index].point.hasFile { withoutFileCount -= 1 }
      let (older, newer) = (nodes[index].older, nodes[index].newer)
      if older == Self.none { oldestNode = newer } else { nodes[older].newer = newer }
      if newer == Self.none { newestNode = older } else { nodes[newer].older = older }
    }
    if byID != nil { forgetID(index) }
  }

  mutating func forgetID(_ index: Int32) {
    let id = nodes[index].fence.id
    if byID?[id]?.serial == nodes[index].serial { byID?[id] = nil }
  }

  mutating func deactivate(_ line: Int32) {
    let (previous, next) = (lines[line].previous, lines[line].next)
    if previous == Self.none { firstActive = next } else { lines[previous].next = next }
    if next != Self.none { lines[next].previous = previous }
    if cursor == line { cursor = next }
    activeCount -= 1
  }

  mutating func dropReady(of line: Int32) {
    var index = firstReady
    firstReady = Self.none
    lastReady = Self.none
    while index != Self.none {
      let next = nodes[index].next
      if nodes[index].line == line {
        free(index)
      } else {
        nodes[index].next = Self.none
        if lastReady == Self.none { firstReady = index } else { nodes[lastReady].next = index }
        lastReady = index
      }
      index = next
    }
    lines[line].lastReady = Self.none
    lines[line].readyCount = 0
  }

  func collectIDs() -> [FenceID: FenceHandle] {
    var found: [FenceID: FenceHandle] = [:]
    var line = firstActive
    while line != Self.none {
      var index = lines[line].head
      while index != Self.none {
        let node = nodes[index]
        if found[node.fence.id] == nil { found[node.fence.id] = FenceHandle(node: index, serial: node.serial) }
        index = node.next
      }
      line = lines[line].next
    }
    return found
  }
}
