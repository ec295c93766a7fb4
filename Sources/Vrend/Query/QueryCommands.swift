import CEpoxy
import GLDriver
import WireFormat

extension SubContextState {
  /// BEGIN_QUERY. A timestamp has no beginning.
  mutating func beginQuery(_ handle: UInt32) throws(CommandFault) {
    let query = try objects.require(handle, Query.self, error: .illegalCommandBuffer)
    queries.stopAwaiting(query)
    guard query.target != GL.TIMESTAMP, !query.isActive else { return }
    if query.index > 0, query.queryKind != .pipelineStatistics {
      epoxy_glBeginQueryIndexed(query.target, query.index, query.name)
    } else {
      epoxy_glBeginQuery(query.target, query.name)
    }
    query.isActive = true
  }

  /// END_QUERY.
  mutating func endQuery(_ handle: UInt32) throws(CommandFault) {
    let query = try objects.require(handle, Query.self, error: .illegalCommandBuffer)
    if query.target == GL.TIMESTAMP {
      epoxy_glQueryCounter(query.name, GL.TIMESTAMP)
      return
    }
    guard query.isActive else { return }
    query.isActive = false
    if query.index > 0, query.queryKind != .pipelineStatistics {
      epoxy_glEndQueryIndexed(query.target, query.index)
    } else {
      epoxy_glEndQuery(query.target)
    }
    query.multiplier =
      query.queryKind == .occlusionCounter && host.isES ? UInt64(tweaks.samplesPassedMultiplier) : 1
  }

  /// GET_QUERY_RESULT: writes the result if GL has it, else before the fence of this submission.
  mutating func apply(_ command: GetQueryResult) throws(CommandFault) {
    let query = try objects.require(command.handle, Query.self, error: .illegalCommandBuffer)
    guard !query.isWaiting, !query.isActive else { return }
    if !writeResult(query, mustWait: false) { queries.await(query) }
  }

  /// Writes the results GL has by now.
  ///
  /// - Parameter mustWait: GL has finished the work, or shall be waited for.
  mutating func writeWaitingResults(mustWait: Bool) {
    let over = queries.waiting.filter { writeResult($0, mustWait: mustWait) }
    for query in over { queries.stopAwaiting(query) }
  }

  private func writeResult(_ query: Query, mustWait: Bool) -> Bool {
    // A query that never began is no query object for GL.
    guard epoxy_glIsQuery(query.name) != 0 else {
      query.deliver(0)
      return true
    }
    if !mustWait {
      var available: GLuint = 0
      epoxy_glGetQueryObjectuiv(query.name, GL.QUERY_RESULT_AVAILABLE, &available)
      guard available != 0 else { return false }
    }
    var result: UInt64 = 0
    if query.isWide {
      epoxy_glGetQueryObjectui64v(query.name, GL.QUERY_RESULT, &result)
    } else {
      var narrow: GLuint = 0
      epoxy_glGetQueryObjectuiv(query.name, GL.QUERY_RESULT, &narrow)
      result = UInt64(narrow)
    }
    query.deliver(result &* query.multiplier)
    return true
  }

  /// GET_QUERY_RESULT_QBO: GL writes the result into a buffer.
  mutating func apply(_ command: GetQueryResultQBO, _ resources: borrowing ResourceMap) throws(CommandFault) {
    guard host.features.contains(.queryBuffer) else { throw CommandFault(.illegalCommandBuffer, .unsupported) }
    let query = try objects.require(command.handle, Query.self, error: .illegalCommandBuffer)
    let buffer = try resources.requireBuffer(command.buffer)
    let bytes = command.resultType >= 2 ? 8 : 4
    guard Int(command.offset) + bytes <= buffer.shape.width, Int(command.offset) % bytes == 0 else {
      throw CommandFault(.illegalResource, .bounds, command.buffer)
    }
    guard !query.isActive, epoxy_glIsQuery(query.name) != 0 else { return }
    let what: GLenum =
      command.index == -1
      ? GL.QUERY_RESULT_AVAILABLE : command.wait ? GL.QUERY_RESULT : GL.QUERY_RESULT_NO_WAIT
    epoxy_glBindBuffer(GL.QUERY_BUFFER, buffer.bufferName)
    // With a query buffer bound the pointer is an offset.
    switch command.resultType {
    case 0:
      epoxy_glGetQueryObjectiv(query.name, what, UnsafeMutablePointer(bitPattern: UInt(command.offset)))
    case 1:
      epoxy_glGetQueryObjectuiv(query.name, what, UnsafeMutablePointer(bitPattern: UInt(command.offset)))
    case 2:
      epoxy_glGetQueryObjecti64v(query.name, what, UnsafeMutablePointer(bitPattern: UInt(command.offset)))
    default:
      epoxy_glGetQueryObjectui64v(query.name, what, UnsafeMutablePointer(bitPattern: UInt(command.offset)))
    }
    epoxy_glBindBuffer(GL.QUERY_BUFFER, 0)
  }

