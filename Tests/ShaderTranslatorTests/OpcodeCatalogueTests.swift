import ShaderTranslator
import TGSI
import Testing

/// What becomes of every instruction of TGSI in every stage: its lines of GLSL word for word, or why it has none.
@Suite struct OpcodeCatalogueTests {
  /// One use of an instruction: what it adds to the text in each stage, or the refusal.
  private struct Entry {
    var outcomes: [(lines: String, stages: [String])] = []

    mutating func add(_ lines: String, in stage: ShaderStage) {
      if let index = outcomes.firstIndex(where: { $0.lines == lines }) {
        outcomes[index].stages.append("\(stage)")
      } else {
        outcomes.append((lines, ["\(stage)"]))
      }
    }
  }

  /// The lines that are in `text` and not in `base`, without those about the frame's registers and result, whose types
  /// follow the instruction's, and with the same names in all stages.
  private static func added(_ text: String, to base: String) -> String {
    let lines = text.split(separator: "\n")
    let difference = lines.difference(from: base.split(separator: "\n"))
    let frame = /^u?vec4 [to][0-9] = |^o0|^gl_Position = |^fs_out0 = |^tc_p0|\[\(0u >> 2u\)/
    let added = difference.insertions.compactMap { change -> String? in
      guard case .insert(_, let line, _) = change, !line.contains(frame) else { return nil }
      return "  " + line.replacing(/\b(vs|fs|gs|tc|te|cs)_/, with: "_") + "\n"
    }
    return added.isEmpty ? "  nothing\n" : added.joined()
  }

  private static func parse(_ text: String, _ stage: ShaderStage) throws -> ValidShader {
    try TGSIParser.parse(Array(text.utf8).span, stage: stage)
  }

  @Test(arguments: TestHost.all) func everyInstructionInEveryStage(host: TestHost) throws {
    let stages = ShaderStage.allCases.filter { stage in
      (try? host.translator.translate(Self.parse(OpcodeProgram(body: []).texts(in: stage).without, stage))) != nil
    }
    #expect(stages.count == (host.name == TestHost.core330.name ? 3 : 6))
    var catalogue = ""
    var texts: [(name: String, text: String)] = []
    var translated: Set<String> = []
    for opcode in Opcode.allCases {
      for program in opcode.programs {
        var entry = Entry()
        for stage in stages where opcode.info.isLegal(in: stage) && program.only ?? stage == stage {
          let (whole, without) = program.texts(in: stage)
          do {
            let text = try host.translator.translate(Self.parse(whole, stage)).text
            let base = try host.translator.translate(Self.parse(without, stage)).text
            entry.add(Self.added(text, to: base), in: stage)
            texts.append(("\(texts.count).\(stage.fileExtension)", text))
            translated.insert("\(opcode.mnemonic) \(stage)")
          } catch let fault as TranslationFault {
            guard case .missingFeature = fault else { throw fault }
            entry.add("  \(fault)\n", in: stage)
          } catch let fault as ShaderFault {
            #expect(fault.code == (opcode.info.isTranslatable ? .illegalTarget : .unsupportedOpcode), "\(whole)")
            entry.add("  \(fault.code)\n", in: stage)
          }
        }
        catalogue += [opcode.mnemonic, program.label].filter { !$0.isEmpty }.joined(separator: " ") + "\n"
        for outcome in entry.outcomes { catalogue += " \(outcome.stages.joined(separator: ", "))\n\(outcome.lines)" }
      }
    }
    try Snapshots.check("opcodes.\(host.name).txt", catalogue)
    let complaints = try GLSLCompiler.complaints(texts)
    #expect(complaints == "")

    // The newest host has a text for each that the table does not refuse, in each stage that has it.
    guard host.name == TestHost.core450.name else { return }
    for opcode in Opcode.allCases {
      let isExpected = opcode.info.isTranslatable && opcode != .fbfetch
      for stage in stages where opcode.info.isLegal(in: stage) {
        let name = "\(opcode.mnemonic) \(stage)"
        #expect(translated.contains(name) == isExpected, "\(name)")
      }
    }
  }

  /// An instruction in a stage that has not got it is no program.
  @Test func stagesAreChecked() {
    for opcode in Opcode.allCases where opcode.info.isTranslatable {
      for stage in ShaderStage.allCases where !opcode.info.isLegal(in: stage) {
        for program in opcode.programs {
          #expect(throws: (any Error).self, "\(opcode.mnemonic) in \(stage)") {
            try Self.parse(program.texts(in: stage).whole, stage)
          }
        }
      }
    }
  }
}
