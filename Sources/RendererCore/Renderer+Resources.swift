import Platform
import VirtioGPU

extension Renderer {
  // MARK: Life

  /// RESOURCE_CREATE_2D and _3D.
  ///
  /// - Parameter memory: guest memory to attach at once; not kept on failure.
  /// - Throws: `duplicate` when the handle is in use, else what the arguments or the host make impossible.
  package func createResource(
    _ arguments: ResourceCreateArguments, image: UnsafeMutableRawPointer?, memory: GuestMemory?
  ) throws(Fault) {
    let id = try freeID(arguments.handle)
    let vrend = try requireVrend()
    let resource: Resource
    if let image {
      resource = try vrend.importImage(arguments, image: image)
    } else {
      resource = try vrend.createResource(arguments)
    }
    if let memory { try resource.attach(memory) }
    resources[id.rawValue] = resource
  }

  private func freeID(_ handle: UInt32) throws(Fault) -> ResourceID {
    let id = ResourceID(handle)
    guard handle != 0 else { throw Fault(.invalidArgument, "resource 0 cannot be") }
    guard resources[id.rawValue] == nil else { throw Fault(.duplicate, "the resource id is in use", UInt64(handle)) }
    guard resources.count < resourceLimit else {
      throw Fault(.outOfMemory, "too many resources", UInt64(resources.count))
    }
    return id
  }

  /// Takes the resource out of every context and forgets its memory; an unknown id is ignored.
  package func destroyResource(_ id: ResourceID) {
    guard let resource = resources.removeValue(forKey: id.rawValue) else { return }
    for context in contexts.values { context.detach(resource) }
    vrend?.ensureCurrent()
    resource.retire()
  }

  package func hasResource(_ id: ResourceID) -> Bool { resources[id.rawValue] != nil }

  /// - Throws: `notFound`.
  package func resource(_ id: ResourceID) throws(Fault) -> Resource {
    guard let resource = resources[id.rawValue] else { throw Fault(.notFound, "unknown resource", UInt64(id.rawValue)) }
    return resource
  }

  /// The memory as it was attached; nil when there is none.
  package func detachBacking(_ id: ResourceID) throws(Fault) -> GuestMemory? { try resource(id).detachBacking() }

  // MARK: Questions

  package func describe(_ id: ResourceID) throws(Fault) -> ResourceInfo {
    let resource = try resource(id)
    var info = try (resource.typed ?? resource).describe()
    info.descriptor = resource.borrowedDescriptor
    vrend?.describeSharing(resource, &info)
    return info
  }

  /// The pixels of a cursor, rows reversed.
  package func cursorImage(of id: ResourceID) throws(Fault) -> CursorImage {
    try requireVrend().cursorImage(resource(id))
  }

  /// A texture of the renderer, by its GL name, as a dma-buf.
  ///
  /// - Throws: `unsupported` without an EGL display that exports textures.
  package func exportTexture(_ name: UInt32) throws(Fault) -> ExportedTexture {
    try requireVrend().exportTexture(name)
  }

  /// Planes of a resource's storage. Without storage, or for resource 0: of what an allocation would get.
  ///
  /// - Throws: `notFound` for an unknown resource, `unsupported` without a buffer allocator, `invalidArgument` when no
  ///   allocation accepts the request.
  package func queryLayout(_ id: ResourceID, _ request: LayoutRequest) throws(Fault) -> ImageLayout {
    let resource = id.rawValue == 0 ? nil : try resource(id)
    let vrend = try requireVrend()
    if let resource, let layout = vrend.layout(of: resource) { return layout }
    return try vrend.layout(ofAllocation: request)
  }

  /// How a resource can be shared; descriptors only when asked for.
  package func exportLayout(of id: ResourceID, withDescriptors: Bool) throws(Fault) -> ExportLayout {
    let resource = try resource(id)
    if let vrend, let layout = try vrend.exportLayout(of: resource, withDescriptors: withDescriptors) { return layout }
    return try resource.exportLayout(withDescriptors: withDescriptors)
  }

  /// A new descriptor of a resource's storage: what it was imported from, or its texture as a dma-buf.
  ///
  /// - Throws: `unsupported` when the storage cannot be shared.
  package func export(_ id: ResourceID) throws(Fault) -> ExportedBlob {
    let resource = try resource(id)
    if let vrend, let exported = try vrend.export(resource) { return exported }
    return try resource.export()
  }

  // MARK: Transfers

  /// - Parameter memory: instead of the resource's own; nil = the resource's own.
  package func transfer(
    _ transfer: Transfer, _ direction: Transfer.Direction, _ id: ResourceID, context: ContextID, memory: GuestMemory?
  ) throws(Fault) {
    let resource = try resource(id)
    if context == .host {
      try requireVrend().transfer(transfer, direction, resource, memory: memory)
    } else {
      try self.context(context).transfer(transfer, direction, resource, memory: memory)
    }
  }

  /// Reads a rectangle of level 0 with the stride of the whole level.
  package func readRectangle(
    of id: ResourceID, _ box: Box, offset: UInt64, memory: GuestMemory?
  ) throws(Fault) {
    let transfer = Transfer(level: 0, stride: 0, layerStride: 0, box: box, offset: offset)
    try self.transfer(transfer, .fromHost, id, context: .host, memory: memory)
  }

  // MARK: Blobs

  /// RESOURCE_CREATE_BLOB.
  ///
  /// - Parameter pages: guest memory; needed unless the blob lives in host memory alone, where it is refused.
  package func createBlob(
    _ request: BlobRequest, memory: BlobMemory, context: ContextID, pages: GuestMemory?
  ) throws(Fault) {
    let id = try freeID(request.resource.rawValue)
    guard request.size > 0 else { throw Fault(.invalidArgument, "an empty blob") }
    let needsPages = memory == .guest || memory == .host3DGuest
    guard memory != .guestVRAM, needsPages == (pages != nil) else {
      throw Fault(.invalidArgument, "guest pages and blob memory contradict each other", UInt64(memory.rawValue))
    }
    if let pages {
      guard UInt64(pages.byteCount) >= request.size else {
        throw Fault(.invalidArgument, "fewer guest pages than the blob's size", request.size)
      }
    }
    let resource: Resource
    if memory == .guest {
      resource = Resource(id: id, blobSize: request.size, caching: .cached)
    } else {
      resource = try self.context(context).makeBlob(request)
    }
    if let pages { try resource.attach(pages) }
    resources[id.rawValue] = resource
  }

  /// Makes an untyped resource of a descriptor, which is taken over on success only.
  package func importBlob(
    _ id: ResourceID, memory: BlobMemory, kind: DescriptorKind, descriptor: CInt, size: UInt64
  ) throws(Fault) {
    let id = try freeID(id.rawValue)
    guard memory == .host3D || memory == .guestVRAM, descriptor >= 0, size > 0 else {
      throw Fault(.invalidArgument, "no such import", UInt64(memory.rawValue))
    }
    resources[id.rawValue] = Resource(
      id: id, descriptor: OwnedDescriptor(owning: descriptor), kind: kind, blobSize: size, caching: .none)
  }

  package func map(_ id: ResourceID) throws(Fault) -> ResourceMapping {
    let resource = try resource(id)
    vrend?.ensureCurrent()
    return try resource.map()
  }

  package func unmap(_ id: ResourceID) throws(Fault) {
    let resource = try resource(id)
    vrend?.ensureCurrent()
    try resource.unmap()
  }

  package func mapFixed(_ id: ResourceID, at address: UnsafeMutableRawPointer) throws(Fault) {
    try resource(id).mapFixed(at: address)
  }
}
