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
      guard isBearable(groups: command.grid, shader) else { return }
      epoxy_glDispatchCompute(command.grid.x, command.grid.y, command.grid.z)
      return
    }
    let arguments = try resources.requireBuffer(command.indirectResource)
    guard Int(command.indirectOffset) + 12 <= arguments.shape.width, command.indirectOffset & 3 == 0 else {
      throw CommandFault(.illegalResource, .bounds, command.indirectResource)
    }
    let parameters = parameters(in: arguments, at: Int(command.indirectOffset), byteCount: 12)
    defer { parameters.release() }
    guard isBearable(groupsIn: parameters, shader) else { return }
    epoxy_glBindBuffer(GL.DISPATCH_INDIRECT_BUFFER, parameters.buffer)
    epoxy_glDispatchComputeIndirect(parameters.offset)
    epoxy_glBindBuffer(GL.DISPATCH_INDIRECT_BUFFER, 0)
  }

  /// Whether a grid can be done in bearable time on this host.
  private func isBearable(groups: (x: UInt32, y: UInt32, z: UInt32), _ shader: ShaderSelector) -> Bool {
    guard drawLimits.work != .max else { return true }
    var work = shader.groupInvocations
    for count in [groups.x, groups.y, groups.z] {
      let (product, overflow) = work.multipliedReportingOverflow(by: UInt64(count))
      if overflow { return false }
      work = product
    }
    return work <= drawLimits.work
  }

  /// The same for a grid in a buffer, which is read on hosts where the answer may be no.
  private func isBearable(groupsIn parameters: IndirectParameters, _ shader: ShaderSelector) -> Bool {
    guard drawLimits.work != .max else { return true }
    let groups = read(parameters, at: 0, count: 3)
    return isBearable(groups: (groups[0], groups[1], groups[2]), shader)
  }

  private mutating func computeProgram(of shader: ShaderSelector) throws(HostRefusal) -> LinkedProgram {
    try linked(computeVariants(of: shader))
  }

  func computeVariants(of shader: ShaderSelector) throws(HostRefusal) -> StageVariants {
    var variants = StageVariants()
    var link = StageLink()
    link.previous = .none
    variants[5] = try shader.variant(
      VariantKey(link: link, stage: .other, samplers: samplerKey(shader)), factory)
    return variants
  }
}

extension ShaderSelector {
  /// Invocations of one work group of a compute shader; 1 for other stages.
  fileprivate var groupInvocations: UInt64 {
    guard let size = program?.shader.properties.blockSize else { return 1 }
    return [size.0, size.1, size.2].reduce(1) { $0 &* UInt64(clamping: max(1, min($1, 1 << 16))) }
  }
}
