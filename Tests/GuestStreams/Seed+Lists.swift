import WireFormat

extension Seed {
  private static func bits(_ value: Float) -> UInt32 { value.bitPattern }

  static let objects: [Seed] = [
    Seed("blend", .createObject) { $0.createBlend(20, target0: 1 | 1 << 4 | 1 << 9 | 1 << 17 | 1 << 22 | 0xf << 27) },
    Seed("rasterizer", .createObject) { $0.createRasterizer(20, scissor: true) },
    Seed("depth-stencil-alpha", .createObject) {
      let face: UInt32 = 1 | 7 << 1 | 2 << 4 | 3 << 7 | 4 << 10 | 0xff << 13 | 0xff << 21
      $0.create(.depthStencilAlpha, 20, [1 | 1 << 1 | 3 << 2 | 1 << 8 | 4 << 9, face, face, bits(0.5)])
      $0.bind(.depthStencilAlpha, 20)
      $0.createSurface(21, Scene.depth, format: WireFormats.depthStencil)
      $0.framebuffer(colors: [1], depth: 21)
      $0.draw(count: 3)
    },
    Seed("vertex-elements", .createObject) {
      $0.createElements(20, [(0, 0, 0, WireFormats.float4), (16, 2, 1, WireFormats.float2)])
    },
    Seed("sampler-view", .createObject) { $0.createSamplerView(20, 2) },
    Seed("sampler-view-of-a-cube", .createObject) {
      $0.create(.samplerView, 20, [Scene.cube, WireFormats.rgba8 | 4 << 24, 5 << 16, 1 << 8, 0o3210])
    },
    Seed("sampler-view-of-a-buffer", .createObject) {
      $0.create(.samplerView, 20, [3, WireFormats.rgba8, 0, 63, 0o3210])
    },
    Seed("sampler-state", .createObject) {
      $0.create(.samplerState, 20, [1 << 9 | 1 << 13 | 1 << 15 | 3 << 16, bits(1), bits(0), bits(9), 1, 2, 3, 4])
    },
    Seed("surface", .createObject) { $0.createSurface(20, 7) },
    Seed("surface-of-layers", .createObject) {
      $0.create(.surface, 20, [Scene.layers, WireFormats.rgba8, 1, 3 << 16])
      $0.framebuffer(colors: [20])
      $0.clear(1, 0, 1, 0)
      $0.draw(count: 3)
    },
    Seed("multisample-surface", .createObject) {
      $0.packet(
        .createObject, object: ObjectKind.msaaSurface.rawValue, [20, Scene.multisample, WireFormats.rgba8, 0, 0, 4])
      $0.framebuffer(colors: [20])
      $0.draw(count: 3)
    },
    Seed("query", .createObject) { $0.create(.query, 20, [0, 0, 5]) },
    Seed("stream-out-target", .createObject) { $0.create(.streamOutTarget, 20, [3, 256, 128]) },
    Seed("vertex-shader", .createObject) { $0.createShader(20, stage: 0, Scene.vertexShader) },
    Seed("shader-in-two-pieces", .createObject) {
      let text = StreamBuilder.words(Scene.colorShader)
      let half = text.count / 2
      $0.create(.shader, 20, [1, UInt32(Scene.colorShader.utf8.count + 1), 300, 0] + text[..<half])
      $0.create(.shader, 20, [1, 1 << 31 | UInt32(half * 4), 300, 0] + text[half...])
    },
    Seed("shader-with-stream-output", .createObject) { $0.createCapturingShader(20) },
  ]

  static let state: [Seed] = [
    Seed("viewports", .setViewportState) {
      $0.packet(.setViewportState, [2] + [8, -8, 0.5, 8, 8, 0.5, 4, 4, 1, 4, 4, 0].map(bits))
    },
    Seed("scissors", .setScissorState) { $0.packet(.setScissorState, [0, 1 | 2 << 16, 9 | 12 << 16]) },
    Seed("framebuffer", .setFramebufferState) {
      $0.createSurface(20, 7)
      $0.createSurface(21, Scene.depth, format: WireFormats.depthStencil)
      $0.framebuffer(colors: [1, 0, 20], depth: 21)
    },
    Seed("framebuffer-without-attachments", .setFramebufferStateNoAttach) {
      $0.framebuffer(colors: [])
      $0.packet(.setFramebufferStateNoAttach, [64 | 32 << 16, 1 | 4 << 16])
      $0.draw(count: 3)
    },
    Seed("stencil-reference", .setStencilRef) { $0.packet(.setStencilRef, [0x12_34]) },
    Seed("blend-colour", .setBlendColor) { $0.packet(.setBlendColor, [0, 0.25, 0.5, 1].map(bits)) },
    Seed("sample-mask", .setSampleMask) { $0.packet(.setSampleMask, [5]) },
    Seed("minimum-samples", .setMinSamples) { $0.packet(.setMinSamples, [4]) },
    Seed("stipple", .setPolygonStipple) { $0.packet(.setPolygonStipple, (0..<32).map { 0x5555_5555 << ($0 & 1) }) },
    Seed("clip-planes", .setClipState) { $0.packet(.setClipState, (0..<32).map { bits(Float($0)) }) },
    Seed("tessellation-levels", .setTessState) { $0.packet(.setTessState, [1, 2, 3, 4, 5, 6].map(bits)) },
    Seed("tweak", .setTweaks) { $0.packet(.setTweaks, [2, 64]) },
    Seed("debug-flags", .setDebugFlags) { $0.packet(.setDebugFlags, [0]) },
    Seed("no-operation", .nop) { $0.packet(.nop, []) },
  ]

