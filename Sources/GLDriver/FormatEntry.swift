import CEpoxy
import WireFormat

/// What this host can do with a format, and how it is stored there.
package struct FormatFlags: OptionSet, Sendable {
  package let rawValue: UInt32
  @inlinable package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Textures of any kind can be made and sampled.
  @inlinable package static var sampler: FormatFlags { FormatFlags(rawValue: 1 << 0) }
  /// Usable as a colour attachment.
  @inlinable package static var render: FormatFlags { FormatFlags(rawValue: 1 << 1) }
  /// Usable as a depth or stencil attachment.
  @inlinable package static var depthStencil: FormatFlags { FormatFlags(rawValue: 1 << 2) }
  /// Usable as an attachment of one kind or the other.
  @inlinable package static var attachment: FormatFlags { render.union(depthStencil) }
  /// glReadPixels of the table's client format and type works.
  @inlinable package static var readback: FormatFlags { FormatFlags(rawValue: 1 << 3) }
  /// Multisample textures can be made.
  @inlinable package static var multisample: FormatFlags { FormatFlags(rawValue: 1 << 4) }
  /// glTexStorage* accepts the internal format.
  @inlinable package static var textureStorage: FormatFlags { FormatFlags(rawValue: 1 << 5) }
  /// GL_TEXTURE_RECTANGLE accepts the internal format.
  @inlinable package static var textureRectangle: FormatFlags { FormatFlags(rawValue: 1 << 6) }
  /// The display path can show it.
  @inlinable package static var scanout: FormatFlags { FormatFlags(rawValue: 1 << 7) }
  /// Stored in RGBA order on a host without BGRA uploads: bytes 0 and 2 of each texel change places on the way.
  @inlinable package static var needsByteSwapBGRA: FormatFlags { FormatFlags(rawValue: 1 << 8) }
  /// An alpha-only format stored in a red one: blending, write mask, clear and border colour move alpha to red.
  @inlinable package static var emulatedAlpha: FormatFlags { FormatFlags(rawValue: 1 << 9) }
  /// Not made by glTexImage: exists only as an imported image.
  @inlinable package static var externalOnly: FormatFlags { FormatFlags(rawValue: 1 << 10) }
  /// Usable as a buffer texture, by way of `bufferInternalFormat`.
  @inlinable package static var bufferTexture: FormatFlags { FormatFlags(rawValue: 1 << 11) }
  /// Usable as a shader image.
  @inlinable package static var image: FormatFlags { FormatFlags(rawValue: 1 << 12) }
  /// The guest's dwords carry 24 bits of depth in their low part while the client type is 32-bit normalised:
  /// values move by 8 bits on the way.
  @inlinable package static var shiftsDepthBy8: FormatFlags { FormatFlags(rawValue: 1 << 13) }
  /// The wire format is compressed.
  @inlinable package static var compressed: FormatFlags { FormatFlags(rawValue: 1 << 14) }
  /// The wire format stores alpha.
  @inlinable package static var hasAlpha: FormatFlags { FormatFlags(rawValue: 1 << 15) }
  /// The wire format is sRGB-encoded.
  @inlinable package static var srgb: FormatFlags { FormatFlags(rawValue: 1 << 16) }
  /// Shaders see integers.
  @inlinable package static var pureInteger: FormatFlags { FormatFlags(rawValue: 1 << 17) }
  /// The wire format has depth.
  @inlinable package static var hasDepth: FormatFlags { FormatFlags(rawValue: 1 << 18) }
  /// The wire format has stencil.
  @inlinable package static var hasStencil: FormatFlags { FormatFlags(rawValue: 1 << 19) }
  /// Signed integers (with `pureInteger`).
  @inlinable package static var signedInteger: FormatFlags { FormatFlags(rawValue: 1 << 20) }
}

/// One format on this host. A trivial value of 32 bytes.
@frozen
package struct FormatEntry: Sendable {
  /// Sized internal format of textures; 0 when the host has none.
  package var internalFormat: GLenum = 0
  /// Client format of uploads and readbacks.
  package var format: GLenum = 0
  /// Client type of uploads and readbacks.
  package var type: GLenum = 0
  /// Internal format for glTexBuffer; 0 when the format cannot be a buffer texture.
  package var bufferInternalFormat: GLenum = 0
  /// Internal format for glBindImageTexture; 0 when the format cannot be a shader image.
  package var imageInternalFormat: GLenum = 0
  package var flags: FormatFlags = []
  /// From the texel GL returns to the texel the guest expects; identity unless emulated.
  package var swizzle: ComponentSwizzle = .identity
  /// The same for buffer textures, which GL cannot swizzle: the shader must.
  package var bufferSwizzle: ComponentSwizzle = .identity
  package var viewClass: ViewClass = .none
  package var blockBytes: UInt8 = 0
  package var blockWidth: UInt8 = 1
  package var blockHeight: UInt8 = 1

  @inlinable package init() {}

  /// Textures of this format can be made by this library itself.
  @inlinable package var isCreatable: Bool { internalFormat != 0 && flags.contains(.sampler) }
  @inlinable package var isDepthOrStencil: Bool { !flags.isDisjoint(with: [.hasDepth, .hasStencil]) }
}

/// How a format is fetched as a vertex attribute.
@frozen
package struct VertexAttributeFormat: Sendable, Equatable {
  /// Component type; 0 when the format is no vertex format.
  package var type: GLenum = 0
  /// 1...4, or GL_BGRA.
  package var size: GLint = 0
  package var isNormalized: Bool = false
  /// Fetched by the I entry points: the shader sees integers.
  package var isInteger: Bool = false

  @inlinable package init() {}

  @inlinable package var isBGRA: Bool { size == 0x80E1 }
  @inlinable package var isValid: Bool { type != 0 }
}

/// GL's view compatibility classes (ARB_texture_view, table 8.22 of GL 4.6): a texture view may have any
/// internal format of its texture's class.
package enum ViewClass: UInt8, Sendable {
  /// Only views of the identical internal format.
  case none
  case bits8, bits16, bits24, bits32, bits48, bits64, bits96, bits128
  case rgtc1, rgtc2, bptcUnorm, bptcFloat, dxt1RGB, dxt1RGBA, dxt3, dxt5
  case eacR11, eacRG11, etc2RGB, etc2RGBA, etc2EacRGBA
  case astc4x4, astc5x4, astc5x5, astc6x5, astc6x6, astc8x5, astc8x6, astc8x8
  case astc10x5, astc10x6, astc10x8, astc10x10, astc12x10, astc12x12
}
