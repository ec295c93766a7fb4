import CEpoxy
import GLDriver
import Platform

/// GL fences as file descriptors (EGL_ANDROID_native_fence_sync).
extension EGLDisplayServices {
  package var hasNativeFences: Bool { extensions.contains(.nativeFenceSync) }
  /// Whether GL can be made to wait for a descriptor without holding up the calling thread.
  ///
  /// Not on virtio-gpu: its kernel driver takes in-fences, but waits for them inside the submission
  /// (drivers/gpu/drm/virtio/virtgpu_ioctl.c, virtgpu_submit.c), and so in the thread that flushes.
  package var waitsForNativeFences: Bool {
    extensions.contains([.nativeFenceSync, .waitSync]) && driverName != "virtio_gpu"
  }

  /// A fence after all GL work of the current context so far, which has sync files from the next flush on. nil when the
  /// host refuses.
  package func makeNativeFence() -> NativeFence? {
    guard hasNativeFences,
      let sync = epoxy_eglCreateSyncKHR(display, EGL.SYNC_NATIVE_FENCE_ANDROID, [EGL.NONE])
    else { return nil }
    return NativeFence(display: display, sync: sync, ordersWork: waitsForNativeFences)
  }

  /// Makes later work of the current context wait for a sync file, on the GPU. False when the host refuses.
  package func waitOnServer(for file: borrowing SyncFile) -> Bool {
    guard waitsForNativeFences, let given = try? file.export() else { return false }
    let attributes = [EGL.SYNC_NATIVE_FENCE_FD_ANDROID, given, EGL.NONE]
    guard let sync = epoxy_eglCreateSyncKHR(display, EGL.SYNC_NATIVE_FENCE_ANDROID, attributes) else {
      // EGL takes the descriptor only when it makes the sync.
      _ = OwnedDescriptor(owning: given)
      return false
    }
    defer { _ = epoxy_eglDestroySyncKHR(display, sync) }
    return epoxy_eglWaitSyncKHR(display, sync, 0) != 0
  }
}

/// A fence of the host driver. Ends before its display, on the thread that made it.
///
/// `@unchecked`: immutable, and EGL's functions for syncs may be called from any thread, without a context.
package final class NativeFence: @unchecked Sendable {
  private let display: EGLDisplay
  private let sync: EGLSyncKHR
  private let ordersWork: Bool

  fileprivate init(display: EGLDisplay, sync: EGLSyncKHR, ordersWork: Bool) {
    self.display = display
    self.sync = sync
    self.ordersWork = ordersWork
  }

  deinit { _ = epoxy_eglDestroySyncKHR(display, sync) }

  /// Another sync file. nil when the system has no descriptor left, and before the work was flushed. Any thread.
  package func makeFile() -> SyncFile? {
    let descriptor = epoxy_eglDupNativeFenceFDANDROID(display, sync)
    return descriptor >= 0 ? SyncFile(owning: OwnedDescriptor(owning: descriptor)) : nil
  }

  /// Whether it has signalled, or never will. Any thread.
  package var isSignalled: Bool { epoxy_eglClientWaitSyncKHR(display, sync, 0, 0) != EGL.TIMEOUT_EXPIRED_KHR }

  /// Makes later work of the current context wait for it, on the GPU, where the host can; see `waitsForNativeFences`.
  package func orderLaterWork() {
    if ordersWork { _ = epoxy_eglWaitSyncKHR(display, sync, 0) }
  }
}
