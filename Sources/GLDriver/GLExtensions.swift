import CEpoxy

/// The extension names of a GL context.
package struct GLExtensions: Sendable {
  private let names: Set<String>

  package init(_ names: some Sequence<String>) {
    self.names = Set(names)
  }

  package var count: Int { names.count }

  /// - Parameter name: with its `GL_` prefix.
  package func contains(_ name: StaticString) -> Bool { names.contains(name.description) }

  package func contains(_ name: String) -> Bool { names.contains(name) }

  /// The extensions of the current context. GL 3.0 and ES 3.0 on list them one by one; older ones in one string.
  static func ofCurrentContext(version: GLVersion) -> GLExtensions {
    guard version.major >= 3 else {
      return GLExtensions(GLQuery.string(GL.EXTENSIONS).split(separator: " ").map(String.init))
    }
    let count = GLQuery.integer(GL.NUM_EXTENSIONS)
    var names: [String] = []
    names.reserveCapacity(Int(max(0, count)))
    for index in 0..<GLuint(clamping: count) {
      if let name = epoxy_glGetStringi(GL.EXTENSIONS, index) {
        names.append(String(cString: name))
      }
    }
    return GLExtensions(names)
  }
}
