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

  package init() {}

  package func release(buffer name: GLuint) { push(name, \.buffers) }
  package func release(texture name: GLuint) { push(name, \.textures) }
  package func release(sampler name: GLuint) { push(name, \.samplers) }
  package func release(shader name: GLuint) { push(name, \.shaders) }
  package func release(program name: GLuint) { push(name, \.programs) }

  private func push(_ name: GLuint, _ list: WritableKeyPath<Names, [GLuint]> & Sendable) {
    guard name != 0 else { return }
    names.withLock { $0[keyPath: list].append(name) }
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
