import CEpoxy
import GLDriver
import WireFormat

/// How the bytes of a texel in guest memory differ from those GL takes and gives; every case works in place.
enum PixelConversion: UInt8, Sendable {
  case none
  /// Bytes 0 and 2 of each 4-byte texel change places: BGRA formats on a host that has only RGBA (OpenGL ES).
  case swapBytes02
  /// Bits 0…9 and 20…29 of each 4-byte texel change places: the 10-bit relatives of the above.
  case swapTenBitFields
  /// Guest dwords hold depth in bits 0…23, GL's client type fills all 32.
  case shiftDepth

  /// What the host's table asks for. BGRA with 10-bit colours is stored in RGBA order on OpenGL ES too.
  init(_ format: PixelFormat, _ entry: FormatEntry, isES: Bool) {
    if entry.flags.contains(.shiftsDepthBy8) {
      self = .shiftDepth
    } else if entry.flags.contains(.needsByteSwapBGRA) {
      self = .swapBytes02
    } else if isES, format == .B10G10R10A2_UNORM || format == .B10G10R10X2_UNORM {
      self = .swapTenBitFields
    } else {
      self = .none
    }
  }

  /// From the guest's texels to GL's. `count` bytes; a partial texel at the end is left alone.
  func toHost(_ bytes: UnsafeMutableRawPointer, count: Int) {
    switch self {
    case .none: return
    // The top bits once more below: GL scales by (2^24 - 1) / (2^32 - 1), and zeroes there would round down.
    case .shiftDepth: map(bytes, count) { $0 << 8 | $0 >> 16 & 0xff }
    case .swapBytes02: map(bytes, count, Self.swap02)
    case .swapTenBitFields: map(bytes, count, Self.swapTenBit)
    }
  }

  /// From GL's texels to the guest's.
  func fromHost(_ bytes: UnsafeMutableRawPointer, count: Int) {
    switch self {
    case .none: return
    case .shiftDepth: map(bytes, count) { $0 >> 8 }
    case .swapBytes02: map(bytes, count, Self.swap02)
    case .swapTenBitFields: map(bytes, count, Self.swapTenBit)
    }
  }

  @inline(__always)
  private static func swap02(_ texel: UInt32) -> UInt32 {
    texel & 0xff00_ff00 | (texel & 0xff) << 16 | texel >> 16 & 0xff
  }

  @inline(__always)
  private static func swapTenBit(_ texel: UInt32) -> UInt32 {
    texel & 0xc00f_fc00 | (texel & 0x3ff) << 20 | texel >> 20 & 0x3ff
  }

  @inline(__always)
  private func map(_ bytes: UnsafeMutableRawPointer, _ count: Int, _ change: (UInt32) -> UInt32) {
    let texels = bytes.assumingMemoryBound(to: UInt32.self)
    for index in 0..<(count / 4) { texels[index] = change(texels[index]) }
  }
}

/// Bytes of one texel in client memory for a GL client format and type; 0 if the pair is unknown here, so that an
/// unexpected table entry makes a resource untransferable instead of making GL run past a buffer.
func clientTexelBytes(format: GLenum, type: GLenum) -> Int {
  switch type {
  case GL.UNSIGNED_BYTE_3_3_2, GL.UNSIGNED_BYTE_2_3_3_REV: return 1
  case GL.UNSIGNED_SHORT_5_6_5, GL.UNSIGNED_SHORT_5_6_5_REV, GL.UNSIGNED_SHORT_4_4_4_4,
    GL.UNSIGNED_SHORT_4_4_4_4_REV, GL.UNSIGNED_SHORT_5_5_5_1, GL.UNSIGNED_SHORT_1_5_5_5_REV:
    return 2
  case GL.UNSIGNED_INT_8_8_8_8, GL.UNSIGNED_INT_8_8_8_8_REV, GL.UNSIGNED_INT_10_10_10_2,
    GL.UNSIGNED_INT_2_10_10_10_REV, GL.UNSIGNED_INT_24_8, GL.UNSIGNED_INT_10F_11F_11F_REV,
    GL.UNSIGNED_INT_5_9_9_9_REV:
    return 4
  case GL.FLOAT_32_UNSIGNED_INT_24_8_REV: return 8
  default: break
  }
  let components: Int
  switch format {
  case GL.RED, GL.RED_INTEGER, GL.ALPHA, GL.ALPHA_INTEGER, GL.LUMINANCE, GL.LUMINANCE_INTEGER_EXT,
    GL.DEPTH_COMPONENT, GL.STENCIL_INDEX:
    components = 1
  case GL.RG, GL.RG_INTEGER, GL.LUMINANCE_ALPHA, GL.LUMINANCE_ALPHA_INTEGER_EXT: components = 2
  case GL.RGB, GL.RGB_INTEGER, GL.BGR: components = 3
  case GL.RGBA, GL.RGBA_INTEGER, GL.BGRA, GL.BGRA_INTEGER, GL.ABGR_EXT: components = 4
  default: return 0
  }
  switch type {
  case GL.UNSIGNED_BYTE, GL.BYTE: return components
  case GL.UNSIGNED_SHORT, GL.SHORT, GL.HALF_FLOAT: return components * 2
  case GL.UNSIGNED_INT, GL.INT, GL.FLOAT: return components * 4
  default: return 0
  }
}
