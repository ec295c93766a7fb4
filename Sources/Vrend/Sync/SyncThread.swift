import GLDriver
import Platform
import VirtioGPU
import WindowSystems

/// The thread "vrend-sync": waits for GL fences with a GL context of its own.
///
/// Made and finished on the renderer thread; SyncLoop is what runs there.
final class SyncThread {
  private let contexts: any GLContextSource
  private let context: GLContextHandle
  private let thread: WorkerThread

  init(
    _ loop: SyncLoop, contexts: any GLContextSource, version: GLContextVersion, root: GLContextHandle
  ) throws(Fault) {
    guard let context = contexts.createContext(version, sharing: root) else {
      throw Fault(.outOfMemory, "no GL context for it")
    }
    self.contexts = contexts
    self.context = context

    // Whether the context can be current over there is known there only.
    let isBound = Monitor<Bool?>(nil)
    do throws(Errno) {
      thread = try WorkerThread(name: "vrend-sync") {
        let bound = contexts.makeCurrent(context)
        isBound.change { $0 = bound }
        guard bound else { return }
        loop.run()
        _ = contexts.makeCurrent(nil)
      }
    } catch {
      contexts.destroyContext(context)
      throw Fault(.outOfMemory, "pthread_create failed", UInt64(error.code))
    }
    if isBound.wait({ $0 }) != true {
      thread.join()
      contexts.destroyContext(context)
      throw Fault(.noDevice, "its GL context cannot be made current")
    }
  }

  var isCurrent: Bool { thread.isCurrent }

  /// Joins the thread, which was told to stop, and destroys its context.
  func finish() {
    guard !isFinished else { return }
    isFinished = true
    thread.join()
    contexts.destroyContext(context)
  }

  private var isFinished = false
}
