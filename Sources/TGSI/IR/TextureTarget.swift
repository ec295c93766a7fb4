/// The shape of a texture or an image, as an instruction, a sampler view or an image declaration names it.
@frozen
public enum TextureTarget: UInt8, CaseIterable, Sendable {
  case buffer
  case texture1D
  case texture2D
  case texture3D
  case cube
  case rect
  case shadow1D
  case shadow2D
  case shadowRect
  case texture1DArray
  case texture2DArray
  case shadow1DArray
  case shadow2DArray
  case shadowCube
  case texture2DMSAA
  case texture2DArrayMSAA
  case cubeArray
  case shadowCubeArray
  /// Parses, has no meaning; the validator refuses it wherever a target matters.
  case unknown
}

extension TextureTarget {
  static let words: StaticString =
    """
    BUFFER 1D 2D 3D CUBE RECT SHADOW1D SHADOW2D SHADOWRECT 1D_ARRAY 2D_ARRAY SHADOW1D_ARRAY SHADOW2D_ARRAY \
    SHADOWCUBE 2D_MSAA 2D_ARRAY_MSAA CUBEARRAY SHADOWCUBEARRAY UNKNOWN
    """

  /// Whether sampling compares against a reference value.
  @inlinable public var isShadow: Bool {
    switch self {
    case .shadow1D, .shadow2D, .shadowRect, .shadow1DArray, .shadow2DArray, .shadowCube, .shadowCubeArray: true
    default: false
    }
  }

  @inlinable public var isMultisample: Bool { self == .texture2DMSAA || self == .texture2DArrayMSAA }

  /// Whether a layer is the last coordinate.
  @inlinable public var isArray: Bool {
    switch self {
    case .texture1DArray, .texture2DArray, .shadow1DArray, .shadow2DArray, .texture2DArrayMSAA, .cubeArray,
      .shadowCubeArray:
      true
    default: false
    }
  }

  @inlinable public var isCube: Bool {
    switch self {
    case .cube, .shadowCube, .cubeArray, .shadowCubeArray: true
    default: false
    }
  }
}

/// What a sampler view returns; the first three are all floats to a shader.
@frozen
public enum ReturnType: UInt8, CaseIterable, Sendable {
  case unorm
  case snorm
  case sint
  case uint
  case float

  static let words: StaticString = "UNORM SNORM SINT UINT FLOAT"
}
