/// The id the VMM gives a guest context. 0 is the renderer's own context and never a guest's.
@frozen
package struct ContextID: RawRepresentable, Hashable, Sendable {
  package var rawValue: UInt32
  @inlinable package init(rawValue: UInt32) { self.rawValue = rawValue }
  @inlinable package init(_ rawValue: UInt32) { self.rawValue = rawValue }

  /// The renderer's own context: transfers and readbacks that belong to no guest.
  @inlinable package static var host: ContextID { ContextID(0) }
}

/// The id the guest kernel gives a resource, unique on the device. 0 is invalid.
@frozen
package struct ResourceID: RawRepresentable, Hashable, Sendable {
  package var rawValue: UInt32
  @inlinable package init(rawValue: UInt32) { self.rawValue = rawValue }
  @inlinable package init(_ rawValue: UInt32) { self.rawValue = rawValue }
}

/// A fence id chosen by the VMM. Ids on one timeline grow; 32 bits on the global timeline.
@frozen
package struct FenceID: RawRepresentable, Hashable, Comparable, Sendable {
  package var rawValue: UInt64
  @inlinable package init(rawValue: UInt64) { self.rawValue = rawValue }
  @inlinable package init(_ rawValue: UInt64) { self.rawValue = rawValue }
  @inlinable package static func < (a: FenceID, b: FenceID) -> Bool { a.rawValue < b.rawValue }
}

/// One of a context's at most 64 timelines. A VirGL context has ring 0 only.
@frozen
package struct RingIndex: RawRepresentable, Hashable, Sendable {
  package var rawValue: UInt32
  @inlinable package init(rawValue: UInt32) { self.rawValue = rawValue }
  @inlinable package init(_ rawValue: UInt32) { self.rawValue = rawValue }

  /// Rings per context (render server protocol and vtest: 64).
  @inlinable package static var limit: UInt32 { 64 }
}

/// Capability set ids of the virtio-gpu specification that this library knows.
package enum CapsetID: UInt32, Sendable {
  case virgl = 1
  case virgl2 = 2
  case venus = 4
  case drm = 6
}
