import GLDriver
import VirtioGPU
import WireFormat

extension VrendContext {
  /// CREATE_OBJECT. A handle in use is replaced; bindings keep the old object.
  @inline(never)
  func createObject(_ header: CommandHeader, _ payload: Span<UInt32>) throws(CommandFault) {
    guard let kind = ObjectKind(rawValue: header.objectKind) else {
      throw CommandFault(.illegalCommandBuffer, .value, header.rawValue)
    }
    let handle = try CreateObject(payload).handle
    let object: GuestObject
    switch kind {
    case .blend: object = BlendObject(try CreateBlend(payload))
    case .rasterizer: object = RasterizerObject(try CreateRasterizer(payload))
    case .depthStencilAlpha: object = DepthStencilAlphaObject(try CreateDepthStencilAlpha(payload))
    case .shader:
      return try state.createShader(CreateShader(payload), payload)
    case .vertexElements:
      object = try VertexElements(
        CreateVertexElements(payload), payload, serial: state.takeSerial(), host: renderer.host)
    case .samplerView:
      let command = try CreateSamplerView(payload)
      object = try SamplerView(
        command, resource: resources.require(command.resource), serial: state.takeSerial(),
        host: renderer.host, releaseQueue: renderer.releaseQueue)
      state.forgetActiveUnit()
    case .samplerState:
      object = SamplerState(
        try CreateSamplerState(payload), host: renderer.host, releaseQueue: renderer.releaseQueue)
    case .surface, .msaaSurface:
      let command = try CreateSurface(payload, multisample: kind == .msaaSurface)
      object = try Surface(
        command, resource: resources.require(command.resource), host: renderer.host,
        releaseQueue: renderer.releaseQueue)
    case .query:
      let command = try CreateQuery(payload)
      object = try Query(command, resource: resources.require(command.resource), host: renderer.host)
    case .streamOutTarget:
      let command = try CreateStreamOutTarget(payload)
      object = StreamOutTarget(command, resource: try resources.requireBuffer(command.resource))
    }
    try state.enter(object, under: handle)
  }
}

extension SubContextState {
  /// How many objects one sub-context may hold, whatever the budget says.
  private static var objectLimit: Int { 1 << 20 }

  /// - Throws: ILLEGAL_CMD_BUFFER at the limit, UNKNOWN when the budget is exhausted.
  mutating func enter(_ object: GuestObject, under handle: UInt32) throws(CommandFault) {
    guard objects.count < Self.objectLimit else { throw CommandFault(.illegalCommandBuffer, .limit, handle) }
    do throws(Fault) {
      try budget.reserve(ResourceBudget.Cost.object)
    } catch {
      throw CommandFault(.unknown, .outOfMemory, handle)
    }
    guard let replaced = objects.insert(handle, object) else { return }
    budget.release(ResourceBudget.Cost.object)
    unlink(replaced)
  }

  /// A part of the budget for the contents of an object.
  func shareOfBudget(_ bytes: Int) throws(CommandFault) -> BudgetShare {
    do throws(Fault) {
      return try budget.share(bytes)
    } catch {
      throw CommandFault(.unknown, .outOfMemory, UInt32(clamping: bytes))
    }
  }

  /// BIND_OBJECT of the four kinds that it binds. Handle 0 unbinds.
  @inline(__always)
  mutating func bindObject(_ rawKind: UInt8, _ command: ObjectReference) throws(CommandFault) {
    let handle = command.handle
    switch ObjectKind(rawValue: rawKind) {
    case .blend: bind(handle == 0 ? nil : try objects.require(handle, BlendObject.self))
    case .rasterizer: bind(handle == 0 ? nil : try objects.require(handle, RasterizerObject.self))
    case .depthStencilAlpha: bind(handle == 0 ? nil : try objects.require(handle, DepthStencilAlphaObject.self))
    case .vertexElements:
      let wanted = handle == 0 ? nil : try objects.require(handle, VertexElements.self)
      if let wanted, wanted.elements.count > Int(host.limits.maxVertexAttribs) {
        throw CommandFault(.tooManyVertexAttributes, .limit, UInt32(truncatingIfNeeded: wanted.elements.count))
      }
      bind(wanted)
    default:
      throw CommandFault(.illegalCommandBuffer, .value, UInt32(rawKind))
    }
  }

  /// DESTROY_OBJECT; an unknown handle is ignored.
  @inline(__always)
  mutating func destroyObject(_ handle: UInt32) {
    guard let object = objects.remove(handle) else { return }
    budget.release(ResourceBudget.Cost.object)
    unlink(object)
  }

  /// The end of every handle.
  mutating func destroyAllObjects() {
    budget.release(objects.count * ResourceBudget.Cost.object)
    objects = HandleMap()
  }

  /// Takes a destroyed object out of the bindings that end with its handle.
  private mutating func unlink(_ object: GuestObject) {
    switch object.kind {
    case .depthStencilAlpha where object === boundDepthStencilAlpha: bind(nil as DepthStencilAlphaObject?)
    case .vertexElements:
      if object === boundVertexElements { bind(nil as VertexElements?) }
      // GL unbinds a vertex array that is deleted while it is bound.
      shadow.vertexArray = .max
      dirty.insert(.vertexElements)
    case .samplerState:
      for stage in 0..<6 {
        for slot in 0..<ProtocolLimits.samplers where samplerStates[stage][slot] === object {
          samplerStates[stage][slot] = nil
        }
      }
      forgetSamplers()
    case .query:
      forget(unsafeDowncast(object, to: Query.self))
    case .streamOutTarget:
      endCaptures(into: unsafeDowncast(object, to: StreamOutTarget.self))
    default: break
    }
  }

  /// Making a buffer texture binds it, and then nothing, to the active unit's buffer target only; what the
  /// shadow knows of other targets stays true, but a unit that samples a buffer is bound again.
  mutating func forgetActiveUnit() {
    let unit = Int(shadow.activeTexture)
    if unit < textureUnits.count, textureUnits[unit].target == GL.TEXTURE_BUFFER {
      textureUnits[unit].view = 0
      dirty.insert(.samplers)
    }
  }

  /// GL sampler names may be handed out again after a sampler state's end.
  private mutating func forgetSamplers() {
    for unit in 0..<textureUnits.count where textureUnits[unit].sampler != 0 { textureUnits[unit].sampler = .max }
    dirty.insert(.samplers)
  }
}
