/// Which semantics an interface of a stage can carry, and how many indices each has.
enum SemanticRules {
  /// Number of indices of `name`: an index at or above it is refused.
  static func indexLimit(_ name: SemanticName, fragmentOutput: Bool) -> Int {
    switch name {
    case .color: fragmentOutput ? 8 : 2
    case .bcolor, .clipDistance, .cullDistance: 2
    case .generic: 64
    case .texcoord: 8
    case .patch: 32
    default: 1
    }
  }

  static func isInput(_ name: SemanticName, _ stage: ShaderStage) -> Bool {
    switch stage {
    case .vertex, .compute: false
    case .fragment:
      switch name {
      case .position, .color, .bcolor, .fog, .generic, .texcoord, .pointCoord, .clipDistance, .cullDistance,
        .primitiveID, .layer, .viewportIndex, .face:
        true
      default: false
      }
    case .geometry, .tessControl: name == .primitiveID || isVertexResult(name)
    case .tessEval:
      name == .primitiveID || name == .patch || name == .tessOuter || name == .tessInner || isVertexResult(name)
    }
  }

  static func isOutput(_ name: SemanticName, _ stage: ShaderStage) -> Bool {
    switch stage {
    case .compute: false
    case .fragment: name == .position || name == .stencil || name == .sampleMask || name == .color
    case .vertex, .tessEval: isVertexResult(name)
    case .geometry: name == .primitiveID || isVertexResult(name)
    case .tessControl: name == .patch || name == .tessOuter || name == .tessInner || isVertexResult(name)
    }
  }

  /// What a stage before the rasteriser can hand to the next one.
  private static func isVertexResult(_ name: SemanticName) -> Bool {
    switch name {
    case .position, .color, .bcolor, .fog, .psize, .generic, .texcoord, .clipDistance, .cullDistance, .clipVertex,
      .edgeFlag, .layer, .viewportIndex:
      true
    default: false
    }
  }

  static func isSystemValue(_ name: SemanticName, _ stage: ShaderStage) -> Bool {
    switch name {
    case .instanceID, .vertexID, .vertexIDNoBase, .baseVertex, .baseInstance, .drawID: stage == .vertex
    case .invocationID: stage == .geometry || stage == .tessControl
    case .primitiveID: stage == .geometry || stage == .tessControl || stage == .tessEval || stage == .fragment
    case .verticesIn: stage == .tessControl || stage == .tessEval
    case .tessCoord, .tessOuter, .tessInner: stage == .tessEval
    case .defaultTessOuter, .defaultTessInner: stage == .tessControl
    case .sampleID, .samplePosition, .sampleMask, .helperInvocation: stage == .fragment
    case .threadID, .blockID, .gridSize, .blockSize: stage == .compute
    default: false
    }
  }

  /// Semantics that are one value for the whole primitive or patch, so that a vertex index on them says nothing.
  static func isPerPrimitive(_ name: SemanticName) -> Bool { name == .primitiveID }

  /// Whether a register of this semantic must have a vertex index in this stage.
  static func needsVertexIndex(_ name: SemanticName, input: Bool, _ stage: ShaderStage) -> Bool {
    switch stage {
    case .vertex, .fragment, .compute: return false
    case .geometry where !input: return false
    case .tessEval where !input: return false
    case .geometry, .tessControl, .tessEval: break
    }
    switch name {
    case .patch, .tessOuter, .tessInner, .primitiveID: return false
    default: return true
    }
  }
}
