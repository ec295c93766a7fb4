import Testing

@testable import TGSI

@Suite struct OpcodeTableTests {
  private let lines = "\(OpcodeTable.rows)".split(separator: "\n", omittingEmptySubsequences: false)

  @Test func everyOpcodeHasARowOfTheSameLength() {
    #expect(lines.count == Opcode.allCases.count)
    for line in lines { #expect(line.utf8.count == OpcodeTable.rowLength - 1) }
  }

  @Test func mnemonicsAreDifferentAndNamedLikeTheirCases() {
    let names = lines.map { $0.prefix(OpcodeTable.nameLength).filter { $0 != " " } }
    #expect(Set(names).count == names.count)
    for opcode in Opcode.allCases {
      let name = names[Int(opcode.rawValue)].filter { $0 != "_" }.lowercased()
      #expect("\(opcode)".lowercased() == name)
    }
  }

  @Test func arityFollowsFromTheTypes() {
    let expected: [(Opcode, Int, Int)] = [
      (.mov, 1, 1), (.mad, 1, 3), (.bfi, 1, 4), (.dfracexp, 2, 1), (.tex, 1, 2), (.txd, 1, 4), (.tg4, 1, 3),
      (.txqs, 1, 1), (.if, 0, 1), (.end, 0, 0), (.store, 1, 2), (.atomcas, 1, 4), (.clock, 1, 0), (.membar, 0, 1),
    ]
    for (opcode, destinations, sources) in expected {
      #expect(opcode.info.destinationCount == destinations)
      #expect(opcode.info.sourceCount == sources)
    }
  }

  @Test func classesAreConsistent() {
    for opcode in Opcode.allCases where opcode.info.isTranslatable {
      let info = opcode.info
      if info.hasTarget { #expect(info.sourceTypes[info.sourceCount - 1] == .sampler) }
      if info.form == .none { #expect(info.destinationCount == 0 || opcode == .store) }
      if info.class == .flow { #expect(info.destinationCount == 0) }
    }
  }

  @Test func refusedOpcodesAreThoseNoHostOffers() {
    for opcode in [Opcode.cal, .switch, .u64add, .i642d, .sample, .gather4, .texLz, .ballot, .demote, .ldexp] {
      #expect(!opcode.info.isTranslatable)
    }
    for opcode in [Opcode.cont, .dfracexp, .fma, .pk2h, .sub, .abs, .xpd, .scs, .dph, .nop] {
      #expect(opcode.info.isTranslatable)
    }
  }
}

@Suite struct KeywordTableTests {
  /// Every word of every vocabulary is found under its own index, whatever its case.
  @Test(arguments: Vocabulary.allCases)
  func wordsAreFound(_ vocabulary: Vocabulary) {
    let table = KeywordTable.shared
    let count = vocabulary.words.map { "\($0)".split(separator: " ").count } ?? Opcode.allCases.count
    for index in 0..<count {
      let spelling = Array(table.spelling(vocabulary, UInt8(index)))
      let lower = spelling.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
      for bytes in [spelling, lower] {
        var cursor = Cursor()
        let word = cursor.word(bytes.span)
        #expect(word.count == bytes.count)
        #expect(table.index(of: word, in: vocabulary, bytes.span) == UInt8(index))
      }
    }
  }

  @Test func vocabulariesMatchTheirEnums() {
    func count(_ vocabulary: Vocabulary) -> Int { "\(vocabulary.words ?? "")".split(separator: " ").count }
    #expect(count(.file) == RegisterFile.allCases.count)
    #expect(count(.semantic) == SemanticName.allCases.count)
    #expect(count(.target) == TextureTarget.allCases.count)
    #expect(count(.format) == ImageFormat.allCases.count)
    #expect(count(.property) == Property.allCases.count)
    #expect(count(.property) == Property.count)
    #expect(count(.primitive) == Primitive.allCases.count)
    #expect(count(.immediate) == ImmediateType.allCases.count)
    #expect(count(.returnType) == ReturnType.allCases.count)
    #expect(count(.header) == ShaderStage.allCases.count)
    for stage in ShaderStage.allCases {
      let spelling = KeywordTable.shared.spelling(.header, stage.rawValue)
      #expect(String(decoding: spelling, as: UTF8.self) == "\(stage.header)")
    }
  }
}
