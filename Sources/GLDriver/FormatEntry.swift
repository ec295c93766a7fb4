import CEpoxy
import WireFormat

/// What this host can do with a format, and how it is stored there.
public struct FormatFlags: OptionSet, Sendable {
  public let rawValue: UInt32
  @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Textures of any kind can be made and sampled.
  @inlinable public static var sampler: FormatFlags { FormatFlags(rawValue: 1 << 0) }
  /// Usable as a colour attachment.
  @inlinable public static var render: FormatFlags { FormatFlags(rawValue: 1 << 1) }
  /// Usable as a depth or stencil attachment.
  @inlinable public static var depthStencil: FormatFlags { FormatFlags(rawValue: 1 << 2) }
  /// Usable as an attachment of one kind or the other.
  @inlinable public static var attachment: FormatFlags { render.union(depthStencil) }
  /// glReadPixels of the table's client format and type works.
  @inlinable public static var readback: FormatFlags { FormatFlags(rawValue: 1 << 3) }
  /// Multisample textures can be made.
  @inlinable public static var multisample: FormatFlags { FormatFlags(rawValue: 1 << 4) }
  /// glTexStorage* accepts the internal format.
  @inlinable public static var textureStorage: FormatFlags { FormatFlags(rawValue: 1 << 5) }
  /// GL_TEXTURE_RECTANGLE accepts the internal format.
  @inlinable public static var textureRectangle: FormatFlags { FormatFlags(rawValue: 1 << 6) }
  /// The display path can show it.
  @inlinable public static var scanout: FormatFlags { FormatFlags(rawValue: 1 << 7) }
  /// Stored in RGBA order on a host without BGRA uploads: bytes 0 and 2 of each texel change places on the way.
  @inlinable public static var needsByteSwapBGRA: FormatFlags { FormatFlags(rawValue: 1 << 8) }
  /// An alpha-only format stored in a red one: blending, write mask, clear and border colour move alpha to red.
  @inlinable public static var emulatedAlpha: FormatFlags { FormatFlags(rawValue: 1 << 9) }
  /// Not made by glTexImage: exists only as an imported image.
  @inlinable public static var externalOnly: FormatFlags { FormatFlags(rawValue: 1 << 10) }
  /// Usable as a buffer texture, by way of `bufferInternalFormat`.
  @inlinable public static var bufferTexture: FormatFlags { FormatFlags(rawValue: 1 << 11) }
  /// Usable as a shader image.
  @inlinable public static var image: FormatFlags { FormatFlags(rawValue: 1 << 12) }
  /// The guest's dwords carry 24 bits of depth in their low part while the client type is 32-bit normalised:
  /// values move by 8 bits on the way.
  @inlinable public static var shiftsDepthBy8: FormatFlags { FormatFlags(rawValue: 1 << 13) }
  /// The wire format is compressed.
  @inlinable public static var compressed: FormatFlags { FormatFlags(rawValue: 1 << 14) }
  /// The wire format stores alpha.
  @inlinable public static var hasAlpha: FormatFlags { FormatFlags(rawValue: 1 << 15) }
  /// The wire format is sRGB-encoded.
  @inlinable public static var srgb: FormatFlags { FormatFlags(rawValue: 1 << 16) }
  /// Shaders see integers.
  @inlinable public static var pureInteger: FormatFlags { FormatFlags(rawValue: 1 << 17) }
  /// The wire format has depth.
  @inlinable public static var hasDepth: FormatFlags { FormatFlags(rawValue: 1 << 18) }
  /// The wire format has stencil.
  @inlinable public static var hasStencil: FormatFlags { FormatFlags(rawValue: 1 << 19) }
  /// Signed integers (with `pureInteger`).
  @inlinable public static var signedInteger: FormatFlags { FormatFlags(rawValue: 1 << 20) }
}

/// One format on this host. A trivial value of 32 bytes.
@frozen
public struct FormatEntry: Sendable {
  /// Sized internal format of textures; 0 when the host has none.
  public var internalFormat: GLenum = 0
  /// Client format of uploads and readbacks.
  public var format: GLenum = 0
  /// Client type of uploads and readbacks.
  public var type: GLenum = 0
  /// Internal format for glTexBuffer; 0 when the format cannot be a buffer texture.
  public var bufferInternalFormat: GLenum = 0
  /// Internal format for glBindImageTexture; 0 when the format cannot be a shader image.
  public var imageInternalFormat: GLenum = 0
  public var flags: FormatFlags = []
  /// From the texel GL returns to the texel the guest expects; identity unless emulated.
  public var swizzle: ComponentSwizzle = .identity
  /// The same for buffer textures, which GL cannot swizzle: the shader must.
  public var bufferSwizzle: ComponentSwizzle = .identity
  public var viewClass: ViewClass = .none
  public var blockBytes: UInt8 = 0
  public var blockWidth: UInt8 = 1
  public var blockHeight: UInt8 = 1

  @inlinable public init() {}

  /// Textures of this format can be made by this library itself.
  @inlinable public var isCreatable: Bool { internalFormat != 0 && flags.contains(.sampler) }
  @inlinable public var isDepthOrStencil: Bool { !flags.isDisjoint(with: [.hasDepth, .hasStencil]) }
}

/// How a format is fetched as a vertex attribute.
@frozen
public struct VertexAttributeFormat: Sendable, Equatable {
  /// Component type; 0 when the format is no vertex format.
  public var type: GLenum = 0
  /// 1...4, or GL_BGRA.
  public var size: GLint = 0
  public var isNormalized: Bool = false
  /// Fetched by the I entry points: the shader sees integers.
  public var isInteger: Bool = false

  @inlinable public init() {}

  @inlinable public var isBGRA: Bool { size == 0x80E1 }
  @inlinable public var isValid: Bool { type != 0 }
}

/// GL's view compatibility classes (ARB_texture_view, table 8.22 of GL 4.6): a texture view may have any
/// internal format of its texture's class.
public enum ViewClass: UInt8, Sendable {
  /// Only views of the identical internal format.
  case none
  case bits8, bits16, bits24, bits32, bits48, bits64, bits96, bits128
  case rgtc1, rgtc2, bptcUnorm, bptcFloat, dxt1RGB, dxt1RGBA, dxt3, dxt5
  case eacR11, eacRG11, etc2RGB, etc2RGBA, etc2EacRGBA
  case astc4x4, astc5x4, astc5x5, astc6x5, astc6x6, astc8x5, astc8x6, astc8x8
  case astc10x5, astc10x6, astc10x8, astc10x10, astc12x10, astc12x12
}
