import CEpoxy
import GLDriver
import Platform
import ShaderTranslator
import TGSI
import VirtioGPU
import WireFormat

/// Translates and compiles shader variants for one context.
final class ShaderVariantFactory {
  let profile: HostProfile
  let translator: Translator
  private let log: Log
  private let budget: ResourceBudget
  private let releaseQueue: GLReleaseQueue
  private var nextSerial: UInt64 = 1

  init(profile: HostProfile, releaseQueue: GLReleaseQueue, budget: ResourceBudget, log: Log) {
    self.budget = budget
    self.profile = profile
    self.releaseQueue = releaseQueue
    self.log = log
    translator = Translator(host: profile)
  }

  /// - Throws: ILLEGAL_SHADER; the log has the translator's or the driver's reason.
  func make(_ program: ValidShader, facts: ShaderFacts, key: VariantKey) throws(CommandFault) -> ShaderVariant {
    let stage = UInt32(facts.stage.rawValue)
    let translated: TranslatedShader
    do throws(TranslationFault) {
      translated = try translator.translate(program, facts: facts, key: key)
    } catch {
      log.error("\(facts.stage) shader has no translation: \(error)")
      throw CommandFault(.illegalShader, .shader, stage)
    }
    return try compile(translated, stage: facts.stage, key: key)
  }

  /// A pass-through tessellation control shader for hosts without default levels.
  func makePassthrough(
    vertex: StageInterface, patchVertices: UInt32, outer: SIMD4<Float>, inner: SIMD2<Float>
  ) throws(CommandFault) -> ShaderVariant {
    let translated: TranslatedShader
    do throws(TranslationFault) {
      translated = try translator.passthroughTessControl(
        vertex: vertex, patchVertices: patchVertices, outerLevels: outer, innerLevels: inner)
    } catch {
      log.error("no pass-through tessellation control shader: \(error)")
      throw CommandFault(.tessEvalWithoutControl, .shader)
    }
    return try compile(translated, stage: .tessControl, key: .neutral(for: .tessControl))
  }

  private func compile(
    _ translated: TranslatedShader, stage: ShaderStage, key: VariantKey
  ) throws(CommandFault) -> ShaderVariant {
    let share: BudgetShare
    do throws(Fault) {
      share = try budget.share(ResourceBudget.Cost.variant)
    } catch {
      throw CommandFault(.illegalShader, .outOfMemory, UInt32(stage.rawValue))
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
      let reason = InfoLog.ofShader(name)
      log.error("the GL driver refused a \(stage) shader: \(reason)")
      log.info("refused text:\n\(String(decoding: translated.source.dropLast(), as: UTF8.self))")
      epoxy_glDeleteShader(name)
      throw CommandFault(.illegalShader, .shader, UInt32(stage.rawValue))
    }
    defer { nextSerial += 1 }
    return ShaderVariant(
      key: key, reflection: translated.reflection, shaderName: name, serial: nextSerial, share: share,
      releaseQueue: releaseQueue)
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
