import ShaderTranslator
import TGSI
import Testing

/// Every fixture on every host: a text that the reference compiler accepts, or a named reason why there is none.
@Suite struct CorpusTests {
  @Test func corpusIsThere() throws {
    #expect(Corpus.all.count > 150)
    for shader in Corpus.all { _ = try shader.parsed() }
  }

  @Test(arguments: TestHost.all)
  func everyTextCompiles(host: TestHost) throws {
    var texts: [(name: String, text: String)] = []
    var refusals: [String] = []
    for shader in Corpus.all {
      let parsed = try shader.parsed()
      do throws(TranslationFault) {
        let text = try host.translator.translate(parsed).text
        texts.append(("\(shader.name).\(shader.stage.fileExtension)", text))
      } catch {
        refusals.append("\(shader.name): \(error)")
      }
    }
    let complaints = try GLSLCompiler.complaints(texts)
    #expect(complaints == "")
    try Snapshots.check("refusals.\(host.name).txt", refusals.map { $0 + "\n" }.joined())
  }
}
