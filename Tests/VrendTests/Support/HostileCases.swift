import GuestStreams
import WireFormat

extension HostileCase {
  private static let big = UInt32(bitPattern: -1)

  static let objects: [HostileCase] = [
    HostileCase("handle 0 created", .refused) { $0.createBlend(0) },
    HostileCase("unknown object kind", .refused) { $0.packet(.createObject, object: 12, [30, 0, 0, 0]) },
    HostileCase("object kind 0", .refused) { $0.packet(.createObject, object: 0, [30, 0, 0, 0]) },
    HostileCase("stale handle bound", .refused) {
      $0.destroy(2)
      $0.bind(.blend, 2)
    },
    HostileCase("handle of another kind bound", .refused) { $0.bind(.rasterizer, 2) },
    HostileCase("surface as sampler view", .refused) { $0.packet(.setSamplerViews, [1, 0, 1]) },
    HostileCase("handle of another sub-context", .refused) {
      $0.packet(.createSubContext, [1])
      $0.bind(.blend, 2)
    },
    HostileCase("bound objects destroyed, then drawn", .accepted) {
      for handle: UInt32 in 1...7 { $0.destroy(handle) }
      $0.draw(count: 3)
      $0.clear(1, 1, 1, 1)
    },
    HostileCase("bound objects replaced by other kinds", .accepted) {
      for handle: UInt32 in 1...7 { $0.createSamplerState(handle) }
      $0.draw(count: 3)
    },
    HostileCase("33 vertex elements", .refused) {
      $0.createElements(30, (0..<33).map { _ in (0, 0, 0, WireFormats.float4) })
    },
    HostileCase("vertex buffer index 32", .refused) { $0.createElements(30, [(0, 0, 32, WireFormats.float4)]) },
    HostileCase("element of an unbound buffer", .accepted) {
      $0.createElements(30, [(0, 0, 31, WireFormats.float4), (0, 0, 7, WireFormats.float4)])
      $0.bind(.vertexElements, 30)
      $0.draw(count: 3)
    },
    HostileCase("indirect draw of unbound buffers", .either) {
      $0.packet(.setVertexBuffers, [11, 0, 0])
      $0.write(3, width: 16, [3, 1, 0, 0])
      $0.packet(.drawVBO, [0, 0, 4, 0, 1, 0, 0, 0, 0, 0, big, 0, 0, 0, 3, 0, 16, 1, 0, 0])
      $0.packet(.setVertexBuffers, [32, 0, 3])
      $0.packet(.drawVBO, [0, 0, 4, 0, 1, 0, 0, 0, 0, 0, big, 0, 0, 0, 3, 0, 16, 1, 0, 0])
      $0.packet(.setVertexBuffers, [])
      $0.packet(.drawVBO, [0, 0, 4, 0, 1, 0, 0, 0, 0, 0, big, 0, 0, 0, 3, 0, 16, 1, 0, 0])
    },
    HostileCase("element format out of range", .refused) { $0.createElements(30, [(0, 0, 0, 0xffff)]) },
    HostileCase("nine colour buffers", .refused) { $0.framebuffer(colors: [UInt32](repeating: 1, count: 9)) },
    HostileCase("framebuffer of holes, then cleared", .either) {
      $0.framebuffer(colors: [0, 0, 0])
      $0.clear(1, 1, 1, 1, mask: 0x3ff)
      $0.draw(count: 3)
    },
    HostileCase("sampler swizzle 7", .refused) { $0.create(.samplerView, 30, [2, WireFormats.rgba8, 0, 0, 7]) },
    HostileCase("sampler target 9", .refused) {
      $0.create(.samplerView, 30, [2, WireFormats.rgba8 | 9 << 24, 0, 0, 0])
    },
    HostileCase("sampler format out of range", .refused) { $0.createSamplerView(30, 2, format: 0xfffff) },
    HostileCase("polygon mode 3", .either) {
      $0.create(.rasterizer, 30, [big, big, big, big, big, big, big, big])
      $0.bind(.rasterizer, 30)
      $0.draw(count: 3)
    },
    HostileCase("blend of all ones", .either) {
      $0.create(.blend, 30, [UInt32](repeating: big, count: 10))
      $0.bind(.blend, 30)
      $0.draw(count: 3)
    },
    HostileCase("depth state of all ones", .either) {
      $0.create(.depthStencilAlpha, 30, [big, big, big, big])
      $0.bind(.depthStencilAlpha, 30)
      $0.draw(count: 3)
    },
    HostileCase("draw without shaders", .accepted) {
      $0.bindShader(0, stage: 0)
      $0.bindShader(0, stage: 1)
      $0.draw(count: 3)
    },
    HostileCase("shader of stage 6", .refused) { $0.createShader(30, stage: 6, Scene.vertexShader) },
    HostileCase("shader bound to the wrong stage", .either) {
      $0.bindShader(6, stage: 1)
      $0.bindShader(6, stage: 99)
      $0.draw(count: 3)
    },
    HostileCase("shader text of length 0", .refused) { $0.create(.shader, 30, [0, 0, 0, 0, 0]) },
    HostileCase("shader text of 2 GiB", .refused) { $0.create(.shader, 30, [0, 0x7fff_ffff, big, 0, 0]) },
    HostileCase("shader shorter than its packet", .refused) {
      $0.create(.shader, 30, [0, 4, 300, 0] + StreamBuilder.words(Scene.vertexShader))
    },
    HostileCase("shader without NUL", .refused) { $0.create(.shader, 30, [0, 4, 300, 0, 0x5452_4556]) },
    HostileCase("65 stream outputs", .refused) {
      $0.create(.shader, 30, [0, 4, 300, 65] + [UInt32](repeating: 0, count: 200))
    },
    HostileCase("stream outputs without end", .refused) { $0.create(.shader, 30, [0, 4, 300, big, 0, 0, 0, 0]) },
    HostileCase("stream outputs of all ones", .either) {
      let text = StreamBuilder.words(Scene.vertexShader)
      let bytes = UInt32(Scene.vertexShader.utf8.count + 1)
      $0.create(.shader, 30, [0, bytes, 300, 64] + [UInt32](repeating: big, count: 132) + text)
      $0.bindShader(30, stage: 0)
      $0.draw(count: 3)
    },
    HostileCase("continuation without start", .refused) { $0.create(.shader, 30, [0, 1 << 31 | 4, 300, 0, 0]) },
    HostileCase("continuation at a wrong offset", .refused) {
      $0.create(.shader, 30, [0, 400, 300, 0, 0x5452_4556])
      $0.create(.shader, 30, [0, 1 << 31 | 8, 300, 0, 0])
    },
    HostileCase("continuation longer than announced", .refused) {
      $0.create(.shader, 30, [0, 8, 300, 0, 0x5452_4556])
      $0.create(.shader, 30, [0, 1 << 31 | 4, 300, 0, 0, 0, 0])
    },
    HostileCase("two uploads of one stage", .refused) {
      $0.create(.shader, 30, [0, 400, 300, 0, 0x5452_4556])
      $0.create(.shader, 31, [0, 400, 300, 0, 0x5452_4556])
    },
    HostileCase("handle destroyed, replaced and bound in an upload", .either) {
      $0.create(.shader, 30, [0, 8, 300, 0, 0x5452_4556])
      $0.bindShader(30, stage: 0)
      $0.draw(count: 3)
      $0.destroy(30)
      $0.createBlend(30)
      $0.create(.shader, 30, [0, 1 << 31 | 4, 300, 0, 0])
    },
    HostileCase("sub-context destroyed in an upload", .either) {
      $0.packet(.createSubContext, [1])
      $0.create(.shader, 30, [0, 8, 300, 0, 0x5452_4556])
      $0.packet(.destroySubContext, [1])
      $0.create(.shader, 30, [0, 1 << 31 | 4, 300, 0, 0])
    },
  ]

