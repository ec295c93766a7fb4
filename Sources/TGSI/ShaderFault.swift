/// Why a text was refused: which rule, where, and the number that broke it. Made without allocation.
package struct ShaderFault: Error, Equatable, Sendable {
  package var code: Code
  /// Byte offset in the text of what is wrong; 0 for a program not made from text.
  package var offset: UInt32
  /// Line and column in the text, both counted from 1; 0 when unknown.
  package var line: UInt32 = 0
  package var column: UInt32 = 0
  /// The offending number: an index, a byte, a count; 0 where there is none.
  package var value: Int64

  package init(_ code: Code, at offset: UInt32, value: Int64 = 0) {
    self.code = code
    self.offset = offset
    self.value = value
  }
}

extension ShaderFault {
  /// The same fault with its line and column in `text`.
  func located(in text: borrowing Span<UInt8>) -> ShaderFault {
    var located = self
    located.line = 1
    located.column = 1
    for position in 0..<min(Int(offset), text.count) {
      if text[position] == 0x0A {
        located.line &+= 1
        located.column = 1
      } else {
        located.column &+= 1
      }
    }
    return located
  }
}

extension ShaderFault: CustomStringConvertible {
  package var description: String { "\(line):\(column): \(code.text) (\(value))" }
}
