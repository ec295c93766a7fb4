import TGSI

/// IN registers, which name variables of the stage before, built-ins, or values made in the prologue.
extension GLSLWriter {
  mutating func append(input register: Register, _ components: Components, as type: ScalarType) {
    if register.indirect != nil { return appendIndexed(register, components, as: type) }
    let index = Int(register.index)
    guard plan.inputs.indices.contains(index) else { return appendZero(components, as: type) }
    append(source: plan.inputs[index], index, vertex: register.dimension, components, as: type)
  }

  private mutating func append(
    source: InputSource, _ index: Int, vertex: Dimension?, _ components: Components, as type: ScalarType
  ) {
    switch source {
    case .undeclared, .zero: appendZero(components, as: type)
    case .fogDefault: value("vec4(0.0, 0.0, 0.0, 1.0)", components, as: type)
    case .attribute(let stored, let swapped):
      cast(from: stored, to: type, count: components.count) {
        $0.text.append("in_")
        $0.text.append(decimal: index)
        $0.text.append(swapped ? ".zyxw." : ".")
        $0.append(components: components)
      }
    case .varying(let varying, let width):
      cast(from: .float, to: type, count: components.count) {
        $0.widened(from: width) { $0.text.append(varying: varying, of: $0.plan.inputOwner) }
        $0.text.append(".")
        $0.append(components: components)
      }
    case .patch(let varying):
      cast(from: .float, to: type, count: components.count) {
        $0.text.append(varying: varying, of: $0.plan.inputOwner)
        $0.text.append(".")
        $0.append(components: components)
      }
    case .vertexVarying(let varying):
      cast(from: .float, to: type, count: components.count) {
        $0.text.append(varying: varying, of: $0.plan.inputOwner)
        $0.append(vertex: vertex)
        $0.text.append(".")
        $0.append(components: components)
      }
    case .vertexPosition: member("gl_Position", vertex, components, as: type)
    case .vertexPointSize:
      cast(from: .float, to: type, count: components.count) {
        $0.append(type: .float, count: components.count)
        $0.text.append("(gl_in")
        $0.append(vertex: vertex)
        $0.text.append(".gl_PointSize)")
      }
    case .vertexDistances(let first, let clip, let cull):
      cast(from: .float, to: type, count: components.count) {
        $0.append(distances: first, clip: clip, cull: cull, vertex: vertex, isVertex: true, components)
      }
    case .fragmentPosition: value("gl_FragCoord", components, as: type)
    case .primitiveID: bits("gl_PrimitiveID", components, as: type)
    case .primitiveIDIn: bits("gl_PrimitiveIDIn", components, as: type)
    case .layer: bits("gl_Layer", components, as: type)
    case .viewportIndex: bits("gl_ViewportIndex", components, as: type)
    case .tessOuter:
      value(
        "vec4(gl_TessLevelOuter[0], gl_TessLevelOuter[1], gl_TessLevelOuter[2], gl_TessLevelOuter[3])", components,
        as: type)
    case .tessInner: value("vec4(gl_TessLevelInner[0], gl_TessLevelInner[1], 0.0, 0.0)", components, as: type)
    case .face, .pointCoordinate, .twoSided, .integerFragmentPosition, .fragmentDistances:
      cast(from: .float, to: type, count: components.count) {
        $0.text.append("i")
        $0.text.append(decimal: index)
        $0.text.append(".")
        $0.append(components: components)
      }
    }
  }

  /// What `body` writes, a value of 1 to 4 components, as one of four; the others are zero.
  mutating func widened(from width: UInt8, _ body: (inout GLSLWriter) -> Void) {
    if width < 4 { text.append("vec4(") }
    body(&self)
    guard width < 4 else { return }
    for _ in width..<4 { text.append(", 0.0") }
    text.append(")")
  }

  private mutating func appendZero(_ components: Components, as type: ScalarType) {
    append(type: type, count: components.count)
    text.append("(0)")
  }

  private mutating func value(_ expression: StaticString, _ components: Components, as type: ScalarType) {
    cast(from: .float, to: type, count: components.count) {
      $0.text.append(expression)
      $0.text.append(".")
      $0.append(components: components)
    }
  }

  private mutating func bits(_ expression: StaticString, _ components: Components, as type: ScalarType) {
    let made: ScalarType = type == .float ? .int : type
    cast(from: made, to: type, count: components.count) {
      $0.append(type: made, count: components.count)
      $0.text.append("(")
      $0.text.append(expression)
      $0.text.append(")")
    }
  }

  private mutating func member(
    _ name: StaticString, _ vertex: Dimension?, _ components: Components, as type: ScalarType
  ) {
    cast(from: .float, to: type, count: components.count) {
      $0.text.append("gl_in")
      $0.append(vertex: vertex)
      $0.text.append(".")
      $0.text.append(name)
      $0.text.append(".")
      $0.append(components: components)
    }
  }

  /// `[n]` of an array over the vertices of a primitive or patch.
  mutating func append(vertex: Dimension?) {
    text.append("[")
    if let indirect = vertex?.indirect {
      append(address: indirect, plus: Int(vertex?.index ?? 0))
    } else {
      text.append(decimal: max(0, Int(vertex?.index ?? 0)))
    }
    text.append("]")
  }