  static let resources: [HostileCase] = [
    HostileCase("surface of a resource not attached", .refused) { $0.createSurface(30, 100) },
    HostileCase("surface of a CUSTOM buffer", .either) {
      $0.createSurface(30, 5, format: WireFormats.bytes)
      $0.framebuffer(colors: [30])
      $0.clear(1, 1, 1, 1)
      $0.draw(count: 3)
    },
    HostileCase("surface of a buffer in the framebuffer", .either) {
      $0.createSurface(30, 3, format: WireFormats.bytes)
      $0.framebuffer(colors: [30])
      $0.clear(1, 1, 1, 1)
      $0.draw(count: 3)
    },
    HostileCase("sampler view of a CUSTOM buffer", .either) {
      $0.createSamplerView(30, 5)
      $0.packet(.setSamplerViews, [1, 0, 30])
      $0.draw(count: 3)
    },
    HostileCase("sampler view of a buffer as 2D", .either) {
      $0.create(.samplerView, 30, [3, WireFormats.rgba8 | 2 << 24, 0, big, 0])
      $0.packet(.setSamplerViews, [1, 0, 30])
      $0.draw(count: 3)
    },
    HostileCase("sampler view of a texture as buffer", .either) {
      $0.create(.samplerView, 30, [2, WireFormats.rgba8, big, big, 0])
      $0.packet(.setSamplerViews, [1, 0, 30])
      $0.draw(count: 3)
    },
    HostileCase("CUSTOM vertex buffer", .refused) { $0.packet(.setVertexBuffers, [16, 0, 5]) },
    HostileCase("texture as vertex buffer", .refused) { $0.packet(.setVertexBuffers, [16, 0, 2]) },
    HostileCase("CUSTOM index buffer", .refused) { $0.packet(.setIndexBuffer, [5, 2, 0]) },
    HostileCase("texture as index buffer", .refused) { $0.packet(.setIndexBuffer, [2, 2, 0]) },
    HostileCase("CUSTOM storage buffer", .refused) { $0.packet(.setShaderBuffers, [1, 0, 0, 16, 5]) },
    HostileCase("texture as storage buffer", .refused) { $0.packet(.setShaderBuffers, [1, 0, 0, 16, 2]) },
    HostileCase("texture as uniform buffer", .refused) { $0.packet(.setUniformBuffer, [1, 1, 0, 16, 2]) },
    HostileCase("texture as atomic buffer", .refused) { $0.packet(.setAtomicBuffers, [0, 0, 16, 2]) },
    HostileCase("texture as stream output", .refused) { $0.create(.streamOutTarget, 30, [2, 0, 16]) },
    HostileCase("CUSTOM stream output", .refused) { $0.create(.streamOutTarget, 30, [5, 0, 16]) },
    HostileCase("query into a texture", .refused) { $0.createQuery(30, type: 0, buffer: 2) },
    HostileCase("query into 8 bytes", .either) {
      $0.createQuery(30, type: 0, buffer: 9)
      $0.packet(.beginQuery, [30])
      $0.packet(.endQuery, [30])
      $0.packet(.getQueryResult, [30, 0])
    },
    HostileCase("memory information into 8 bytes", .refused) { $0.packet(.getMemoryInfo, [9]) },
    HostileCase("layout into 8 bytes", .refused) { $0.packet(.getPipeResourceLayout, [9, 2]) },
    HostileCase("copy from buffer to texture", .either) {
      $0.packet(.resourceCopyRegion, [2, 0, 0, 0, 0, 3, 0, 0, 0, 0, 16, 1, 1])
    },
    HostileCase("copy from texture to buffer", .either) {
      $0.packet(.resourceCopyRegion, [3, 0, 0, 0, 0, 2, 0, 0, 0, 0, 16, 1, 1])
    },
    HostileCase("blit of buffers", .either) {
      $0.blit(from: 3, to: 2, sourceBox: [0, 0, 0, 16, 1, 1], targetBox: [0, 0, 0, 16, 1, 1])
      $0.blit(from: 2, to: 3, sourceBox: [0, 0, 0, 16, 1, 1], targetBox: [0, 0, 0, 16, 1, 1])
    },
    HostileCase("transfer of a multisampled texture", .either) {
      $0.packet(.transfer3D, [8, 0, 0, 0, 0, 0, 0, 0, 16, 16, 1, 0, 2])
    },
    HostileCase("image of a CUSTOM buffer", .either) {
      $0.packet(.setShaderImages, [1, 0, WireFormats.rgba8, 3, 0, big, 5])
      $0.draw(count: 3)
    },
    HostileCase("copy transfer staged in a texture", .either) {
      $0.packet(.copyTransfer3D, [1, 0, 0, 64, 1024, 0, 0, 0, 16, 16, 1, 2, 0, 1])
    },
  ]

