import Testing

@testable import TGSI

/// A small repeatable generator, so that a failure can be run again.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// Texts made to break a parser: each must end in a program or a fault, never in a trap, with bounded memory.
@Suite struct HostileTests {
  /// Random bytes, cuts, doublings and exchanged words. What is accepted must survive being printed.
  @Test func mutatedTexts() throws {
    var random = SplitMix(state: 2026)
    var accepted = 0
    let texts = Fixtures.all.filter { $0.bytes.count < 2000 }
    for _ in 0..<20_000 {
      guard let text = texts.randomElement(using: &random) else { return }
      var bytes = text.bytes
      for _ in 0..<Int.random(in: 1...3, using: &random) { mutate(&bytes, &random) }
      guard let valid = try? parse(bytes, stage: Fixtures.stage(of: text.bytes)) else { continue }
      accepted += 1
      let again = try parse(TGSIPrinter.print(valid.shader))
      #expect(again.shader.withoutPositions == valid.shader.withoutPositions)
    }
    #expect(accepted > 500)
  }

  private func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix) {
    guard bytes.count > 8 else { return }
    let position = Int.random(in: 0..<bytes.count, using: &random)
    let length = min(Int.random(in: 1...24, using: &random), bytes.count - position)
    let numbers = ["0", "-1", "31", "32", "65535", "65536", "2147483647", "2147483648", "4294967295", "4294967296"]
    switch Int.random(in: 0..<8, using: &random) {
    case 0: bytes[position] = UInt8.random(in: 0...255, using: &random)
    case 1: bytes[position] = Array("[]().,:-|{}xyzw0123456789 \n".utf8).randomElement(using: &random) ?? 0
    case 2: bytes.removeSubrange(position..<position + length)
    case 3: bytes.insert(contentsOf: bytes[position..<position + length], at: position)
    case 4, 5:
      // Another number in place of one.
      guard let start = bytes[position...].firstIndex(where: { $0 >= 0x30 && $0 <= 0x39 }) else { return }
      let end = bytes[start...].firstIndex { $0 < 0x30 || $0 > 0x39 } ?? bytes.count
      bytes.replaceSubrange(start..<end, with: Array((numbers.randomElement(using: &random) ?? "0").utf8))
    case 6:
      // Two lines exchanged.
      var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      let first = Int.random(in: 0..<lines.count, using: &random)
      let second = Int.random(in: 0..<lines.count, using: &random)
      lines.swapAt(first, second)
      bytes = Array(lines.joined(separator: [0x0A]))
    default:
      // A line gone.
      var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      lines.remove(at: Int.random(in: 0..<lines.count, using: &random))
      bytes = Array(lines.joined(separator: [0x0A]))
    }
  }

  private func repeated(_ unit: String, _ count: Int, head: String = "FRAG\n", tail: String = "END") -> [UInt8] {
    var bytes = Array(head.utf8)
    let unit = Array(unit.utf8)
    bytes.reserveCapacity(bytes.count + unit.count * count + tail.utf8.count)
    for _ in 0..<count { bytes.append(contentsOf: unit) }
    return bytes + Array(tail.utf8)
  }

  private func code(_ bytes: [UInt8]) -> ShaderFault.Code? {
    do {
      _ = try parse(bytes, stage: .fragment)
      return nil
    } catch {
      return error.code
    }
  }

  @Test func deepNesting() {
    for opener in ["UIF TEMP[0]\n", "IF TEMP[0]\n", "BGNLOOP\n"] {
      #expect(code(repeated(opener, 100_000, head: "FRAG DCL TEMP[0]\n")) == .nestingTooDeep)
    }
    let closed =
      String(repeating: "IF TEMP[0]\n", count: 256) + String(repeating: "ENDIF\n", count: 256) + "END"
    #expect(fault("FRAG DCL TEMP[0]\n" + closed) == nil)
  }

  @Test func manyStatements() {
    #expect(code(repeated("DCL TEMP[0..65535]\n", 50_000)) == nil)
    #expect(code(repeated("DCL TEMP[0..65535], ARRAY(1)\n", 50_000)) == nil)
    #expect(code(repeated("DCL IN[0], GENERIC[0]\n", 50_000)) == nil)
    #expect(code(repeated("DCL SAMP[0..31]\n", 50_000)) == nil)
    #expect(code(repeated("DCL CONST[0..65535]\n", 50_000)) == nil)
    #expect(code(repeated("DCL SVIEW[0..31], 2D, FLOAT\n", 50_000)) == nil)
    #expect(code(repeated("PROPERTY UNHEARD_OF 1\n", 50_000)) == nil)
    #expect(code(repeated("PROPERTY FS_COLOR0_WRITES_ALL_CBUFS 1\n", 50_000)) == nil)
    #expect(code(repeated("IMM UINT32 {0}\n", 4096)) == nil)
    #expect(code(repeated("IMM UINT32 {0}\n", 4097)) == .tooManyImmediates)
    #expect(code(repeated("MOV TEMP[0], TEMP[0]\n", 50_000, head: "FRAG DCL TEMP[0]\n")) == nil)
  }

  @Test func tooManyInstructions() {
    #expect(code(repeated("NOP\n", 1_000_000)) == .tooManyInstructions)
  }

  @Test func tooManyDeclarations() {
    let interface = (0..<65).map { "DCL IN[\($0)], GENERIC[\($0)]\n" }.joined()
    #expect(fault("FRAG\n\(interface)END")?.code == .tooManyDeclarations)
    let counters = (0..<33).map { "DCL HWATOMIC[0][\($0)]\n" }.joined()
    #expect(fault("FRAG\n\(counters)END")?.code == .tooManyDeclarations)
    let systemValues = (0..<33).map { "DCL SV[\($0)], SAMPLEID\n" }.joined()
    #expect(fault("FRAG\n\(systemValues)END")?.code == .tooManyDeclarations)
  }

  @Test func hugeTokens() {
    #expect(code(repeated(" ", 8 << 20)) == nil)
    #expect(code(repeated("A", 1 << 20, head: "FRAG PROPERTY ", tail: " 1\nEND")) == .propertyNameTooLong)
    #expect(code(repeated("9", 1 << 20, head: "FRAG ", tail: ": END")) == .numberTooLarge)
    #expect(code(repeated("0", 1 << 20, head: "FRAG ", tail: ": END")) == nil)
    #expect(code(repeated("1", 1 << 20, head: "FRAG IMM FLT32 {", tail: "} END")) == .numberTooLong)
    #expect(code(repeated("A", 1 << 20, head: "FRAG ", tail: " END")) == .unknownOpcode)
    #expect(code(repeated("_SAT", 1 << 18, head: "FRAG MOV", tail: " END")) == .unknownOpcode)
    #expect(code(repeated(" ", 33 << 20)) == .textTooLong)
  }
}
