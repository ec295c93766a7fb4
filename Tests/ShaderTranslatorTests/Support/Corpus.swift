import Foundation
import ShaderTranslator
import TGSI

/// One shader text of Tests/Fixtures/shaders.
struct CorpusShader: CustomStringConvertible, Sendable {
  /// File name without its extension.
  var name: String
  var text: [UInt8]
  var description: String { name }

  /// The stage that the header names.
  var stage: ShaderStage {
    let word = String(decoding: text.prefix { $0 > 0x20 }, as: UTF8.self)
    return ShaderStage.allCases.first { "\($0.header)" == word } ?? .vertex
  }

  func parsed() throws -> ValidShader { try TGSIParser.parse(text.span, stage: stage) }
}

/// All fixtures; a missing folder gives an empty corpus, which the tests refuse.
enum Corpus {
  static let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  static let all = load("samples") + load("real")

  static func shader(_ name: String) -> CorpusShader {
    all.first { $0.name == name } ?? CorpusShader(name: name, text: [])
  }

  private static func load(_ folder: String) -> [CorpusShader] {
    let path = tests.appending(path: "Fixtures/shaders/\(folder)")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path.path)) ?? []
    return names.filter { $0.hasSuffix(".tgsi") }.sorted().compactMap { name in
      (try? Data(contentsOf: path.appending(path: name))).map {
        CorpusShader(name: String(name.dropLast(5)), text: Array($0))
      }
    }
  }
}

extension ShaderStage {
  /// The file extension by which glslangValidator knows the stage.
  var fileExtension: String {
    switch self {
    case .vertex: "vert"
    case .fragment: "frag"
    case .geometry: "geom"
    case .tessControl: "tesc"
    case .tessEval: "tese"
    case .compute: "comp"
    }
  }
}

extension TranslatedShader {
  /// The source without its NUL.
  var text: String { String(decoding: source.dropLast(), as: UTF8.self) }
}

extension Translator {
  /// Facts and text of a shader, with a key made from the neutral one of its stage.
  func translate(
    _ shader: ValidShader, streamOutput: StreamOutput = .none, _ edit: (inout VariantKey) -> Void = { _ in }
  ) throws(TranslationFault) -> TranslatedShader {
    let facts = try facts(of: shader, streamOutput: streamOutput, sharedMemoryBytes: 4096)
    var key = VariantKey.neutral(for: facts.interface.stage)
    edit(&key)
    return try translate(shader, facts: facts, key: key)
  }
}
