import CEpoxy
import GLDriver
import ShaderTranslator
import WireFormat

extension SubContextState {
  /// DRAW_VBO with the size of a stream-out target in place of a count: draws as many vertices as were captured there.
  ///
  /// GL has the count, so it never comes back to the CPU. Where GL cannot draw by it (ES), or what was captured is no
  /// longer known, all vertices that the target has room for are drawn, as the reference does.
  mutating func drawCaptured(_ command: Draw) throws(CommandFault) {
    if let source = captureFetched(by: command), isBearable(source.capacity, command.instanceCount) {
      let interrupts = streamOut.current?.progress == .running
      if interrupts { pauseCapture() }
      finish(source.capture)
      if interrupts { try beginCapture(command.mode) }
      if command.instanceCount <= 1 {
        epoxy_glDrawTransformFeedbackStream(command.mode, source.capture.name, source.stream)
      } else {
        epoxy_glDrawTransformFeedbackStreamInstanced(
          command.mode, source.capture.name, source.stream, instances(command))
      }
      return
    }
    guard let elements = boundVertexElements, elements.usedBuffers != 0 else { return }
    let stride = vertexBuffers[elements.usedBuffers.trailingZeroBitCount].stride
    guard stride > 0 else { return }
    var wholeTarget = command
    wholeTarget.start = 0
    wholeTarget.count = command.streamOutBytes / stride
    try drawArrays(wholeTarget)
  }

  private struct CapturedVertices {
    let capture: Capture
    let stream: GLuint
    /// Vertices the target has room for.
    let capacity: UInt32
  }

  /// The protocol tells the target's size and not which it is: it is the one of that size bound last into whose buffer
  /// a vertex buffer points.
  private func captureFetched(by command: Draw) -> CapturedVertices? {
    guard !host.isES, host.features.contains(.transformFeedback3), command.startInstance == 0,
      command.instanceCount <= 1 || host.features.contains(.transformFeedbackInstanced),
      let elements = boundVertexElements
    else { return nil }
    for capture in streamOut.captures.reversed()
    where capture.name != 0 && capture !== streamOut.current && (capture.progress != .new || capture.hasEnded) {
      for (index, target) in capture.targets.enumerated() {
        guard let target, target.size == Int(command.streamOutBytes), fetches(target.resource, elements),
          index < capture.output.strides.count, capture.output.strides[index] > 0
        else { continue }
        let capacity = command.streamOutBytes / 4 / capture.output.strides[index]
        guard UInt64(capacity) <= vertexLimit else { return nil }
        let stream = capture.output.entries.first { $0.buffer == index }?.stream ?? 0
        return CapturedVertices(capture: capture, stream: GLuint(stream), capacity: capacity)
      }
    }
    return nil
  }

  private func fetches(_ resource: GLResource, _ elements: VertexElements) -> Bool {
    var rest = elements.usedBuffers
    while rest != 0 {
      if vertexBuffers[rest.trailingZeroBitCount].resource === resource { return true }
      rest &= rest &- 1
    }
    return false
  }
}
