import Platform

/// What the guests of one renderer may make the host spend.
///
/// Counts that are no matter of taste are constants where they are used; here is what depends on the machine.
package struct GuestLimits: Sendable {
  /// Bytes that guests may have in use at once, all contexts together: storage of resources, shaders, objects and GL
  /// contexts, each as estimated by `ResourceBudget.Cost`. The default is three quarters of the machine's memory: a
  /// guest that fills a large graphics card still fits, one that leaks does not bring the host down.
  package var memoryBytes: Int
  /// GL contexts, that is guest pipe contexts, of all contexts together. Browsers have tens.
  package var glContexts = 2048
  /// Bytes that the linked programs of one sub-context may take, as estimated; the oldest go then. Games have some
  /// hundred programs of about 64 KiB.
  package var programBytes = 256 << 20
  /// Resources of all kinds. Guests that stream textures have some ten thousand.
  package var resources = 1 << 20
  /// Vertices or invocations that one draw or dispatch may ask of a software rasteriser; see `DrawLimits`.
  package var softwareWork: UInt64 = 1 << 28

  package init(memoryBytes: Int) { self.memoryBytes = memoryBytes }

  /// For this machine.
  package static var standard: GuestLimits { GuestLimits(memoryBytes: SystemMemory.byteCount / 4 * 3) }
}
