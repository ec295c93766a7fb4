import GLDriver
import WireFormat

extension CapsetBuilder {
  mutating func fillV1() {
    caps.v1.sampler = host.formats.samplerMask
    caps.v1.render = host.formats.renderMask
    if has(.vertexPackedFloat) { caps.v1.vertexBuffer.insert(.R11G11B10_FLOAT) }
    caps.v1.features = featureBits()
    caps.v1.glslLevel = glslLevel()
    caps.v1.primitiveMask = primitiveMask()
    caps.v1.maxTextureArrayLayers = wire(limits.maxArrayTextureLayers)
    if hasStreamOutput {
      // ES guarantees four separate attributes, as GL without the query does.
      caps.v1.maxStreamOutputBuffers =
        has(.transformFeedback3) ? wire(limits.maxTransformFeedbackBuffers, atMost: 4) : 4
    }
    if has(.dualSourceBlend, .dualSourceBlend) {
      caps.v1.maxDualSourceRenderTargets = wire(limits.maxDualSourceDrawBuffers)
    }
    caps.v1.maxRenderTargets = wire(limits.maxDrawBuffers, atMost: 8)
    // 1 makes the guest pretend to multisample.
    caps.v1.maxSamples = policy.abilities.contains(.multisample) ? wire(host.multisample.maxSamples) : 1
    if has(.textureBuffer, .textureBuffers) { caps.v1.maxTextureBufferSize = wire(limits.maxTextureBufferSize) }
    caps.v1.maxUniformBlocks = maxUniformBlocks()
    caps.v1.maxViewports = has(.viewportArray, .viewportArrays) ? wire(limits.maxViewports, atMost: 16) : 1
    if has(.textureGather, .textureGather) {
      caps.v1.maxTextureGatherComponents = wire(limits.maxTextureGatherComponents)
    }
  }

  /// The guest's default block is no GL block (+1), the renderer's helper block is one (-1). Each stage's blocks
  /// have their own bindings, and all stages' together must find room beside the helper's.
  private func maxUniformBlocks() -> UInt32 {
    let stages = hasTessellation ? 5 : (hasGeometry ? 3 : 2)
    let byBindings = (Int(limits.maxUniformBufferBindings) - 1) / stages + 1
    return wire(limits.vertex.uniformBlocks, atMost: max(1, min(32, byBindings)))
  }

  /// The GLSL version that guests may believe in. ES hosts, and desktop hosts with extensions, claim a desktop version
  /// whose abilities the translator has equivalents for; none claims more than the renderer's stages allow.
  func glslLevel() -> UInt32 {
    var level: UInt32
    if host.isES {
      level = host.version >= GLVersion(3, 1) ? 310 : (host.version >= GLVersion(3, 0) ? 130 : 120)
    } else {
      switch (host.version.major, host.version.minor) {
      case (3, 0): level = 130
      case (3, 1): level = 140
      case (3, 2): level = 150
      default: level = UInt32(clamping: min(46, host.version.major * 10 + host.version.minor)) * 10
      }
    }
    if level < 400, hasTessellation, hasGeometry, has(.gpuShader5) {
      level = 400
      if has(.separateShaderObjects) { level = hasCompute ? 430 : 410 }
    }
    if !hasGeometry { level = min(level, 140) }
    if !hasTessellation { level = min(level, 330) }
    if !hasImages { level = min(level, 410) }
    if !hasCompute || !hasShaderBuffers { level = min(level, 420) }
    return level
  }

  /// Bit n: primitive n is drawn as it is; the guest converts the others.
  private func primitiveMask() -> UInt32 {
    var mask: UInt32 = 0b0111_1111  // points ... triangle fan
    if host.isCompat { mask |= 0b0011_1000_0000 }  // quads, quad strip, polygon
    let level = glslLevel()
    if level >= 150 { mask |= 0b0011_1100_0000_0000 }  // adjacency
    if level >= 400 || hasTessellation { mask |= 1 << 14 }  // patches
    return mask
  }

  private func featureBits() -> CapsetFeatureBits {
    var bits: CapsetFeatureBits = .occlusionQuery
    func add(_ bit: CapsetFeatureBits, if condition: Bool) { if condition { bits.insert(bit) } }
    add(.independentBlendEnable, if: has(.independentBlend))
    add(.independentBlendFunc, if: has(.independentBlendFunc))
    add(.cubeMapArray, if: has(.cubeMapArray, .cubeMapArrays))
    add(.shaderStencilExport, if: has(.stencilExport, .stencilExport))
    add(.conditionalRender, if: has(.conditionalRender, .conditionalRender))
    add(.conditionalRenderInverted, if: has(.conditionalRenderInverted, .conditionalRender))
    add(.startInstance, if: has(.baseInstance))
    add(.primitiveRestart, if: has(.primitiveRestart) || has(.primitiveRestartNV))
    add(.instanceID, if: has(.drawInstanced))
    add(.seamlessCubeMap, if: has(.seamlessCubeMap))
    add(.seamlessCubeMapPerTexture, if: has(.seamlessCubeMapPerTexture))
    add(.timerQuery, if: has(.timerQuery, .timerQueries))
    add(.streamOutputPauseResume, if: hasStreamOutput && has(.transformFeedback2))
    add(
      .streamOutputOverflowQuery,
      if: hasStreamOutput && has(.transformFeedbackOverflowQuery, .streamOutputOverflowQueries))
    add(.textureMultisample, if: has(.textureMultisample, .multisample))
    add(.fragmentCoordConventions, if: has(.fragmentCoordConventions))
    add(.depthClipDisable, if: has(.depthClamp))
    add(.polygonStipple, if: host.isCompat)
    // Guests that go by this bit, and not by those of version 2, take it for GL_MIRROR_CLAMP too, which ES lacks.
    add(.mirrorClamp, if: has(.mirrorClampToEdge) && !host.isES)
    add(.textureQueryLOD, if: has(.textureQueryLOD))
    // Before GL 4.0 the extension alone lacks what the translator uses of gpu_shader5.
    add(.doubles, if: has(.gpuShaderFP64) && has(.gpuShader5, .doubles) || emulatesDoubles)
    add(.tessellation, if: hasTessellation)
    add(.indirectDraw, if: has(.indirectDraw, .indirectDraw))
    add(.sampleShading, if: has(.sampleShading, .multisample))
    add(.cullDistance, if: has(.cullDistance, .cullDistance))
    add(.derivativeControl, if: has(.derivativeControl))
    add(.polygonOffsetClamp, if: has(.polygonOffsetClamp))
    return bits
  }
}
