import ShaderTranslator
import TGSI
import Testing

/// The texts of representative shaders under representative state, word for word.
@Suite struct VariantSnapshotTests {
  private func translate(_ variant: Variant) throws -> TranslatedShader {
    try variant.host.translator.translate(
      Corpus.shader(variant.shader).parsed(), streamOutput: variant.streamOutput, variant.edit)
  }

  @Test(arguments: Variants.all + Variants.foreign)
  func textsMatchSnapshots(variant: Variant) throws {
    try Snapshots.check("\(variant).glsl", translate(variant).text)
  }

  @Test func textsCompile() throws {
    let texts = try Variants.all.map { variant in
      (name: "\(variant).\(Corpus.shader(variant.shader).stage.fileExtension)", text: try translate(variant).text)
    }
    #expect(try GLSLCompiler.complaints(texts) == "")
  }

  /// State that the snapshots claim to show is visible in the text or in what the linker is told.
  @Test(arguments: Variants.stateful)
  func stateChangesTheResult(variant: Variant) throws {
    var plain = variant
    plain.streamOutput = .none
    plain.edit = { _ in }
    #expect(try translate(variant).text != translate(plain).text)
  }

  @Test func capturedNamesDescribeTheRecord() throws {
    let variant = Variant(shader: "s32", key: "capture", streamOutput: Variants.capture)
    let names = try translate(variant).reflection.captured.map { String(decoding: $0.dropLast(), as: UTF8.self) }
    #expect(names.count == 6)
    #expect(names.filter { $0 == "gl_SkipComponents1" }.count == 3)
    #expect(Set(names).count == 4)
  }

  @Test(arguments: ["s01", "s03", "s12", "s20", "s24", "s26", "s29", "s31", "s34"])
  func factsMatchSnapshots(name: String) throws {
    let shader = try Corpus.shader(name).parsed()
    let facts = try TestHost.core450.translator.facts(of: shader, sharedMemoryBytes: 256)
    try Snapshots.check("\(name).facts.txt", FactsText.describe(facts))
  }
}
