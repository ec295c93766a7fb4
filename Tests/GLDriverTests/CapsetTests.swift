import GLDriver
import Testing
import Vrend
import WireFormat

/// Capability sets derived from a real host.
@Suite(.serialized)
struct CapsetTests {
  private func host(_ kind: TestContext.Kind) throws -> HostGL {
    try TestContext.withCurrent(kind) { try HostGL.probe() }
  }

  @Test func `a desktop host offers what Mesa needs for GL 3`() throws {
    let host = try host(.core)
    let caps = VrendCapset.fill(host: host, abilities: .allOfRenderer)
    #expect(caps.v1.glslLevel == UInt32(host.version.major * 10 + host.version.minor) * 10)
    #expect(caps.v1.maxRenderTargets >= 4 && caps.v1.maxRenderTargets <= 8)
    #expect(caps.v1.maxUniformBlocks >= 12 && caps.v1.maxUniformBlocks <= 32)
    #expect(caps.v1.features.isSuperset(of: [.occlusionQuery, .primitiveRestart, .instanceID, .conditionalRender]))
    #expect(caps.v1.primitiveMask & 0x7F == 0x7F && caps.v1.primitiveMask & 0x380 == 0)
    #expect(caps.featureLevel == 23)
    #expect(caps.maxTextureSamplers == 32)
    #expect(caps.maxVertexAttribs >= 16)
    // Counters that only step by one are left to shader buffers.
    #expect((caps.maxCombinedAtomicCounters > 0) == host.features.contains(.atomicCounterOps))
    #expect(caps.capabilities.isSuperset(of: [.transfer, .copyTransfer, .tgsiInvariant, .tgsiPrecise, .appTweaks]))
    #expect(!caps.capabilities.contains(.hostIsGLES))
    #expect(caps.capabilitiesV2.contains(.copyTransferBothDirections))
    #expect(!caps.capabilitiesV2.contains(.separableShaders))
    #expect(!caps.renderer.contains("llvmpipe"))
    for word in caps.v1.render.words.indices {
      #expect(caps.v1.render.words[word] & ~caps.v1.sampler.words[word] == 0)
    }
  }

  @Test func `quads are drawn only by a compatibility host`() throws {
    let caps = VrendCapset.fill(host: try host(.compat), abilities: .allOfRenderer)
    #expect(caps.v1.primitiveMask & 0x380 == 0x380)
    #expect(caps.v1.features.contains(.polygonStipple))
  }

  @Test func `an ES host has doubles, or says what it is`() throws {
    let emulating = VrendCapset.fill(host: try host(.es), abilities: .allOfRenderer)
    #expect(emulating.v1.features.contains(.doubles))
    #expect(!emulating.capabilities.contains(.hostIsGLES))
    let caps = VrendCapset.fill(host: try host(.es), abilities: .allOfRenderer.subtracting(.doubles))
    #expect(caps.capabilities.contains(.hostIsGLES))
    #expect(caps.maxCombinedAtomicCounters == 0)
    #expect(!caps.v1.features.contains(.doubles))
    #expect(caps.v1.maxStreamOutputBuffers == 4)
  }

  @Test func `nothing is offered that the renderer lacks`() throws {
    let caps = VrendCapset.fill(host: try host(.core), abilities: [])
    #expect(caps.v1.glslLevel == 140)
    #expect(caps.v1.primitiveMask == 0x7F)
    #expect(caps.v1.maxStreamOutputBuffers == 0 && caps.v1.maxTextureBufferSize == 0 && caps.v1.maxSamples == 1)
    #expect(caps.v1.maxDualSourceRenderTargets == 0 && caps.v1.maxTextureGatherComponents == 0)
    #expect(caps.v1.maxViewports == 1)
    #expect(
      caps.v1.features.isDisjoint(with: [
        .tessellation, .indirectDraw, .doubles, .conditionalRender, .timerQuery, .textureMultisample, .cubeMapArray,
        .cullDistance, .streamOutputPauseResume, .sampleShading,
      ]))
    #expect(
      caps.capabilities.isDisjoint(with: [
        .transfer, .copyTransfer, .computeShader, .textureView, .copyImage, .queryBuffer, .clearTexture,
        .bufferStorage, .memoryBarrier, .guestMayInitLog, .multiDrawIndirect, .transformFeedback3,
      ]))
    #expect(caps.capabilitiesV2.subtracting([.mirrorClamp, .mirrorClampToEdge, .textureShadowLOD]).isEmpty)
    #expect(caps.maxShaderBufferFragmentCompute == 0 && caps.maxShaderImageFragmentCompute == 0)
    #expect(caps.maxComputeWorkGroupInvocations == 0 && caps.maxGeometryOutputVertices == 0)
    #expect(caps.maxConstantBufferSize[0] > 0 && caps.maxConstantBufferSize[2] == 0)
  }

  @Test func `the same host gives the same bytes`() throws {
    func bytes() throws -> [UInt8] {
      var bytes = [UInt8](repeating: UInt8.random(in: 0...255), count: CapsetV2.size)
      let caps = VrendCapset.fill(host: try host(.core), abilities: .allOfRenderer)
      _ = bytes.withUnsafeMutableBytes { caps.write(into: $0) }
      return bytes
    }
    let first = try bytes()
    #expect(try bytes() == first)
  }
}
