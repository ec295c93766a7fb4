import ShaderTranslator
import TGSI
import Testing

/// State that a shader does not care about makes no variants, and what it does care about survives.
@Suite struct PruningTests {
  private func facts(_ name: String, host: TestHost = .core450) throws -> ShaderFacts {
    try host.translator.facts(of: Corpus.shader(name).parsed(), sharedMemoryBytes: 4096)
  }

  private func pruned(
    _ name: String, host: TestHost = .core450, _ edit: (inout VariantKey) -> Void
  ) throws -> VariantKey {
    let facts = try facts(name, host: host)
    var key = VariantKey.neutral(for: facts.interface.stage)
    edit(&key)
    return key.pruned(for: KeyFacts(facts), host: host.profile)
  }

  @Test func resourcesOfOthersAreDropped() throws {
    let key = try pruned("s01") { key in
      key.link.firstImageUnit = 4
      key.link.firstStorageBinding = 3
      key.samplers.setSwizzle(of: 7, x: 4, y: 4, z: 4, w: 4)
      key.samplers.emulatedRectangles = 255
    }
    #expect(key == .neutral(for: .vertex))
  }

  @Test func ownResourcesSurvive() throws {
    let images = try pruned("vs_007") { ($0.link.firstImageUnit, $0.link.firstStorageBinding) = (4, 3) }
    #expect(images.link.firstImageUnit == 4)
    #expect(images.link.firstStorageBinding == 0)
    let buffers = try pruned("vs_024") { ($0.link.firstImageUnit, $0.link.firstStorageBinding) = (4, 3) }
    #expect(buffers.link.firstImageUnit == 0)
    #expect(buffers.link.firstStorageBinding == 3)
  }

  @Test func swizzlesOfOrdinarySamplersAreDropped() throws {
    let plain = try pruned("s20") { $0.samplers.setSwizzle(of: 31, x: 4, y: 4, z: 4, w: 4) }
    #expect(plain.samplers == SamplerKey())
    let shadow = try pruned("s20") { $0.samplers.setSwizzle(of: 0, x: 0, y: 5, z: 4, w: 5) }
    #expect(shadow.samplers.swizzled == 1)
    #expect((0..<4).map { shadow.samplers.swizzle(of: 0, component: $0) } == [0, 5, 4, 5])
  }

  @Test func rectanglesMatterOnDesktopOnly() throws {
    #expect(try pruned("fs_037") { $0.samplers.emulatedRectangles = .max }.samplers.emulatedRectangles != 0)
    #expect(try pruned("fs_037", host: .es320) { $0.samplers.emulatedRectangles = .max }.samplers == SamplerKey())
  }

  @Test func clipPlanesBelongToTheLastVertexStage() throws {
    #expect(try pruned("s01") { $0.userClipPlanes = 6 }.userClipPlanes == 6)
    #expect(
      try pruned("s01") {
        $0.userClipPlanes = 6
        $0.link.next = .geometry
      }.userClipPlanes == 0)
    #expect(try pruned("s33") { $0.userClipPlanes = 6 }.userClipPlanes == 0, "writes distances of its own")
    for other in ["s03", "s30", "s24"] {
      #expect(try pruned(other) { $0.userClipPlanes = 6 }.userClipPlanes == 0, "\(other)")
    }
  }

  @Test func attributesAreThoseRead() throws {
    let key = try pruned("s01") { key in
      var vertex = VertexKey()
      (vertex.signedIntegers, vertex.unsignedIntegers, vertex.redBlueSwapped) = (0xf1, 0xf2, 0xf3)
      key.stage = .vertex(vertex)
    }
    guard case .vertex(let vertex) = key.stage else {
      Issue.record("the stage changed")
      return
    }
    #expect((vertex.signedIntegers, vertex.unsignedIntegers, vertex.redBlueSwapped) == (1, 2, 3))
  }

  /// A shader of one constant colour: no inputs, so most fragment state is nothing to it.
  @Test func fragmentStateWithoutItsInputIsDropped() throws {
    let key = try pruned("s02") { key in
      key.editFragment { fragment in
        fragment.flags = [.flatShade, .twoSidedColour, .framebufferTopDown, .dualSource]
        fragment.spriteCoordinates = .max
        fragment.alphaInRed = 0b10
        fragment.redBlueSwapped = 0b100
        fragment.encodesSRGB = 0b1000
        fragment.signedIntegers = 0xf0
        fragment.logicOp = .copy
        fragment.channelBits = .max
      }
    }
    #expect(key == .neutral(for: .fragment))
  }

  @Test func fragmentStateWithItsInputSurvives() throws {
    var expected = FragmentKey()
    expected.flags = [.flatShade, .twoSidedColour, .polygonStipple]
    expected.alphaTest = .greater
    expected.spriteCoordinates = 1
    expected.alphaInRed = 1
    let wanted = expected
    let key = try pruned("s03") { $0.editFragment { $0 = wanted } }
    #expect(key.stage == .fragment(expected))
  }

  @Test func colourBufferCountMattersToBroadcastsOnly() throws {
    func buffers(_ name: String) throws -> UInt8? {
      guard case .fragment(let fragment) = try pruned(name, { $0.editFragment { $0.colourBuffers = 3 } }).stage else {
        return nil
      }
      return fragment.colourBuffers
    }
    #expect(try buffers("s02") == 3)
    #expect(try buffers("s03") == 1)
  }

  @Test func integerBuffersEndTheAlphaTest() throws {
    let key = try pruned("s03") { $0.editFragment { ($0.alphaTest, $0.unsignedIntegers) = (.less, 1) } }
    guard case .fragment(let fragment) = key.stage else {
      Issue.record("the stage changed")
      return
    }
    #expect(fragment.alphaTest == .always)
    #expect(fragment.unsignedIntegers == 1)
  }

  /// Pruning is a projection: a second time changes nothing, and the text is that of the unpruned key.
  @Test func prunedKeysGiveTheSameText() throws {
    for variant in Variants.stateful where variant.streamOutput.isEmpty {
      let shader = try Corpus.shader(variant.shader).parsed()
      let translator = variant.host.translator
      let facts = try translator.facts(of: shader)
      var key = VariantKey.neutral(for: facts.interface.stage)
      variant.edit(&key)
      let once = key.pruned(for: KeyFacts(facts), host: variant.host.profile)
      #expect(once.pruned(for: KeyFacts(facts), host: variant.host.profile) == once)
      let text = try translator.translate(shader, facts: facts, key: key).text
      #expect(try translator.translate(shader, facts: facts, key: once).text == text, "\(variant)")
    }
  }

  @Test func keysAreTriviallyCopyable() {
    #expect(_isPOD(VariantKey.self))
    #expect(_isPOD(StageInterface.self))
  }
}
