/// One renderer behind the ids: VirGL over GL, or another kind of context. Chosen by capability set.
///
/// Renderer thread only. Nothing has a default: what a component does not offer it refuses with `unsupported`.
package protocol Component: AnyObject {
  /// Writes a capability set the component offers; `destination` has exactly the size that was announced.
  func fillCapset(_ id: CapsetID, version: UInt32, into destination: UnsafeMutableRawBufferPointer)

  func makeContext(id: ContextID, capset: CapsetID, name: DebugName) throws(Fault) -> any Context

  /// A typed resource (RESOURCE_CREATE_3D) without guest memory yet.
  func makeResource(_ id: ResourceID, _ arguments: ResourceCreateArguments) throws(Fault) -> Resource

  /// A typed resource whose storage is an EGLImage of the client.
  func importImage(
    _ id: ResourceID, _ arguments: ResourceCreateArguments, image: UnsafeMutableRawPointer
  ) throws(Fault) -> Resource

  /// A transfer that belongs to no context.
  func transfer(
    _ transfer: Transfer, _ direction: Transfer.Direction, _ resource: Resource, memory: GuestMemory?
  ) throws(Fault)

  /// The pixels of a cursor: rows tightly packed in the resource's own format, last row first.
  ///
  /// - Throws: `invalidArgument` unless the resource is 2D and at most 128 texels wide and high.
  func cursorImage(_ resource: Resource) throws(Fault) -> CursorImage

  /// A new dma-buf of a texture by its GL name.
  func exportTexture(_ name: UInt32) throws(Fault) -> ExportedTexture

  /// A fence after all work so far, on the global timeline or a context's.
  func createFence(_ fence: Fence) throws(Fault)

  /// Reports fences that are done and does what other threads asked for.
  func poll()

  /// Readable when `poll` has work, or -1. Borrowed.
  var pollDescriptor: CInt { get }

  /// Undoes the effect of somebody else's use of GL on this thread.
  func makeBaseContextCurrent()

  /// Forgets all fences: no callback begins after it returns. Contexts and resources are gone already.
  func reset()

  /// The end: threads are joined, GL contexts destroyed.
  func shutDown()
}

/// See `Component.cursorImage`.
package struct CursorImage: Sendable {
  package var width: UInt32
  package var height: UInt32
  /// `height` rows of `width` texels.
  package var pixels: [UInt8]

  package init(width: UInt32, height: UInt32, pixels: [UInt8]) {
    self.width = width
    self.height = height
    self.pixels = pixels
  }
}

/// A texture as one plane of a dma-buf.
package struct ExportedTexture: Sendable {
  /// New; the caller closes it.
  package var descriptor: CInt
  package var fourcc: UInt32
  package var planes: Int32
  /// Bytes.
  package var stride: Int32
  package var offset: Int32
  package var modifier: UInt64

  package init(
    descriptor: CInt, fourcc: UInt32 = 0, planes: Int32 = 1, stride: Int32, offset: Int32, modifier: UInt64
  ) {
    self.descriptor = descriptor
    self.fourcc = fourcc
    self.planes = planes
    self.stride = stride
    self.offset = offset
    self.modifier = modifier
  }
}
