/// How the client learns that a fence is done; fixed by the init flags.
package enum FenceDelivery: Sendable {
  /// Without THREAD_SYNC: `poll()` asks GL and reports.
  case polled
  /// THREAD_SYNC: a thread waits and makes the poll descriptor readable; `poll()` reports.
  case threadThenPolled
  /// THREAD_SYNC and ASYNC_FENCE_CB: the thread reports.
  case threadReports
}

/// What the fences need of the queries: results are in guest memory before a fence after them is reported.
///
/// Renderer thread only. Implementations make current whatever GL context they need.
package protocol PendingQueries: AnyObject {
  /// Writes the results that are available; all of them, by waiting for GL, when told to.
  func writeWaitingResults(mustWait: Bool)
}
