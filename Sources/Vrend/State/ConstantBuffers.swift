import CEpoxy
import GLDriver
import WireFormat

/// Constant buffer 0 of each stage: raw dwords as the guest sent them, and a version that grows with
/// every change, so that each program knows whether it has seen them.
struct ConstantBuffers: ~Copyable {
  private var stages = InlineArray<6, Buffer<UInt32>> { _ in Buffer(repeating: 0, count: 0) }
  private(set) var versions = InlineArray<6, UInt64>(repeating: 0)

  /// Replaces a stage's constants with the payload's dwords from `start`. No dwords change nothing: Mesa unbinds
  /// uniform buffers with an empty write to their slot, between the constants of a draw and the draw.
  @inline(__always)
  mutating func replace(stage: Int, _ payload: Span<UInt32>, from start: Int) {
    guard payload.count > start else { return }
    versions[stage] &+= 1
    stages[stage].replaceAll(payload.extracting(start..<payload.count))
  }

  /// Calls `body` with a stage's dwords.
  @inline(__always)
  func withWords(_ stage: Int, _ body: (UnsafeMutableBufferPointer<UInt32>) -> Void) {
    body(stages[stage].elements)
  }
}

extension SubContextState {
  /// SET_CONSTANT_BUFFER.
  @inline(__always)
  mutating func apply(_ command: SetConstantBuffer, _ payload: Span<UInt32>) {
    constants.replace(stage: command.stage, payload, from: SetConstantBuffer.dataOffset)
    dirty.insert(.constants)
  }

  /// Uploads the constants that the current program has not seen, never more rows than it declares or
  /// than the guest sent.
  mutating func emitConstants(_ program: LinkedProgram) {
    var stages = program.constantStages
    while stages != 0 {
      let stage = stages.trailingZeroBitCount
      stages &= stages &- 1
      let version = constants.versions[stage]
      guard program.emittedConstants[stage] != version else { continue }
      program.emittedConstants[stage] = version
      let location = program.constantLocations[stage]
      let rows = Int(program.constantRows[stage])
      constants.withWords(stage) { words in
        let available = min(rows, words.count / 4)
        if available > 0 { epoxy_glUniform4uiv(location, GLsizei(available), words.baseAddress) }
      }
    }
  }
}
