import Testing
import WireFormat

/// Every member lands at its offset of virgl_hw.h and nowhere else.
struct CapsetLayoutTests {
  private func words(_ caps: CapsetV2) -> [UInt32] {
    var bytes = [UInt8](repeating: 0xEE, count: CapsetV2.size)
    let isWritten = bytes.withUnsafeMutableBytes { caps.write(into: $0) }
    #expect(isWritten)
    var words: [UInt32] = []
    for word in 0..<CapsetV2.size / 4 {
      var value: UInt32 = 0
      for byte in 0..<4 { value |= UInt32(bytes[word * 4 + byte]) << UInt32(byte * 8) }
      words.append(value)
    }
    return words
  }

  /// The words that are not zero, except the version.
  private func written(_ edit: (inout CapsetV2) -> Void) -> [Int: UInt32] {
    var caps = CapsetV2()
    edit(&caps)
    var found: [Int: UInt32] = [:]
    for (word, value) in words(caps).enumerated() where word > 0 && value != 0 { found[word * 4] = value }
    return found
  }

  /// 1, 2, 3... in successive words.
  private func counting(_ count: Int, from offset: Int) -> [Int: UInt32] {
    var expected: [Int: UInt32] = [:]
    for index in 0..<count { expected[offset + index * 4] = UInt32(index + 1) }
    return expected
  }

  @Test func `set 2 says so`() {
    #expect(words(CapsetV2())[0] == 2)
  }

