import TGSI

/// Declarations of inputs, outputs and layouts.
extension GLSLWriter {
  mutating func writeInterface() {
    writeStageLayout()
    for attribute in plan.attributes {
      if attribute.hasLocation {
        text.append("layout(location=")
        text.append(decimal: Int(attribute.index))
        text.append(") ")
      }
      text.append("in ")
      append(type: attribute.type, count: 4)
      text.append(" in_")
      text.append(decimal: Int(attribute.index))
      text.append(";\n")
    }
    for varying in plan.inputVaryings { declare(varying, of: plan.inputOwner, isInput: true) }
    for varying in plan.outputVaryings { declare(varying, of: plan.stage, isInput: false) }
    if plan.invariantPosition { text.append("invariant gl_Position;\n") }
    writeDistanceDeclarations()
    if let end = plan.vertexEnd {
      for capture in end.captures { declare(capture) }
    }
    if let fragment = plan.fragment { writeFragmentOutputs(fragment) }
  }

  private mutating func writeStageLayout() {
    if let geometry = plan.geometry {
      text.append("layout(")
      text.append(Self.inputName(geometry.input))
      if geometry.invocations > 1 {
        text.append(", invocations = ")
        text.append(decimal: geometry.invocations)
      }
      text.append(") in;\nlayout(")
      text.append(Self.outputName(geometry.output))
      text.append(", max_vertices = ")
      text.append(decimal: geometry.maxVertices)
      text.append(") out;\n")
    }
    if plan.stage == .tessControl {
      text.append("layout(vertices = ")
      text.append(decimal: plan.tessControlVertices)
      text.append(") out;\n")
    }
    if let evaluation = plan.tessEvaluation { write(evaluation) }
    if let compute = plan.compute {
      text.append("layout(local_size_x = ")
      text.append(decimal: compute.width)
      text.append(", local_size_y = ")
      text.append(decimal: compute.height)
      text.append(", local_size_z = ")
      text.append(decimal: compute.depth)
      text.append(") in;\n")
      if compute.sharedWords > 0 {
        text.append(compute.sharedIsSigned ? "shared int cs_shared[" : "shared uint cs_shared[")
        text.append(decimal: Int(compute.sharedWords))
        text.append("];\n")
      }
    }
  }

  private mutating func write(_ evaluation: TessEvaluationPlan) {
    text.append("layout(")
    switch evaluation.domain {
    case .isolines: text.append("isolines")
    case .triangles: text.append("triangles")
    case .quads: text.append("quads")
    }
    switch evaluation.spacing {
    case .fractionalOdd: text.append(", fractional_odd_spacing")
    case .fractionalEven: text.append(", fractional_even_spacing")
    case .equal: text.append(", equal_spacing")
    }
    text.append(evaluation.clockwise ? ", cw" : ", ccw")
    if evaluation.pointMode { text.append(", point_mode") }
    text.append(") in;\n")
  }

  private static func inputName(_ primitive: Primitive) -> StaticString {
    switch primitive {
    case .points: "points"
    case .lines, .lineLoop, .lineStrip: "lines"
    case .linesAdjacency, .lineStripAdjacency: "lines_adjacency"
    case .trianglesAdjacency, .triangleStripAdjacency: "triangles_adjacency"
    default: "triangles"
    }
  }

  private static func outputName(_ primitive: Primitive) -> StaticString {
    switch primitive {
    case .points: "points"
    case .lines, .lineLoop, .lineStrip: "line_strip"
    default: "triangle_strip"
    }
  }

  private mutating func declare(_ declared: VaryingPlan, of owner: PipelineStage, isInput: Bool) {
    if declared.invariant, !isInput { text.append("invariant ") }
    if declared.stream > 0 {
      text.append("layout(stream = ")
      text.append(decimal: Int(declared.stream))
      text.append(") ")
    }
    switch declared.interpolation {
    case .none: break
    case .flat: text.append("flat ")
    case .noPerspective: text.append("noperspective ")
    }
    switch declared.auxiliary {
    case .none: break
    case .centroid: text.append("centroid ")
    case .sample: text.append("sample ")
    }
    if declared.varying.kind == .patch { text.append("patch ") }
    text.append(isInput ? "in " : "out ")
    append(type: .float, count: Int(declared.components))
    text.append(" ")
    text.append(varying: declared.varying, of: owner)
    if declared.perVertex { text.append("[]") }
    text.append(";\n")
  }

