import ShaderTranslator
import TGSI
import Testing

/// Whole pipelines: each stage translated with the link that its neighbours give it, then linked.
@Suite struct LinkTests {
  struct Pipeline: CustomStringConvertible, Sendable {
    /// Fixtures in pipeline order; `-` is the control shader that stands in for a missing one.
    var shaders: [String]
    var host: TestHost
    var description: String { "\(shaders.joined(separator: "+")) \(host.name)" }
  }

  private static let simple = [
    ["s01", "s03"], ["s34", "s11"], ["vs_001", "fs_058"], ["vs_002", "fs_037"], ["vs_005", "fs_031"],
  ]
  private static let long = [
    ["s01", "s30", "s31", "s03"], ["s01", "s30", "s31", "s45", "s03"], ["vs_011", "tcs_002", "tes_003", "fs_031"],
    ["vs_005", "tcs_001", "tes_001", "gs_002", "fs_058"], ["s01", "s51", "s50"], ["s01", "s30", "s31", "s51", "s50"],
  ]
  static let pipelines =
    (simple + long + [["vs_004", "s33b"]]).map { Pipeline(shaders: $0, host: .core450) }
    + simple.map { Pipeline(shaders: $0, host: .core330) }
    + (simple + long + [["s01", "-", "s31", "s03"], ["s01", "-", "tes_003", "gs_002", "fs_058"]]).map {
      Pipeline(shaders: $0, host: .es320)
    }

  private struct Stage {
    var shader: ValidShader
    var facts: ShaderFacts
  }

  private func stages(_ pipeline: Pipeline) throws -> [Stage] {
    let translator = pipeline.host.translator
    func stage(_ shader: ValidShader) throws -> Stage { Stage(shader: shader, facts: try translator.facts(of: shader)) }
    return try pipeline.shaders.enumerated().map { index, name in
      guard name == "-" else { return try stage(Corpus.shader(name).parsed()) }
      let before = try stage(Corpus.shader(pipeline.shaders[index - 1]).parsed())
      let behind = try stage(Corpus.shader(pipeline.shaders[index + 1]).parsed())
      return try stage(
        PassthroughControl(from: before.facts.interface, to: behind.facts.interface, patchVertices: 4).program())
    }
  }

  private func texts(_ pipeline: Pipeline) throws -> [(name: String, text: String)] {
    let stages = try stages(pipeline)
    return try stages.indices.map { index in
      let facts = stages[index].facts
      var key = VariantKey.neutral(for: facts.interface.stage)
      key.link = StageLink(
        of: facts.interface, previous: index > 0 ? stages[index - 1].facts.interface : nil,
        next: index + 1 < stages.count ? stages[index + 1].facts.interface : nil, flatShade: false, twoSided: false)
      let translated = try pipeline.host.translator.translate(stages[index].shader, facts: facts, key: key)
      return (name: "stage\(index).\(facts.stage.fileExtension)", text: translated.text)
    }
  }

  /// One variable between two stages: "flat vec4", by name.
  private func variables(_ text: String, _ direction: Substring) -> [Substring: String] {
    var found: [Substring: String] = [:]
    for line in text.split(separator: "\n") where line.hasSuffix(";") {
      let words = line.dropLast().split(separator: " ").filter { !$0.hasPrefix("layout") && $0 != "invariant" }
      guard let at = words.firstIndex(of: direction), words.count == at + 3, !words[at + 2].hasPrefix("gl_") else {
        continue
      }
      let name = words[at + 2].hasSuffix("[]") ? words[at + 2].dropLast(2) : words[at + 2]
      found[name] = (words[..<at] + [words[at + 1]]).joined(separator: " ")
    }
    return found
  }

