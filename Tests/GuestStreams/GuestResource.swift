import WireFormat

/// A resource that the VMM made for a scene; `bind` has the bits of virglrenderer.h, `target` is gallium's number.
package struct GuestResource: Sendable {
  package var id: UInt32
  package var target: UInt32
  package var format: UInt32
  package var bind: UInt32
  package var width: UInt32
  package var height: UInt32 = 1
  package var arraySize: UInt32 = 1
  package var lastLevel: UInt32 = 0
  package var samples: UInt32 = 0

  /// Bytes of guest memory that hold all of level 0.
  package var byteCount: Int { Int(width * height * arraySize) * (target == 0 ? 1 : 4) }
}

extension Scene {
  package static var multisample: UInt32 { 8 }
  package static var depth: UInt32 { 9 }
  package static var layers: UInt32 { 10 }
  package static var cube: UInt32 { 11 }
  package static var parameters: UInt32 { 12 }
  package static var integers: UInt32 { 13 }

  /// What the streams of `state()` use.
  package static let basicResources: [GuestResource] = [
    texture(1), texture(2), buffer(3, 1024, bind: 1 << 4), buffer(4, 256, bind: 1 << 5),
    buffer(5, 64, bind: 1 << 17), buffer(6, 4096, bind: 1 << 17), texture(7),
  ]

  /// Those and one of each further kind, for the seeds.
  package static let resources: [GuestResource] =
    basicResources + [
      GuestResource(
        id: multisample, target: 2, format: WireFormats.rgba8, bind: 1 << 1 | 1 << 3, width: 16, height: 16,
        samples: 4),
      GuestResource(id: depth, target: 2, format: WireFormats.depthStencil, bind: 1 | 1 << 3, width: 16, height: 16),
      GuestResource(
        id: layers, target: 7, format: WireFormats.rgba8, bind: 1 << 1 | 1 << 3, width: 16, height: 16, arraySize: 4,
        lastLevel: 2),
      GuestResource(
        id: cube, target: 4, format: WireFormats.rgba8, bind: 1 << 1 | 1 << 3, width: 16, height: 16, arraySize: 6,
        lastLevel: 2),
      buffer(parameters, 256, bind: 1 << 8 | 1 << 14),
      GuestResource(
        id: integers, target: 2, format: UInt32(PixelFormat.R8G8B8A8_UINT.number), bind: 1 << 1 | 1 << 3, width: 16,
        height: 16),
    ]

  private static func texture(_ id: UInt32) -> GuestResource {
    GuestResource(id: id, target: 2, format: WireFormats.rgba8, bind: 1 << 1 | 1 << 3, width: 16, height: 16)
  }

  private static func buffer(_ id: UInt32, _ bytes: UInt32, bind: UInt32) -> GuestResource {
    GuestResource(id: id, target: 0, format: WireFormats.bytes, bind: bind, width: bytes)
  }
}
