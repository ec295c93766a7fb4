import CEpoxy

/// How many queries of all contexts wait for their results, so that fences need not look at every context.
package final class QueryTally {
  @exclusivity(unchecked) package var count = 0

  package init() {}
}

/// Queries of one sub-context that somebody waits for, and conditional rendering.
struct QueryState {
  /// Their results go to guest memory before the submission's fence is reported. In no order: each knows its place, so
  /// that a guest with thousands of them pays for none but the one it means.
  private(set) var waiting: [Query] = []
  var condition: (query: Query, mode: GLenum)?
  private let tally: QueryTally

  init(_ tally: QueryTally) { self.tally = tally }

  var hasWaiting: Bool { !waiting.isEmpty }

  mutating func await(_ query: Query) {
    query.placeAmongWaiting = waiting.count
    waiting.append(query)
    tally.count += 1
  }

  mutating func stopAwaiting(_ query: Query) {
    guard let place = query.placeAmongWaiting, let last = waiting.popLast() else { return }
    if last !== query {
      waiting[place] = last
      last.placeAmongWaiting = place
    }
    query.placeAmongWaiting = nil
    tally.count -= 1
  }

  /// The sub-context ends.
  mutating func stopAwaitingAll() {
    for query in waiting { query.placeAmongWaiting = nil }
    tally.count -= waiting.count
    waiting = []
  }
}
