import VirtioGPU
import Vrend

extension Renderer {
  /// Version and size of a capability set; usable without a renderer, because clients ask before they make one.
  package static func capsetInfo(_ set: UInt32) -> (maxVersion: UInt32, byteCount: UInt32) {
    switch CapsetID(rawValue: set) {
    case .virgl: (1, 308)
    case .virgl2: (2, 1408)
    case .venus, .drm, nil: (0, 0)
    }
  }

  /// Writes a capability set, exactly its size; an unknown set or version leaves the buffer as it is.
  package func fillCapset(_ set: UInt32, version: UInt32, into buffer: UnsafeMutableRawBufferPointer) {
    let info = Renderer.capsetInfo(set)
    guard let vrend, info.byteCount > 0, version <= info.maxVersion else { return }
    vrend.fillCapset(
      isExtended: set == CapsetID.virgl2.rawValue, offersLayouts: configuration.offersLayouts,
      mapsBuffers: configuration.mapsBuffers, into: buffer)
  }
}
