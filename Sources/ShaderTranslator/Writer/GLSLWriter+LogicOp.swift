/// Logic operations on hosts whose GL has none (ES): done on the integers that a normalized colour buffer holds.
extension GLSLWriter {
  /// Stores a colour combined with what the buffer holds, which framebuffer fetch has put into the output variable.
  mutating func writeLogicOp(_ colour: ColourPlan) {
    guard let widths = colour.channelBits.widths else { return }
    text.append("{ vec4 top = vec4(")
    for (index, width) in [widths.red, widths.green, widths.blue, widths.alpha].enumerated() {
      if index > 0 { text.append(", ") }
      text.append(decimal: 1 << Int(width) - 1)
      text.append(".0")
    }
    text.append(");\nuvec4 s = uvec4(clamp(")
    append(output: Int(colour.register), Components(first: 4), as: .float)
    text.append(", 0.0, 1.0) * top + 0.5);\n")
    if colour.logicOp.readsDestination {
      text.append("uvec4 d = uvec4(")
      text.append(.fragmentOutput, .fragment, Int(colour.location))
      text.append(" * top + 0.5);\n")
    }
    text.append(.fragmentOutput, .fragment, Int(colour.location))
    text.append(" = vec4((")
    text.append(Self.expression(colour.logicOp))
    text.append(") & uvec4(top)) / top; }\n")
  }

  /// Of the source `s` and the destination `d`; bits above the channel's are cut off afterwards.
  private static func expression(_ operation: LogicOp) -> StaticString {
    switch operation {
    case .clear: "uvec4(0u)"
    case .nor: "~(s | d)"
    case .andInverted: "~s & d"
    case .copyInverted: "~s"
    case .andReverse: "s & ~d"
    case .invert: "~d"
    case .xor: "s ^ d"
    case .nand: "~(s & d)"
    case .and: "s & d"
    case .equivalent: "~(s ^ d)"
    case .noop: "d"
    case .orInverted: "~s | d"
    case .copy, .none: "s"
    case .orReverse: "s | ~d"
    case .or: "s | d"
    case .set: "~uvec4(0u)"
    }
  }
}
