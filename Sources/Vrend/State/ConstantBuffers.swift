import CEpoxy
import GLDriver
import WireFormat

/// Constant buffer 0 of each stage: raw dwords as the guest sent them, and a version that grows with
/// every change, so that each program knows whether it has seen them.
struct ConstantBuffers: ~Copyable {
  private var vertex = Buffer<UInt32>(repeating: 0, count: 0)
  private var fragment = Buffer<UInt32>(repeating: 0, count: 0)
  private var geometry = Buffer<UInt32>(repeating: 0, count: 0)
  private var tessControl = Buffer<UInt32>(repeating: 0, count: 0)
  private var tessEval = Buffer<UInt32>(repeating: 0, count: 0)
  private var compute = Buffer<UInt32>(repeating: 0, count: 0)
  private(set) var versions = InlineArray<6, UInt64>(repeating: 0)

  /// Replaces a stage's constants with the payload's dwords from `start`. No dwords change nothing: Mesa unbinds
  /// uniform buffers with an empty write to their slot, between the constants of a draw and the draw.
  @inline(__always)
  mutating func replace(stage: Int, _ payload: Span<UInt32>, from start: Int) {
    guard payload.count > start else { return }
    versions[stage] &+= 1
    switch stage {
    case 0: Self.copy(payload, from: start, into: &vertex)
    case 1: Self.copy(payload, from: start, into: &fragment)
    case 2: Self.copy(payload, from: start, into: &geometry)
    case 3: Self.copy(payload, from: start, into: &tessControl)
    case 4: Self.copy(payload, from: start, into: &tessEval)
    default: Self.copy(payload, from: start, into: &compute)
    }
  }

  private static func copy(_ payload: Span<UInt32>, from start: Int, into buffer: inout Buffer<UInt32>) {
    let words = payload.extracting(start..<payload.count)
    if buffer.count != words.count { buffer.resize(words.count, fill: 0) }
    words.withUnsafeBufferPointer { source in
      guard let from = source.baseAddress, let to = buffer.elements.baseAddress else { return }
      to.update(from: from, count: source.count)
    }
  }

  /// Calls `body` with a stage's dwords.
  @inline(__always)
  func withWords(_ stage: Int, _ body: (UnsafeMutableBufferPointer<UInt32>) -> Void) {
    switch stage {
    case 0: body(vertex.elements)
    case 1: body(fragment.elements)
    case 2: body(geometry.elements)
    case 3: body(tessControl.elements)
    case 4: body(tessEval.elements)
    default: body(compute.elements)
    }
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
