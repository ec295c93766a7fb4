/// Finds words: one hash table for every vocabulary, built once, and the spelling of each word for the printer.
struct KeywordTable: Sendable {
  static let shared = KeywordTable()

  private struct Entry {
    /// As `Word.letters`.
    var lastLetters: UInt64
    var start: UInt16
    var length: UInt8
    var vocabulary: Vocabulary
    var index: UInt8
  }

  /// Open addressing; 0 = empty, else the number of an entry plus one. At most half full.
  private var slots: [UInt16]
  private var entries: [Entry] = []
  /// All words, upper case, end to end.
  private var letters: [UInt8] = []
  /// First entry of each vocabulary.
  private var firstEntry: [Int] = []

  private static let slotBits = 11
  private static let slotCount = 1 << slotBits

  private init() {
    slots = Array(repeating: 0, count: Self.slotCount)
    for vocabulary in Vocabulary.allCases {
      firstEntry.append(entries.count)
      if let words = vocabulary.words {
        addList(words, to: vocabulary)
      } else {
        addMnemonics()
      }
    }
  }

  private mutating func addList(_ words: StaticString, to vocabulary: Vocabulary) {
    var index: UInt8 = 0
    for letters in words.bytes.split(separator: 0x20) {
      add(Array(letters), vocabulary, index)
      index += 1
    }
  }

  private mutating func addMnemonics() {
    OpcodeTable.rows.withUTF8Buffer { bytes in
      let bytes = unsafe bytes.span
      for opcode in Opcode.allCases {
        let start = Int(opcode.rawValue) * OpcodeTable.rowLength
        var letters: [UInt8] = []
        for position in start..<start + OpcodeTable.nameLength where bytes[position] != 0x20 {
          letters.append(bytes[position])
        }
        add(letters, .opcode, opcode.rawValue)
      }
    }
  }

  private mutating func add(_ word: [UInt8], _ vocabulary: Vocabulary, _ index: UInt8) {
    let spelling = vocabulary.prefix.bytes + word
    var whole = Word(start: 0, end: spelling.count)
    for byte in spelling { whole.add(byte) }
    let start = UInt16(letters.count)
    letters.append(contentsOf: spelling)
    entries.append(
      Entry(
        lastLetters: whole.letters, start: start, length: UInt8(spelling.count), vocabulary: vocabulary, index: index))
    var slot = Self.slot(whole.letters, vocabulary)
    while slots[slot] != 0 { slot = (slot + 1) & (Self.slotCount - 1) }
    slots[slot] = UInt16(entries.count)
  }

  @inline(__always)
  private static func slot(_ letters: UInt64, _ vocabulary: Vocabulary) -> Int {
    // The highest bits of the product depend on all letters.
    let mixed = (letters ^ UInt64(vocabulary.rawValue) &<< 56) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed &>> UInt64(64 - slotBits))
  }

  /// The position of `word` in its vocabulary, or nil.
  func index(of word: Word, in vocabulary: Vocabulary, _ text: Span<UInt8>) -> UInt8? {
    var slot = Self.slot(word.letters, vocabulary)
    while true {
      let number = slots[slot]
      if number == 0 { return nil }
      let entry = entries[Int(number) - 1]
      if entry.lastLetters == word.letters, entry.vocabulary == vocabulary, Int(entry.length) == word.count,
        word.count <= 8 || matches(entry, word, text)
      {
        return entry.index
      }
      slot = (slot + 1) & (Self.slotCount - 1)
    }
  }

  /// Equal ends are not proof: the guest chooses the words.
  private func matches(_ entry: Entry, _ word: Word, _ text: Span<UInt8>) -> Bool {
    for offset in 0..<Int(entry.length)
    where letters[Int(entry.start) + offset] != wordByte(text[word.start + offset]) {
      return false
    }
    return true
  }

  /// The spelling of one word; empty when the vocabulary has no such index.
  func spelling(_ vocabulary: Vocabulary, _ index: UInt8) -> ArraySlice<UInt8> {
    let number = firstEntry[Int(vocabulary.rawValue)] + Int(index)
    guard number < entries.count, entries[number].vocabulary == vocabulary else { return [] }
    let entry = entries[number]
    let start = Int(entry.start)
    return letters[start..<start + Int(entry.length)]
  }
}

extension StaticString {
  /// A copy of the UTF-8 bytes.
  var bytes: [UInt8] { withUTF8Buffer { unsafe Array($0) } }
}