  /// Distances by their packed numbers: first the clip ones, then the cull ones.
  private mutating func append(
    distances first: UInt8, clip: UInt8, cull: UInt8, vertex: Dimension?, isVertex: Bool, _ components: Components
  ) {
    append(type: .float, count: components.count)
    text.append("(")
    for position in 0..<components.count {
      if position > 0 { text.append(", ") }
      // The guest chose the semantic's index: added as wide numbers.
      let number = Int(first) + Int(components[position])
      guard number < Int(clip) + Int(cull) else {
        text.append("0.0")
        continue
      }
      if isVertex {
        text.append("gl_in")
        append(vertex: vertex)
        text.append(".")
      }
      let isClip = number < Int(clip)
      text.append(isClip ? "gl_ClipDistance[" : "gl_CullDistance[")
      text.append(decimal: isClip ? number : number - Int(clip))
      text.append("]")
    }
    text.append(")")
  }

  // MARK: Run-time indices

  /// A run-time indexed input: a choice over all declared registers, in a helper array for stages without vertices.
  private mutating func appendIndexed(_ register: Register, _ components: Components, as type: ScalarType) {
    guard let indirect = register.indirect else { return }
    cast(from: .float, to: type, count: components.count) {
      if $0.plan.inputsHaveVertices {
        $0.text.append("input_at(")
        if let dimension = register.dimension, let vertex = dimension.indirect {
          $0.append(address: vertex, plus: Int(dimension.index))
        } else {
          $0.text.append(decimal: max(0, Int(register.dimension?.index ?? 0)))
        }
        $0.text.append(", ")
        $0.append(address: indirect, plus: Int(register.index))
        $0.text.append(").")
      } else {
        $0.text.append("ia[")
        $0.append(index: indirect, plus: Int(register.index), last: max(0, $0.plan.inputs.count - 1))
        $0.text.append("].")
      }
      $0.append(components: components)
    }
  }

  /// The function behind run-time indexed inputs of stages whose inputs have vertices.
  mutating func writeIndexedInputs() {
    guard plan.inputsAreIndexed, plan.inputsHaveVertices else { return }
    text.append("vec4 input_at(int v, int r) {\nswitch (r) {\n")
    for index in plan.inputs.indices {
      let isPatch: Bool = if case .patch = plan.inputs[index] { true } else { false }
      guard plan.inputs[index] != .undeclared else { continue }
      text.append("case ")
      text.append(decimal: index)
      text.append(": return ")
      if case .vertexVarying(let varying) = plan.inputs[index] {
        text.append(varying: varying, of: plan.inputOwner)
        text.append("[v]")
      } else if case .vertexPosition = plan.inputs[index] {
        text.append("gl_in[v].gl_Position")
      } else if isPatch {
        append(source: plan.inputs[index], index, vertex: nil, Components(first: 4), as: .float)
      } else {
        text.append("vec4(0.0)")
      }
      text.append(";\n")
    }
    text.append("}\nreturn vec4(0.0);\n}\n")
  }

  // MARK: Prologue

  /// Values that are computed once before the program.
  mutating func writePrologue() {
    for (index, source) in plan.inputs.enumerated() where source.isLocal { write(local: source, index) }
    guard plan.inputsAreIndexed, !plan.inputsHaveVertices, !plan.inputs.isEmpty else { return }
    for index in plan.inputs.indices {
      text.append("ia[")
      text.append(decimal: index)
      text.append("] = ")
      append(source: plan.inputs[index], index, vertex: nil, Components(first: 4), as: .float)
      text.append(";\n")
    }
  }

  /// Declarations of what `writePrologue` fills.
  mutating func writeInputLocals() {
    for (index, source) in plan.inputs.enumerated() where source.isLocal {
      text.append("vec4 i")
      text.append(decimal: index)
      text.append(";\n")
    }
    if plan.inputsAreIndexed, !plan.inputsHaveVertices, !plan.inputs.isEmpty {
      text.append("vec4 ia[")
      text.append(decimal: plan.inputs.count)
      text.append("];\n")
    }
  }

  private mutating func write(local source: InputSource, _ index: Int) {
    text.append("i")
    text.append(decimal: index)
    text.append(" = ")
    switch source {
    case .face: text.append("vec4(gl_FrontFacing ? 1.0 : -1.0)")
    case .pointCoordinate(let flips):
      text.append(
        flips
          ? "vec4(gl_PointCoord.x, adjust_y > 0.0 ? gl_PointCoord.y : 1.0 - gl_PointCoord.y, 0.0, 1.0)"
          : "vec4(gl_PointCoord, 0.0, 1.0)")
    case .twoSided(let front, let back):
      text.append("gl_FrontFacing ? ")
      append(side: front)
      text.append(" : ")
      append(side: back)
    case .integerFragmentPosition: text.append("vec4(gl_FragCoord.xy - 0.5, gl_FragCoord.zw)")
    case .fragmentDistances(let first, let clip, let cull):
      append(distances: first, clip: clip, cull: cull, vertex: nil, isVertex: false, Components(first: 4))
    default: text.append("vec4(0.0)")
    }
    text.append(";\n")
  }

  private mutating func append(side: Varying?) {
    guard let side else { return text.append("vec4(0.0)") }
    text.append(varying: side, of: plan.inputOwner)
  }
}

extension VariantPlan {
  /// Inputs are arrays over the vertices of a primitive or patch.
  var inputsHaveVertices: Bool {
    switch stage {
    case .geometry, .tessControl, .tessEvaluation: true
    default: false
    }
  }
}
