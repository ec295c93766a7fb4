/// Damages TGSI texts word by word, so that most of them get past the lexer and many past the validator.
package struct TextMutator {
  private var random: SplitMix

  package init(seed: UInt64) { random = SplitMix(state: seed) }

  private static let numbers = [
    "0", "1", "2", "3", "4", "7", "8", "15", "16", "31", "32", "33", "63", "64", "79", "255", "256", "4095", "4096",
    "65535", "65536", "2147483647", "4294967295", "-1", "-2147483648", "99999999999", "1e38", "0x7fffffff",
  ]
  private static let words = [
    "TEMP", "IN", "OUT", "CONST", "IMM", "ADDR", "SAMP", "SVIEW", "IMAGE", "BUFFER", "MEMORY", "HWATOMIC", "SV",
    "xyzw", "xxxx", "x", "zw", "y", "GENERIC", "COLOR", "BCOLOR", "TEXCOORD", "POSITION", "PSIZE", "CLIPDIST",
    "PATCH", "LAYER", "VIEWPORT_INDEX", "TESSOUTER", "FOG", "CONSTANT", "LINEAR", "PERSPECTIVE", "1D", "2D", "3D",
    "CUBE", "RECT", "SHADOW2D", "SHADOWCUBE_ARRAY", "2D_MSAA", "FLOAT", "UINT", "SINT", "MOV", "UADD", "TEX", "TXB",
    "TXL2", "TXF", "TG4", "TXQ", "DADD", "F2D", "LIT", "IDIV", "UMOD", "UCMP", "KILL_IF", "RET", "DDX_FINE", "BFI",
    "I64ADD", "INTERP_OFFSET", "ATOMUADD", "LOAD", "STORE", "RESQ", "BARRIER", "EMIT", "ENDPRIM", "BGNLOOP",
    "ENDLOOP", "BRK", "CONT", "UIF", "IF", "ELSE", "ENDIF", "SWITCH", "CASE", "DEFAULT", "ENDSWITCH", "CAL", "END",
    "ARRAY", "LOCAL", "INVARIANT", "ARL", "UARL", "FBFETCH", "MEMBAR", "VOTE_ANY", "CLOCK", "SAMPLE_POS",
  ]

  /// One to four changes.
  package mutating func damage(_ text: inout [UInt8]) {
    for _ in 0...random.below(4) {
      switch random.below(8) {
      case 0: exchangeLines(&text)
      case 1: repeatLine(&text)
      case 2 where random.oneIn(4) && !text.isEmpty: text[random.below(text.count)] = UInt8(random.below(256))
      default: replaceWord(&text)
      }
    }
  }

  private mutating func replaceWord(_ text: inout [UInt8]) {
    let starts = text.indices.filter { isWord(text[$0]) && ($0 == 0 || !isWord(text[$0 - 1])) }
    guard !starts.isEmpty else { return }
    let start = random.pick(starts)
    let end = text[start...].firstIndex { !isWord($0) } ?? text.count
    let pool = (48...57).contains(text[start]) ? Self.numbers : Self.words
    text.replaceSubrange(start..<end, with: random.pick(pool).utf8)
  }

  private mutating func exchangeLines(_ text: inout [UInt8]) {
    var lines = text.split(separator: 10, omittingEmptySubsequences: false)
    lines.swapAt(random.below(lines.count), random.below(lines.count))
    text = Array(lines.joined(separator: [10]))
  }

  /// Up to 200 times: long programs, deep nesting.
  private mutating func repeatLine(_ text: inout [UInt8]) {
    guard text.count < 20_000 else { return }
    var lines = text.split(separator: 10, omittingEmptySubsequences: false)
    let line = random.pick(lines)
    let count = random.oneIn(8) ? 200 : 1 + random.below(3)
    lines.insert(contentsOf: repeatElement(line, count: count), at: random.below(lines.count))
    text = Array(lines.joined(separator: [10]))
  }

  private func isWord(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 95
  }
}
