import WireFormat

/// A range of a buffer that captured vertices go to.
final class StreamOutTarget: GuestObject, GuestObjectKind {
  static var objectKind: ObjectKind { .streamOutTarget }

  let resource: GLResource
  /// Bytes, inside the buffer.
  let offset: Int
  /// Bytes, inside the buffer.
  let size: Int

  init(_ command: CreateStreamOutTarget, resource: GLResource) {
    self.resource = resource
    offset = min(Int(command.offset), resource.shape.width)
    size = min(Int(command.size), resource.shape.width - offset)
    super.init(kind: .streamOutTarget)
  }
}
