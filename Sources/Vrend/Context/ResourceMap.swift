import VirtioGPU
import WireFormat

/// The resources a guest may name in its commands: those attached to its context.
struct ResourceMap: ~Copyable {
  private var attached = HandleMap<Resource>()

  mutating func attach(_ resource: Resource) { attached.insert(resource.id.rawValue, resource) }

  mutating func detach(_ id: ResourceID) { _ = attached.remove(id.rawValue) }

  func contains(_ id: ResourceID) -> Bool { attached.lookup(id.rawValue) != nil }

  func untyped(_ id: UInt32) -> Resource? { attached.lookup(id) }

  /// A resource with a type, or nil.
  @inline(__always)
  func find(_ id: UInt32) -> GLResource? {
    guard let resource = attached.lookup(id) else { return nil }
    return resource as? GLResource ?? resource.typed as? GLResource
  }

  /// - Throws: ILLEGAL_RESOURCE when no typed resource with this id is attached.
  @inline(__always)
  func require(_ id: UInt32) throws(CommandFault) -> GLResource {
    guard let resource = find(id) else { throw CommandFault(.illegalResource, .unknownResource, id) }
    return resource
  }

  /// - Throws: ILLEGAL_RESOURCE unless the resource has a GL buffer.
  @inline(__always)
  func requireBuffer(_ id: UInt32) throws(CommandFault) -> GLResource {
    let resource = try require(id)
    guard resource.bufferName != 0 else { throw CommandFault(.illegalResource, .wrongStorage, id) }
    return resource
  }
}
