import GuestStreams
import Testing
import WireFormat

/// CREATE_OBJECT of every kind, read from its seed.
struct CommandObjectTests {
  /// The payload of the first packet that creates handle 20.
  private func object(_ name: String) throws -> [UInt32] { try payload(of: name, last: false) }

  @Test func fixedState() throws {
    let blend = try decode("blend", CreateBlend.init, last: false)
    #expect(blend.targets[0].isEnabled && blend.targets[0].colorSource == 1 && blend.targets[0].writeMask == 15)
    #expect(!blend.targets[7].isEnabled && !blend.isIndependent)
    let rasterizer = try decode("rasterizer", CreateRasterizer.init, last: false)
    #expect(rasterizer.depthClip && rasterizer.scissor && rasterizer.pointSize == 1 && rasterizer.lineWidth == 1)
    let depth = try decode("depth-stencil-alpha", CreateDepthStencilAlpha.init, last: false)
    #expect(depth.depthTest && depth.depthWrite && depth.depthFunction == 3)
    #expect(depth.alphaTest && depth.alphaFunction == 4 && depth.alphaReference == 0.5)
    #expect(depth.front.isEnabled && depth.front.function == 7 && depth.front.failOp == 2)
    #expect(depth.back.depthPassOp == 3 && depth.back.depthFailOp == 4 && depth.back.writeMask == 0xff)
  }

  @Test func elements() throws {
    let words = try object("vertex-elements")
    let command = try CreateVertexElements(words.span)
    #expect(command.count == 2)
    let element = try command.element(1, words.span)
    #expect((element.offset, element.divisor, element.buffer, element.format) == (16, 2, 1, WireFormats.float2))
  }

  @Test func viewsAndSamplers() throws {
    let plain = try decode("sampler-view", CreateSamplerView.init, last: false)
    #expect(plain.resource == 2 && plain.format == WireFormats.rgba8 && plain.target == 0)
    let cube = try decode("sampler-view-of-a-cube", CreateSamplerView.init, last: false)
    #expect(cube.target == 4 && cube.lastLayer == 5 && cube.firstLevel == 0 && cube.lastLevel == 1)
    let buffer = try decode("sampler-view-of-a-buffer", CreateSamplerView.init, last: false)
    #expect(buffer.layersOrFirst == 0 && buffer.levelsOrLast == 63)
    let sampler = try decode("sampler-state", CreateSamplerState.init, last: false)
    #expect(sampler.minFilter == 1 && sampler.magFilter == 1 && sampler.compareEnable)
    #expect(sampler.compareFunction == 3 && sampler.lodBias == 1 && sampler.maxLOD == 9)
    #expect(sampler.borderColor.bits == (1, 2, 3, 4))
  }

  @Test func surfaces() throws {
    let plain = try decode("surface", { try CreateSurface($0, multisample: false) }, last: false)
    #expect(plain.resource == 7 && plain.samples == 0)
    let layered = try decode("surface-of-layers", { try CreateSurface($0, multisample: false) }, last: false)
    #expect(layered.levelOrFirst == 1 && layered.firstLayer == 0 && layered.lastLayer == 3)
    let multisample = try decode("multisample-surface", { try CreateSurface($0, multisample: true) }, last: false)
    #expect(multisample.resource == Scene.multisample && multisample.samples == 4)
  }

  @Test func queriesAndTargets() throws {
    let query = try decode("query", CreateQuery.init, last: false)
    #expect(query.type == 0 && query.index == 0 && query.resource == 5)
    let target = try decode("stream-out-target", CreateStreamOutTarget.init, last: false)
    #expect((target.resource, target.offset, target.size) == (3, 256, 128))
  }

  @Test func shaders() throws {
    let whole = try decode("vertex-shader", CreateShader.init, last: false)
    #expect(whole.stage == 0 && !whole.isContinuation && whole.outputCount == 0 && whole.textStart == 5)
    #expect(whole.lengthOrOffset == Scene.vertexShader.utf8.count + 1)
    let second = try decode("shader-in-two-pieces", CreateShader.init)
    #expect(second.isContinuation && second.stage == 1 && second.lengthOrOffset % 4 == 0)
    let words = try object("shader-with-stream-output")
    let capturing = try CreateShader(words.span)
    let stride = capturing.stride(0, words.span)
    let output = capturing.output(0, words.span)
    #expect(capturing.outputCount == 1 && capturing.textStart == 11 && stride == 4)
    #expect(
      output == WireStreamOutput(register: 0, startComponent: 0, componentCount: 4, buffer: 0, offset: 0, stream: 0))
  }
}
