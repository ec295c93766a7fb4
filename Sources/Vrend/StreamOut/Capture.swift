import CEpoxy
import GLDriver
import TGSI
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
  fileprivate var captures: [Capture] = []
  fileprivate var current: Capture?

  /// Lists of targets that go on where they stopped. Guests use a handful; each is a GL object, and all are looked
  /// through. The oldest is forgotten and would begin anew.
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
    if let known = streamOut.captures.first(where: { $0.has(targets) }) {
      streamOut.current = known
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
    guard let capture = streamOut.current, let program = currentProgram, capturesVertices else { return }
    if capture.name != 0 { epoxy_glBindTransformFeedback(GL.TRANSFORM_FEEDBACK, capture.name) }
    switch capture.progress {
    case .running: return
    case .paused where capture.program === program:
      epoxy_glResumeTransformFeedback()
    case .paused:
      epoxy_glEndTransformFeedback()
      begin(capture, program, mode)
    case .new:
      begin(capture, program, mode)
    }
    capture.progress = .running
  }

  private func begin(_ capture: Capture, _ program: LinkedProgram, _ mode: UInt32) {
    if capture.name == 0 { bindTargets(capture) }
    epoxy_glBeginTransformFeedback(capturedPrimitive(mode))
    capture.program = program
  }

  /// The last vertex stage declares outputs to capture.
  private var capturesVertices: Bool {
    guard let last = shaders[2] ?? shaders[4] ?? shaders[0] else { return false }
    return !last.facts.streamOutput.isEmpty
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

  private func end(_ capture: Capture) {
    if capture.name == 0 {
      if capture.progress == .running { epoxy_glEndTransformFeedback() }
      return
    }
    if capture.progress != .new {
      epoxy_glBindTransformFeedback(GL.TRANSFORM_FEEDBACK, capture.name)
      epoxy_glEndTransformFeedback()
      epoxy_glBindTransformFeedback(GL.TRANSFORM_FEEDBACK, 0)
    }
    var name = capture.name
    epoxy_glDeleteTransformFeedbacks(1, &name)
  }
}
