import Foundation
import Testing

@testable import TGSI

/// Texts as guests send them: all must be accepted, and survive being printed.
@Suite struct RealShaderTests {
  @Test func fixturesArePresent() {
    #expect(Fixtures.samples.count >= 40)
    #expect(Fixtures.real.count >= 60)
    for stage in ShaderStage.allCases {
      #expect(Fixtures.real.contains { Fixtures.stage(of: $0.bytes) == stage })
    }
  }

  @Test(arguments: Fixtures.all)
  func isAccepted(_ text: Fixtures.Text) throws {
    let shader = try parse(text.bytes).shader
    #expect(shader.instructions.last?.opcode == .end)
    #expect(shader.stage == Fixtures.stage(of: text.bytes))
  }

  @Test(arguments: Fixtures.all)
  func survivesPrinting(_ text: Fixtures.Text) throws {
    let shader = try parse(text.bytes).shader
    let printed = TGSIPrinter.print(shader)
    let again = try parse(printed).shader
    #expect(again.withoutPositions == shader.withoutPositions)
    #expect(TGSIPrinter.print(again) == printed)
  }

  /// The printer writes instructions as guests do, but for labels of flow control, which say nothing.
  @Test(arguments: Fixtures.real)
  func instructionsPrintAsGuestsWriteThem(_ text: Fixtures.Text) throws {
    func instructions(_ bytes: [UInt8]) -> [String] {
      String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        .filter { $0.first == " " || $0.first?.isNumber == true }
        .map { line in
          var line = String(line)
          if let label = line.range(of: #" :\d+$"#, options: .regularExpression) { line.removeSubrange(label) }
          return line
        }
    }
    let shader = try parse(text.bytes).shader
    #expect(instructions(TGSIPrinter.print(shader)) == instructions(text.bytes))
  }

  /// A text cut anywhere is refused, unless what is left happens to end in a whole END (`ENDPRIM` cut short).
  @Test(arguments: Fixtures.all)
  func everyCutIsRefused(_ text: Fixtures.Text) throws {
    let stage = Fixtures.stage(of: text.bytes)
    var end = text.bytes.count
    while end > 0, text.bytes[end - 1] <= 0x20 { end -= 1 }
    for length in stride(from: 0, to: end, by: max(1, text.bytes.count / 400)) {
      let cut = Array(text.bytes[..<length])
      if cut.suffix(4).elementsEqual(Array(" END".utf8)) { continue }
      #expect(throws: ShaderFault.self) { try parse(cut, stage: stage) }
    }
  }

  @Test(arguments: Fixtures.samples)
  func layoutAndCaseSayNothing(_ text: Fixtures.Text) throws {
    let expected = try parse(text.bytes).shader.withoutPositions
    let oneLine = text.bytes.map { $0 == 0x0A ? 0x20 : $0 }
    #expect(try parse(oneLine, stage: expected.stage).shader.withoutPositions == expected)
    let tabs = text.bytes.flatMap { $0 == 0x20 ? [0x20, 0x09, 0x0A] : [$0] }
    #expect(try parse(tabs, stage: expected.stage).shader.withoutPositions == expected)
    let lower = String(decoding: text.bytes, as: UTF8.self).lowercased()
    #expect(try parse(lower, stage: expected.stage).shader.withoutPositions == expected)
    let garbage = text.bytes + [0, 0xFF, 0x0D] + Array("garbage".utf8)
    #expect(try parse(garbage).shader.withoutPositions == expected)
  }
}
