import CEpoxy
import GLDriver
import ShaderTranslator
import WireFormat

extension SubContextState {
  /// LAUNCH_GRID. Without a compute shader, or with one that the host refuses, nothing happens.
  @inline(never)
  mutating func dispatch(_ command: LaunchGrid, _ resources: borrowing ResourceMap) throws(CommandFault) {
    guard host.features.contains(.computeShader), let shader = shaders[5], shader.isComplete else { return }
    if isComputeDirty || computeProgram == nil {
      computeProgram = try? computeProgram(of: shader)
      isComputeDirty = false
    }
    guard let program = computeProgram else { return }
    shadow.useProgram(program.name)
    emitConstants(program)
    emitUniformBuffers(program)
    emitSamplers(program)
    emitStorageAndImages(program)
    // The graphics program's bindings share these numbers.
    dirty.formUnion([.uniformBuffers, .samplers, .constants])
    if command.indirectResource == 0 {
      let limit = host.limits.maxComputeWorkGroupCount
      guard command.grid.x <= UInt32(clamping: limit.0), command.grid.y <= UInt32(clamping: limit.1),
        command.grid.z <= UInt32(clamping: limit.2)
      else { throw .range }
      epoxy_glDispatchCompute(command.grid.x, command.grid.y, command.grid.z)
      return
    }
    let arguments = try resources.requireBuffer(command.indirectResource)
    guard Int(command.indirectOffset) + 12 <= arguments.shape.width, command.indirectOffset & 3 == 0 else {
      throw CommandFault(.illegalResource, .bounds, command.indirectResource)
    }
    epoxy_glBindBuffer(GL.DISPATCH_INDIRECT_BUFFER, arguments.bufferName)
    epoxy_glDispatchComputeIndirect(GLintptr(command.indirectOffset))
    epoxy_glBindBuffer(GL.DISPATCH_INDIRECT_BUFFER, 0)
  }

  private mutating func computeProgram(of shader: ShaderSelector) throws(HostRefusal) -> LinkedProgram {
    var variants = StageVariants()
    var link = StageLink()
    link.previous = .none
    variants[5] = try shader.variant(
      VariantKey(link: link, stage: .other, samplers: samplerKey(shader)), factory)
    return try linked(variants)
  }
}
