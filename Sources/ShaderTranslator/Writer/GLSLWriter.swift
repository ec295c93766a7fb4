import TGSI

/// Prints a planned variant. Every choice is in the plan; here are only spellings.
///
/// Registers are variables: `t3` for TEMP[3], `o1` for OUT[1], `a0` for ADDR[0]; floats in `vec4`, everything else
/// in `uvec4`, as the facts' value classes say.
struct GLSLWriter: ~Copyable {
  let shader: Shader
  let facts: ShaderFacts
  let plan: VariantPlan
  var text = TextBuffer(capacity: 4096)
  /// Numbers the variables that single instructions need.
  var scratch = 0
  /// Where the text has each component of the immediates as a float: empty until it is there.
  var floatLiterals: ContiguousArray<TextBuffer.Place>

  static func write(
    _ shader: Shader, facts: ShaderFacts, plan: VariantPlan
  ) throws(TranslationFault) -> ContiguousArray<UInt8> {
    var writer = GLSLWriter(shader: shader, facts: facts, plan: plan)
    writer.writeHeader()
    writer.writeInterface()
    writer.writeResources()
    if plan.registersAreGlobal {
      writer.writeInputLocals()
      writer.writeRegisters()
    }
    writer.writeHelperFunctions()
    writer.writeSoftDoubles()
    writer.writeIndexedInputs()
    writer.writeIndexedControlOutputs()
    writer.writeVertexEndFunction()
    if plan.bodyIsFunction {
      writer.text.append("void body() {\n")
      try writer.writeBody()
      writer.text.append("}\n")
    }
    writer.text.append("void main() {\n")
    if !plan.registersAreGlobal {
      writer.writeInputLocals()
      writer.writeRegisters()
    }
    writer.writePrologue()
    if plan.bodyIsFunction {
      writer.text.append("body();\n")
    } else {
      try writer.writeBody()
    }
    writer.writeEpilogue()
    writer.text.append("}\n")
    guard !writer.text.isTruncated else { throw .overLimit(.generatedText) }
    return writer.text.finished()
  }

  private init(shader: Shader, facts: ShaderFacts, plan: VariantPlan) {
    self.shader = shader
    self.facts = facts
    self.plan = plan
    floatLiterals = ContiguousArray(repeating: TextBuffer.Place(), count: 4 * shader.immediates.count)
  }

  // MARK: Header

  private mutating func writeHeader() {
    text.append("#version ")
    text.append(decimal: Int(plan.version))
    if plan.isES { text.append(" es") } else if plan.isCompatibility { text.append(" compatibility") }
    text.append("\n")
    for ext in GLSLExtension.allCases where plan.extensions.contains(ext) {
      text.append("#extension ")
      text.append(ext.name)
      text.append(" : require\n")
    }
    if plan.isES { text.append("precision highp float;\nprecision highp int;\n") }
  }

  // MARK: Registers

  private mutating func writeRegisters() {
    for (index, entry) in facts.temporaries.entries.enumerated() where entry.isUsed && entry.array == 0 {
      declare("t", index, entry.valueClass, zeroed: true)
    }
    for (index, array) in facts.temporaries.arrays.enumerated() where array.isUsed {
      text.append(array.valueClass == .float ? "vec4 ta" : "uvec4 ta")
      text.append(decimal: index)
      text.append("[")
      text.append(decimal: array.range.count)
      text.append("];\n")
    }
    if facts.stage != .tessControl {
      if plan.outputsAreIndexed, !facts.outputs.isEmpty {
        text.append(outputArrayClass == .float ? "vec4 oa[" : "uvec4 oa[")
        text.append(decimal: facts.outputs.count)
        text.append("];\n")
      } else {
        for index in facts.outputs.indices where facts.outputs[index].isDeclared {
          declare("o", index, facts.outputClasses[index], zeroed: true)
        }
      }
    }
    for index in 0..<Int(facts.addressCount) {
      text.append("ivec4 a")
      text.append(decimal: index)
      text.append(" = ivec4(0);\n")
    }
  }

  private mutating func declare(_ stem: StaticString, _ index: Int, _ valueClass: ValueClass, zeroed: Bool) {
    let isFloat = valueClass == .float
    text.append(isFloat ? "vec4 " : "uvec4 ")
    text.append(stem)
    text.append(decimal: index)
    text.append(isFloat ? " = vec4(0.0);\n" : " = uvec4(0u);\n")
  }

  var outputArrayClass: ValueClass { facts.outputClasses.first ?? .uint }

  // MARK: Pieces

  /// `xyzw` letters of a list of components.
  mutating func append(components: Components) {
    for index in 0..<components.count { text.append(byte: Self.letter(components[index])) }
  }

  /// x, y, z or w: in the alphabet the last of them comes first.
  static func letter(_ component: UInt8) -> UInt8 { UInt8(ascii: "w") &+ ((component &+ 1) & 3) }

  /// The type name of `count` components.
  mutating func append(type: ScalarType, count: Int) {
    switch (type, count) {
    case (.float, 1): text.append("float")
    case (.int, 1): text.append("int")
    case (.uint, 1): text.append("uint")
    case (.float, _): text.append("vec")
    case (.int, _): text.append("ivec")
    case (.uint, _): text.append("uvec")
    }
    if count > 1 { text.append(decimal: count) }
  }
}

/// Up to four component numbers in order: a mask's members, or a swizzle at them.
struct Components {
  private var packed: UInt8 = 0
  private(set) var count = 0

  init() {}

  init(_ mask: WriteMask) {
    for component in 0..<4 as Range<UInt8> where mask.rawValue &>> component & 1 != 0 { append(component) }
  }

  /// The first `count` components, at most four.
  init(first count: Int) {
    packed = Swizzle.identity.rawValue & UInt8(truncatingIfNeeded: 1 &<< (2 &* count) &- 1)
    self.count = count
  }

  init(_ single: UInt8) {
    packed = single & 3
    count = 1
  }

  @inline(__always)
  subscript(index: Int) -> UInt8 { packed &>> UInt8(truncatingIfNeeded: 2 &* index) & 3 }

  mutating func append(_ component: UInt8) {
    packed |= (component & 3) &<< UInt8(truncatingIfNeeded: 2 &* count)
    count &+= 1
  }

  /// These positions seen through a swizzle.
  func through(_ swizzle: Swizzle) -> Components {
    guard swizzle != .identity else { return self }
    var result = Components()
    for index in 0..<count { result.append(swizzle.number(at: self[index])) }
    return result
  }
}
