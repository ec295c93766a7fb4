extension ShaderFault {
  package enum Code: UInt8, Sendable {
    case textTooLong
    case unterminated
  }
}

extension ShaderFault.Code {
  /// What the rule says, for the log.
  package var text: StaticString {
    switch self {
    case .textTooLong: "text too long"
    case .unterminated: "text without NUL"
    }
  }
}
