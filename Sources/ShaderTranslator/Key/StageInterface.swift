/// The varyings of one side of a stage boundary, one bit per four-component variable.
package struct VaryingSet: Hashable, Sendable {
  /// GENERIC[i], bit i.
  package var generics: UInt64 = 0
  /// PATCH[i], bit i.
  package var patches: UInt32 = 0
  /// TEXCOORD[i], bit i.
  package var texcoords: UInt8 = 0
  /// COLOR[i] is bit i, BCOLOR[i] bit 2 + i.
  package var colours: UInt8 = 0
  /// Bit 0 FOG, bit 1 CLIPVERTEX.
  package var others: UInt8 = 0

  package init() {}

  package static let fogBit: UInt8 = 1
  package static let clipVertexBit: UInt8 = 2
  /// COLOR[0] and COLOR[1].
  package static let frontColours: UInt8 = 0b0011
  /// BCOLOR[0] and BCOLOR[1].
  package static let backColours: UInt8 = 0b1100

  package var isEmpty: Bool { generics == 0 && patches == 0 && texcoords == 0 && colours == 0 && others == 0 }

  package func subtracting(_ other: VaryingSet) -> VaryingSet {
    var result = self
    result.generics &= ~other.generics
    result.patches &= ~other.patches
    result.texcoords &= ~other.texcoords
    result.colours &= ~other.colours
    result.others &= ~other.others
    return result
  }

  package func intersection(_ other: VaryingSet) -> VaryingSet {
    var result = self
    result.generics &= other.generics
    result.patches &= other.patches
    result.texcoords &= other.texcoords
    result.colours &= other.colours
    result.others &= other.others
    return result
  }
}

/// Components of each GENERIC varying, 1…4. Both sides of a stage boundary declare a varying with the same number, so
/// only a stage that is always linked with the one before it can follow that one's numbers.
package struct GenericWidths: Hashable, Sendable {
  /// 4 − components in two bits, the lower and the higher one of each: all zero is all four.
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  package init() {}

  package subscript(generic: UInt8) -> UInt8 {
    get {
      guard generic < 64 else { return 4 }
      let missing = low &>> UInt64(generic) & 1 | (high &>> UInt64(generic) & 1) &<< 1
      return 4 - UInt8(truncatingIfNeeded: missing)
    }
    set {
      guard generic < 64 else { return }
      let missing = UInt64(4 - max(1, min(4, newValue)))
      low = low & ~(1 &<< UInt64(generic)) | (missing & 1) &<< UInt64(generic)
      high = high & ~(1 &<< UInt64(generic)) | (missing &>> 1) &<< UInt64(generic)
    }
  }

  /// The numbers of some generics; the others have four.
  func restricted(to generics: UInt64) -> GenericWidths {
    var result = self
    result.low &= generics
    result.high &= generics
    return result
  }
}

/// How fragment inputs are interpolated; a varying in no set is smooth at the pixel centre.
package struct InterpolationSet: Hashable, Sendable {
  package var flat = VaryingSet()
  package var noPerspective = VaryingSet()
  package var centroid = VaryingSet()
  package var sample = VaryingSet()

  package init() {}

  package func intersection(_ other: VaryingSet) -> InterpolationSet {
    var result = InterpolationSet()
    result.flat = flat.intersection(other)
    result.noPerspective = noPerspective.intersection(other)
    result.centroid = centroid.intersection(other)
    result.sample = sample.intersection(other)
    return result
  }
}

/// A stage next to another one in a pipeline, or the lack of one.
package enum PipelineStage: UInt8, Hashable, Sendable {
  case none
  case vertex
  case tessControl
  case tessEvaluation
  case geometry
  case fragment
  case compute
}

/// Everything the key of a neighbouring stage may depend on. Trivially copyable; a part of `ShaderFacts`.
package struct StageInterface: Hashable, Sendable {
  package var stage: PipelineStage = .none
  /// The varyings that the shader's text declares as inputs.
  package var inputs = VaryingSet()
  /// The varyings that it declares as outputs.
  package var outputs = VaryingSet()
  /// Geometry shaders: components of `outputs`. Drivers count them, times the vertices, against a limit that guests use
  /// to the last one.
  package var outputWidths = GenericWidths()
  /// Fragment shaders: interpolation of `inputs`, as the text says.
  package var interpolation = InterpolationSet()
  /// Fragment shaders: the colours (bits as in `VaryingSet.colours`) that flat shading makes flat.
  package var flatShadedColours: UInt8 = 0
  /// gl_ClipDistance and gl_CullDistance elements that the shader writes.
  package var clipDistances: UInt8 = 0
  package var cullDistances: UInt8 = 0
  /// The shader reads CLIPDIST inputs.
  package var readsDistances: Bool = false
  /// Storage-buffer slots taken, counted from the lowest declared one.
  package var storageSlots: UInt8 = 0
  /// Image slots taken: the highest declared one + 1.
  package var imageSlots: UInt8 = 0

  package init() {}
}

/// The part of a key that describes the stage's place in the pipeline.
package struct StageLink: Hashable, Sendable {
  package var previous: PipelineStage = .none
  package var next: PipelineStage = .none
  /// Inputs that the previous stage does not write: they read as constants.
  package var missing = VaryingSet()
  /// Fragment shaders: components of the inputs, as the previous stage has them.
  package var inputWidths = GenericWidths()
  /// Last vertex stage: qualifiers of the outputs, as the fragment shader has them. GLSL 4.40 no longer asks for it,
  /// but Mesa packs captured varyings wrongly when they differ.
  package var interpolation = InterpolationSet()
  /// Shaders that read CLIPDIST: elements the previous stage writes.
  package var inputClipDistances: UInt8 = 0
  package var inputCullDistances: UInt8 = 0
  /// First `layout(binding=)` of this stage's storage buffers.
  package var firstStorageBinding: UInt8 = 0
  /// First unit of this stage's images.
  package var firstImageUnit: UInt8 = 0

  package init() {}

  /// The link of a graphics stage between its bound neighbours.
  ///
  /// - Parameters:
  ///   - stage: the interface of the shader the key is for.
  ///   - previous: the stage before it, nil for a vertex shader.
  ///   - next: the stage behind it, nil when nothing follows (transform feedback without a fragment shader).
  ///   - flatShade: the rasteriser's flat-shade flag.
  ///   - twoSided: the rasteriser's two-sided-colour flag.
  package init(
    of stage: StageInterface, previous: StageInterface?, next: StageInterface?, flatShade: Bool, twoSided: Bool
  ) {
    if let previous {
      self.previous = previous.stage
      var wanted = stage.inputs
      if stage.stage == .fragment && twoSided { wanted.colours |= wanted.colours << 2 }
      missing = wanted.subtracting(previous.outputs)
      if stage.stage == .fragment { inputWidths = previous.outputWidths.restricted(to: stage.inputs.generics) }
      if stage.readsDistances {
        inputClipDistances = previous.clipDistances
        inputCullDistances = previous.cullDistances
      }
    }
    if let next {
      self.next = next.stage
      if next.stage == .fragment {
        interpolation = next.interpolation
        if flatShade { interpolation.flat.colours |= next.flatShadedColours }
        let front = (interpolation.flat.colours, interpolation.noPerspective.colours)
        let aux = (interpolation.centroid.colours, interpolation.sample.colours)
        interpolation.flat.colours |= front.0 << 2
        interpolation.noPerspective.colours |= front.1 << 2
        interpolation.centroid.colours |= aux.0 << 2
        interpolation.sample.colours |= aux.1 << 2
        interpolation = interpolation.intersection(stage.outputs)
      }
    }
  }
}
