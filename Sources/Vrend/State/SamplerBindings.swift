import CEpoxy
import GLDriver
import WireFormat

/// The sampler views of one stage.
struct StageViews {
  private var views = InlineArray<32, SamplerView?>(repeating: nil)

  subscript(slot: Int) -> SamplerView? {
    @inline(__always) get { views[slot & 31] }
    @inline(__always) set { views[slot & 31] = newValue }
  }
}

/// The sampler states of one stage.
struct StageSamplers {
  private var states = InlineArray<32, SamplerState?>(repeating: nil)

  subscript(slot: Int) -> SamplerState? {
    @inline(__always) get { states[slot & 31] }
    @inline(__always) set { states[slot & 31] = newValue }
  }
}

/// What a texture unit has bound.
struct TextureUnitShadow {
  /// Serial of the sampler view; 0 = nothing of ours.
  var view: UInt64 = 0
  var texture: GLuint = 0
  var target: GLenum = 0
  var sampler: GLuint = 0
}

extension SubContextState {
  /// SET_SAMPLER_VIEWS: views behind the range are unbound. Slots from 32 on never reach a shader.
  mutating func applySamplerViews(_ command: BindStageHandles, _ payload: Span<UInt32>) throws(CommandFault) {
    let stage = command.stage
    let end = min(ProtocolLimits.samplers, command.slots.start &+ command.slots.count)
    var special = false
    for index in 0..<command.slots.count {
      let slot = command.slots.start &+ index
      let handle = command.handle(index, payload)
      var view: SamplerView?
      if handle != 0 { view = try objects.require(handle, SamplerView.self) }
      guard slot < ProtocolLimits.samplers else { continue }
      let old = samplerViews[stage][slot]
      if old !== view {
        special = special || old?.changesShaders ?? false || view?.changesShaders ?? false
        samplerViews[stage][slot] = view
      }
    }
    if end < samplerViewCounts[stage] {
      for slot in end..<samplerViewCounts[stage] {
        special = special || samplerViews[stage][slot]?.changesShaders ?? false
        samplerViews[stage][slot] = nil
      }
    }
    samplerViewCounts[stage] = end
    dirty.insert(.samplers)
    if special { dirty.insert(.shaders) }
    if special, stage == 5 { isComputeDirty = true }
  }

  /// BIND_SAMPLER_STATES: slots outside the range keep theirs; an unknown handle empties its slot.
  mutating func applySamplerStates(_ command: BindStageHandles, _ payload: Span<UInt32>) {
    for index in 0..<command.slots.count {
      let state = objects.find(command.handle(index, payload), SamplerState.self)
      samplerStates[command.stage][command.slots.start &+ index] = state
    }
    dirty.insert(.samplers)
  }

  /// Binds textures and samplers to the units the program reads.
  mutating func emitSamplers(_ program: LinkedProgram) {
    for unit in program.textureUnits.indices {
      guard unit < textureUnits.count else { return }
      let use = program.textureUnits[unit]
      let stage = Int(use.stage)
      guard let view = samplerViews[stage][Int(use.slot)] else { continue }
      emitTexture(view, unit, shadowSampler: use.isShadow)
      let sampler = view.takesSampler
        ? samplerStates[stage][Int(use.slot)]?.name(view.samplerFlavour) ?? 0 : 0
      if sampler != textureUnits[unit].sampler {
        epoxy_glBindSampler(GLuint(unit), sampler)
        textureUnits[unit].sampler = sampler
      }
    }
    if program.needsSamplerInfo { emitSamplerInfo(program) }
  }

  private mutating func emitTexture(_ view: SamplerView, _ unit: Int, shadowSampler: Bool) {
    let isBound = textureUnits[unit].view == view.serial
    if isBound, view.isPrepared(shadow: shadowSampler) { return }
    shadow.selectTextureUnit(UInt32(unit))
    if !isBound {
      epoxy_glBindTexture(view.target, view.texture)
      textureUnits[unit].view = view.serial
      textureUnits[unit].texture = view.texture
      textureUnits[unit].target = view.target
    }
    view.prepareBound(shadow: shadowSampler)
  }

  /// Level and sample counts for hosts whose shading language cannot ask.
  private func emitSamplerInfo(_ program: LinkedProgram) {
    var counts: [GLint] = []
    for stage in 0..<6 where program.samplerInfoLocations[stage] >= 0 {
      counts.removeAll(keepingCapacity: true)
      for use in program.textureUnits where Int(use.stage) == stage {
        let view = samplerViews[stage][Int(use.slot)]
        counts.append(GLint(view?.levelCount ?? 1))
        counts.append(GLint(max(1, view?.resource.shape.samples ?? 1)))
      }
      epoxy_glUniform2iv(program.samplerInfoLocations[stage], GLsizei(counts.count / 2), counts)
    }
  }
}
