import Platform
import Testing

@Suite("Words in a driver's strings")
struct TextSearchTests {
  @Test(
    "The first occurrence counts",
    arguments: [
      ("llvmpipe (LLVM 15.0.6, 256 bits)", "llvmpipe", 0), ("4.5 (Core Profile) Mesa 22.3.6", "Mesa", 19),
      ("aaab", "aab", 1), ("Mesa Mesa", "Mesa", 0), ("X.Org", "X.Org", 0), ("any", "", 0), ("é Mesa", "Mesa", 3),
    ])
  func finds(text: String, word: String, offset: Int) {
    #expect(text.utf8Offset(of: word) == offset)
    #expect(text.hasWord(word))
  }

  @Test("A word that is cut off or spelled otherwise is none", arguments: ["", "Mes", "mesa", "MMes a", "esa"])
  func findsNothing(text: String) {
    #expect(!text.hasWord("Mesa"))
  }
}
