/// One codec and direction that the host offers (`struct virgl_video_caps` of virgl_hw.h); 16 bytes on the wire.
package struct VideoCapability: Sendable, Equatable {
  /// Wire number of the profile.
  package var profile: UInt8 = 0
  /// 1 decode, 4 encode.
  package var entrypoint: UInt8 = 0
  package var maxLevel: UInt8 = 0
  package var stackedFrames: UInt8 = 0
  package var maxWidth: UInt16 = 0
  package var maxHeight: UInt16 = 0
  /// Wire number of the preferred pixel format.
  package var preferredFormat: UInt16 = 0
  package var maxMacroblocks: UInt16 = 0
  package var supportsNPOTTextures = false
  package var supportsProgressive = false
  package var supportsInterlaced = false
  package var prefersInterlaced = false
  package var maxTemporalLayers: UInt8 = 0

  package init() {}

  /// The four words of the entry.
  package var words: InlineArray<4, UInt32> {
    let flags: UInt32 =
      (supportsNPOTTextures ? 1 : 0) | (supportsProgressive ? 2 : 0) | (supportsInterlaced ? 4 : 0)
      | (prefersInterlaced ? 8 : 0)
    return [
      UInt32(profile) | UInt32(entrypoint) << 8 | UInt32(maxLevel) << 16 | UInt32(stackedFrames) << 24,
      UInt32(maxWidth) | UInt32(maxHeight) << 16,
      UInt32(preferredFormat) | UInt32(maxMacroblocks) << 16,
      flags | UInt32(maxTemporalLayers) << 4,
    ]
  }
}
