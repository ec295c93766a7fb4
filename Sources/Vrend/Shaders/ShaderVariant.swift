import CEpoxy
import GLDriver
import Platform
import ShaderTranslator
import TGSI

/// One GLSL text of a shader, its GL shader object once one is needed, or the memory that the host refused it.
///
/// GL compiles when it likes: nobody asks how it went until a program does not link, so that drivers with threads of
/// their own compile several shaders at once.
final class ShaderVariant {
  let key: VariantKey
  let reflection: Reflection
  let stage: ShaderStage
  /// Identifies the variant in program keys; never reused.
  let serial: UInt64
  /// Bytes of the text.
  let textBytes: Int
  /// Of the text; nil unless programs are kept in files.
  let textDigest: Digest?

  private enum Body {
    /// GL has not been given it.
    case text(ContiguousArray<UInt8>)
    case shader(GLuint)
    case refused
  }
  private var body: Body
  private let share: BudgetShare?
  private let releaseQueue: GLReleaseQueue

  /// A variant with a text, not compiled yet.
  ///
  /// - Parameter share: of the budget.
  init(
    key: VariantKey, stage: ShaderStage, _ translated: TranslatedShader, serial: UInt64, share: BudgetShare,
    isDigested: Bool, releaseQueue: GLReleaseQueue
  ) {
    self.key = key
    self.stage = stage
    self.serial = serial
    self.share = share
    self.releaseQueue = releaseQueue
    reflection = translated.reflection
    textBytes = translated.source.count
    textDigest = isDigested ? SHA256.digest(of: translated.source.span) : nil
    body = .text(translated.source)
  }

  /// A variant that there is no text for.
  init(refused key: VariantKey, stage: ShaderStage, serial: UInt64, releaseQueue: GLReleaseQueue) {
    self.key = key
    self.stage = stage
    self.serial = serial
    self.releaseQueue = releaseQueue
    share = nil
    reflection = Reflection()
    textBytes = 0
    textDigest = nil
    body = .refused
  }

  deinit { dropShader() }

  var isRefused: Bool {
    if case .refused = body { true } else { false }
  }

  /// The GL shader object, which GL may still be compiling; 0 for a refused variant. A GL context is current.
  func shaderName() -> GLuint {
    switch body {
    case .shader(let name): return name
    case .refused: return 0
    case .text(let text):
      let name = epoxy_glCreateShader(Self.glStage(stage))
      text.withUnsafeBytes { bytes in
        var start = bytes.baseAddress?.assumingMemoryBound(to: GLchar.self)
        var length = GLint(truncatingIfNeeded: max(0, bytes.count - 1))
        epoxy_glShaderSource(name, 1, &start, &length)
      }
      epoxy_glCompileShader(name)
      body = .shader(name)
      return name
    }
  }

  /// Waits for the compiler. When it refused the text, the variant is refused from now on.
  ///
  /// - Returns: the compiler's words and the text it did not like, nil when all is well.
  func findRefusal() -> (reason: String, text: String)? {
    guard case .shader(let name) = body else { return nil }
    var status: GLint = 0
    epoxy_glGetShaderiv(name, GL.COMPILE_STATUS, &status)
    guard status == 0 else { return nil }
    let refusal = (InfoLog.ofShader(name), InfoLog.sourceOfShader(name))
    dropShader()
    body = .refused
    return refusal
  }

  private func dropShader() {
    if case .shader(let name) = body { releaseQueue.release(shader: name) }
  }

  private static func glStage(_ stage: ShaderStage) -> GLenum {
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

/// The variants chosen for each stage, in wire order.
struct StageVariants {
  private var variants = InlineArray<6, ShaderVariant?>(repeating: nil)

  subscript(stage: Int) -> ShaderVariant? {
    get { variants[stage] }
    set { variants[stage] = newValue }
  }

  var serials: InlineArray<6, UInt64> {
    var serials = InlineArray<6, UInt64>(repeating: 0)
    for stage in 0..<6 { serials[stage] = variants[stage]?.serial ?? 0 }
    return serials
  }

  /// Estimate of what a program of them costs the host, in bytes.
  var programBytes: Int {
    var textBytes = 0
    for stage in 0..<6 { textBytes += variants[stage]?.textBytes ?? 0 }
    return ResourceBudget.Cost.program + textBytes * ResourceBudget.Cost.programTextByte
  }
}
