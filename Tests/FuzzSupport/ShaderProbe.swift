import GuestStreams
import ShaderTranslator
import TGSI

/// A shader text on its way from the guest to GLSL, on hosts of every kind, with no GL.
package enum ShaderProbe {
  /// What became of a text.
  package enum Outcome: Sendable { case malformed, untranslatable, translated }

  private static let hosts = [
    HostProfile(flavour: .desktopCore, glslVersion: 460, extensions: ExtensionSet(GLSLExtension.allCases)),
    HostProfile(flavour: .desktopCore, glslVersion: 330, extensions: ExtensionSet([])),
    HostProfile(flavour: .desktopCompatibility, glslVersion: 450, extensions: ExtensionSet(GLSLExtension.allCases)),
    HostProfile(flavour: .es, glslVersion: 320, extensions: ExtensionSet([])),
  ]

  package static func run(_ text: [UInt8], stage: ShaderStage, random: inout SplitMix) -> Outcome {
    guard let program = try? TGSIParser.parse(text.span, stage: stage) else { return .malformed }
    let translator = Translator(host: random.pick(hosts))
    let capture = random.oneIn(3) ? streamOutput(&random) : StreamOutput.none
    guard let facts = try? translator.facts(of: program, streamOutput: capture, sharedMemoryBytes: random.word()),
      (try? translator.translate(program, facts: facts, key: key(facts, &random))) != nil
    else { return .untranslatable }
    return .translated
  }

  /// The stage that a text's first word names; vertex when it names none.
  package static func stage(of text: [UInt8]) -> ShaderStage {
    let word = String(decoding: text.prefix { $0 > 0x20 }, as: UTF8.self)
    return ShaderStage.allCases.first { "\($0.header)" == word } ?? .vertex
  }

  private static func streamOutput(_ random: inout SplitMix) -> StreamOutput {
    StreamOutput(
      strides: (0..<4).map { _ in UInt32(random.below(70)) },
      entries: (0..<random.below(65)).map { _ in
        StreamOutput.Entry(
          register: UInt8(random.below(80)), firstComponent: UInt8(random.below(4)),
          componentCount: UInt8(random.below(8)), buffer: UInt8(random.below(8)),
          offset: UInt16(truncatingIfNeeded: random.below(9) == 0 ? random.below(65536) : random.below(16)),
          stream: UInt8(random.below(4)))
      })
  }

  private static func key(_ facts: ShaderFacts, _ random: inout SplitMix) -> VariantKey {
    var key = VariantKey.neutral(for: facts.stage.pipelineStage)
    key.userClipPlanes = UInt8(random.below(9))
    key.link.firstStorageBinding = UInt8(random.below(256))
    key.link.firstImageUnit = UInt8(random.below(256))
    switch key.stage {
    case .vertex(var vertex):
      vertex.signedIntegers = random.word()
      vertex.unsignedIntegers = random.word()
      vertex.redBlueSwapped = random.word()
      key.stage = .vertex(vertex)
    case .fragment(var fragment):
      fragment.flags = FragmentKey.Flags(rawValue: numericCast(random.below(256)))
      fragment.spriteCoordinates = random.word()
      fragment.colourBuffers = UInt8(random.below(9))
      fragment.signedIntegers = UInt8(random.below(256))
      fragment.unsignedIntegers = UInt8(random.below(256))
      fragment.alphaInRed = UInt8(random.below(256))
      fragment.alphaTest = CompareFunction(rawValue: UInt8(random.below(8))) ?? .always
      key.stage = .fragment(fragment)
    case .other: break
    }
    return key
  }
}
