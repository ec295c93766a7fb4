import CEpoxy
import GLDriver
import ShaderTranslator
import WireFormat

/// A GL transform feedback object for one ordered list of targets. Binding the same list again goes on
/// where capturing stopped.
final class Capture {
  let name: GLuint
  let targets: [StreamOutTarget?]
  enum Progress { case new, running, paused }
  var progress = Progress.new
  /// The program capturing began with: GL resumes no other.
  var program: LinkedProgram?
  /// What that program captures.
  var output = StreamOutput.none
  /// GL knows how many vertices it captured: it says so of captures that have ended once.
  var hasEnded = false

  init(name: GLuint, targets: [StreamOutTarget?]) {
    self.name = name
    self.targets = targets
  }

  func has(_ list: [StreamOutTarget?]) -> Bool {
    targets.count == list.count && zip(targets, list).allSatisfy { $0 === $1 }
  }
}

/// Stream output of one sub-context.
struct StreamOutState {
  /// The latest to be bound comes last.
  fileprivate(set) var captures: [Capture] = []
  fileprivate(set) var current: Capture?

  /// Lists of targets that go on where they stopped. Guests use a handful; each is a GL object, and all are looked
  /// through. The one not bound for longest is forgotten and would begin anew.
  fileprivate static let captureLimit = 64

  /// Nothing is captured: draws need not look further.
  var isIdle: Bool { current == nil }
}

extension SubContextState {
  /// SET_STREAMOUT_TARGETS.
  mutating func apply(_ command: SetStreamOutTargets, _ payload: Span<UInt32>) throws(CommandFault) {
    guard host.features.contains(.transformFeedback) else { return }
    if command.count == 0 {
      endUnpausable()
      streamOut.current = nil
      return
    }
    var targets: [StreamOutTarget?] = []
    for index in 0..<command.count {
      let handle = command.handle(index, payload)
      targets.append(handle == 0 ? nil : try objects.require(handle, StreamOutTarget.self))
    }
    endUnpausable()
    if let known = streamOut.captures.firstIndex(where: { $0.has(targets) }) {
      let capture = streamOut.captures.remove(at: known)
      streamOut.captures.append(capture)
      streamOut.current = capture
    } else {
      if streamOut.captures.count >= StreamOutState.captureLimit {
        let oldest = streamOut.captures.removeFirst()
        end(oldest)
      }
      let capture = makeCapture(targets)
      streamOut.captures.append(capture)
      streamOut.current = capture
    }
  }

  private func makeCapture(_ targets: [StreamOutTarget?]) -> Capture {
    var name: GLuint = 0
    if host.features.contains(.transformFeedback2) {
      epoxy_glGenTransformFeedbacks(1, &name)
      epoxy_glBindTransformFeedback(GL.TRANSFORM_FEEDBACK, name)
    }
    let capture = Capture(name: name, targets: targets)
    bindTargets(capture)
    if name != 0 { epoxy_glBindTransformFeedback(GL.TRANSFORM_FEEDBACK, 0) }
    return capture
  }

  private func bindTargets(_ capture: Capture) {
    for (index, target) in capture.targets.enumerated() {
      if let target, target.size > 0 {
        epoxy_glBindBufferRange(
          GL.TRANSFORM_FEEDBACK_BUFFER, GLuint(index), target.resource.bufferName, target.offset, target.size)
      } else {
        epoxy_glBindBufferBase(GL.TRANSFORM_FEEDBACK_BUFFER, GLuint(index), 0)
      }
    }
  }

  /// Begins or resumes capturing for one draw. A program that captures nothing draws without.
  mutating func beginCapture(_ mode: UInt32) throws(CommandFault) {
    guard let capture = streamOut.current, let program = currentProgram, let output = capturedOutput else { return }
    if capture.name != 0 { epoxy_glBindTransformFeedback(GL.TRANSFORM_FEEDBACK, capture.name) }
    switch capture.progress {
    case .running: return
    case .paused where capture.program === program:
      epoxy_glResumeTransformFeedback()
    case .paused:
      epoxy_glEndTransformFeedback()
      begin(capture, program, output, mode)
    case .new:
      begin(capture, program, output, mode)
    }
    capture.progress = .running
  }

  private func begin(_ capture: Capture, _ program: LinkedProgram, _ output: StreamOutput, _ mode: UInt32) {
    if capture.name == 0 { bindTargets(capture) }
    epoxy_glBeginTransformFeedback(capturedPrimitive(mode))
    capture.program = program
    capture.output = output
  }

  /// What the last vertex stage captures, if anything.
  private var capturedOutput: StreamOutput? {
    guard let last = shaders[2] ?? shaders[4] ?? shaders[0], !last.facts.streamOutput.isEmpty else { return nil }
    return last.facts.streamOutput
  }

  private func capturedPrimitive(_ mode: UInt32) -> GLenum {
    switch rasterizedPrimitive(mode) {
    case .points: GL.POINTS
    case .lines: GL.LINES
    case .polygons: GL.TRIANGLES
    }
  }

  /// After each draw capturing pauses, so that other programs and state are legal in between.
  mutating func pauseCapture() {
    guard let capture = streamOut.current, capture.progress == .running, capture.name != 0 else { return }
    epoxy_glPauseTransformFeedback()
    capture.progress = .paused
    epoxy_glBindTransformFeedback(GL.TRANSFORM_FEEDBACK, 0)
  }

  /// Hosts without pausing: capturing goes on over draws and ends with the binding.
  private mutating func endUnpausable() {
    guard let capture = streamOut.current, capture.progress == .running, capture.name == 0 else { return }
    epoxy_glEndTransformFeedback()
    capture.progress = .new
  }

  /// A target's handle is destroyed: what captured into it ends.
  mutating func endCaptures(into target: StreamOutTarget) {
    for capture in streamOut.captures where capture.targets.contains(where: { $0 === target }) {
      end(capture)
    }
    streamOut.captures.removeAll { capture in capture.targets.contains { $0 === target } }
    if streamOut.current?.targets.contains(where: { $0 === target }) ?? false { streamOut.current = nil }
  }

  mutating func endAllCaptures() {
    for capture in streamOut.captures { end(capture) }
    streamOut = StreamOutState()
  }

  /// Ends capturing, so that GL tells how much it was; the next draw that captures there begins anew.
  func finish(_ capture: Capture) {
    guard capture.name != 0, capture.progress != .new else { return }
    epoxy_glBindTransformFeedback(GL.TRANSFORM_FEEDBACK, capture.name)
    epoxy_glEndTransformFeedback()
    epoxy_glBindTransformFeedback(GL.TRANSFORM_FEEDBACK, 0)
    capture.progress = .new
    capture.hasEnded = true
  }

  private func end(_ capture: Capture) {
    if capture.name == 0 {
      if capture.progress == .running { epoxy_glEndTransformFeedback() }
      return
    }
    finish(capture)
    var name = capture.name
    epoxy_glDeleteTransformFeedbacks(1, &name)
  }
}
