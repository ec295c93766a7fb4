import CEpoxy
import GLDriver
import Platform
import WireFormat

/// What one draw or dispatch may ask of this host.
///
/// A GPU has a watchdog, and its driver answers for it; a software rasteriser works inside the call, and a single draw
/// of all the vertices that 32 bits can count would keep the VMM's thread for hours. The bound is far above what
/// a guest can wait for: it tells the absurd from the slow. What fragments and loops cost is not bounded.
struct DrawLimits {
  /// Vertices times instances of a draw, with those that later stages may make of them, or invocations of a dispatch.
  /// `.max` where the host has a watchdog.
  let work: UInt64
  /// Nobody promises to keep vertex fetches inside their buffers, so draws are cut to what the buffers hold: contexts
  /// of the client that are not robust, on other drivers than Mesa's, which check all the same. Indices are not looked
  /// at: they are the GPU's to read.
  let keepsFetchesInside: Bool

  /// Vertices below this are never worth a look.
  static var harmlessCount: UInt32 { 1 << 16 }
  /// GL's counts are signed.
  static var maxVertices: UInt64 { UInt64(Int32.max) }
  /// Vertices that a tessellator makes of one, at the highest levels: 64 × 64 quads of a patch of three or four.
  private static var tessellation: UInt64 { 2048 }
  /// Vertices that a geometry shader is taken to make of one, at most; guests that use its whole output are not known.
  private static var geometry: UInt64 { 16 }

  init(host: HostGL, softwareWork: UInt64) {
    work = host.workarounds.contains(.softwareRenderer) ? softwareWork : .max
    let flags = GLenum(bitPattern: GLQuery.integer(GL.CONTEXT_FLAGS))
    keepsFetchesInside = flags & GL.CONTEXT_FLAG_ROBUST_ACCESS_BIT == 0 && !host.versionString.hasWord("Mesa")
    GLQuery.drainErrors()
  }

  /// For tests.
  init(work: UInt64, keepsFetchesInside: Bool) {
    self.work = work
    self.keepsFetchesInside = keepsFetchesInside
  }

  /// Whether a draw of so much work can be done in bearable time. `geometryVertices`: what a geometry shader may emit
  /// for a primitive; 0 = there is none.
  func allows(_ work: UInt64, tessellates: Bool, geometryVertices: UInt64) -> Bool {
    var limit = self.work
    guard limit != .max else { return true }
    if tessellates { limit /= Self.tessellation }
    limit /= min(max(1, geometryVertices), Self.geometry)
    return work <= limit
  }
}

extension SubContextState {
  /// Whether a draw can be done in bearable time; a draw that cannot is dropped. `instances` 0 is one. Callers spare
  /// themselves the question for draws of one instance below `DrawLimits.harmlessCount`.
  @inline(never)
  func isBearable(_ count: UInt32, _ instances: UInt32) -> Bool {
    let work = UInt64(count) &* UInt64(max(1, instances))
    guard work >= UInt64(DrawLimits.harmlessCount) else { return true }
    return drawLimits.allows(work, tessellates: shaders[4] != nil, geometryVertices: shaders[2]?.emittedVertices ?? 0)
  }

  /// Brings `vertexLimit` and `instanceLimit` up to date with the bound elements and buffers.
  @inline(never)
  mutating func updateFetchLimits(_ elements: VertexElements) {
    var vertices = DrawLimits.maxVertices
    var instances = UInt64(UInt32.max)
    for element in elements.elements {
      let slot = vertexBuffers[element.buffer]
      guard let resource = slot.resource else { continue }
      let start = UInt64(slot.offset) + UInt64(element.offset) + UInt64(element.byteCount)
      guard start <= UInt64(resource.shape.width) else {
        (vertices, instances) = (0, 0)
        break
      }
      guard slot.stride > 0 else { continue }
      let fitting = (UInt64(resource.shape.width) - start) / UInt64(slot.stride) + 1
      if element.divisor == 0 {
        vertices = min(vertices, fitting)
      } else {
        instances = min(instances, fitting * UInt64(element.divisor))
      }
    }
    vertexLimit = vertices
    instanceLimit = instances
  }
}
