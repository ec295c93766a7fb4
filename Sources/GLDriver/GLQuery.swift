import CEpoxy

/// glGet in Swift types. Needs a current context; an enumerant the host does not know leaves the fallback (and a GL
/// error, which `drainErrors` removes).
package enum GLQuery {
  package static func string(_ name: GLenum) -> String {
    guard let text = epoxy_glGetString(name) else { return "" }
    return String(cString: text)
  }

  package static func integer(_ name: GLenum, fallback: GLint = 0) -> GLint {
    var value = fallback
    epoxy_glGetIntegerv(name, &value)
    return value
  }

  package static func integer(_ name: GLenum, at index: GLuint) -> GLint {
    var value: GLint = 0
    epoxy_glGetIntegeri_v(name, index, &value)
    return value
  }

  package static func float(_ name: GLenum, fallback: GLfloat = 0) -> GLfloat {
    var value = fallback
    epoxy_glGetFloatv(name, &value)
    return value
  }

  /// A limit that GL defines as a pair, such as a range of sizes.
  package static func floatPair(_ name: GLenum) -> ClosedRange<GLfloat> {
    var pair: (GLfloat, GLfloat) = (0, 0)
    withUnsafeMutableBytes(of: &pair) { bytes in
      epoxy_glGetFloatv(name, bytes.assumingMemoryBound(to: GLfloat.self).baseAddress)
    }
    return pair.0 <= pair.1 ? pair.0...pair.1 : 0...0
  }

  /// Removes pending GL errors and returns the first one, GL_NO_ERROR when there was none.
  ///
  /// A lost context can report errors for ever, so only as many are taken as GL has distinct error flags.
  @discardableResult
  package static func drainErrors() -> GLenum {
    let first = epoxy_glGetError()
    guard first != GL.NO_ERROR else { return first }
    for _ in 0..<8 {
      if epoxy_glGetError() == GL.NO_ERROR { break }
    }
    return first
  }
}
