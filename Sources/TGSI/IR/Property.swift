/// The properties a text can set, in the order in which guests print them.
@frozen
package enum Property: UInt8, CaseIterable, Sendable {
  case gsInputPrimitive
  case gsOutputPrimitive
  case gsMaxOutputVertices
  case fsCoordOrigin
  case fsCoordPixelCenter
  case fsColor0WritesAllCbufs
  case fsDepthLayout
  case vsProhibitUCPs
  case gsInvocations
  case vsWindowSpacePosition
  case tcsVerticesOut
  case tesPrimMode
  case tesSpacing
  case tesVertexOrderCW
  case tesPointMode
  case numClipDistEnabled
  case numCullDistEnabled
  case fsEarlyDepthStencil
  case fsPostDepthCoverage
  case nextShader
  case csFixedBlockWidth
  case csFixedBlockHeight
  case csFixedBlockDepth
  case mulZeroWins
  case vsBlitSgprsAMD
  case csUserDataComponentsAMD
  case layerViewportRelative
  case fsBlendEquationAdvanced
  case separableProgram
}

extension Property {
  /// Spelling in the text, in the order of the cases.
  static let words: StaticString =
    """
    GS_INPUT_PRIMITIVE GS_OUTPUT_PRIMITIVE GS_MAX_OUTPUT_VERTICES FS_COORD_ORIGIN FS_COORD_PIXEL_CENTER \
    FS_COLOR0_WRITES_ALL_CBUFS FS_DEPTH_LAYOUT VS_PROHIBIT_UCPS GS_INVOCATIONS VS_WINDOW_SPACE_POSITION \
    TCS_VERTICES_OUT TES_PRIM_MODE TES_SPACING TES_VERTEX_ORDER_CW TES_POINT_MODE NUM_CLIPDIST_ENABLED \
    NUM_CULLDIST_ENABLED FS_EARLY_DEPTH_STENCIL FS_POST_DEPTH_COVERAGE NEXT_SHADER CS_FIXED_BLOCK_WIDTH \
    CS_FIXED_BLOCK_HEIGHT CS_FIXED_BLOCK_DEPTH MUL_ZERO_WINS VS_BLIT_SGPRS_AMD CS_USER_DATA_COMPONENTS_AMD \
    LAYER_VIEWPORT_RELATIVE FS_BLEND_EQUATION_ADVANCED SEPARABLE_PROGRAM
    """

  static let count = 29
}

/// Primitive types, numbered as the gallium interface numbers them.
@frozen
package enum Primitive: UInt8, CaseIterable, Sendable {
  case points, lines, lineLoop, lineStrip, triangles, triangleStrip, triangleFan, quads, quadStrip, polygon
  case linesAdjacency, lineStripAdjacency, trianglesAdjacency, triangleStripAdjacency, patches

  static let words: StaticString =
    """
    POINTS LINES LINE_LOOP LINE_STRIP TRIANGLES TRIANGLE_STRIP TRIANGLE_FAN QUADS QUAD_STRIP POLYGON \
    LINES_ADJACENCY LINE_STRIP_ADJACENCY TRIANGLES_ADJACENCY TRIANGLE_STRIP_ADJACENCY PATCHES
    """

  /// Vertices one primitive hands to a geometry shader; nil where no geometry shader can take it.
  @inlinable package var inputVertexCount: Int? {
    switch self {
    case .points: 1
    case .lines, .lineLoop, .lineStrip: 2
    case .triangles, .triangleStrip, .triangleFan: 3
    case .quads, .quadStrip, .linesAdjacency, .lineStripAdjacency: 4
    case .trianglesAdjacency, .triangleStripAdjacency: 6
    case .polygon, .patches: nil
    }
  }
}

@frozen
package enum CoordOrigin: UInt8, Sendable {
  case upperLeft, lowerLeft
  static let words: StaticString = "UPPER_LEFT LOWER_LEFT"
}

@frozen
package enum PixelCenter: UInt8, Sendable {
  case halfInteger, integer
  static let words: StaticString = "HALF_INTEGER INTEGER"
}

/// What a fragment shader promises about the depth it writes.
@frozen
package enum DepthLayout: UInt8, Sendable {
  case none, any, greater, less, unchanged
  static let words: StaticString = "NONE ANY GREATER LESS UNCHANGED"
}

/// Domain of a tessellation evaluation shader, numbered as the primitives are.
@frozen
package enum TessDomain: UInt8, Sendable {
  case isolines = 1
  case triangles = 4
  case quads = 7
}

@frozen
package enum TessSpacing: UInt8, Sendable {
  case fractionalOdd, fractionalEven, equal
}