  static let ranges: [HostileCase] = [
    HostileCase("viewport slot near 2^32", .refused) {
      $0.packet(.setViewportState, [big] + [UInt32](repeating: 0, count: 6))
    },
    HostileCase("viewport of NaN", .accepted) {
      $0.packet(.setViewportState, [0] + [UInt32](repeating: 0x7fc0_0000, count: 6))
      $0.draw(count: 3)
    },
    HostileCase("viewport of infinity", .accepted) {
      $0.packet(.setViewportState, [0] + [UInt32](repeating: 0x7f80_0000, count: 6))
      $0.clear(0, 0, 0, 0)
      $0.draw(count: 3)
    },
    HostileCase("scissor slot near 2^32", .refused) { $0.packet(.setScissorState, [big, 0, 0]) },
    HostileCase("scissor upside down", .accepted) {
      $0.scissor(0xffff, 0xffff, 0, 0)
      $0.draw(count: 3)
    },
    HostileCase("sampler view slot near 2^32", .refused) { $0.packet(.setSamplerViews, [1, big, 0]) },
    HostileCase("sampler state slot near 2^32", .refused) { $0.packet(.bindSamplerStates, [1, big, 0]) },
    HostileCase("sampler view stage", .refused) { $0.packet(.setSamplerViews, [6, 0, 0]) },
    HostileCase("storage buffer slot", .refused) { $0.packet(.setShaderBuffers, [1, big, 0, 0, 0]) },
    HostileCase("image slot", .refused) { $0.packet(.setShaderImages, [1, big, 0, 0, 0, 0, 0]) },
    HostileCase("33 atomic buffers", .refused) {
      $0.packet(.setAtomicBuffers, [0] + [UInt32](repeating: 0, count: 99))
    },
    HostileCase("storage range outside", .refused) { $0.packet(.setShaderBuffers, [1, 0, 1020, 64, 3]) },
    HostileCase("storage range that wraps", .refused) { $0.packet(.setShaderBuffers, [1, 0, big, 2, 3]) },
    HostileCase("uniform range outside", .either) {
      $0.packet(.setUniformBuffer, [1, 1, big, big, 3])
      $0.draw(count: 3)
    },
    HostileCase("17 stream outputs", .refused) {
      $0.packet(.setStreamOutTargets, [0] + [UInt32](repeating: 0, count: 17))
    },
    HostileCase("stream output range outside", .either) {
      $0.create(.streamOutTarget, 30, [3, big, big])
      $0.packet(.setStreamOutTargets, [0, 30])
      $0.draw(count: 3)
    },
    HostileCase("draw count near 2^32", .accepted) {
      $0.draw(count: big)
      $0.draw(count: big, start: big, instances: big)
    },
    HostileCase("indices beyond the buffer", .accepted) {
      $0.packet(.setIndexBuffer, [4, 4, 200])
      $0.draw(count: 0x4000_0000, indexed: true)
      $0.packet(.setIndexBuffer, [4, 4, big])
      $0.draw(count: 1, indexed: true)
    },
    HostileCase("draw mode", .refused) { $0.draw(count: 3, mode: 15) },
    HostileCase("indirect draw outside", .either) {
      $0.packet(.drawVBO, [0, 3, 4, 0, 1, 0, 0, 0, 0, 0, big, 0, 0, 0, 3, big, big, big, big, 3])
    },
    HostileCase("grid without shader", .accepted) { $0.packet(.launchGrid, [1, 1, 1, 1, 1, 1, 0, 0]) },
    HostileCase("indirect grid outside", .either) { $0.packet(.launchGrid, [1, 1, 1, 1, 1, 1, 3, big]) },
    HostileCase("blit outside", .either) {
      $0.blit(
        from: 2, to: 7, sourceBox: [0x7fff_ffff, 0x8000_0000, 0, 0x7fff_ffff, 0x8000_0000, 1],
        targetBox: [0x8000_0000, 0, 0, 0x7fff_ffff, big, 1])
    },
    HostileCase("blit depth of 2^31", .either) {
      $0.blit(from: 2, to: 7, sourceBox: [0, 0, 0, 4, 4, 1 << 31], targetBox: [0, 0, 0, 4, 4, 1 << 31])
      $0.blit(from: 2, to: 7, sourceBox: [0, 0, 0, 4, 4, 0], targetBox: [0, 0, 0, 4, 4, 0])
    },
    HostileCase("blit format", .refused) {
      $0.packet(.blit, [15, 0, 0, 7, 0, 0xffff, 0, 0, 0, 4, 4, 1, 2, 0, big, 0, 0, 0, 4, 4, 1])
    },
    HostileCase("blit level", .either) {
      $0.packet(.blit, [15, 0, 0, 7, big, 67, 0, 0, 0, 4, 4, 1, 2, 99, 67, 0, 0, 0, 4, 4, 1])
    },
    HostileCase("copy outside", .refused) {
      $0.packet(.resourceCopyRegion, [7, 0, 15, 15, 0, 2, 0, 0, 0, 0, 16, 16, 1])
    },
    HostileCase("copy of a level that is not", .refused) {
      $0.packet(.resourceCopyRegion, [7, 40, 0, 0, 0, 2, big, 0, 0, 0, 1, 1, 1])
    },
    HostileCase("overlapping buffer copy", .either) {
      $0.packet(.resourceCopyRegion, [3, 0, 8, 0, 0, 3, 0, 0, 0, 0, 64, 1, 1])
    },
    HostileCase("surface level", .refused) { $0.create(.surface, 30, [1, WireFormats.rgba8, 33, 0]) },
    HostileCase("surface layers", .refused) { $0.create(.surface, 30, [1, WireFormats.rgba8, 0, 5]) },
    HostileCase("texture cleared outside", .refused) {
      $0.packet(.clearTexture, [2, 0, 8, 8, 0, 16, 16, 1, 1, 2, 3, 4])
    },
    HostileCase("texture level cleared that is not", .refused) {
      $0.packet(.clearTexture, [2, big, 0, 0, 0, 1, 1, 1, 1, 2, 3, 4])
    },
    HostileCase("surface cleared outside", .either) {
      $0.packet(.clearSurface, [4 << 1, 1, 0, 0, 0, 0, big, big, big, big])
    },
    HostileCase("inline write outside", .refused) { $0.write(3, width: 2000, [0, 0]) },
    HostileCase("inline write of a short packet", .refused) { $0.write(2, width: 16, height: 16, [0, 0]) },
    HostileCase("inline write of strides near 2^32", .refused) {
      $0.packet(.resourceInlineWrite, [2, 0, 0, big, big, 0, 0, 0, 16, 16, 1, 0, 0])
    },
    HostileCase("negative boxes", .refused) {
      $0.packet(.transfer3D, [2, 0, 0, 0, 0, big, big, big, 16, 16, 1, 0, 1])
    },
    HostileCase("transfer beyond the memory", .refused) {
      $0.packet(.transfer3D, [2, 0, 0, 0, 0, 0, 0, 0, 16, 16, 1, 0xffff_fff0, 2])
    },
    HostileCase("transfer direction", .refused) {
      $0.packet(.transfer3D, [2, 0, 0, 0, 0, 0, 0, 0, 16, 16, 1, 0, 3])
    },
    HostileCase("copy transfer beyond the staging memory", .refused) {
      $0.packet(.copyTransfer3D, [1, 0, 0, 64, 1024, 0, 0, 0, 16, 16, 1, 6, 4000, 3])
    },
    HostileCase("marker longer than its packet", .refused) { $0.packet(.sendStringMarker, [big, 0x4141_4141]) },
    HostileCase("marker without NUL", .accepted) { $0.packet(.sendStringMarker, [4, 0x4141_4141]) },
    HostileCase("query result outside the buffer", .either) {
      $0.createQuery(30, type: 0, buffer: 5)
      $0.packet(.beginQuery, [30])
      $0.packet(.endQuery, [30])
      $0.packet(.getQueryResultQBO, [30, 3, 1, 3, 1020, 0])
      $0.packet(.getQueryResultQBO, [30, 3, 1, 3, big, 0])
    },
    HostileCase("parked resource of all ones", .refused) {
      $0.packet(.pipeResourceCreate, [UInt32](repeating: big, count: 11))
    },
  ]

