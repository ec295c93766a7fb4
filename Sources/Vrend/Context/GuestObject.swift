import WireFormat

/// Anything that CREATE_OBJECT enters under a handle of a sub-context.
///
/// A class, because bindings keep an object usable after its handle is destroyed. Objects are not
/// shared between sub-contexts, and they live and die on the renderer's thread.
class GuestObject {
  let kind: ObjectKind

  init(kind: ObjectKind) { self.kind = kind }

  /// Gives back what the object owns in GL; called once, with the sub-context's GL context current,
  /// when nothing refers to the object any more or the sub-context dies.
  func releaseGL() {}

  deinit { releaseGL() }
}

/// A guest object class that a handle can be looked up as.
protocol GuestObjectKind: GuestObject {
  static var objectKind: ObjectKind { get }
}

extension HandleMap where Object == GuestObject {
  /// The object of a handle, provided it is of the kind asked for.
  @inline(__always)
  func find<T: GuestObjectKind>(_ handle: UInt32, _: T.Type = T.self) -> T? {
    guard let object = lookup(handle), object.kind == T.objectKind else { return nil }
    return unsafeDowncast(object, to: T.self)
  }

  /// - Throws: ILLEGAL_HANDLE when the handle is unknown or of another kind.
  @inline(__always)
  func require<T: GuestObjectKind>(
    _ handle: UInt32, _: T.Type = T.self, error: ContextError = .illegalHandle
  ) throws(CommandFault) -> T {
    guard let object = lookup(handle) else { throw CommandFault(error, .unknownHandle, handle) }
    guard object.kind == T.objectKind else { throw CommandFault(error, .wrongKind, handle) }
    return unsafeDowncast(object, to: T.self)
  }
}
