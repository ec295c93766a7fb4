/// Follows the nesting of the instruction list: what is open, how deep, and whether the program has ended.
struct FlowState {
  private enum Construct {
    case branch, otherwise, loop
  }

  private var open: [Construct] = []
  private var loops = 0
  private var ended = false

  mutating func step(_ opcode: Opcode, _ stage: ShaderStage, at position: UInt32) throws(ShaderFault) {
    guard !ended else { throw ShaderFault(.afterEnd, at: position) }
    switch opcode {
    case .if, .uif: try enter(.branch, at: position)
    case .bgnloop:
      try enter(.loop, at: position)
      loops += 1
    case .else:
      guard open.last == .branch else { throw unbalanced(position) }
      open[open.count - 1] = .otherwise
    case .endif:
      guard let last = open.last, last != .loop else { throw unbalanced(position) }
      open.removeLast()
    case .endloop:
      guard open.last == .loop else { throw unbalanced(position) }
      open.removeLast()
      loops -= 1
    case .brk, .cont:
      guard loops > 0 else { throw ShaderFault(.outsideLoop, at: position) }
    case .barrier:
      // GLSL allows it in a tessellation control shader at the top level of main only.
      guard stage != .tessControl || open.isEmpty else { throw ShaderFault(.barrierInFlow, at: position) }
    case .end:
      guard open.isEmpty else { throw unbalanced(position) }
      ended = true
    default: break
    }
  }

  /// After the last instruction.
  func finish(at position: UInt32) throws(ShaderFault) {
    guard ended else { throw ShaderFault(.endMissing, at: position) }
  }

  private mutating func enter(_ construct: Construct, at position: UInt32) throws(ShaderFault) {
    guard open.count < ShaderLimits.nesting else {
      throw ShaderFault(.nestingTooDeep, at: position, value: Int64(open.count))
    }
    open.append(construct)
  }

  private func unbalanced(_ position: UInt32) -> ShaderFault {
    ShaderFault(.unbalancedFlow, at: position, value: Int64(open.count))
  }
}