  static let bindings: [Seed] = [
    Seed("bind-object", .bindObject) { $0.bind(.blend, 2) },
    Seed("destroy-object", .destroyObject) { $0.destroy(2) },
    Seed("bind-shader", .bindShader) { $0.bindShader(7, stage: 1) },
    Seed("link-shader", .linkShader) { $0.packet(.linkShader, [6, 7, 0, 0, 0, 0]) },
    Seed("vertex-buffers", .setVertexBuffers) { $0.packet(.setVertexBuffers, [32, 0, 3, 16, 512, 3]) },
    Seed("index-buffer", .setIndexBuffer) {
      $0.packet(.setIndexBuffer, [4, 2, 8])
      $0.draw(count: 3, indexed: true, instances: 2)
    },
    Seed("constants", .setConstantBuffer) { $0.packet(.setConstantBuffer, [1, 0] + [0, 0.5, 1, 2].map(bits)) },
    Seed("uniform-buffer", .setUniformBuffer) { $0.packet(.setUniformBuffer, [0, 1, 256, 64, 3]) },
    Seed("textures", .setSamplerViews) {
      $0.createShader(20, stage: 1, Scene.textureShader)
      $0.bindShader(20, stage: 1)
      $0.createSamplerView(21, 2)
      $0.createSamplerState(22)
      $0.packet(.bindSamplerStates, [1, 0, 22])
      $0.packet(.setSamplerViews, [1, 0, 21])
      $0.draw(count: 3)
    },
    Seed("sampler-states", .bindSamplerStates) {
      $0.createSamplerState(20)
      $0.packet(.bindSamplerStates, [1, 2, 20, 0])
    },
    Seed("storage-buffers", .setShaderBuffers) { $0.packet(.setShaderBuffers, [1, 2, 64, 128, 3]) },
    Seed("atomic-buffers", .setAtomicBuffers) { $0.packet(.setAtomicBuffers, [1, 16, 32, 3]) },
    Seed("images", .setShaderImages) { $0.packet(.setShaderImages, [5, 0, WireFormats.rgba8, 3, 0, 0, 2]) },
    Seed("stream-out-targets", .setStreamOutTargets) {
      $0.createCapturingShader(20)
      $0.bindShader(20, stage: 0)
      $0.create(.streamOutTarget, 21, [3, 512, 256])
      $0.packet(.setStreamOutTargets, [0, 21])
      $0.draw(count: 3)
      $0.draw(count: 3)
      $0.packet(.setStreamOutTargets, [0])
      $0.draw(count: 3)
      $0.packet(.setStreamOutTargets, [1, 21])
    },
    Seed("sub-context", .createSubContext) { $0.packet(.createSubContext, [1]) },
    Seed("select-sub-context", .setSubContext) { $0.packet(.setSubContext, [0]) },
    Seed("destroy-sub-context", .destroySubContext) {
      $0.packet(.createSubContext, [2])
      $0.packet(.destroySubContext, [2])
    },
  ]

