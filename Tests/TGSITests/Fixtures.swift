import Foundation

@testable import TGSI

/// The texts under Tests/Fixtures/shaders, and how the tests hand a text to the parser.
enum Fixtures {
  struct Text: CustomStringConvertible, Sendable {
    var name: String
    var bytes: [UInt8]
    var description: String { name }
  }

  static let samples = load("samples")
  static let real = load("real")
  static let all = samples + real

  private static func load(_ folder: String) -> [Text] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let path = root.appending(path: "Fixtures/shaders/\(folder)")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path.path)) ?? []
    return names.filter { $0.hasSuffix(".tgsi") }.sorted().compactMap { name in
      (try? Data(contentsOf: path.appending(path: name))).map { Text(name: name, bytes: Array($0)) }
    }
  }

  /// The stage a text's header names; vertex when there is none.
  static func stage(of bytes: [UInt8]) -> ShaderStage {
    let word = String(decoding: bytes.prefix { $0 > 0x20 }, as: UTF8.self)
    return ShaderStage.allCases.first { "\($0.header)" == word } ?? .vertex
  }
}

func parse(_ bytes: [UInt8], stage: ShaderStage? = nil) throws(ShaderFault) -> ValidShader {
  try TGSIParser.parse(bytes.span, stage: stage ?? Fixtures.stage(of: bytes))
}

func parse(_ text: String, stage: ShaderStage? = nil) throws(ShaderFault) -> ValidShader {
  try parse(Array(text.utf8), stage: stage)
}

/// The fault a text is refused with; nil if it is accepted.
func fault(_ text: String, stage: ShaderStage? = nil) -> ShaderFault? {
  do {
    _ = try parse(text, stage: stage)
    return nil
  } catch {
    return error
  }
}

extension Shader {
  /// The same program with every byte offset 0, to compare programs that came from different texts.
  var withoutPositions: Shader {
    var copy = self
    for index in copy.inputs.indices { copy.inputs[index].position = 0 }
    for index in copy.outputs.indices { copy.outputs[index].position = 0 }
    for index in copy.systemValues.indices { copy.systemValues[index].position = 0 }
    for index in copy.temporaries.indices { copy.temporaries[index].position = 0 }
    for index in copy.constants.indices { copy.constants[index].position = 0 }
    for index in copy.samplers.indices { copy.samplers[index].position = 0 }
    for index in copy.samplerViews.indices { copy.samplerViews[index].position = 0 }
    for index in copy.images.indices { copy.images[index].position = 0 }
    for index in copy.buffers.indices { copy.buffers[index].position = 0 }
    for index in copy.memory.indices { copy.memory[index].position = 0 }
    for index in copy.atomicCounters.indices { copy.atomicCounters[index].position = 0 }
    for index in copy.addresses.indices { copy.addresses[index].position = 0 }
    for index in copy.instructions.indices { copy.instructions[index].position = 0 }
    return copy
  }
}