  @Test func `unsigned members`() {
    let members: [(WritableKeyPath<CapsetV2, UInt32>, Int)] = [
      (\.v1.glslLevel, 264),
      (\.v1.maxTextureArrayLayers, 268),
      (\.v1.maxStreamOutputBuffers, 272),
      (\.v1.maxDualSourceRenderTargets, 276),
      (\.v1.maxRenderTargets, 280),
      (\.v1.maxSamples, 284),
      (\.v1.primitiveMask, 288),
      (\.v1.maxTextureBufferSize, 292),
      (\.v1.maxUniformBlocks, 296),
      (\.v1.maxViewports, 300),
      (\.v1.maxTextureGatherComponents, 304),
      (\.maxGeometryOutputVertices, 344),
      (\.maxGeometryTotalOutputComponents, 348),
      (\.maxVertexOutputs, 352),
      (\.maxVertexAttribs, 356),
      (\.maxShaderPatchVaryings, 360),
      (\.textureBufferOffsetAlignment, 380),
      (\.uniformBufferOffsetAlignment, 384),
      (\.shaderBufferOffsetAlignment, 388),
      (\.maxVertexAttribStride, 428),
      (\.maxShaderBufferFragmentCompute, 432),
      (\.maxShaderBufferOtherStages, 436),
      (\.maxShaderImageFragmentCompute, 440),
      (\.maxShaderImageOtherStages, 444),
      (\.maxImageSamples, 448),
      (\.maxComputeWorkGroupInvocations, 452),
      (\.maxComputeSharedMemorySize, 456),
      (\.maxTexture2DSize, 484),
      (\.maxTexture3DSize, 488),
      (\.maxTextureCubeSize, 492),
      (\.maxCombinedShaderBuffers, 496),
      (\.maxCombinedAtomicCounters, 548),
      (\.maxCombinedAtomicCounterBuffers, 552),
      (\.featureLevel, 556),
      (\.maxVideoMemory, 692),
      (\.maxTextureSamplers, 764),
      (\.maxUniformBlockSize, 1372),
      (\.maxTessControlOutputs, 1376),
      (\.maxTessEvaluationOutputs, 1380),
    ]
    for (path, offset) in members { #expect(written { $0[keyPath: path] = 0x8123_4567 } == [offset: 0x8123_4567]) }
  }

  @Test func `floating and signed members`() {
    let floats: [(WritableKeyPath<CapsetV2, Float>, Int)] = [
      (\.minAliasedPointSize, 308),
      (\.maxAliasedPointSize, 312),
      (\.minSmoothPointSize, 316),
      (\.maxSmoothPointSize, 320),
      (\.minAliasedLineWidth, 324),
      (\.maxAliasedLineWidth, 328),
      (\.minSmoothLineWidth, 332),
      (\.maxSmoothLineWidth, 336),
      (\.maxTextureLODBias, 340),
      (\.maxAnisotropy, 760),
    ]
    for (path, offset) in floats { #expect(written { $0[keyPath: path] = 1.5 } == [offset: 0x3FC0_0000]) }
    let integers: [(WritableKeyPath<CapsetV2, Int32>, Int)] = [
      (\.minTexelOffset, 364),
      (\.maxTexelOffset, 368),
      (\.minTextureGatherOffset, 372),
      (\.maxTextureGatherOffset, 376),
    ]
    for (path, offset) in integers { #expect(written { $0[keyPath: path] = -8 } == [offset: 0xFFFF_FFF8]) }
  }

  @Test func `format masks`() {
    let members: [(WritableKeyPath<CapsetV2, FormatMask>, Int)] = [
      (\.v1.sampler, 4),
      (\.v1.render, 68),
      (\.v1.depthStencil, 132),
      (\.v1.vertexBuffer, 196),
      (\.readback, 560),
      (\.scanout, 624),
      (\.multisample, 768),
    ]
    for (path, offset) in members {
      let found = written {
        $0[keyPath: path].insert(PixelFormat(known: 0))
        $0[keyPath: path].insert(PixelFormat(known: 511))
      }
      #expect(found == [offset: 1, offset + 60: 0x8000_0000])
    }
  }

  @Test func `members of several words`() {
    let stages: [(WritableKeyPath<CapsetV2, InlineArray<6, UInt32>>, Int)] = [
      (\.maxAtomicCounters, 500), (\.maxAtomicCounterBuffers, 524), (\.maxConstantBufferSize, 832),
      (\.maxShaderStorageBlocks, 1384),
    ]
    for (path, offset) in stages {
      let found = written { $0[keyPath: path] = [1, 2, 3, 4, 5, 6] }
      #expect(found == counting(6, from: offset))
    }
    #expect(written { $0.maxComputeGridSize = [7, 8, 9] } == [460: 7, 464: 8, 468: 9])
    #expect(written { $0.maxComputeBlockSize = [7, 8, 9] } == [472: 7, 476: 8, 480: 9])
    let locations = written { $0.sampleLocations = [1, 2, 3, 4, 5, 6, 7, 8] }
    #expect(locations == counting(8, from: 396))
  }

  @Test func `bit members`() {
    #expect(written { $0.v1.features = .streamOutputOverflowQuery } == [260: 0x8000_0000])
    #expect(written { $0.capabilities = [.tgsiInvariant, .bufferStorage] } == [392: 0x8000_0001])
    #expect(written { $0.capabilitiesV2 = .copyTransferBothDirections } == [688: 0x80])
  }

  @Test func `the renderer name is cut and always ends`() {
    #expect(written { $0.renderer = "ab" } == [696: 0x6261])
    let long = written { $0.renderer = String(repeating: "x", count: 100) }
    #expect(long.keys.max() == 756 && long[756] == 0x0078_7878)
  }

  @Test func `video entries`() {
    var entry = VideoCapability()
    entry.profile = 1
    entry.entrypoint = 4
    entry.maxLevel = 51
    entry.stackedFrames = 2
    entry.maxWidth = 4096
    entry.maxHeight = 2304
    entry.preferredFormat = 166
    entry.maxMacroblocks = 0xFFFF
    entry.supportsProgressive = true
    entry.prefersInterlaced = true
    entry.maxTemporalLayers = 3
    let found = written { $0.video = [VideoCapability(), entry] }
    #expect(
      found == [
        856: 2, 876: 0x0233_0401, 880: 0x0900_1000, 884: 0xFFFF_00A6, 888: 0x3A,
      ])
    #expect(written { $0.video = [VideoCapability](repeating: entry, count: 40) }[856] == 32)
  }

  @Test func `set 1 is its own version and needs its size`() {
    var caps = CapsetV1()
    caps.maxTextureGatherComponents = 4
    var bytes = [UInt8](repeating: 0xEE, count: CapsetV1.size + 1)
    #expect(bytes.withUnsafeMutableBytes { caps.write(into: $0) })
    #expect(bytes[0] == 1 && bytes[304] == 4 && bytes[307] == 0 && bytes[308] == 0xEE)
    var short = [UInt8](repeating: 0xEE, count: CapsetV1.size - 1)
    #expect(!short.withUnsafeMutableBytes { caps.write(into: $0) })
    #expect(short.allSatisfy { $0 == 0xEE })
    #expect(!short.withUnsafeMutableBytes { CapsetV2().write(into: $0) })
  }
}
