/// The texel formats a storage image may have: the gallium names that have a GLSL layout qualifier.
///
/// Any other `PIPE_FORMAT_` word fails the shader.
@frozen
public enum ImageFormat: UInt8, CaseIterable, Sendable {
  /// No format: a write-only image, or one whose format the key supplies.
  case none
  case r8Unorm, r8g8Unorm, r8g8b8a8Unorm
  case r8Snorm, r8g8Snorm, r8g8b8a8Snorm
  case r8Uint, r8g8Uint, r8g8b8a8Uint
  case r8Sint, r8g8Sint, r8g8b8a8Sint
  case r16Unorm, r16g16Unorm, r16g16b16a16Unorm
  case r16Snorm, r16g16Snorm, r16g16b16a16Snorm
  case r16Float, r16g16Float, r16g16b16a16Float
  case r16Uint, r16g16Uint, r16g16b16a16Uint
  case r16Sint, r16g16Sint, r16g16b16a16Sint
  case r32Float, r32g32Float, r32g32b32a32Float
  case r32Uint, r32g32Uint, r32g32b32a32Uint
  case r32Sint, r32g32Sint, r32g32b32a32Sint
  case r10g10b10a2Unorm, r10g10b10a2Uint, r11g11b10Float
}

extension ImageFormat {
  /// Spelling after the prefix `PIPE_FORMAT_`, in the order of the cases.
  static let words: StaticString =
    """
    NONE R8_UNORM R8G8_UNORM R8G8B8A8_UNORM R8_SNORM R8G8_SNORM R8G8B8A8_SNORM R8_UINT R8G8_UINT R8G8B8A8_UINT \
    R8_SINT R8G8_SINT R8G8B8A8_SINT R16_UNORM R16G16_UNORM R16G16B16A16_UNORM R16_SNORM R16G16_SNORM \
    R16G16B16A16_SNORM R16_FLOAT R16G16_FLOAT R16G16B16A16_FLOAT R16_UINT R16G16_UINT R16G16B16A16_UINT R16_SINT \
    R16G16_SINT R16G16B16A16_SINT R32_FLOAT R32G32_FLOAT R32G32B32A32_FLOAT R32_UINT R32G32_UINT \
    R32G32B32A32_UINT R32_SINT R32G32_SINT R32G32B32A32_SINT R10G10B10A2_UNORM R10G10B10A2_UINT R11G11B10_FLOAT
    """

  /// The type of a texel's components as a shader sees them.
  @frozen
  public enum ComponentType: UInt8, Sendable {
    case float, int, uint
  }

  public var componentType: ComponentType {
    switch self {
    case .r8Uint, .r8g8Uint, .r8g8b8a8Uint, .r16Uint, .r16g16Uint, .r16g16b16a16Uint, .r32Uint, .r32g32Uint,
      .r32g32b32a32Uint, .r10g10b10a2Uint:
      .uint
    case .r8Sint, .r8g8Sint, .r8g8b8a8Sint, .r16Sint, .r16g16Sint, .r16g16b16a16Sint, .r32Sint, .r32g32Sint,
      .r32g32b32a32Sint:
      .int
    default: .float
    }
  }

  /// Whether the format is one 32-bit component, as image atomics require.
  public var isSingle32: Bool { self == .r32Uint || self == .r32Sint || self == .r32Float }
}
