import ShaderTranslator
import TGSI
import Testing

/// Each reason for which a valid shader has no text.
@Suite struct RefusalTests {
  private func fault(
    _ text: String, stage: ShaderStage, host: TestHost = .core450, sharedMemoryBytes: UInt32 = 0,
    limits: (inout HostLimits) -> Void = { _ in }, key edit: (inout VariantKey) -> Void = { _ in }
  ) throws -> TranslationFault? {
    let shader = try TGSIParser.parse(Array(text.utf8).span, stage: stage)
    var profile = host.profile
    limits(&profile.limits)
    let translator = Translator(host: profile)
    do throws(TranslationFault) {
      let facts = try translator.facts(of: shader, sharedMemoryBytes: sharedMemoryBytes)
      var key = VariantKey.neutral(for: facts.interface.stage)
      edit(&key)
      _ = try translator.translate(shader, facts: facts, key: key)
      return nil
    } catch {
      return error
    }
  }

  private func fault(
    of name: String, host: TestHost = .core450, sharedMemoryBytes: UInt32 = 0,
    limits: (inout HostLimits) -> Void = { _ in }, key edit: (inout VariantKey) -> Void = { _ in }
  ) throws -> TranslationFault? {
    let shader = Corpus.shader(name)
    return try fault(
      String(decoding: shader.text, as: UTF8.self), stage: shader.stage, host: host,
      sharedMemoryBytes: sharedMemoryBytes, limits: limits, key: edit)
  }

  @Test func stagesOfNewerHostsAreMissing() throws {
    #expect(try fault(of: "s24", host: .core330) == .missingFeature(.compute))
    #expect(try fault(of: "s30", host: .core330) == .missingFeature(.tessellation))
    #expect(try fault(of: "s31", host: .core330) == .missingFeature(.tessellation))
    #expect(try fault(of: "s28", host: .core330) == .missingFeature(.viewportOutput))
    #expect(try fault(of: "s29", host: .es320) == .missingFeature(.vertexStreams))
  }

  @Test func constructsOfNewerHostsAreMissing() throws {
    #expect(try fault(of: "vs_007", host: .core330) == .missingFeature(.images))
    #expect(try fault(of: "vs_024", host: .core330) == .missingFeature(.storageBuffers))
    #expect(try fault(of: "vs_015", host: .core330) == .missingFeature(.atomicCounters))
    #expect(try fault(of: "s35", host: .core330) == .missingFeature(.doubles))
    #expect(try fault(of: "s35", host: .es320) == nil)
    #expect(try fault(of: "s06", host: .core330) == .missingFeature(.dynamicBlockIndex))
    #expect(try fault(of: "vs_007", host: .es320) == .missingFeature(.imageFormats))
    #expect(try fault(of: "s26", host: .es320) == .missingFeature(.atomicCounterArithmetic))
    #expect(try fault(of: "s18") == .missingFeature(.blendEquationAdvanced))
  }

  @Test func uniformBlockSize() throws {
    let text = "VERT\nDCL OUT[0], POSITION\nDCL CONST[1][0..1024]\n  0: MOV OUT[0], CONST[1][1024]\n  1: END\n"
    #expect(try fault(text, stage: .vertex) == .overLimit(.uniformBlockSize))
    #expect(try fault(text, stage: .vertex, limits: { $0.uniformBlockSize = 16400 }) == nil)
  }

  @Test func clipDistances() throws {
    #expect(try fault(of: "s33", limits: { $0.clipDistances = 4 }) == .overLimit(.clipDistances))
    #expect(try fault(of: "s33", limits: { $0.clipDistances = 5 }) == nil)
    #expect(try fault(of: "s33b", key: { $0.link.inputClipDistances = 9 }) == .overLimit(.clipDistances))
  }

  @Test func stageSizes() throws {
    #expect(try fault(of: "s30", limits: { $0.patchVertices = 2 }) == .overLimit(.patchVertices))
    #expect(try fault(of: "s28", limits: { $0.geometryOutputVertices = 2 }) == .overLimit(.outputVertices))
    #expect(try fault(of: "s29", limits: { $0.geometryInvocations = 3 }) == .overLimit(.invocations))
  }

  @Test func computeSizes() throws {
    #expect(try fault(of: "s24", limits: { $0.workGroupWidth = 7 }) == .overLimit(.workGroup))
    #expect(try fault(of: "s24", limits: { $0.workGroupHeight = 7 }) == .overLimit(.workGroup))
    #expect(try fault(of: "s24", limits: { $0.workGroupInvocations = 63 }) == .overLimit(.workGroup))
    #expect(try fault(of: "s27", sharedMemoryBytes: 32769) == .overLimit(.sharedMemory))
    #expect(try fault(of: "s27", sharedMemoryBytes: 32768) == nil)
  }

  @Test func bindings() throws {
    #expect(try fault(of: "vs_007", key: { $0.link.firstImageUnit = 32 }) == .overLimit(.imageUnits))
    #expect(try fault(of: "vs_024", key: { $0.link.firstStorageBinding = 32 }) == .overLimit(.storageBindings))
  }

  @Test func keysOfOtherStages() throws {
    #expect(try fault(of: "s01", key: { $0 = .neutral(for: .fragment) }) == .keyMismatch)
    #expect(try fault(of: "s03", key: { $0 = .neutral(for: .vertex) }) == .keyMismatch)
  }

  /// What Mesa has optimized away leaves a gap, as it does in the record.
  @Test func capturesOfOutputsThatAreNot() throws {
    var description = Variants.capture
    description.entries[1].register = 200
    let facts = try TestHost.core450.translator.facts(of: Corpus.shader("s32").parsed(), streamOutput: description)
    #expect(facts.streamOutput.entries.count == Variants.capture.entries.count - 1)
    #expect(facts.streamOutput.strides == Variants.capture.strides)
  }

  @Test func contradictoryCaptures() throws {
    let shader = try Corpus.shader("s32").parsed()
    let translator = TestHost.core450.translator
    let edits: [(inout StreamOutput.Entry) -> Void] = [
      { $0.componentCount = 0 }, { $0.componentCount = 5 }, { $0.firstComponent = 3 },
      { $0.buffer = 4 }, { $0.offset = 9 }, { $0.offset = 3 }, { $0.offset = .max }, { $0.stream = 4 },
    ]
    for edit in edits {
      var description = Variants.capture
      edit(&description.entries[1])
      #expect(throws: TranslationFault.badStreamOutput) {
        try translator.facts(of: shader, streamOutput: description)
      }
    }
    let fragment = try Corpus.shader("s03").parsed()
    #expect(throws: TranslationFault.badStreamOutput) {
      try translator.facts(of: fragment, streamOutput: Variants.capture)
    }
  }
}
