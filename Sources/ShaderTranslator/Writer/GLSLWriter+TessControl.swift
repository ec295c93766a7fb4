import TGSI

/// Outputs of tessellation control shaders, which are read and written where they are: other invocations see them.
extension GLSLWriter {
  /// An output of a tessellation control shader: stores go to the own vertex whatever the text says.
  mutating func append(controlOutput register: Register, isRead: Bool) {
    if register.indirect != nil { return append(indexedControlOutput: register) }
    let index = Int(register.index)
    guard plan.outputs.indices.contains(index) else { return text.append("vec4(0.0)") }
    switch plan.outputs[index] {
    case .position:
      text.append("gl_out")
      append(controlVertex: register, isRead: isRead)
      text.append(".gl_Position")
    case .varying(let varying):
      text.append(varying: varying, of: plan.stage)
      append(controlVertex: register, isRead: isRead)
    case .patch(let varying): text.append(varying: varying, of: plan.stage)
    case .tessOuter where isRead:
      text.append("vec4(gl_TessLevelOuter[0], gl_TessLevelOuter[1], gl_TessLevelOuter[2], gl_TessLevelOuter[3])")
    case .tessInner where isRead: text.append("vec4(gl_TessLevelInner[0], gl_TessLevelInner[1], 0.0, 0.0)")
    case .pointSize:
      text.append("vec4(gl_out")
      append(controlVertex: register, isRead: isRead)
      text.append(".gl_PointSize)")
    case .distances(let first):
      text.append("vec4(")
      for component in 0..<4 as Range<UInt8> {
        if component > 0 { text.append(", ") }
        guard let place = distance(first &+ component) else {
          text.append("0.0")
          continue
        }
        text.append("gl_out")
        append(controlVertex: register, isRead: isRead)
        append(element: place.index, of: place.name)
      }
      text.append(")")
    default: text.append("vec4(0.0)")
    }
  }

  // MARK: Outputs that are no vectors

  /// Computed as a vector `r`, then stored float by float, or dropped.
  func isScattered(_ register: Register) -> Bool {
    guard plan.stage == .tessControl, register.file == .output, register.indirect == nil else { return false }
    switch controlTarget(register) {
    case .position, .varying, .patch: return false
    default: return true
    }
  }

  private func controlTarget(_ register: Register) -> OutputTarget {
    plan.outputs.indices.contains(Int(register.index)) ? plan.outputs[Int(register.index)] : .dropped
  }

  mutating func writeScattered(_ result: Result) {
    text.append("; ")
    let target = controlTarget(result.destination.register)
    for index in 0..<result.count {
      let component = result.components[index]
      guard appendPlace(of: component, in: target) else { continue }
      text.append(" = r.")
      text.append(byte: Self.letter(component))
      text.append("; ")
    }
    text.append("}\n")
  }

  /// The float that takes one component; false when there is none.
  private mutating func appendPlace(of component: UInt8, in target: OutputTarget) -> Bool {
    switch target {
    case .tessOuter: append(element: Int(component), of: "gl_TessLevelOuter")
    case .tessInner where component < 2: append(element: Int(component), of: "gl_TessLevelInner")
    case .pointSize where component == 0: text.append("gl_out[gl_InvocationID].gl_PointSize")
    case .distances(let first):
      guard let place = distance(first &+ component) else { return false }
      text.append("gl_out[gl_InvocationID]")
      append(element: place.index, of: place.name)
    default: return false
    }
    return true
  }

  /// Where a packed distance is kept: first the clip ones, then the cull ones.
  private func distance(_ number: UInt8) -> (name: StaticString, index: Int)? {
    let (clip, cull) = (Int(facts.interface.clipDistances), Int(facts.interface.cullDistances))
    let number = Int(number)
    if number < clip { return (".gl_ClipDistance", number) }
    return number < clip + cull ? (".gl_CullDistance", number - clip) : nil
  }

  private mutating func append(element: Int, of array: StaticString) {
    text.append(array)
    text.append("[")
    text.append(decimal: element)
    text.append("]")
  }

  private mutating func append(controlVertex register: Register, isRead: Bool) {
    if isRead, register.dimension != nil {
      append(vertex: register.dimension)
    } else {
      text.append("[gl_InvocationID]")
    }
  }

  // MARK: Run-time indices

  func isIndexedControlOutput(_ register: Register) -> Bool {
    plan.stage == .tessControl && register.file == .output && register.indirect != nil
  }

  /// Ends a store through `output_set`; `r` holds the value.
  mutating func writeIndexedStore(_ result: Result) {
    guard let indirect = result.destination.register.indirect else { return }
    text.append("; output_set(")
    append(address: indirect, plus: Int(result.destination.register.index))
    text.append(", r, bvec4(")
    for component in Component.allCases {
      if component != .x { text.append(", ") }
      text.append(result.destination.mask.contains(component) ? "true" : "false")
    }
    text.append(")); }\n")
  }

  /// An output read with a register number that is known at run time only.
  mutating func append(indexedControlOutput register: Register) {
    guard let indirect = register.indirect else { return }
    text.append("output_at(")
    if let dimension = register.dimension, let vertex = dimension.indirect {
      append(address: vertex, plus: Int(dimension.index))
    } else if let dimension = register.dimension {
      text.append(decimal: max(0, Int(dimension.index)))
    } else {
      text.append("gl_InvocationID")
    }
    text.append(", ")
    append(address: indirect, plus: Int(register.index))
    text.append(")")
  }

  /// The functions behind run-time indexed outputs.
  mutating func writeIndexedControlOutputs() {
    guard plan.stage == .tessControl, plan.outputsAreIndexed else { return }
    text.append("vec4 output_at(int v, int r) {\nswitch (r) {\n")
    for (index, target) in plan.outputs.enumerated() where appendCase(index, target) {
      text.append("return ")
      append(place: target, vertex: "[v]")
      text.append(";\n")
    }
    text.append("}\nreturn vec4(0.0);\n}\n")
    text.append("void output_set(int r, vec4 s, bvec4 m) {\nswitch (r) {\n")
    for (index, target) in plan.outputs.enumerated() where appendCase(index, target) {
      for component in 0..<4 as Range<UInt8> {
        text.append("if (m.")
        text.append(byte: Self.letter(component))
        text.append(") ")
        append(place: target, vertex: "[gl_InvocationID]")
        text.append(".")
        text.append(byte: Self.letter(component))
        text.append(" = s.")
        text.append(byte: Self.letter(component))
        text.append("; ")
      }
      text.append("break;\n")
    }
    text.append("}\n}\n")
  }

  /// `case n:` for an output that an index can name.
  private mutating func appendCase(_ index: Int, _ target: OutputTarget) -> Bool {
    switch target {
    case .varying, .patch, .position: break
    default: return false
    }
    text.append("case ")
    text.append(decimal: index)
    text.append(": ")
    return true
  }

  private mutating func append(place target: OutputTarget, vertex: StaticString) {
    switch target {
    case .varying(let varying):
      text.append(varying: varying, of: plan.stage)
      text.append(vertex)
    case .patch(let varying): text.append(varying: varying, of: plan.stage)
    default:
      text.append("gl_out")
      text.append(vertex)
      text.append(".gl_Position")
    }
  }
}
