import TGSI

/// What happens after the program: stores of OUT registers, clipping, flipping, capture, fragment tests.
extension GLSLWriter {
  /// Geometry shaders end a vertex at every EMIT.
  mutating func writeVertexEndFunction() {
    guard plan.stage == .geometry, plan.vertexEnd != nil else { return }
    // Registers must be visible: geometry shaders keep them global.
    text.append("void end_vertex() {\n")
    writeVertexEnd()
    text.append("}\n")
  }

  mutating func writeEpilogue() {
    switch plan.stage {
    case .vertex, .tessEvaluation: writeVertexEnd()
    case .fragment: writeFragmentEnd()
    default: break
    }
  }

  private mutating func writeVertexEnd() {
    guard let end = plan.vertexEnd else { return }
    for capture in end.captures { write(capture) }
    for (index, target) in plan.outputs.enumerated() { store(index, target) }
    writeDistances(end)
    if end.flips { text.append("gl_Position.y *= adjust_y;\n") }
  }

  private mutating func write(_ capture: VertexEnd.Capture) {
    text.append("xfb")
    text.append(decimal: Int(capture.number))
    text.append(" = ")
    var components = Components()
    for component in 0..<capture.componentCount { components.append(capture.firstComponent + component) }
    append(output: Int(capture.register))
    text.append(".")
    append(components: components)
    text.append(";\n")
  }

  /// The variable of an OUT register.
  mutating func append(output index: Int) {
    if plan.outputsAreIndexed {
      text.append("oa[")
      text.append(decimal: index)
      text.append("]")
    } else {
      text.append("o")
      text.append(decimal: index)
    }
  }

  /// Some components of an OUT register as a type.
  mutating func append(output index: Int, _ components: Components, as type: ScalarType) {
    cast(from: outputClass(index) == .float ? .float : .uint, to: type, count: components.count) {
      $0.append(output: index)
      $0.text.append(".")
      $0.append(components: components)
    }
  }

  private mutating func store(_ index: Int, _ target: OutputTarget) {
    let all = Components(first: 4)
    switch target {
    case .position:
      text.append("gl_Position = ")
      append(output: index, all, as: .float)
    case .pointSize:
      text.append("gl_PointSize = ")
      append(output: index, Components(0), as: .float)
    case .varying(let varying), .patch(let varying):
      text.append(varying: varying, of: plan.stage)
      text.append(" = ")
      let width = facts.interface.outputWidths.components(of: varying)
      append(output: index, Components(first: Int(width)), as: .float)
    case .layer:
      text.append("gl_Layer = ")
      append(output: index, Components(0), as: .int)
    case .viewportIndex:
      text.append("gl_ViewportIndex = ")
      append(output: index, Components(0), as: .int)
    case .primitiveID:
      text.append("gl_PrimitiveID = ")
      append(output: index, Components(0), as: .int)
    default: return
    }
    text.append(";\n")
  }

  private mutating func writeDistances(_ end: VertexEnd) {
    let total = end.clipDistances + end.cullDistances
    for (index, target) in plan.outputs.enumerated() {
      guard case .distances(let first) = target else { continue }
      for component in 0..<4 as Range<UInt8> where first + component < total {
        let number = first + component
        text.append(number < end.clipDistances ? "gl_ClipDistance[" : "gl_CullDistance[")
        text.append(decimal: Int(number < end.clipDistances ? number : number - end.clipDistances))
        text.append("] = ")
        append(output: index, Components(component), as: .float)
        text.append(";\n")
      }
    }
    guard end.userPlanes > 0, let source = end.clipVertex ?? end.positionRegister else { return }
    for plane in 0..<Int(end.userPlanes) {
      text.append("gl_ClipDistance[")
      text.append(decimal: plane)
      text.append("] = dot(")
      append(output: Int(source), Components(first: 4), as: .float)
      text.append(", clip_planes[")
      text.append(decimal: plane)
      text.append("]);\n")
    }
  }

  // MARK: Fragments

  private mutating func writeFragmentEnd() {
    guard let fragment = plan.fragment else { return }
    if fragment.stipple {
      // Row and column of the pattern; the leftmost pixel is the most significant bit.
      text.append(
        """
        {
        uint row = uint(gl_FragCoord.y) & 31u;
        if ((stipple_rows[row >> 2u][row & 3u] >> (31u - (uint(gl_FragCoord.x) & 31u)) & 1u) == 0u) discard;
        }

        """)
    }
    writeAlphaTest(fragment)
    for colour in fragment.colours { store(colour) }
    for (index, target) in plan.outputs.enumerated() {
      switch target {
      case .depth:
        text.append("gl_FragDepth = ")
        append(output: index, Components(2), as: .float)
      case .stencil:
        text.append("gl_FragStencilRefARB = ")
        append(output: index, Components(1), as: .int)
      case .sampleMask:
        text.append("gl_SampleMask[0] = ")
        append(output: index, Components(0), as: .int)
      default: continue
      }
      text.append(";\n")
    }
  }

  private mutating func writeAlphaTest(_ fragment: FragmentPlan) {
    guard fragment.alphaTest != .always, let register = fragment.alphaTestRegister else { return }
    if fragment.alphaTest == .never { return text.append("discard;\n") }
    text.append("if (!(")
    append(output: Int(register), Components(3), as: .float)
    switch fragment.alphaTest {
    case .less: text.append(" < ")
    case .equal: text.append(" == ")
    case .lessEqual: text.append(" <= ")
    case .greater: text.append(" > ")
    case .notEqual: text.append(" != ")
    default: text.append(" >= ")
    }
    text.append(HelperUniforms.alphaReference)
    text.append(")) discard;\n")
  }

  private mutating func store(_ colour: ColourPlan) {
    let name = { (writer: inout GLSLWriter) in writer.text.append(.fragmentOutput, .fragment, Int(colour.location)) }
    if colour.logicOp != .none { return writeLogicOp(colour) }
    name(&self)
    text.append(" = ")
    var components = Components(first: 4)
    if colour.alphaInRed {
      components = Components(3)
      for _ in 0..<3 { components.append(3) }
    } else if colour.swapsRedBlue {
      components = Components(2)
      components.append(1)
      components.append(0)
      components.append(3)
    }
    append(output: Int(colour.register), components, as: colour.type)
    text.append(";\n")
    guard colour.encodesSRGB, colour.type == .float else { return }
    name(&self)
    text.append(".rgb = mix(1.055 * pow(max(")
    name(&self)
    text.append(".rgb, vec3(0.0)), vec3(1.0 / 2.4)) - 0.055, 12.92 * ")
    name(&self)
    text.append(".rgb, lessThanEqual(")
    name(&self)
    text.append(".rgb, vec3(0.0031308)));\n")
  }
}
