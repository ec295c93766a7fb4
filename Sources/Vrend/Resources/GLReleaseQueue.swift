import CEpoxy
import Synchronization

/// GL names whose owners are gone, kept until a context of the share group is current.
///
/// An owner's `deinit` runs wherever its last reference is dropped: on another thread, or while no GL context is
/// current. So a `deinit` only leaves the name here, and the renderer calls `drain()` when it knows that a context
/// is current. Only names that a share group shares belong here; queries, framebuffers and vertex arrays do not.
package final class GLReleaseQueue: Sendable {
  private struct Names {
    var buffers: [GLuint] = []
    var textures: [GLuint] = []
    var samplers: [GLuint] = []
    var shaders: [GLuint] = []
    var programs: [GLuint] = []
  }

  private let names = Mutex(Names())
  private let pending = Atomic<Int>(0)
  private let lastSerial = Atomic<UInt64>(0)

  /// A number that nothing of this share group had before, for telling owners of names apart: GL hands a freed name
  /// out again.
  package func takeSerial() -> UInt64 { lastSerial.add(1, ordering: .relaxed).newValue }

  package init() {}

  package func release(buffer name: GLuint) { push(name) { $0.buffers.append(name) } }
  package func release(texture name: GLuint) { push(name) { $0.textures.append(name) } }
  package func release(sampler name: GLuint) { push(name) { $0.samplers.append(name) } }
  package func release(shader name: GLuint) { push(name) { $0.shaders.append(name) } }
  package func release(program name: GLuint) { push(name) { $0.programs.append(name) } }

  private func push(_ name: GLuint, _ append: (inout Names) -> Void) {
    guard name != 0 else { return }
    names.withLock { append(&$0) }
    pending.add(1, ordering: .releasing)
  }

  /// Whether `drain()` has anything to do.
  @inlinable package var isEmpty: Bool { pendingCount == 0 }

  @usableFromInline var pendingCount: Int { pending.load(ordering: .acquiring) }

  /// Deletes every queued name. A context of the share group must be current.
  ///
  /// - Returns: true if names were deleted. GL may hand them out again, so a cache of bound names must forget them.
  @discardableResult
  package func drain() -> Bool {
    guard !isEmpty else { return false }
    let dead = names.withLock { names in
      let taken = names
      names = Names()
      return taken
    }
    if !dead.buffers.isEmpty { epoxy_glDeleteBuffers(GLsizei(dead.buffers.count), dead.buffers) }
    if !dead.textures.isEmpty { epoxy_glDeleteTextures(GLsizei(dead.textures.count), dead.textures) }
    if !dead.samplers.isEmpty { epoxy_glDeleteSamplers(GLsizei(dead.samplers.count), dead.samplers) }
    for shader in dead.shaders { epoxy_glDeleteShader(shader) }
    for program in dead.programs { epoxy_glDeleteProgram(program) }
    let count =
      dead.buffers.count + dead.textures.count + dead.samplers.count + dead.shaders.count + dead.programs.count
    pending.subtract(count, ordering: .acquiringAndReleasing)
    return count > 0
  }
}
