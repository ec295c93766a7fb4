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

  /// A sync file that signals after all GL work of the current context so far; flushes. nil when the host refuses.
  package func makeNativeFence() -> SyncFile? {
    guard hasNativeFences,
      let sync = epoxy_eglCreateSyncKHR(display, EGL.SYNC_NATIVE_FENCE_ANDROID, [EGL.NONE])
    else { return nil }
    defer { _ = epoxy_eglDestroySyncKHR(display, sync) }
    // The descriptor exists once the commands were handed to the kernel.
    epoxy_glFlush()
    let descriptor = epoxy_eglDupNativeFenceFDANDROID(display, sync)
    return descriptor >= 0 ? SyncFile(owning: OwnedDescriptor(owning: descriptor)) : nil
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
