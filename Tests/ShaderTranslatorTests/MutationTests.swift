import ShaderTranslator
import TGSI
import Testing

/// Damaged texts that still validate must translate or be refused under any key: a trap ends the whole test run.
@Suite struct MutationTests {
  /// A fixed sequence, so that a failure can be repeated.
  private struct Sequence {
    var state: UInt64

    mutating func word() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 31
    }

    mutating func number(below bound: Int) -> Int { Int(word() % UInt64(max(bound, 1))) }
    mutating func byte() -> UInt8 { UInt8(truncatingIfNeeded: word()) }
  }

  private static let numbers = ["0", "1", "2", "3", "5", "7", "8", "15", "31", "32", "63", "79", "255"]
  private static let words = [
    "TEMP", "IN", "OUT", "CONST", "IMM", "ADDR", "SAMP", "IMAGE", "BUFFER", "xyzw", "xxxx", "x", "zw", "y", "GENERIC",
    "COLOR", "BCOLOR", "TEXCOORD", "POSITION", "PSIZE", "CLIPDIST", "PATCH", "LAYER", "FOG", "CONSTANT", "LINEAR",
    "PERSPECTIVE", "1D", "2D", "3D", "CUBE", "RECT", "SHADOW2D", "SHADOWCUBE_ARRAY", "2D_MSAA", "BUFFER", "FLOAT",
    "UINT", "SINT", "MOV", "UADD", "TEX", "TXB", "TXL2", "TXF", "TG4", "TXQ", "DADD", "F2D", "LIT", "IDIV", "UCMP",
    "KILL_IF", "RET", "DDX_FINE", "I64ADD", "BFI", "INTERP_OFFSET", "ATOMUADD", "LOAD", "STORE", "RESQ",
  ]

  @Test(arguments: 0..<6)
  func damagedShadersDoNotTrap(lot: Int) {
    var sequence = Sequence(state: UInt64(lot) &* 7919 &+ 11)
    let shaders = Corpus.all.filter { $0.text.count < 2500 }
    let translators = TestHost.all.map(\.translator)
    var valid = 0
    var translated = 0
    for _ in 0..<600 {
      let shader = shaders[sequence.number(below: shaders.count)]
      let text = damaged(shader.text, &sequence)
      guard let parsed = try? TGSIParser.parse(text.span, stage: shader.stage) else { continue }
      valid += 1
      let streamOutput = sequence.number(below: 4) == 0 ? capture(&sequence) : .none
      let translator = translators[sequence.number(below: translators.count)]
      guard let facts = try? translator.facts(of: parsed, streamOutput: streamOutput, sharedMemoryBytes: 64) else {
        continue
      }
      let key = randomKey(for: facts, &sequence)
      guard let result = try? translator.translate(parsed, facts: facts, key: key) else { continue }
      translated += 1
      #expect(result.source.last == 0)
      #expect(!result.source.dropLast().contains(0))
    }
    #expect(valid > 60)
    #expect(translated > 30)
  }

  /// One or two words or numbers replaced: most texts with damaged bytes would not parse.
  private func damaged(_ text: [UInt8], _ sequence: inout Sequence) -> [UInt8] {
    var text = text
    for _ in 0...sequence.number(below: 2) {
      let starts = text.indices.filter { isWord(text[$0]) && ($0 == 0 || !isWord(text[$0 - 1])) }
      let start = starts[sequence.number(below: starts.count)]
      let end = text[start...].firstIndex { !isWord($0) } ?? text.count
      let pool = (48...57).contains(text[start]) ? Self.numbers : Self.words
      text.replaceSubrange(start..<end, with: pool[sequence.number(below: pool.count)].utf8)
    }
    return text
  }

  private func isWord(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 95
  }

  private func capture(_ sequence: inout Sequence) -> StreamOutput {
    let entries = (0..<sequence.number(below: 3)).map { number in
      StreamOutput.Entry(
        register: UInt8(number), firstComponent: 0, componentCount: UInt8(1 + sequence.number(below: 4)),
        buffer: UInt8(sequence.number(below: 5)), offset: UInt16(number * 4), stream: UInt8(sequence.number(below: 5)))
    }
    return StreamOutput(strides: [16, 16, 16, UInt32(sequence.number(below: 20))], entries: entries)
  }

  private func randomKey(for facts: ShaderFacts, _ sequence: inout Sequence) -> VariantKey {
    // Now and then the key of another stage, which must be a fault.
    let stages: [PipelineStage] = [.vertex, .fragment, .geometry, .tessControl, .tessEvaluation, .compute, .none]
    let stage = sequence.number(below: 20) == 0 ? stages[sequence.number(below: 7)] : facts.interface.stage
    var key = VariantKey.neutral(for: stage)
    key.userClipPlanes = sequence.byte()
    if sequence.number(below: 3) == 0 { key.link.next = stages[sequence.number(below: 7)] }
    if sequence.number(below: 3) == 0 { key.link.previous = stages[sequence.number(below: 7)] }
    key.link.missing.generics = sequence.word()
    key.link.missing.colours = sequence.byte()
    key.link.missing.patches = UInt32(truncatingIfNeeded: sequence.word())
    key.link.interpolation.flat.generics = sequence.word()
    key.link.interpolation.sample.texcoords = sequence.byte()
    key.link.inputClipDistances = sequence.byte() >> UInt8(sequence.number(below: 8))
    key.link.inputCullDistances = sequence.byte() >> UInt8(sequence.number(below: 8))
    key.link.firstStorageBinding = sequence.byte() & sequence.byte() & sequence.byte()
    key.link.firstImageUnit = sequence.byte() & sequence.byte() & sequence.byte()
    key.samplers.emulatedRectangles = UInt32(truncatingIfNeeded: sequence.word())
    for sampler in 0..<4 {
      key.samplers.setSwizzle(
        of: sampler, x: sequence.byte(), y: sequence.byte(), z: sequence.byte(), w: sequence.byte())
    }
    key.editFragment { fragment in
      fragment.flags = FragmentKey.Flags(rawValue: sequence.byte())
      fragment.alphaTest = CompareFunction(rawValue: sequence.byte() & 7) ?? .always
      fragment.spriteCoordinates = UInt32(truncatingIfNeeded: sequence.word())
      fragment.colourBuffers = sequence.byte()
      fragment.signedIntegers = sequence.byte() & sequence.byte()
      fragment.unsignedIntegers = sequence.byte() & sequence.byte()
      fragment.alphaInRed = sequence.byte()
      fragment.redBlueSwapped = sequence.byte()
      fragment.encodesSRGB = sequence.byte()
      fragment.logicOp = sequence.number(below: 3) == 0 ? LogicOp(rawValue: sequence.byte() & 15) ?? .none : .none
      fragment.channelBits = UInt32(truncatingIfNeeded: sequence.word() &* sequence.word())
    }
    if case .vertex(var vertex) = key.stage {
      vertex.signedIntegers = UInt32(truncatingIfNeeded: sequence.word())
      vertex.unsignedIntegers = UInt32(truncatingIfNeeded: sequence.word())
      vertex.redBlueSwapped = UInt32(truncatingIfNeeded: sequence.word())
      key.stage = .vertex(vertex)
    }
    return key
  }
}