  /// Arrays of distances are declared with their exact sizes; both sides of a boundary must agree.
  private mutating func writeDistanceDeclarations() {
    if let end = plan.vertexEnd {
      let clip = max(end.clipDistances, end.userPlanes)
      if clip > 0 { writeArray("out float gl_ClipDistance[", Int(clip)) }
      if end.cullDistances > 0 { writeArray("out float gl_CullDistance[", Int(end.cullDistances)) }
    }
    for input in plan.inputs {
      guard case .fragmentDistances(_, let clip, let cull) = input else { continue }
      if clip > 0 { writeArray("in float gl_ClipDistance[", Int(clip)) }
      if cull > 0 { writeArray("in float gl_CullDistance[", Int(cull)) }
      break
    }
  }

  private mutating func writeArray(_ stem: StaticString, _ count: Int) {
    text.append(stem)
    text.append(decimal: count)
    text.append("];\n")
  }

  /// Captured bits keep their patterns in unsigned variables.
  private mutating func declare(_ capture: VertexEnd.Capture) {
    if capture.stream > 0 {
      text.append("layout(stream = ")
      text.append(decimal: Int(capture.stream))
      text.append(") ")
    }
    let type = captureType(capture)
    if type == .uint { text.append("flat ") }
    text.append("out ")
    append(type: type, count: Int(capture.componentCount))
    text.append(" xfb")
    text.append(decimal: Int(capture.number))
    text.append(";\n")
  }

  func captureType(_ capture: VertexEnd.Capture) -> ScalarType {
    facts.outputClasses[Int(capture.register)] == .float ? .float : .uint
  }

  private mutating func writeFragmentOutputs(_ fragment: FragmentPlan) {
    if fragment.earlyTests { text.append("layout(early_fragment_tests) in;\n") }
    if fragment.originUpperLeft || fragment.pixelCentreInteger {
      text.append("layout(")
      if fragment.originUpperLeft { text.append("origin_upper_left") }
      if fragment.originUpperLeft && fragment.pixelCentreInteger { text.append(", ") }
      if fragment.pixelCentreInteger { text.append("pixel_center_integer") }
      text.append(") in vec4 gl_FragCoord;\n")
    }
    switch fragment.depthLayout {
    case .none: break
    case .any: text.append("layout(depth_any) out float gl_FragDepth;\n")
    case .greater: text.append("layout(depth_greater) out float gl_FragDepth;\n")
    case .less: text.append("layout(depth_less) out float gl_FragDepth;\n")
    case .unchanged: text.append("layout(depth_unchanged) out float gl_FragDepth;\n")
    }
    writeBlendModes(fragment.blendModes)
    for colour in fragment.colours {
      if colour.hasLocation {
        text.append("layout(location=")
        text.append(decimal: fragment.dualSource ? 0 : Int(colour.location))
        if fragment.dualSource {
          text.append(", index=")
          text.append(decimal: Int(colour.location))
        }
        text.append(") ")
      }
      text.append(colour.isFetched ? "inout " : "out ")
      if plan.isES { text.append("highp ") }
      append(type: colour.type, count: 4)
      text.append(" ")
      text.append(.fragmentOutput, .fragment, Int(colour.location))
      text.append(";\n")
    }
  }

  private mutating func writeBlendModes(_ modes: UInt32) {
    for bit in 1..<16 where modes >> UInt32(bit) & 1 != 0 {
      text.append("layout(blend_support_")
      switch bit {
      case 1: text.append("multiply")
      case 2: text.append("screen")
      case 3: text.append("overlay")
      case 4: text.append("darken")
      case 5: text.append("lighten")
      case 6: text.append("colordodge")
      case 7: text.append("colorburn")
      case 8: text.append("hardlight")
      case 9: text.append("softlight")
      case 10: text.append("difference")
      case 11: text.append("exclusion")
      case 12: text.append("hsl_hue")
      case 13: text.append("hsl_saturation")
      case 14: text.append("hsl_color")
      default: text.append("hsl_luminosity")
      }
      text.append(") out;\n")
    }
  }
}
