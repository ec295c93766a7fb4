/// Search for words in the strings of a driver. The one that the language has is in its module of regular expressions,
/// which `Package.swift` keeps out of the library.
extension String {
  /// Where `word` first begins, in UTF-8 bytes; nil when it does not occur.
  package func utf8Offset(of word: String) -> Int? {
    let text = Array(utf8)
    let wanted = Array(word.utf8)
    guard wanted.count <= text.count else { return nil }
    for start in 0...(text.count - wanted.count) {
      var length = 0
      while length < wanted.count, text[start + length] == wanted[length] { length += 1 }
      if length == wanted.count { return start }
    }
    return nil
  }

  package func hasWord(_ word: String) -> Bool { utf8Offset(of: word) != nil }
}
