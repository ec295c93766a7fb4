/// Decides which registers hold floats and which hold bits.
///
/// TGSI registers are untyped. A register that only ever carries floats becomes a `vec4`, which spares the casts;
/// every other becomes a `uvec4`, because GLSL does not promise that float variables keep denormals and NaN
/// payloads, and small integers *are* denormals. Copies (MOV, CMP, UCMP) join registers into one class.
struct ClassInference {
  struct Evidence: OptionSet {
    let rawValue: UInt8

    /// Read or written as an integer, a mask or half of a double.
    static let bits = Evidence(rawValue: 1)
    /// Read or written by float arithmetic.
    static let float = Evidence(rawValue: 2)
    /// Copied from somewhere that holds bits (constants, buffers).
    static let bitsLikely = Evidence(rawValue: 4)
    /// Copied from or to somewhere that holds floats (varyings, float immediates).
    static let floatLikely = Evidence(rawValue: 8)
  }

  private var parent: ContiguousArray<UInt32>
  private var evidence: ContiguousArray<Evidence>

  init(nodes: Int) {
    parent = ContiguousArray(repeating: 0, count: nodes)
    for node in 0..<nodes { parent[node] = UInt32(truncatingIfNeeded: node) }
    evidence = ContiguousArray(repeating: [], count: nodes)
  }

  mutating func note(_ node: Int, _ what: Evidence) {
    let root = find(node)
    evidence[root].formUnion(what)
  }

  mutating func join(_ a: Int, _ b: Int) {
    let (first, second) = (find(a), find(b))
    guard first != second else { return }
    parent[second] = UInt32(truncatingIfNeeded: first)
    evidence[first].formUnion(evidence[second])
  }

  mutating func valueClass(of node: Int) -> ValueClass {
    let known = evidence[find(node)]
    if known.contains(.bits) { return .uint }
    if known.contains(.float) { return .float }
    return known.contains(.floatLikely) && !known.contains(.bitsLikely) ? .float : .uint
  }

  /// Path halving keeps chains of copies short; the loop is bounded by the height of the tree.
  private mutating func find(_ node: Int) -> Int {
    var current = node
    while Int(parent[current]) != current {
      parent[current] = parent[Int(parent[current])]
      current = Int(parent[current])
    }
    return current
  }
}
