import CEpoxy
import GLDriver

/// The driver's words about a failed compile or link, bounded.
enum InfoLog {
  private static let limit = 4096
  private static let sourceLimit = 1 << 20

  static func ofShader(_ name: GLuint) -> String {
    read(limit) { epoxy_glGetShaderInfoLog(name, GLsizei(limit), $0, $1) }
  }

  static func ofProgram(_ name: GLuint) -> String {
    read(limit) { epoxy_glGetProgramInfoLog(name, GLsizei(limit), $0, $1) }
  }

  /// The text that the shader was given.
  static func sourceOfShader(_ name: GLuint) -> String {
    read(sourceLimit) { epoxy_glGetShaderSource(name, GLsizei(sourceLimit), $0, $1) }
  }

  private static func read(
    _ limit: Int, _ fetch: (UnsafeMutablePointer<GLsizei>, UnsafeMutablePointer<GLchar>?) -> Void
  ) -> String {
    var length: GLsizei = 0
    let bytes = [GLchar](unsafeUninitializedCapacity: limit) { buffer, count in
      fetch(&length, buffer.baseAddress)
      count = max(0, min(Int(length), limit))
    }
    return String(decoding: bytes.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
