/// What kind of context the host gave us; decides which half of an API difference applies.
package enum GLFlavour: Sendable {
  /// Desktop GL without the removed features.
  case core
  /// Desktop GL that still has the fixed-function leftovers (ARB_compatibility).
  case compat
  /// OpenGL ES 2.0 or later.
  case es
}

/// A GL or GLSL version.
package struct GLVersion: Comparable, Hashable, Sendable {
  package let major: Int
  package let minor: Int

  package init(_ major: Int, _ minor: Int) {
    self.major = major
    self.minor = minor
  }

  package static func < (a: GLVersion, b: GLVersion) -> Bool {
    (a.major, a.minor) < (b.major, b.minor)
  }
}

extension GLVersion {
  /// The first "number.number" in a version string such as "4.5 (Core Profile) Mesa 22.3.6",
  /// "OpenGL ES 3.2 Mesa 22.3.6" or "OpenGL ES GLSL ES 3.20".
  init?(parsing text: String) {
    let words = text.utf8.split(separator: UInt8(ascii: " "))
    for word in words {
      let parts = word.split(separator: UInt8(ascii: "."))
      if parts.count >= 2, let major = Int(String(parts[0]) ?? ""),
        let minor = Int(String(parts[1].prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) ?? "") {
        self.init(major, minor)
        return
      }
    }
    return nil
  }
}
