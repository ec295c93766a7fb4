import ShaderTranslator
import TGSI
import WireFormat

/// A shader text that arrives in several packets. At most one per stage is under way in a sub-context.
struct ShaderUpload {
  let handle: UInt32
  /// The object under construction; it may have lost its handle meanwhile.
  let selector: ShaderSelector
  let streamOutput: StreamOutput
  let sharedMemoryBytes: UInt32
  /// Whole text with its NUL, rounded up to dwords.
  let expectedBytes: Int
  var text: [UInt8] = []
}

extension SubContextState {
  /// Bytes of one shader text, and of all texts that a sub-context has under way. Mesa's own dump
  /// buffer ends at 32 MiB.
  private static var textLimit: Int { 32 << 20 }

  /// CREATE_OBJECT of a SHADER: a whole text, or a piece of a long one (virgl-commands, 6.4).
  mutating func createShader(_ command: CreateShader, _ payload: Span<UInt32>) throws(CommandFault) {
    guard let stage = ShaderStage(rawValue: UInt8(truncatingIfNeeded: command.stage)), supports(stage) else {
      throw CommandFault(.illegalShader, .unsupported, UInt32(truncatingIfNeeded: command.stage))
    }
    if command.isContinuation {
      try continueShader(command, stage, payload)
    } else {
      try beginShader(command, stage, payload)
    }
  }

  private func supports(_ stage: ShaderStage) -> Bool {
    switch stage {
    case .vertex, .fragment: true
    case .geometry: host.features.contains(.geometryShader)
    case .tessControl, .tessEval: host.features.contains(.tessellation)
    case .compute: host.features.contains(.computeShader)
    }
  }

  private mutating func beginShader(
    _ command: CreateShader, _ stage: ShaderStage, _ payload: Span<UInt32>
  ) throws(CommandFault) {
    let slot = Int(stage.rawValue)
    guard uploads[slot] == nil else { throw CommandFault(.illegalCommandBuffer, .value, command.handle) }
    let pieceBytes = (payload.count - command.textStart) * 4
    let expected = (command.lengthOrOffset + 3) & ~3
    guard expected >= pieceBytes, expected > 0 else { throw .length }
    guard expected <= Self.textLimit else { throw CommandFault(.illegalShader, .limit, command.handle) }

    let selector = ShaderSelector(
      stage: stage, share: try shareOfBudget(expected * ResourceBudget.Cost.shaderTextByte), serial: takeSerial())
    try enter(selector, under: command.handle)
    var upload = ShaderUpload(
      handle: command.handle, selector: selector, streamOutput: streamOutput(command, payload),
      sharedMemoryBytes: stage == .compute ? command.sharedMemoryOrOutputs : 0, expectedBytes: expected)
    upload.append(payload, from: command.textStart)
    if upload.text.count == expected {
      try finish(upload)
    } else {
      uploads[slot] = upload
    }
  }

  private mutating func continueShader(
    _ command: CreateShader, _ stage: ShaderStage, _ payload: Span<UInt32>
  ) throws(CommandFault) {
    let slot = Int(stage.rawValue)
    guard var upload = uploads[slot] else {
      destroyObject(command.handle)
      throw CommandFault(.illegalCommandBuffer, .value, command.handle)
    }
    guard upload.handle == command.handle else {
      throw CommandFault(.illegalCommandBuffer, .value, command.handle)
    }
    let pieceBytes = (payload.count - command.textStart) * 4
    uploads[slot] = nil
    guard command.lengthOrOffset == upload.text.count, pieceBytes <= upload.expectedBytes - upload.text.count else {
      discard(upload)
      throw .length
    }
    upload.append(payload, from: command.textStart)
    if upload.text.count == upload.expectedBytes {
      try finish(upload)
    } else {
      uploads[slot] = upload
    }
  }

  /// Parses the text and looks it over, so that errors show at creation.
  private mutating func finish(_ upload: ShaderUpload) throws(CommandFault) {
    let stage = upload.selector.stage
    guard upload.text.suffix(4).contains(0) else {
      discard(upload)
      throw CommandFault(.illegalShader, .shader, upload.handle)
    }
    do throws(ShaderFault) {
      let program = try TGSIParser.parse(upload.text.span, stage: stage)
      do throws(TranslationFault) {
        let facts = try factory.translator.facts(
          of: program, streamOutput: upload.streamOutput, sharedMemoryBytes: upload.sharedMemoryBytes)
        upload.selector.complete(program, facts: facts)
        let slot = Int(stage.rawValue)
        if slot < 5, shaders[slot] === upload.selector { noteViewDependence(of: slot) }
        return
      } catch {
        log.error("\(stage) shader \(upload.handle) has no translation: \(error)")
      }
    } catch {
      log.error("\(stage) shader \(upload.handle) is malformed: \(error)")
    }
    discard(upload)
    throw CommandFault(.illegalShader, .shader, upload.handle)
  }

  private mutating func discard(_ upload: ShaderUpload) {
    if objects.lookup(upload.handle) === upload.selector { destroyObject(upload.handle) }
  }

  private func streamOutput(_ command: CreateShader, _ payload: Span<UInt32>) -> StreamOutput {
    guard command.outputCount > 0 else { return .none }
    var entries: [StreamOutput.Entry] = []
    entries.reserveCapacity(command.outputCount)
    for index in 0..<command.outputCount {
      let output = command.output(index, payload)
      entries.append(
        StreamOutput.Entry(
          register: UInt8(truncatingIfNeeded: output.register),
          firstComponent: UInt8(truncatingIfNeeded: output.startComponent),
          componentCount: UInt8(truncatingIfNeeded: output.componentCount),
          buffer: UInt8(truncatingIfNeeded: output.buffer), offset: UInt16(truncatingIfNeeded: output.offset),
          stream: UInt8(truncatingIfNeeded: output.stream)))
    }
    return StreamOutput(
      strides: [
        command.stride(0, payload), command.stride(1, payload), command.stride(2, payload), command.stride(3, payload),
      ], entries: entries)
  }
}

extension ShaderUpload {
  /// Appends the text dwords of a packet.
  fileprivate mutating func append(_ payload: Span<UInt32>, from start: Int) {
    text.reserveCapacity(min(expectedBytes, text.count + (payload.count - start) * 4))
    // The stream is little-endian, and so is every host that this runs on.
    payload.extracting(start..<payload.count).withUnsafeBytes { text.append(contentsOf: $0) }
  }
}
