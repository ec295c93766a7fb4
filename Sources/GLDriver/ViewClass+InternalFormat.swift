import CEpoxy

extension ViewClass {
  /// The class of a sized internal format (ARB_texture_view, EXT_texture_view; the 8- and 16-bit sRGB formats by
  /// EXT_texture_sRGB_R8 and _RG8).
  init(internalFormat: GLenum) {
    self =
      Self.uncompressed(internalFormat) ?? Self.blockCompressed(internalFormat) ?? Self.astc(internalFormat) ?? .none
  }

  private static func uncompressed(_ internalFormat: GLenum) -> ViewClass? {
    switch internalFormat {
    case GL.R8, GL.R8_SNORM, GL.R8I, GL.R8UI, GL.SR8_EXT: .bits8
    case GL.R16, GL.R16_SNORM, GL.R16F, GL.R16I, GL.R16UI, GL.RG8, GL.RG8_SNORM, GL.RG8I, GL.RG8UI, GL.SRG8_EXT:
      .bits16
    case GL.RGB8, GL.RGB8_SNORM, GL.SRGB8, GL.RGB8I, GL.RGB8UI: .bits24
    case GL.R32F, GL.R32I, GL.R32UI, GL.RG16, GL.RG16_SNORM, GL.RG16F, GL.RG16I, GL.RG16UI, GL.RGBA8,
      GL.RGBA8_SNORM, GL.RGBA8I, GL.RGBA8UI, GL.SRGB8_ALPHA8, GL.RGB10_A2, GL.RGB10_A2UI, GL.RGB9_E5,
      GL.R11F_G11F_B10F:
      .bits32
    case GL.RGB16, GL.RGB16_SNORM, GL.RGB16F, GL.RGB16I, GL.RGB16UI: .bits48
    case GL.RG32F, GL.RG32I, GL.RG32UI, GL.RGBA16, GL.RGBA16_SNORM, GL.RGBA16F, GL.RGBA16I, GL.RGBA16UI: .bits64
    case GL.RGB32F, GL.RGB32I, GL.RGB32UI: .bits96
    case GL.RGBA32F, GL.RGBA32I, GL.RGBA32UI: .bits128
    default: nil
    }
  }

  private static func blockCompressed(_ internalFormat: GLenum) -> ViewClass? {
    switch internalFormat {
    case GL.COMPRESSED_RED_RGTC1, GL.COMPRESSED_SIGNED_RED_RGTC1: .rgtc1
    case GL.COMPRESSED_RG_RGTC2, GL.COMPRESSED_SIGNED_RG_RGTC2: .rgtc2
    case GL.COMPRESSED_RGBA_BPTC_UNORM, GL.COMPRESSED_SRGB_ALPHA_BPTC_UNORM: .bptcUnorm
    case GL.COMPRESSED_RGB_BPTC_SIGNED_FLOAT, GL.COMPRESSED_RGB_BPTC_UNSIGNED_FLOAT: .bptcFloat
    case GL.COMPRESSED_RGB_S3TC_DXT1_EXT, GL.COMPRESSED_SRGB_S3TC_DXT1_EXT: .dxt1RGB
    case GL.COMPRESSED_RGBA_S3TC_DXT1_EXT, GL.COMPRESSED_SRGB_ALPHA_S3TC_DXT1_EXT: .dxt1RGBA
    case GL.COMPRESSED_RGBA_S3TC_DXT3_EXT, GL.COMPRESSED_SRGB_ALPHA_S3TC_DXT3_EXT: .dxt3
    case GL.COMPRESSED_RGBA_S3TC_DXT5_EXT, GL.COMPRESSED_SRGB_ALPHA_S3TC_DXT5_EXT: .dxt5
    case GL.COMPRESSED_R11_EAC, GL.COMPRESSED_SIGNED_R11_EAC: .eacR11
    case GL.COMPRESSED_RG11_EAC, GL.COMPRESSED_SIGNED_RG11_EAC: .eacRG11
    case GL.COMPRESSED_RGB8_ETC2, GL.COMPRESSED_SRGB8_ETC2: .etc2RGB
    case GL.COMPRESSED_RGB8_PUNCHTHROUGH_ALPHA1_ETC2, GL.COMPRESSED_SRGB8_PUNCHTHROUGH_ALPHA1_ETC2: .etc2RGBA
    case GL.COMPRESSED_RGBA8_ETC2_EAC, GL.COMPRESSED_SRGB8_ALPHA8_ETC2_EAC: .etc2EacRGBA
    default: nil
    }
  }

