import Platform

/// Where a blob's memory lives (`VIRGL_RENDERER_BLOB_MEM_*`).
package enum BlobMemory: UInt32, Sendable {
  /// Guest pages only.
  case guest = 1
  /// A host object named by the blob id.
  case host3D = 2
  /// A host object shadowed by guest pages.
  case host3DGuest = 3
  /// A heap the guest manages; comes in by import only.
  case guestVRAM = 4
}

/// What the guest will do with a blob (`VIRGL_RENDERER_BLOB_FLAG_USE_*`).
package struct BlobFlags: OptionSet, Sendable {
  package let rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  package static let mappable = BlobFlags(rawValue: 1)
  package static let shareable = BlobFlags(rawValue: 2)
  package static let crossDevice = BlobFlags(rawValue: 4)
}

/// A host object that a context is asked to hand out as a blob. Ids and size are the guest's, checked only to be
/// non-zero where the protocol says so.
package struct BlobRequest: Sendable {
  package var resource: ResourceID
  /// Names the object inside the context.
  package var blobID: UInt64
  package var flags: BlobFlags
  /// Bytes.
  package var size: UInt64

  package init(resource: ResourceID, blobID: UInt64, flags: BlobFlags, size: UInt64) {
    self.resource = resource
    self.blobID = blobID
    self.flags = flags
    self.size = size
  }
}

/// What a blob's file descriptor is (`VIRGL_RENDERER_BLOB_FD_TYPE_*`).
package enum DescriptorKind: UInt32, Sendable {
  case dmaBuf = 1
  /// A Vulkan opaque handle: meaningful only to the same driver.
  case opaque = 2
  case sharedMemory = 3
}

/// How the guest's CPU should cache a mapping (`VIRGL_RENDERER_MAP_CACHE_*`).
package enum MapCaching: UInt32, Sendable {
  /// Not known: asking is an error.
  case none = 0
  case cached = 1
  case uncached = 2
  case writeCombined = 3
}

/// A descriptor made for the caller.
public struct ExportedBlob: ~Copyable {
  package let kind: DescriptorKind
  package var descriptor: OwnedDescriptor

  package init(kind: DescriptorKind, descriptor: consuming OwnedDescriptor) {
    self.kind = kind
    self.descriptor = descriptor
  }

  /// The raw descriptor; the caller closes it.
  package consuming func take() -> CInt { descriptor.take() }
}

/// A mapping of a resource into this process.
@safe
public struct ResourceMapping {
  package let start: UnsafeMutableRawPointer
  /// Bytes, a multiple of the page size.
  package let byteCount: Int

  package init(start: UnsafeMutableRawPointer, byteCount: Int) {
    unsafe self.start = start
    self.byteCount = byteCount
  }
}
