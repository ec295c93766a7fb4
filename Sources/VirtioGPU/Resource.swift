import Platform

/// A resource of the guest: its id, its guest memory and the client's notes about it.
///
/// The class itself is an untyped resource: guest pages (a GUEST blob) or a file descriptor that was imported or that
/// a context handed out. Components subclass it when they know what is inside. Renderer thread only.
@safe
open class Resource {
  package final let id: ResourceID

  /// The attached guest memory. Borrowed: the client frees it after detaching it.
  package final private(set) var backing: Backing?

  /// The client's own pointer (`virgl_renderer_resource_set_priv`).
  @exclusivity(unchecked) package final var clientPointer: UnsafeMutableRawPointer?

  /// Size announced when the resource was made as a blob, in bytes; 0 for others.
  package final let blobSize: UInt64
  package final let caching: MapCaching

  /// The descriptor behind an untyped resource.
  package final let descriptorKind: DescriptorKind?
  private final let descriptor: OwnedDescriptor

  /// What a context made of this untyped resource (PIPE_RESOURCE_SET_TYPE); stands for it wherever a type is needed.
  package final var typed: Resource?

  /// The current mapping. There is at most one.
  package final private(set) var mapping: ResourceMapping?

  /// A resource whose storage, if any, the subclass keeps.
  package init(id: ResourceID, blobSize: UInt64 = 0, caching: MapCaching = .none) {
    self.id = id
    self.blobSize = blobSize
    self.caching = caching
    descriptorKind = nil
    descriptor = OwnedDescriptor(none: ())
  }

  /// An untyped resource made of a descriptor, which it takes over.
  package init(
    id: ResourceID, descriptor: consuming OwnedDescriptor, kind: DescriptorKind, blobSize: UInt64, caching: MapCaching
  ) {
    self.id = id
    self.blobSize = blobSize
    self.caching = caching
    descriptorKind = kind
    self.descriptor = descriptor
  }

  /// The borrowed descriptor of an untyped resource, or -1.
  package final var borrowedDescriptor: CInt { descriptor.raw }

  // MARK: Guest memory

  /// - Throws: `duplicate` when memory is attached already; the caller then keeps what it offered.
  package final func attach(_ memory: Backing) throws(Fault) {
    guard backing == nil else { throw Fault(.duplicate, "resource has backing already", UInt64(id.rawValue)) }
    backing = memory
    didAttachBacking(memory)
  }

  /// Forgets the attached memory and returns it.
  package final func detachBacking() -> Backing? {
    guard let memory = backing else { return nil }
    willDetachBacking(memory)
    backing = nil
    return memory
  }

  /// Called after memory was attached; the memory is usable.
  open func didAttachBacking(_ memory: GuestMemory) {}
  /// Called while the memory is still attached.
  open func willDetachBacking(_ memory: GuestMemory) {}

  // MARK: What the client may ask

  /// Answers `virgl_renderer_resource_get_info`.
  ///
  /// - Throws: `invalidArgument` when the resource has no description.
  open func describe() throws(Fault) -> ResourceInfo {
    var info = ResourceInfo()
    info.descriptor = borrowedDescriptor
    return info
  }

  /// A new descriptor of the storage.
  ///
  /// - Throws: `unsupported` when the storage cannot be shared.
  open func export() throws(Fault) -> ExportedBlob {
    guard let kind = descriptorKind else {
      throw Fault(.unsupported, "resource has no exportable storage", UInt64(id.rawValue))
    }
    do throws(Errno) {
      return ExportedBlob(kind: kind, descriptor: try descriptor.duplicate())
    } catch {
      throw Fault(.outOfMemory, "cannot duplicate descriptor", UInt64(error.code))
    }
  }

  /// Answers an export query; makes descriptors only when told to.
  ///
  /// An untyped resource is one buffer of which nothing is known (virglrenderer 1.3.0 says so); it is exported by
  /// `export`, as blobs are. A typed one that says nothing else cannot be shared.
  open func exportLayout(withDescriptors: Bool) throws(Fault) -> ExportLayout {
    guard !withDescriptors else { throw Fault(.unsupported, "resource is not exportable", UInt64(id.rawValue)) }
    var layout = ExportLayout()
    layout.bufferCount = try describe().format == 0 ? 1 : 0
    return layout
  }

  /// Makes the mapping that `map` hands out; the result stays valid until `releaseMapping`.
  open func makeMapping() throws(Fault) -> ResourceMapping {
    guard let kind = descriptorKind, kind != .opaque else {
      throw Fault(.unsupported, "resource cannot be mapped", UInt64(id.rawValue))
    }
    guard let size = Int(exactly: blobSize) else { throw Fault(.invalidArgument, "blob is too large", blobSize) }
    do throws(Errno) {
      let pages = try unsafe Mapping(sharing: descriptor, byteCount: size).disown()
      return unsafe ResourceMapping(start: pages.start, byteCount: pages.byteCount)
    } catch {
      throw Fault(.outOfMemory, "mapping failed", UInt64(error.code))
    }
  }

  /// Undoes `makeMapping`.
  open func releaseMapping(_ mapping: ResourceMapping) throws(Fault) {
    do throws(Errno) {
      try unsafe Mapping.unmap(mapping.start, mapping.byteCount)
    } catch {
      throw Fault(.invalidArgument, "munmap failed", UInt64(error.code))
    }
  }

  /// Maps over the client's own address range; the client owns the result. Nothing is left mapped on failure.
  ///
  /// - Throws: `unsupported` when only `map` works.
  open func mapFixed(at address: UnsafeMutableRawPointer) throws(Fault) {
    guard let kind = descriptorKind, kind != .opaque else {
      throw Fault(.unsupported, "resource cannot be mapped at an address", UInt64(id.rawValue))
    }
    guard let size = Int(exactly: blobSize) else { throw Fault(.invalidArgument, "blob is too large", blobSize) }
    do throws(Errno) {
      try unsafe Mapping.share(descriptor, byteCount: size, replacing: address)
    } catch {
      throw Fault(.invalidArgument, "mapping failed", UInt64(error.code))
    }
  }

  // MARK: Mapping bookkeeping

  /// Maps the storage. A second mapping is refused.
  package final func map() throws(Fault) -> ResourceMapping {
    guard mapping == nil else { throw Fault(.duplicate, "resource is mapped already", UInt64(id.rawValue)) }
    let made = try makeMapping()
    mapping = made
    return made
  }

  package final func unmap() throws(Fault) {
    guard let made = mapping else { throw Fault(.invalidArgument, "resource is not mapped", UInt64(id.rawValue)) }
    mapping = nil
    try releaseMapping(made)
  }

  /// Ends what the client may still hold, when the id is given free; objects made of the resource may outlive it.
  ///
  /// The guest memory is forgotten without being touched: it may be gone already.
  package final func retire() {
    if let made = mapping {
      mapping = nil
      try? releaseMapping(made)
    }
    backing = nil
    typed = nil
  }
}
