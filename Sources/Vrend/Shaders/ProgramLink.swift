import CEpoxy
import GLDriver
import Platform
import ShaderTranslator

/// A GL program object; deleted with its last owner.
final class ProgramObject {
  let name: GLuint
  private let share: BudgetShare
  private let releaseQueue: GLReleaseQueue

  /// - Parameter share: of the budget. A GL context is current.
  init(share: BudgetShare, releaseQueue: GLReleaseQueue) {
    self.share = share
    self.releaseQueue = releaseQueue
    name = epoxy_glCreateProgram()
  }

  deinit { releaseQueue.release(program: name) }
}

/// A program whose link has begun, or that was loaded from a file. Nobody has asked yet how it went: GL may work on it
/// in a thread of its own.
struct ProgramLink {
  let object: ProgramObject
  let stages: StageVariants
  /// What the program is kept under when it turns out well; nil when it is not to be kept, or was loaded.
  let keepUnder: Digest?
  private let isLoaded: Bool

  private var name: GLuint { object.name }

  /// Takes the program from a file, or else compiles what is not compiled yet and begins to link.
  init(_ stages: StageVariants, _ object: ProgramObject, binaries: ProgramBinaries?) {
    self.stages = stages
    self.object = object
    let key = binaries?.key(of: stages)
    isLoaded = if let key, let binaries { binaries.load(key, into: object.name) } else { false }
    keepUnder = isLoaded ? nil : key
    if !isLoaded { begin() }
  }

  private func begin() {
    for stage in 0..<6 {
      if let variant = stages[stage] { epoxy_glAttachShader(name, variant.shaderName()) }
    }
    if let vertex = stages[0] { bindAttributes(vertex.reflection) }
    if let fragment = stages[1] { bindOutputs(fragment.reflection) }
    declareCaptures()
    if keepUnder != nil { epoxy_glProgramParameteri(name, GL.PROGRAM_BINARY_RETRIEVABLE_HINT, GLint(GL.TRUE)) }
    epoxy_glLinkProgram(name)
  }

  /// Waits for the link.
  ///
  /// - Returns: whether it went well; the shaders are no longer attached then.
  func finish() -> Bool {
    guard !isLoaded else { return true }
    var status: GLint = 0
    epoxy_glGetProgramiv(name, GL.LINK_STATUS, &status)
    if status == 0, declareBareCaptures() {
      epoxy_glLinkProgram(name)
      epoxy_glGetProgramiv(name, GL.LINK_STATUS, &status)
    }
    guard status != 0 else { return false }
    for stage in 0..<6 {
      if let variant = stages[stage] { epoxy_glDetachShader(name, variant.shaderName()) }
    }
    return true
  }

  private func bindAttributes(_ reflection: Reflection) {
    guard !reflection.attributesAreExplicit else { return }
    for attribute in reflection.attributes {
      attribute.name.withGLName { epoxy_glBindAttribLocation(name, GLuint(attribute.slot), $0) }
    }
  }

  private func bindOutputs(_ reflection: Reflection) {
    guard !reflection.outputsAreExplicit else { return }
    for output in reflection.outputs {
      output.name.withGLName {
        if reflection.dualSource {
          epoxy_glBindFragDataLocationIndexed(name, 0, GLuint(output.slot), $0)
        } else {
          epoxy_glBindFragDataLocation(name, GLuint(output.slot), $0)
        }
      }
    }
  }

  private func declareCaptures() {
    guard let last = stages.lastVertexStage, !last.reflection.captured.isEmpty else { return }
    withGLNames(last.reflection.captured) { names, count in
      epoxy_glTransformFeedbackVaryings(name, count, names, GL.INTERLEAVED_ATTRIBS)
    }
  }

  /// The markers for gaps and further buffers are GL 4.0's. Some drivers take them on ES hosts too, others refuse to
  /// link; for those only the variables are named: gaps are closed, and each has a buffer if there are several.
  ///
  /// - Returns: false when there are no markers to leave out.
  private func declareBareCaptures() -> Bool {
    guard let reflection = stages.lastVertexStage?.reflection else { return false }
    let variables = reflection.capturedVariables
    guard variables.count < reflection.captured.count else { return false }
    withGLNames(variables) { names, count in
      epoxy_glTransformFeedbackVaryings(
        name, count, names, reflection.capturesToSeveral ? GL.SEPARATE_ATTRIBS : GL.INTERLEAVED_ATTRIBS)
    }
    return true
  }
}

extension StageVariants {
  /// The stage whose outputs transform feedback captures.
  fileprivate var lastVertexStage: ShaderVariant? { self[2] ?? self[4] ?? self[0] }

  /// Hashes everything that `ProgramLink` tells GL before and with the link.
  func hashLink(into hash: inout SHA256) {
    for stage in 0..<6 {
      hash.update(self[stage] == nil ? 0 : 1)
      if let digest = self[stage]?.textDigest { hash.update(digest.bytes.span) }
    }
    if let vertex = self[0]?.reflection {
      hash.update(vertex.attributesAreExplicit ? 1 : 0)
      hash.update(vertex.attributes)
    }
    if let fragment = self[1]?.reflection {
      hash.update(fragment.outputsAreExplicit ? 1 : 0)
      hash.update(fragment.dualSource ? 1 : 0)
      hash.update(fragment.outputs)
    }
    if let last = lastVertexStage?.reflection {
      hash.update(UInt64(last.captured.count))
      for name in last.captured { hash.update(name) }
    }
  }
}

extension SHA256 {
  fileprivate mutating func update(_ name: Reflection.Name) {
    update(UInt64(name.count))
    update(name.span)
  }

  fileprivate mutating func update(_ bindings: [Reflection.Binding]) {
    update(UInt64(bindings.count))
    for binding in bindings {
      update(binding.name)
      update(UInt64(binding.slot))
    }
  }
}

extension Reflection.Name {
  /// The NUL-terminated name as GL wants it.
  func withGLName<Result>(_ body: (UnsafePointer<GLchar>?) -> Result) -> Result {
    withUnsafeBytes { body($0.baseAddress?.assumingMemoryBound(to: GLchar.self)) }
  }
}

extension StaticString {
  func withGLName<Result>(_ body: (UnsafePointer<GLchar>?) -> Result) -> Result {
    body(UnsafeRawPointer(utf8Start).assumingMemoryBound(to: GLchar.self))
  }
}

/// Calls `body` with an array of C strings that live for the call.
private func withGLNames(
  _ names: [Reflection.Name], _ body: (UnsafePointer<UnsafePointer<GLchar>?>?, GLsizei) -> Void
) {
  var bytes: ContiguousArray<UInt8> = []
  var offsets: [Int] = []
  for name in names {
    offsets.append(bytes.count)
    bytes.append(contentsOf: name)
  }
  bytes.withUnsafeBytes { storage in
    let pointers = offsets.map { storage.baseAddress?.advanced(by: $0).assumingMemoryBound(to: GLchar.self) }
    body(pointers, GLsizei(pointers.count))
  }
}
