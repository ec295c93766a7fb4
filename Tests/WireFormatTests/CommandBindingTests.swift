import GuestStreams
import Testing
import WireFormat

/// Bindings, draws and data: each command's fields, read from its seed.
struct CommandBindingTests {
  @Test func references() throws {
    #expect(try decode("bind-object", ObjectReference.init).handle == 2)
    #expect(try decode("destroy-object", ObjectReference.init).handle == 2)
    let shader = try decode("bind-shader", BindShader.init)
    #expect(shader.handle == 7 && shader.stage == 1)
    let link = try decode("link-shader", LinkShader.init)
    #expect((0..<6).map { link.handles[$0] } == [6, 7, 0, 0, 0, 0])
  }

  @Test func buffers() throws {
    let vertices = try payload(of: "vertex-buffers")
    let command = try SetVertexBuffers(vertices.span)
    #expect(command.count == 2)
    let stride = command.stride(1, vertices.span)
    let offset = command.offset(1, vertices.span)
    let resource = command.resource(1, vertices.span)
    #expect((stride, offset, resource) == (16, 512, 3))
    let index = try decode("index-buffer", SetIndexBuffer.init)
    #expect((index.resource, index.indexSize, index.offset) == (4, 2, 8))
    let nothing: [UInt32] = [0]
    let unbound = try SetIndexBuffer(nothing.span)
    #expect(unbound.resource == 0)
    let constants = try payload(of: "constants")
    let block = try SetConstantBuffer(constants.span)
    #expect(block.stage == 1)
    #expect(Float(bitPattern: constants[SetConstantBuffer.dataOffset + 1]) == 0.5)
    let uniform = try decode("uniform-buffer", SetUniformBuffer.init)
    #expect((uniform.stage, uniform.index, uniform.offset, uniform.length, uniform.resource) == (0, 1, 256, 64, 3))
  }

  @Test func stageTables() throws {
    let views = try payload(of: "textures")
    let command = try BindStageHandles(views.span, limit: ProtocolLimits.samplerViews)
    let view = command.handle(0, views.span)
    #expect(command.stage == 1 && command.slots.start == 0 && view == 21)
    let states = try payload(of: "sampler-states")
    let samplers = try BindStageHandles(states.span, limit: ProtocolLimits.samplers)
    let sampler = samplers.handle(0, states.span)
    #expect(samplers.slots.start == 2 && samplers.slots.count == 2 && sampler == 20)
    let storage = try payload(of: "storage-buffers")
    let range = try SetShaderBuffers(storage.span).range(0, storage.span)
    #expect((range.offset, range.length, range.resource) == (64, 128, 3))
    let atomic = try payload(of: "atomic-buffers")
    let counters = try SetAtomicBuffers(atomic.span)
    let counter = counters.range(0, atomic.span)
    #expect(counters.slots.start == 1 && counter.length == 32)
    let images = try payload(of: "images")
    let image = try SetShaderImages(images.span).image(0, images.span)
    #expect((image.access, image.level, image.layersOrOffset, image.resource) == (3, 0, 0, 2))
    let targets = try payload(of: "stream-out-targets", last: false)
    let capture = try SetStreamOutTargets(targets.span)
    let target = capture.handle(0, targets.span)
    #expect(capture.count == 1 && target == 21)
  }

  @Test func draws() throws {
    let draw = try decode("draw", Draw.init)
    #expect((draw.start, draw.count, draw.mode, draw.isIndexed, draw.instanceCount) == (0, 3, 4, false, 1))
    let indexed = try decode("draw-indexed", Draw.init)
    #expect((indexed.count, indexed.mode, indexed.isIndexed, indexed.indexBias) == (6, 5, true, 1))
    #expect(indexed.startInstance == 1 && indexed.primitiveRestart && indexed.restartIndex == 0xffff)
    #expect(indexed.minIndex == 0 && indexed.maxIndex == 7)
    let patches = try decode("draw-patches", Draw.init)
    #expect(patches.mode == 14 && patches.verticesPerPatch == 3 && patches.drawID == 1)
    let indirect = try decode("draw-indirect", Draw.init)
    #expect(indirect.indirectResource == Scene.parameters && indirect.indirectStride == 16)
    #expect(indirect.indirectCount == 2 && indirect.indirectCountResource == 0)
    let counted = try decode("draw-indirect-counted", Draw.init)
    #expect(counted.indirectCountOffset == 28 && counted.indirectCountResource == Scene.parameters)
    let grid = try decode("dispatch", LaunchGrid.init)
    #expect(grid.grid == (2, 2, 1) && grid.indirectResource == 0)
    let remote = try decode("dispatch-indirect", LaunchGrid.init)
    #expect(remote.indirectResource == Scene.parameters && remote.indirectOffset == 4)
  }

  @Test func clears() throws {
    let clear = try decode("clear", Clear.init)
    #expect(clear.buffers == 7 && clear.depth == 0 && clear.stencil == 0)
    #expect(Float(bitPattern: clear.color.bits.1) == 0.5)
    let surface = try decode("clear-surface", ClearSurface.init)
    #expect(surface.honoursRenderCondition && surface.buffers == 4 && surface.surface == 1)
    #expect((surface.x, surface.y, surface.width, surface.height) == (2, 3, 4, 5))
    let texture = try decode("clear-texture", ClearTexture.init)
    #expect((texture.resource, texture.level, texture.box.y, texture.box.height) == (2, 0, 2, 4))
    #expect(texture.texel.bits == (1, 2, 3, 4))
  }

  @Test func copies() throws {
    let blit = try decode("blit-that-blends", Blit.init)
    #expect((blit.mask, blit.filter, blit.scissorEnable, blit.alphaBlend) == (15, 1, true, true))
    #expect(!blit.honoursRenderCondition && blit.scissor.width == 7)
    #expect(blit.destination.resource == 7 && blit.source.resource == 2 && blit.source.box.width == 16)
    #expect(try decode("blit-of-depth-and-stencil", Blit.init).source.box.height == -8)
    let copy = try decode("copy", CopyRegion.init)
    #expect((copy.destination, copy.destinationX, copy.destinationY, copy.source) == (7, 4, 4, 2))
    #expect(copy.sourceBox.width == 8)
  }

  @Test func data() throws {
    let write = try decode("inline-write", ResourceInlineWrite.init)
    #expect(write.transfer.resource == 2 && write.transfer.box.x == 4)
    #expect(try payload(of: "inline-write")[ResourceInlineWrite.dataOffset...] == [1, 2, 3, 4])
    let transfer = try decode("transfer", Transfer3D.init)
    #expect(transfer.isToHost && transfer.transfer.stride == 64 && transfer.transfer.layerStride == 1024)
    let copy = try decode("copy-transfer", CopyTransfer3D.init)
    #expect(copy.isFromHost && copy.isSynchronized && copy.staging == 6 && copy.stagingOffset == 0)
  }

  @Test func resources() throws {
    let parked = try decode("parked-resource", PipeResourceCreate.init)
    #expect((parked.target, parked.width, parked.height, parked.blobID) == (2, 16, 8, 77))
    let typed = try payload(of: "resource-type")
    let type = try PipeResourceSetType(typed.span)
    let plane = type.plane(0, typed.span)
    #expect(type.planeCount == 1 && plane == (64, 0) && type.modifier == 0)
    let layout = try decode("resource-layout", GetPipeResourceLayout.init)
    #expect(layout.output == 6 && layout.resource == 2)
    #expect(try decode("memory-information", SingleDword.init).value == 6)
  }
}
