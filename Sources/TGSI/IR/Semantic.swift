/// What an input, output or system value stands for.
@frozen
package enum SemanticName: UInt8, CaseIterable, Sendable {
  case position, color, bcolor, fog, psize, generic, normal, face, edgeFlag, primitiveID
  case instanceID, vertexID, stencil, clipDistance, clipVertex, gridSize, blockID, blockSize, threadID
  case texcoord, pointCoord, viewportIndex, layer, sampleID, samplePosition, sampleMask, invocationID
  case vertexIDNoBase, baseVertex, patch, tessCoord, tessOuter, tessInner, verticesIn, helperInvocation
  case baseInstance, drawID
  /// Cull distances of very old texts; newer guests fold them into `clipDistance`.
  case cullDistance
  /// The levels of SET_TESS_STATE.
  case defaultTessOuter, defaultTessInner
}

extension SemanticName {
  /// Spelling in the text, in the order of the cases.
  static let words: StaticString =
    """
    POSITION COLOR BCOLOR FOG PSIZE GENERIC NORMAL FACE EDGEFLAG PRIM_ID \
    INSTANCEID VERTEXID STENCIL CLIPDIST CLIPVERTEX GRID_SIZE BLOCK_ID BLOCK_SIZE THREAD_ID \
    TEXCOORD PCOORD VIEWPORT_INDEX LAYER SAMPLEID SAMPLEPOS SAMPLEMASK INVOCATIONID \
    VERTEXID_NOBASE BASEVERTEX PATCH TESSCOORD TESSOUTER TESSINNER VERTICESIN HELPER_INVOCATION \
    BASEINSTANCE DRAWID CULLDIST TESS_DEFAULT_OUTER_LEVEL TESS_DEFAULT_INNER_LEVEL
    """
}

/// A semantic name with its index: `GENERIC[3]`.
@frozen
package struct Semantic: Hashable, Sendable {
  package var name: SemanticName
  package var index: UInt16

  @inlinable
  package init(_ name: SemanticName, _ index: UInt16 = 0) {
    self.name = name
    self.index = index
  }
}

/// How a fragment input is interpolated; absent on every other stage.
@frozen
package enum Interpolation: UInt8, CaseIterable, Sendable {
  /// Flat.
  case constant
  /// Without perspective.
  case linear
  case perspective
  /// Perspective, or flat while the rasteriser's flat-shade flag is set.
  case color

  static let words: StaticString = "CONSTANT LINEAR PERSPECTIVE COLOR"
}

/// Where in the pixel a fragment input is evaluated.
@frozen
package enum InterpolationLocation: UInt8, CaseIterable, Sendable {
  case center
  case centroid
  case sample

  static let words: StaticString = "CENTER CENTROID SAMPLE"
}
