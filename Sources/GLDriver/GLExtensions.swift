import CEpoxy
import Glibc

/// The extension names of a GL context: a few hundred, asked for about as often, while the library starts.
///
/// The names lie one behind the other in one array. A set of strings would make an object and a keyed hash of each.
package struct GLExtensions: Sendable {
  private var characters: [UInt8] = []
  private var names: [(start: Int, count: Int)] = []
  /// Open addressing: an index into `names` plus one, 0 in free places. At most half are taken.
  private var places: [Int32]

  package init(_ names: some Collection<String>) {
    self.init(capacity: names.count)
    for name in names {
      var name = name
      name.withUTF8 { insert($0) }
    }
  }

  private init(capacity: Int) {
    var count = 16
    while count < capacity * 2 { count *= 2 }
    places = Array(repeating: 0, count: count)
  }

  package var count: Int { names.count }

  /// - Parameter name: with its `GL_` prefix.
  package func contains(_ name: StaticString) -> Bool {
    name.withUTF8Buffer { places[place(of: $0)] != 0 }
  }

  /// The extensions of the current context. GL 3.0 and ES 3.0 on list them one by one; older ones in one string.
  static func ofCurrentContext(version: GLVersion) -> GLExtensions {
    guard version.major >= 3 else {
      return GLExtensions(GLQuery.string(GL.EXTENSIONS).split(separator: " ").map(String.init))
    }
    let count = GLuint(clamping: GLQuery.integer(GL.NUM_EXTENSIONS))
    var extensions = GLExtensions(capacity: Int(count))
    for index in 0..<count {
      guard let name = epoxy_glGetStringi(GL.EXTENSIONS, index) else { continue }
      extensions.insert(UnsafeBufferPointer(start: name, count: strlen(name)))
    }
    return extensions
  }

  private mutating func insert(_ name: UnsafeBufferPointer<UInt8>) {
    let place = place(of: name)
    guard places[place] == 0 else { return }
    names.append((characters.count, name.count))
    characters.append(contentsOf: name)
    places[place] = Int32(names.count)
  }

  /// Where the name is, or the free place where it would go.
  private func place(of name: UnsafeBufferPointer<UInt8>) -> Int {
    // FNV-1a.
    var hash: UInt32 = 0x811C_9DC5
    for byte in name { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
    var place = Int(hash) & (places.count - 1)
    while places[place] != 0, !isName(Int(places[place]) - 1, name) { place = (place + 1) & (places.count - 1) }
    return place
  }

  private func isName(_ index: Int, _ wanted: UnsafeBufferPointer<UInt8>) -> Bool {
    let (start, count) = names[index]
    guard count == wanted.count else { return false }
    for offset in 0..<count where characters[start + offset] != wanted[offset] { return false }
    return true
  }
}