  static let sequences: [HostileCase] = [
    HostileCase("query begun twice", .either) {
      $0.createQuery(30, type: 0, buffer: 5)
      $0.packet(.beginQuery, [30])
      $0.packet(.beginQuery, [30])
      $0.packet(.endQuery, [30])
    },
    HostileCase("two queries of one target at once", .either) {
      for handle: UInt32 in 30...31 { $0.createQuery(handle, type: 0, buffer: 5) }
      $0.packet(.beginQuery, [30])
      $0.packet(.beginQuery, [31])
      $0.packet(.endQuery, [30])
      $0.packet(.endQuery, [31])
    },
    HostileCase("query ended without begin", .either) {
      $0.createQuery(30, type: 0, buffer: 5)
      $0.packet(.endQuery, [30])
      $0.packet(.getQueryResult, [30, 0])
    },
    HostileCase("result of a query never begun", .either) {
      $0.createQuery(30, type: 0, buffer: 5)
      $0.packet(.getQueryResult, [30, 1])
    },
    HostileCase("active query destroyed", .either) {
      $0.createQuery(30, type: 0, buffer: 5)
      $0.packet(.beginQuery, [30])
      $0.destroy(30)
      $0.draw(count: 3)
      $0.createQuery(31, type: 0, buffer: 5)
      $0.packet(.beginQuery, [31])
      $0.packet(.endQuery, [31])
    },
    HostileCase("waiting query destroyed", .either) {
      $0.createQuery(30, type: 0, buffer: 5)
      $0.packet(.beginQuery, [30])
      $0.packet(.endQuery, [30])
      $0.packet(.getQueryResult, [30, 0])
      $0.destroy(30)
    },
    HostileCase("result asked of an active query", .either) {
      $0.createQuery(30, type: 0, buffer: 5)
      $0.packet(.beginQuery, [30])
      $0.packet(.getQueryResult, [30, 1])
    },
    HostileCase("query of each type and statistic", .either) {
      for type: UInt32 in 0...13 {
        $0.create(.query, 30 + type, [type, 0, 5])
        $0.packet(.beginQuery, [30 + type])
        $0.packet(.endQuery, [30 + type])
        $0.packet(.getQueryResult, [30 + type, 0])
      }
    },
    HostileCase("query index 11", .refused) { $0.create(.query, 30, [10 | 11 << 16, 0, 5]) },
    HostileCase("render condition's query destroyed", .either) {
      $0.createQuery(30, type: 0, buffer: 5)
      $0.packet(.beginQuery, [30])
      $0.packet(.endQuery, [30])
      $0.packet(.setRenderCondition, [30, 0, 0])
      $0.destroy(30)
      $0.draw(count: 3)
      $0.packet(.setRenderCondition, [0, 0, 0])
    },
    HostileCase("render condition of an active query", .either) {
      $0.createQuery(30, type: 0, buffer: 5)
      $0.packet(.beginQuery, [30])
      $0.packet(.setRenderCondition, [30, 0, 9])
      $0.draw(count: 3)
    },
    HostileCase("current sub-context destroyed", .accepted) {
      $0.packet(.createSubContext, [1])
      $0.packet(.destroySubContext, [1])
      $0.clear(1, 1, 1, 1)
    },
    HostileCase("sub-context 0 destroyed", .accepted) {
      $0.packet(.destroySubContext, [0])
      $0.clear(1, 1, 1, 1)
    },
    HostileCase("sub-context destroyed with work under way", .accepted) {
      $0.packet(.createSubContext, [1])
      $0.append(Scene.state())
      $0.createQuery(30, type: 0, buffer: 5)
      $0.packet(.beginQuery, [30])
      $0.draw(count: 3)
      $0.packet(.destroySubContext, [1])
      $0.draw(count: 3)
    },
    HostileCase("video", .refused) { $0.packet(.createVideoCodec, [1, 1, 1, 1, 1, 1, 1]) },
    HostileCase("dual source blending without a second output", .either) {
      $0.createBlend(30, target0: 1 | 9 << 4 | 10 << 9 | 9 << 17 | 10 << 22 | 0xf << 27)
      $0.bind(.blend, 30)
      $0.draw(count: 3)
    },
    HostileCase("fragment shader feeding on itself", .either) {
      $0.createSamplerView(30, 1)
      $0.packet(.setSamplerViews, [1, 0, 30])
      $0.draw(count: 3)
    },
  ]
}