  @Test(arguments: pipelines)
  func stagesLink(pipeline: Pipeline) throws {
    let texts = try texts(pipeline)
    #expect(texts.count >= 2)
    #expect(try GLSLCompiler.complaints(texts, links: true) == "")
    // The reference compiler does not miss an output, nor look at qualifiers; drivers do.
    for (producer, consumer) in zip(texts, texts.dropFirst()) {
      let written = variables(producer.text, "out")
      for (name, type) in variables(consumer.text, "in") { #expect(written[name] == type, "\(name)") }
    }
  }

  @Test func pipelinesHaveVariablesToCompare() throws {
    var compared = 0
    for pipeline in Self.pipelines {
      for text in try texts(pipeline).dropFirst() { compared += variables(text.text, "in").count }
    }
    #expect(compared >= 30)
  }

  @Test func disagreementIsNoticed() throws {
    var texts = try texts(Pipeline(shaders: ["s01", "s03"], host: .es320))
    texts[1].text = texts[1].text.replacing("in vec4 vs_g0", with: "in vec3 vs_g0")
      .replacing("vs_g0.xyzw", with: "vs_g0.xyzz")
    #expect(try GLSLCompiler.complaints(texts, links: true).contains("vs_g0"))
  }

  /// A geometry shader's outputs have the components that it declares or writes; the fragment shader follows, whatever
  /// it says itself. Without a geometry shader it has all four.
  @Test(arguments: [TestHost.core450, .es320])
  func geometryOutputsAreAsWideAsTheyAreUsed(host: TestHost) throws {
    let texts = try texts(Pipeline(shaders: ["s01", "s51", "s50"], host: host))
    let widths = ["gs_g0": "float", "gs_g1": "vec2", "gs_g2": "vec3", "gs_g3": "vec4", "gs_g4": "vec3", "gs_t0": "vec4"]
    for (name, type) in widths {
      #expect(variables(texts[1].text, "out")[Substring(name)]?.hasSuffix(type) == true, "\(name)")
      #expect(variables(texts[2].text, "in")[Substring(name)]?.hasSuffix(type) == true, "\(name)")
    }
    try Snapshots.check("narrow-outputs.\(host.name).geom.glsl", texts[1].text)
    try Snapshots.check("narrow-outputs.\(host.name).frag.glsl", texts[2].text)
    let alone = try self.texts(Pipeline(shaders: ["s01", "s50"], host: host))
    #expect(variables(alone[1].text, "in").values.allSatisfy { $0.hasSuffix("vec4") })
  }

  @Test func widthsAreKeptByGeneric() {
    var widths = GenericWidths()
    #expect((0...255 as ClosedRange<UInt8>).allSatisfy { widths[$0] == 4 })
    for generic in 0..<64 as Range<UInt8> { widths[generic] = generic % 4 + 1 }
    #expect((0..<64 as Range<UInt8>).allSatisfy { widths[$0] == $0 % 4 + 1 })
    for generic in 0...255 as ClosedRange<UInt8> { widths[generic] = 4 }
    #expect(widths == GenericWidths())
  }

  @Test func passthroughTextsMatchSnapshots() throws {
    for shader in ["s31", "tes_003"] {
      let pipeline = Pipeline(shaders: ["s01", "-", shader, "s03"], host: .es320)
      try Snapshots.check("passthrough-\(shader).es320.glsl", texts(pipeline)[1].text)
    }
  }

  /// Distances go through when the evaluation shader reads them; patches have the size told, within GL's bounds.
  @Test func passthroughDependsOnItsNeighbours() throws {
    let translator = TestHost.core450.translator
    let vertex = try translator.facts(of: Corpus.shader("s33").parsed()).interface
    var evaluation = try translator.facts(of: Corpus.shader("s31").parsed()).interface
    let plain = PassthroughControl(from: vertex, to: evaluation, patchVertices: 3)
    evaluation.readsDistances = true
    let clipped = PassthroughControl(from: vertex, to: evaluation, patchVertices: 3)
    #expect(plain != clipped)
    #expect(try translator.translate(plain.program()).text.contains("gl_ClipDistance") == false)
    #expect(try translator.translate(clipped.program()).text.contains("gl_ClipDistance"))
    #expect(clipped.interface.clipDistances == vertex.clipDistances)
    var texts: [(name: String, text: String)] = []
    for (wanted, made) in [(UInt32(0), 1), (3, 3), (32, 32), (.max, 32)] {
      let program = try PassthroughControl(from: vertex, to: evaluation, patchVertices: wanted).program()
      texts.append((name: "patch\(texts.count).tesc", text: try translator.translate(program).text))
      #expect(texts.last?.text.contains("layout(vertices = \(made)) out;") == true)
    }
    #expect(try GLSLCompiler.complaints(texts) == "")
  }
}