  private static func astc(_ internalFormat: GLenum) -> ViewClass? {
    switch internalFormat {
    case GL.COMPRESSED_RGBA_ASTC_4x4_KHR, GL.COMPRESSED_SRGB8_ALPHA8_ASTC_4x4_KHR: .astc4x4
    case GL.COMPRESSED_RGBA_ASTC_5x4_KHR, GL.COMPRESSED_SRGB8_ALPHA8_ASTC_5x4_KHR: .astc5x4
    case GL.COMPRESSED_RGBA_ASTC_5x5_KHR, GL.COMPRESSED_SRGB8_ALPHA8_ASTC_5x5_KHR: .astc5x5
    case GL.COMPRESSED_RGBA_ASTC_6x5_KHR, GL.COMPRESSED_SRGB8_ALPHA8_ASTC_6x5_KHR: .astc6x5
    case GL.COMPRESSED_RGBA_ASTC_6x6_KHR, GL.COMPRESSED_SRGB8_ALPHA8_ASTC_6x6_KHR: .astc6x6
    case GL.COMPRESSED_RGBA_ASTC_8x5_KHR, GL.COMPRESSED_SRGB8_ALPHA8_ASTC_8x5_KHR: .astc8x5
    case GL.COMPRESSED_RGBA_ASTC_8x6_KHR, GL.COMPRESSED_SRGB8_ALPHA8_ASTC_8x6_KHR: .astc8x6
    case GL.COMPRESSED_RGBA_ASTC_8x8_KHR, GL.COMPRESSED_SRGB8_ALPHA8_ASTC_8x8_KHR: .astc8x8
    case GL.COMPRESSED_RGBA_ASTC_10x5_KHR, GL.COMPRESSED_SRGB8_ALPHA8_ASTC_10x5_KHR: .astc10x5
    case GL.COMPRESSED_RGBA_ASTC_10x6_KHR, GL.COMPRESSED_SRGB8_ALPHA8_ASTC_10x6_KHR: .astc10x6
    case GL.COMPRESSED_RGBA_ASTC_10x8_KHR, GL.COMPRESSED_SRGB8_ALPHA8_ASTC_10x8_KHR: .astc10x8
    case GL.COMPRESSED_RGBA_ASTC_10x10_KHR, GL.COMPRESSED_SRGB8_ALPHA8_ASTC_10x10_KHR: .astc10x10
    case GL.COMPRESSED_RGBA_ASTC_12x10_KHR, GL.COMPRESSED_SRGB8_ALPHA8_ASTC_12x10_KHR: .astc12x10
    case GL.COMPRESSED_RGBA_ASTC_12x12_KHR, GL.COMPRESSED_SRGB8_ALPHA8_ASTC_12x12_KHR: .astc12x12
    default: nil
    }
  }
}

/// Where else an internal format may be used.
enum InternalFormatUse {
  /// glTexBuffer accepts it (GL 4.6 table 8.16; ES 3.2 table 8.18, the 16-bit normalised ones by EXT_texture_norm16).
  static func isBufferTexture(_ internalFormat: GLenum, features: GLFeatures) -> Bool {
    switch internalFormat {
    case GL.R8, GL.R16F, GL.R32F, GL.R8I, GL.R16I, GL.R32I, GL.R8UI, GL.R16UI, GL.R32UI, GL.RG8, GL.RG16F, GL.RG32F,
      GL.RG8I, GL.RG16I, GL.RG32I, GL.RG8UI, GL.RG16UI, GL.RG32UI, GL.RGB32F, GL.RGB32I, GL.RGB32UI, GL.RGBA8,
      GL.RGBA16F, GL.RGBA32F, GL.RGBA8I, GL.RGBA16I, GL.RGBA32I, GL.RGBA8UI, GL.RGBA16UI, GL.RGBA32UI:
      true
    case GL.R16, GL.RG16, GL.RGBA16: features.contains(.textureNorm16)
    default: false
    }
  }

  /// glBindImageTexture accepts it (GL 4.6 table 8.26; ES 3.2 table 8.27, the rest by NV_image_formats, some of them
  /// only where EXT_texture_norm16 has such textures).
  static func isImage(_ internalFormat: GLenum, features: GLFeatures, isES: Bool) -> Bool {
    switch internalFormat {
    case GL.RGBA32F, GL.RGBA16F, GL.R32F, GL.RGBA8, GL.RGBA8_SNORM, GL.RGBA32UI, GL.RGBA16UI, GL.RGBA8UI, GL.R32UI,
      GL.RGBA32I, GL.RGBA16I, GL.RGBA8I, GL.R32I:
      true
    case GL.RG32F, GL.RG16F, GL.R11F_G11F_B10F, GL.R16F, GL.RGB10_A2UI, GL.RG32UI, GL.RG16UI, GL.RG8UI, GL.R16UI,
      GL.R8UI, GL.RG32I, GL.RG16I, GL.RG8I, GL.R16I, GL.R8I, GL.RGB10_A2, GL.RG8, GL.R8, GL.RG8_SNORM, GL.R8_SNORM:
      !isES || features.contains(.imageFormatsNV)
    case GL.RGBA16, GL.RG16, GL.R16, GL.RGBA16_SNORM, GL.RG16_SNORM, GL.R16_SNORM:
      features.contains(.textureNorm16) && (!isES || features.contains(.imageFormatsNV))
    default: false
    }
  }
}
