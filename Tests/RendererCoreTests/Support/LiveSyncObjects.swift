import CEpoxy
import Synchronization

/// The GL sync objects that one thread makes and nobody has deleted, seen at libepoxy's function pointers.
final class LiveSyncObjects {
  nonisolated(unsafe) private static var make = epoxy_glFenceSync
  nonisolated(unsafe) private static var delete = epoxy_glDeleteSync
  nonisolated(unsafe) private static var maker = ThreadMark()
  private static let live = Mutex<Set<UInt>>([])

  /// Watches what the calling thread makes, from now to its own end. One at a time, while a GL context is current.
  init() {
    // libepoxy finds a function at its first call, and then replaces the pointer by itself.
    epoxy_glDeleteSync(epoxy_glFenceSync(GLenum(GL_SYNC_GPU_COMMANDS_COMPLETE), 0))
    (Self.make, Self.delete, Self.maker) = (epoxy_glFenceSync, epoxy_glDeleteSync, ThreadMark())
    epoxy_glFenceSync = { condition, flags in
      let made = LiveSyncObjects.make!(condition, flags)
      if LiveSyncObjects.maker.isHere { LiveSyncObjects.live.withLock { _ = $0.insert(UInt(bitPattern: made)) } }
      return made
    }
    epoxy_glDeleteSync = { object in
      LiveSyncObjects.live.withLock { _ = $0.remove(UInt(bitPattern: object)) }
      LiveSyncObjects.delete!(object)
    }
  }

  deinit {
    (epoxy_glFenceSync, epoxy_glDeleteSync) = (Self.make, Self.delete)
    Self.live.withLock { $0 = [] }
  }

  var count: Int { Self.live.withLock { $0.count } }
}