  // MARK: Conditional rendering

  /// SET_RENDER_CONDITION. An unknown handle is ignored.
  mutating func apply(_ command: SetRenderCondition) {
    guard host.features.contains(.conditionalRender) else { return }
    endCondition()
    guard command.handle != 0, let query = objects.find(command.handle, Query.self) else { return }
    if command.isInverted, !host.features.contains(.conditionalRenderInverted) { return }
    let mode: GLenum =
      switch (command.mode, command.isInverted) {
      case (0, false): GL.QUERY_WAIT
      case (1, false): GL.QUERY_NO_WAIT
      case (2, false): GL.QUERY_BY_REGION_WAIT
      case (_, false): GL.QUERY_BY_REGION_NO_WAIT
      case (0, true): GL.QUERY_WAIT_INVERTED
      case (1, true): GL.QUERY_NO_WAIT_INVERTED
      case (2, true): GL.QUERY_BY_REGION_WAIT_INVERTED
      case (_, true): GL.QUERY_BY_REGION_NO_WAIT_INVERTED
      }
    guard !query.isActive, epoxy_glIsQuery(query.name) != 0 else { return }
    epoxy_glBeginConditionalRender(query.name, mode)
    queries.condition = (query, mode)
  }

  mutating func endCondition() {
    guard queries.condition != nil else { return }
    epoxy_glEndConditionalRender()
    queries.condition = nil
  }

  /// Work is subject to conditional rendering.
  var isConditional: Bool { queries.condition != nil }

  /// Switches conditional rendering off for work that must not depend on it.
  ///
  /// - Returns: what `resumeCondition` switches on again; nil when there is nothing.
  func suspendCondition() -> SuspendedCondition? {
    guard let condition = queries.condition else { return nil }
    epoxy_glEndConditionalRender()
    return SuspendedCondition(query: condition.query, mode: condition.mode)
  }

  func resumeCondition(_ suspended: SuspendedCondition?) {
    if let suspended { epoxy_glBeginConditionalRender(suspended.query.name, suspended.mode) }
  }

  /// A query's handle is destroyed.
  mutating func forget(_ query: Query) {
    queries.stopAwaiting(query)
    if let condition = queries.condition, condition.query === query { endCondition() }
    if query.isActive {
      if query.index > 0, query.queryKind != .pipelineStatistics {
        epoxy_glEndQueryIndexed(query.target, query.index)
      } else {
        epoxy_glEndQuery(query.target)
      }
      query.isActive = false
    }
  }
}

/// Conditional rendering that waits to go on.
struct SuspendedCondition {
  fileprivate let query: Query
  fileprivate let mode: GLenum
}

extension Query {
  /// Writes the 16-byte result block: size and result first, the state last, because the guest polls it.
  fileprivate func deliver(_ result: UInt64) {
    var block = (UInt32(isWide ? 8 : 4), UInt32(truncatingIfNeeded: result), UInt32(truncatingIfNeeded: result >> 32))
    withUnsafeBytes(of: &block) { bytes in try? resource.write(bytes, at: 4) }
    var done: UInt32 = 1
    withUnsafeBytes(of: &done) { bytes in try? resource.write(bytes, at: 0) }
  }
}
