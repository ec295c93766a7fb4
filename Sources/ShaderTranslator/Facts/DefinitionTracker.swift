/// Finds the registers that may be read before they are written and must therefore start as zero.
///
/// One linear walk: a write counts until the block that holds it closes, so a register written in a branch or a
/// loop body is again undefined behind it. A loop that reads what it wrote the time before is thereby undefined at the
/// read, as it must be. Cautious, never wrong.
struct DefinitionTracker {
  private var defined: ContiguousArray<UInt8>
  private(set) var needsZero: ContiguousArray<Bool>
  private var undo: [(node: Int, mask: UInt8)] = []
  private var marks: [Int] = []

  init(nodes: Int) {
    defined = ContiguousArray(repeating: 0, count: nodes)
    needsZero = ContiguousArray(repeating: false, count: nodes)
  }

  mutating func write(_ node: Int, mask: UInt8) {
    let old = defined[node]
    guard old | mask != old else { return }
    if !marks.isEmpty { undo.append((node, old)) }
    defined[node] = old | mask
  }

  mutating func read(_ node: Int, mask: UInt8) {
    if mask & ~defined[node] != 0 { needsZero[node] = true }
  }

  mutating func openBlock() { marks.append(undo.count) }

  /// ELSE: what the first branch wrote is undefined in the second.
  mutating func switchBranch() { unwind(to: marks.last ?? 0) }

  mutating func closeBlock() { unwind(to: marks.popLast() ?? 0) }

  private mutating func unwind(to mark: Int) {
    while undo.count > mark {
      let entry = undo.removeLast()
      defined[entry.node] = entry.mask
    }
  }
}