  static let work: [Seed] = [
    Seed("draw", .drawVBO) { $0.draw(count: 3) },
    Seed("draw-indexed", .drawVBO) {
      $0.packet(.setIndexBuffer, [4, 2, 0])
      $0.packet(.drawVBO, [0, 6, 5, 1, 2, 1, 1, 1, 0xffff, 0, 7, 0])
    },
    Seed("draw-patches", .drawVBO) {
      $0.createShader(20, stage: 3, Scene.tessControlShader)
      $0.createShader(21, stage: 4, Scene.tessEvaluationShader)
      $0.bindShader(20, stage: 3)
      $0.bindShader(21, stage: 4)
      $0.packet(.drawVBO, [0, 3, 14, 0, 1, 0, 0, 0, 0, 0, ~0, 0, 3, 1])
    },
    Seed("draw-through-a-geometry-shader", .drawVBO) {
      $0.createShader(20, stage: 2, Scene.geometryShader)
      $0.bindShader(20, stage: 2)
      $0.draw(count: 3)
    },
    Seed("draw-indirect-once", .drawVBO) {
      $0.write(Scene.parameters, width: 16, [3, 1, 0, 0])
      $0.packet(.drawVBO, [0, 0, 4, 0, 1, 0, 0, 0, 0, 0, ~0, 0, 0, 0, Scene.parameters, 0, 16, 1, 0, 0])
    },
    Seed("draw-indirect", .drawVBO) {
      $0.write(Scene.parameters, width: 32, [3, 1, 0, 0, 3, 2, 0, 0])
      $0.packet(.drawVBO, [0, 0, 4, 0, 1, 0, 0, 0, 0, 0, ~0, 0, 0, 0, Scene.parameters, 0, 16, 2, 0, 0])
    },
    Seed("draw-indirect-counted", .drawVBO) {
      $0.write(Scene.parameters, width: 32, [3, 1, 0, 0, 3, 2, 0, 1])
      $0.packet(
        .drawVBO,
        [0, 0, 4, 0, 1, 0, 0, 0, 0, 0, ~0, 0, 0, 0, Scene.parameters, 0, 16, 1, 28, Scene.parameters])
    },
    Seed("clear", .clear) { $0.clear(1, 0.5, 0.25, 1, mask: 7) },
    Seed("clear-surface", .clearSurface) { $0.packet(.clearSurface, [1 | 4 << 1, 1, 0, 0, 0, 0, 2, 3, 4, 5]) },
    Seed("clear-texture", .clearTexture) { $0.packet(.clearTexture, [2, 0, 1, 2, 0, 8, 4, 1, 1, 2, 3, 4]) },
    Seed("dispatch", .launchGrid) {
      $0.createShader(20, stage: 5, Scene.computeShader)
      $0.bindShader(20, stage: 5)
      $0.packet(.setShaderBuffers, [5, 0, 0, 64, 3])
      $0.packet(.launchGrid, [4, 1, 1, 2, 2, 1, 0, 0])
    },
    Seed("dispatch-indirect", .launchGrid) {
      $0.createShader(20, stage: 5, Scene.computeShader)
      $0.bindShader(20, stage: 5)
      $0.packet(.setShaderBuffers, [5, 0, 0, 64, 3])
      $0.write(Scene.parameters, width: 16, [0, 2, 1, 1])
      $0.packet(.launchGrid, [4, 1, 1, 0, 0, 0, Scene.parameters, 4])
    },
    Seed("memory-barrier", .memoryBarrier) { $0.packet(.memoryBarrier, [0x20]) },
    Seed("texture-barrier", .textureBarrier) { $0.packet(.textureBarrier, [1]) },
    Seed("marker", .sendStringMarker) { $0.packet(.sendStringMarker, [5, 0x6c6c_6568, 0x6f]) },
  ]

  static let queries: [Seed] = [
    Seed("begin-query", .beginQuery) {
      $0.createQuery(20, type: 0, buffer: 5)
      $0.packet(.beginQuery, [20])
    },
    Seed("end-query", .endQuery) {
      $0.createQuery(20, type: 0, buffer: 5)
      $0.packet(.beginQuery, [20])
      $0.draw(count: 3)
      $0.packet(.endQuery, [20])
    },
    Seed("query-result", .getQueryResult) {
      $0.createQuery(20, type: 1, buffer: 5)
      $0.packet(.beginQuery, [20])
      $0.packet(.endQuery, [20])
      $0.packet(.getQueryResult, [20, 0])
    },
    Seed("query-result-in-a-buffer", .getQueryResultQBO) {
      $0.createQuery(20, type: 5, buffer: 5)
      $0.packet(.beginQuery, [20])
      $0.packet(.endQuery, [20])
      $0.packet(.getQueryResultQBO, [20, 3, 1, 3, 64, 0])
    },
    Seed("render-condition", .setRenderCondition) {
      $0.createQuery(20, type: 0, buffer: 5)
      $0.packet(.beginQuery, [20])
      $0.packet(.endQuery, [20])
      $0.packet(.setRenderCondition, [20, 1, 2])
      $0.draw(count: 3)
      $0.packet(.setRenderCondition, [0, 0, 0])
    },
  ]

