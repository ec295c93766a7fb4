import GuestStreams
import Testing
import WireFormat

/// Each command's fields, read from the seed that an ordinary guest would send.
struct CommandStateTests {
  @Test func commandNumbersHaveNoGaps() {
    for number in UInt8.min...UInt8.max { #expect(CommandCode(code: number) == CommandCode(rawValue: number)) }
    #expect(CommandCode.allCases.count == 64)
  }

  @Test func viewports() throws {
    let payload = try payload(of: "viewports")
    let command = try SetViewportState(payload.span)
    #expect(command.slots == (try SlotRange(start: 2, count: 2, limit: 16)))
    let (first, second) = (command.viewport(0, payload.span), command.viewport(1, payload.span))
    #expect(second == WireViewport(scaleX: 4, scaleY: 4, scaleZ: 1, translateX: 4, translateY: 4, translateZ: 0))
    #expect(first.scaleY == -8)
  }

  @Test func scissors() throws {
    let payload = try payload(of: "scissors")
    let scissor = try SetScissorState(payload.span).scissor(0, payload.span)
    #expect((scissor.minX, scissor.minY, scissor.width, scissor.height) == (1, 2, 8, 10))
    #expect(WireScissor(min: 5 | 5 << 16, max: 1 | 1 << 16).width == 0)
  }

  @Test func framebuffers() throws {
    let attached = try payload(of: "framebuffer")
    let command = try SetFramebufferState(attached.span)
    #expect(command.colorCount == 3 && command.depthStencil == 21)
    let colors = (0..<3).map { command.color($0, attached.span) }
    #expect(colors == [1, 0, 20])
    let none = try decode("framebuffer-without-attachments", SetFramebufferStateNoAttach.init)
    #expect((none.width, none.height, none.layers, none.samples) == (64, 32, 1, 4))
  }

  @Test func smallState() throws {
    let reference = try decode("stencil-reference", SetStencilRef.init)
    #expect(reference.front == 0x34 && reference.back == 0x12)
    let color = try decode("blend-colour", SetBlendColor.init)
    #expect((color.red, color.green, color.blue, color.alpha) == (0, 0.25, 0.5, 1))
    #expect(try decode("sample-mask", SingleDword.init).value == 5)
    #expect(try decode("minimum-samples", SingleDword.init).value == 4)
    let levels = try decode("tessellation-levels", SetTessState.init).levels
    #expect((0..<6).map { levels[$0] } == [1, 2, 3, 4, 5, 6])
    let tweak = try decode("tweak", SetTweaks.init)
    #expect(tweak.id == 2 && tweak.value == 64)
    _ = try decode("stipple", ThirtyTwoDwords.init)
    _ = try decode("clip-planes", ThirtyTwoDwords.init)
    #expect(try decode("memory-barrier", SingleDword.init).value == 0x20)
    #expect(try decode("texture-barrier", SingleDword.init).value == 1)
    #expect(try decode("marker", SendStringMarker.init).length == 5)
  }

  @Test func subContextsAndQueries() throws {
    #expect(try decode("sub-context", SingleDword.init).value == 1)
    #expect(try decode("select-sub-context", SingleDword.init).value == 0)
    #expect(try decode("destroy-sub-context", SingleDword.init).value == 2)
    #expect(try decode("begin-query", SingleDword.init).value == 20)
    #expect(try decode("end-query", SingleDword.init).value == 20)
    #expect(try decode("query-result", GetQueryResult.init).handle == 20)
    let stored = try decode("query-result-in-a-buffer", GetQueryResultQBO.init)
    #expect((stored.handle, stored.buffer, stored.wait, stored.resultType) == (20, 3, true, 3))
    #expect(stored.offset == 64 && stored.index == 0)
    let condition = try decode("render-condition", SetRenderCondition.init, last: false)
    #expect((condition.handle, condition.isInverted, condition.mode) == (20, true, 2))
  }
}

/// The payload of the packet a seed is about: the last of its command, or the first.
func payload(of name: String, last: Bool = true) throws -> [UInt32] {
  let seed = try #require(Seed.all.first { $0.name == name })
  let packets = Packet.split(seed.dwords).filter { $0.code == seed.command.rawValue }
  return try #require(last ? packets.last : packets.first).payload
}

/// What `parse` makes of that payload.
func decode<Command>(
  _ name: String, _ parse: (Span<UInt32>) throws -> Command, last: Bool = true
) throws -> Command {
  let words = try payload(of: name, last: last)
  return try parse(words.span)
}
