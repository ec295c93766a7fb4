/// Fences in the order of their creation, each with what tells that it is done.
///
/// Pure bookkeeping: no GL, no locks, no callbacks. Both operations cost O(1) per fence. `Payload` is whatever the
/// owner asks about completion.
package struct Timeline<Payload> {
  package struct Entry {
    package let id: FenceID
    package let isMergeable: Bool
    package let payload: Payload
  }

  private var entries: [Entry?] = []
  private var head = 0

  package init() {}

  package var isEmpty: Bool { head == entries.count }
  package var count: Int { entries.count - head }

  /// The oldest fence.
  package var first: Entry? { isEmpty ? nil : entries[head] }

  package mutating func append(_ id: FenceID, isMergeable: Bool, _ payload: Payload) {
    if isEmpty {
      entries.removeAll(keepingCapacity: true)
      head = 0
    }
    entries.append(Entry(id: id, isMergeable: isMergeable, payload: payload))
  }

  /// Takes out the longest run of done fences from the front, so nothing overtakes. Those to be told to the client go
  /// to `report`, oldest first: every one that is not mergeable, and the last.
  ///
  /// - Parameter isDone: asked once per fence, in order, until it says no.
  package mutating func retire(isDone: (Payload) -> Bool, report: (Entry) -> Void) {
    var held: Entry?
    while head < entries.count, let entry = entries[head], isDone(entry.payload) {
      if let skipped = held, !skipped.isMergeable { report(skipped) }
      held = entry
      entries[head] = nil
      head += 1
    }
    if let last = held { report(last) }
    compact()
  }

  /// Every fence that is still in, oldest first.
  package func forEach(_ body: (Entry) -> Void) {
    for index in head..<entries.count {
      if let entry = entries[index] { body(entry) }
    }
  }

  /// Gives retired places back once they are the larger part, which keeps the cost per fence constant.
  private mutating func compact() {
    guard head > 32, head * 2 > entries.count else { return }
    entries.removeFirst(head)
    head = 0
  }
}