  static let data: [Seed] = [
    Seed("inline-write", .resourceInlineWrite) {
      $0.packet(.resourceInlineWrite, [2, 0, 0, 8, 16, 4, 4, 0, 2, 2, 1, 1, 2, 3, 4])
    },
    Seed("transfer", .transfer3D) { $0.packet(.transfer3D, [2, 0, 0, 64, 1024, 0, 0, 0, 16, 16, 1, 0, 1]) },
    Seed("copy-transfer", .copyTransfer3D) {
      $0.packet(.copyTransfer3D, [1, 0, 0, 64, 1024, 0, 0, 0, 16, 16, 1, 6, 0, 3])
    },
    Seed("end-of-transfers", .endTransfers) { $0.packet(.endTransfers, [0]) },
    Seed("blit", .blit) {
      $0.blit(from: 2, to: 7, sourceBox: [0, 0, 0, 16, 16, 1], targetBox: [0, 0, 0, 8, 8, 1])
    },
    Seed("blit-resolve", .blit) {
      $0.blit(
        from: Scene.multisample, to: 7, sourceBox: [0, 0, 0, 16, 16, 1], targetBox: [0, 0, 0, 16, 16, 1])
    },
    Seed("blit-of-depth-and-stencil", .blit) {
      $0.blit(
        from: Scene.depth, to: Scene.depth, format: WireFormats.depthStencil, sourceBox: [8, 16, 0, 8, ~7, 1],
        targetBox: [0, 0, 0, 8, 8, 1], flags: 0x30)
    },
    Seed("blit-of-stretched-stencil", .blit) {
      $0.blit(
        from: Scene.depth, to: Scene.depth, format: WireFormats.depthStencil, sourceBox: [0, 0, 0, 4, 4, 1],
        targetBox: [8, 8, 0, 8, 8, 1], flags: 0x20 | 1 << 8)
    },
    Seed("blit-that-blends", .blit) {
      $0.blit(
        from: 2, to: 7, format: WireFormats.rgba8, sourceBox: [0, 0, 0, 16, 16, 1], targetBox: [0, 0, 0, 8, 8, 1],
        flags: 0xf | 1 << 8 | 1 << 10 | 1 << 12, scissor: [2 | 2 << 16, 9 | 9 << 16])
    },
    Seed("copy", .resourceCopyRegion) {
      $0.packet(.resourceCopyRegion, [7, 0, 4, 4, 0, 2, 0, 0, 0, 0, 8, 8, 1])
    },
    Seed("copy-of-a-cube-face", .resourceCopyRegion) {
      $0.packet(.resourceCopyRegion, [Scene.cube, 1, 0, 0, 3, Scene.cube, 1, 0, 0, 1, 8, 8, 1])
    },
    Seed("parked-resource", .pipeResourceCreate) {
      $0.packet(.pipeResourceCreate, [2, WireFormats.rgba8, 8, 16, 8, 1, 1, 0, 0, 0, 77])
    },
    Seed("parked-buffer-that-maps", .pipeResourceCreate) {
      $0.packet(.pipeResourceCreate, [0, WireFormats.bytes, 1 << 4, 4096, 1, 1, 1, 0, 0, 6, 78])
    },
    Seed("resource-type", .pipeResourceSetType) {
      $0.packet(.pipeResourceSetType, [2, WireFormats.rgba8, 8, 16, 16, 0, 0, 0, 64, 0])
    },
    Seed("memory-information", .getMemoryInfo) { $0.packet(.getMemoryInfo, [6]) },
    Seed("resource-layout", .getPipeResourceLayout) { $0.packet(.getPipeResourceLayout, [6, 2, 0, 0, 0, 0]) },
    Seed("video-codec", .createVideoCodec) { $0.packet(.createVideoCodec, [1, 1, 1, 1, 64, 64, 1]) },
    Seed("video-codec-destroyed", .destroyVideoCodec) { $0.packet(.destroyVideoCodec, [1]) },
    Seed("video-buffer", .createVideoBuffer) { $0.packet(.createVideoBuffer, [1, 1, 64, 64, 2]) },
    Seed("video-buffer-destroyed", .destroyVideoBuffer) { $0.packet(.destroyVideoBuffer, [1]) },
    Seed("video-frame", .beginFrame) { $0.packet(.beginFrame, [1, 1]) },
    Seed("video-macroblock", .decodeMacroblock) { $0.packet(.decodeMacroblock, [1]) },
    Seed("video-bitstream", .decodeBitstream) { $0.packet(.decodeBitstream, [1, 1, 2, 3, 4]) },
    Seed("video-encoding", .encodeBitstream) { $0.packet(.encodeBitstream, [1, 1, 2, 3, 4]) },
    Seed("video-frame-end", .endFrame) { $0.packet(.endFrame, [1, 1]) },
  ]
}
