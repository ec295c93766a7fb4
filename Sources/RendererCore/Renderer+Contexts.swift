import Platform
import VirtioGPU

extension Renderer {
  /// - Parameter capset: the capability set the guest chose; 0 means VIRGL2, as legacy guests leave it out.
  /// - Throws: `invalidArgument` for id 0, an id in use by another kind of context, or a capset not offered.
  package func createContext(_ id: ContextID, capset: UInt32, name: DebugName) throws(Fault) {
    guard id != .host else { throw Fault(.invalidArgument, "context 0 is the renderer's own") }
    guard let capset = CapsetID(rawValue: capset == 0 ? CapsetID.virgl2.rawValue : capset) else {
      throw Fault(.invalidArgument, "no such capability set", UInt64(capset))
    }
    if let known = contexts[id.rawValue] {
      guard known.capset == capset else {
        throw Fault(.invalidArgument, "the context exists with another capability set", UInt64(id.rawValue))
      }
      return
    }
    switch capset {
    case .virgl, .virgl2:
      contexts[id.rawValue] = try requireVrend().makeContext(id: id, capset: capset, name: name)
    case .venus, .drm:
      throw Fault(.invalidArgument, "contexts of this capability set are not offered", UInt64(capset.rawValue))
    }
    log.debug("context \(id.rawValue) \"\(name)\" created")
  }

  /// An unknown id is ignored.
  package func destroyContext(_ id: ContextID) {
    contexts.removeValue(forKey: id.rawValue)?.destroy()
    vrend?.forceContext0()
  }

  package func hasContext(_ id: ContextID) -> Bool { contexts[id.rawValue] != nil }

  /// - Throws: `notFound`.
  @inline(__always)
  func context(_ id: ContextID) throws(Fault) -> any Context {
    guard let context = contexts[id.rawValue] else { throw Fault(.notFound, "unknown context", UInt64(id.rawValue)) }
    return context
  }

  package func attach(_ resource: ResourceID, to context: ContextID) throws(Fault) {
    try self.context(context).attach(self.resource(resource))
  }

  package func detach(_ resource: ResourceID, from context: ContextID) throws(Fault) {
    try self.context(context).detach(self.resource(resource))
  }

  /// Runs a command stream; see `Context.submit`.
  package func submit(_ stream: Span<UInt32>, to id: ContextID) throws(Fault) {
    try context(id).submit(stream)
  }

  // MARK: Fences

  /// A fence on the device-wide timeline.
  package func createGlobalFence(_ id: FenceID) throws(Fault) {
    let fence = Fence(timeline: .global, id: id, isMergeable: false)
    try requireVrend().createGlobalFence(fence)
  }

  /// A fence on a context's timeline.
  package func createFence(_ fence: Fence) throws(Fault) { try context(fence.timeline.context).createFence(fence) }

  /// Reports what is done, of all contexts.
  package func poll() { vrend?.poll() }

  package func pollContext(_ id: ContextID) throws(Fault) { try context(id).retireFences() }

  /// Readable while `poll` has something to do, or -1. Borrowed.
  package var pollDescriptor: CInt { vrend?.fences.pollDescriptor ?? -1 }

  package func contextPollDescriptor(_ id: ContextID) throws(Fault) -> CInt { try context(id).pollDescriptor }
}
