import CEpoxy
import GLDriver
import Platform
import ShaderTranslator
import TGSI
import VirtioGPU
import WireFormat

/// What all contexts of a renderer made of shaders so far. Renderer thread.
final class ShaderTally {
  /// Variants, refused ones with them.
  var variants: UInt64 = 0
  /// Programs that were linked.
  var programs: UInt64 = 0
}

/// Translates and compiles shader variants for one context.
final class ShaderVariantFactory {
  let profile: HostProfile
  let translator: Translator
  private let log: Log
  private let budget: ResourceBudget
  private let releaseQueue: GLReleaseQueue
  private var nextSerial: UInt64 = 1
  private let tally: ShaderTally

  init(
    profile: HostProfile, releaseQueue: GLReleaseQueue, budget: ResourceBudget, tally: ShaderTally, log: Log
  ) {
    self.tally = tally
    self.budget = budget
    self.profile = profile
    self.releaseQueue = releaseQueue
    self.log = log
    translator = Translator(host: profile)
  }

  /// A variant that is refused when translator or driver cannot make it; the log has the reason.
  func make(_ program: ValidShader, facts: ShaderFacts, key: VariantKey) -> ShaderVariant {
    let translated: TranslatedShader
    do throws(TranslationFault) {
      translated = try translator.translate(program, facts: facts, key: key)
    } catch {
      refuse("\(facts.stage) shader has no translation: \(error)")
      return variant(key, Reflection(), name: 0)
    }
    return compile(translated, stage: facts.stage, key: key)
  }

  /// The control shader that stands in where a guest has none and the host must have one.
  func makePassthrough(_ control: PassthroughControl) -> ShaderVariant {
    let key = VariantKey.neutral(for: .tessControl)
    guard let program = try? control.program(), let facts = try? translator.facts(of: program) else {
      return variant(key, Reflection(), name: 0)
    }
    return make(program, facts: facts, key: key)
  }

  private func compile(
    _ translated: TranslatedShader, stage: ShaderStage, key: VariantKey
  ) -> ShaderVariant {
    guard let share = try? budget.share(ResourceBudget.Cost.variant) else {
      refuse("a \(stage) shader is one more than the guests' memory has room for")
      return variant(key, Reflection(), name: 0)
    }
    log.debug("GLSL of a \(stage) shader:\n\(String(decoding: translated.source.dropLast(), as: UTF8.self))")
    let name = epoxy_glCreateShader(Self.glStage(stage))
    translated.source.withUnsafeBytes { bytes in
      var text = bytes.baseAddress?.assumingMemoryBound(to: GLchar.self)
      var length = GLint(truncatingIfNeeded: max(0, bytes.count - 1))
      epoxy_glShaderSource(name, 1, &text, &length)
    }
    epoxy_glCompileShader(name)
    var status: GLint = 0
    epoxy_glGetShaderiv(name, GL.COMPILE_STATUS, &status)
    guard status != 0 else {
      refuse(
        "the GL driver refused a \(stage) shader: \(InfoLog.ofShader(name))",
        text: String(decoding: translated.source.dropLast(), as: UTF8.self))
      epoxy_glDeleteShader(name)
      return variant(key, Reflection(), name: 0)
    }
    return variant(key, translated.reflection, name: name, share)
  }

  private func refuse(_ reason: @autoclosure () -> String, text: @autoclosure () -> String? = nil) {
    log.error("\(reason()); draws and dispatches with it do nothing")
    if log.isEnabled(.info), let text = text() { log.info("refused text:\n\(text)") }
  }

  private func variant(
    _ key: VariantKey, _ reflection: Reflection, name: GLuint, _ share: BudgetShare? = nil
  ) -> ShaderVariant {
    defer { nextSerial += 1 }
    tally.variants += 1
    return ShaderVariant(
      key: key, reflection: reflection, shaderName: name, serial: nextSerial, share: share,
      releaseQueue: releaseQueue)
  }

  /// The program of these variants, nil when the driver refuses to link it; the log has the reason.
  func link(_ stages: borrowing StageVariants) -> LinkedProgram? {
    var reason = ""
    if let program = LinkedProgram(stages: stages, releaseQueue: releaseQueue, reason: &reason) {
      tally.programs += 1
      return program
    }
    refuse("the GL driver refused to link a program: \(reason)")
    return nil
  }

  static func glStage(_ stage: ShaderStage) -> GLenum {
    switch stage {
    case .vertex: GL.VERTEX_SHADER
    case .fragment: GL.FRAGMENT_SHADER
    case .geometry: GL.GEOMETRY_SHADER
    case .tessControl: GL.TESS_CONTROL_SHADER
    case .tessEval: GL.TESS_EVALUATION_SHADER
    case .compute: GL.COMPUTE_SHADER
    }
  }
}

/// The driver's words about a failed compile or link, bounded.
enum InfoLog {
  private static let limit = 4096

  static func ofShader(_ name: GLuint) -> String {
    read { epoxy_glGetShaderInfoLog(name, GLsizei(limit), $0, $1) }
  }

  static func ofProgram(_ name: GLuint) -> String {
    read { epoxy_glGetProgramInfoLog(name, GLsizei(limit), $0, $1) }
  }

  private static func read(
    _ fetch: (UnsafeMutablePointer<GLsizei>, UnsafeMutablePointer<GLchar>?) -> Void
  ) -> String {
    var length: GLsizei = 0
    let bytes = [GLchar](unsafeUninitializedCapacity: limit) { buffer, count in
      fetch(&length, buffer.baseAddress)
      count = max(0, min(Int(length), limit))
    }
    return String(decoding: bytes.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
