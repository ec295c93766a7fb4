extension TGSIPrinter {
  /// In the order of a guest's text.
  mutating func putDeclarations(_ shader: Shader) {
    for input in shader.inputs { put(input, "IN", shader.stage) }
    for value in shader.systemValues {
      begin("SV", value.range)
      put(value.usage)
      put(value.semantic)
      endLine()
    }
    for output in shader.outputs { put(output, "OUT", shader.stage) }
    for sampler in shader.samplers { putPlain("SAMP", sampler.range) }
    for view in shader.samplerViews {
      begin("SVIEW", view.range)
      putPart(.target, view.target.rawValue)
      putPart(.returnType, view.returnType.rawValue)
      endLine()
    }
    for image in shader.images { put(image) }
    for buffer in shader.buffers {
      begin("BUFFER", buffer.range)
      if buffer.atomic { putPart(.declarationFlag, DeclarationFlag.atomic.rawValue) }
      endLine()
    }
    for memory in shader.memory {
      begin("MEMORY", memory.range)
      putPart(.memoryKind, memory.kind.rawValue)
      endLine()
    }
    for constant in shader.constants {
      put("DCL CONST")
      if constant.buffer != 0 { putBracket(RegisterRange(UInt16(constant.buffer), UInt16(constant.buffer))) }
      putBracket(constant.range)
      endLine()
    }
    for counter in shader.atomicCounters {
      put("DCL HWATOMIC")
      putBracket(RegisterRange(counter.binding, counter.binding))
      putBracket(counter.range)
      putArray(counter.arrayID)
      endLine()
    }
    for temporary in shader.temporaries {
      begin("TEMP", temporary.range)
      putArray(temporary.arrayID)
      if temporary.isLocal { putPart(.declarationFlag, DeclarationFlag.local.rawValue) }
      endLine()
    }
    for address in shader.addresses { putPlain("ADDR", address.range) }
  }

  private mutating func putPlain(_ file: StaticString, _ range: RegisterRange) {
    begin(file, range)
    endLine()
  }

  private mutating func begin(_ file: StaticString, _ range: RegisterRange) {
    put("DCL ")
    put(file)
    putBracket(range)
  }

  private mutating func putBracket(_ range: RegisterRange) {
    put("[")
    put(range.first)
    if range.last != range.first {
      put("..")
      put(range.last)
    }
    put("]")
  }

  private mutating func putPart(_ vocabulary: Vocabulary, _ index: UInt8) {
    put(", ")
    put(vocabulary, index)
  }

  private mutating func putArray(_ number: UInt16) {
    guard number != 0 else { return }
    put(", ARRAY(")
    put(number)
    put(")")
  }

  private mutating func put(_ semantic: Semantic) {
    putPart(.semantic, semantic.name.rawValue)
    guard semantic.index != 0 || semantic.name == .generic || semantic.name == .texcoord else { return }
    put("[")
    put(semantic.index)
    put("]")
  }

  private mutating func put(_ declaration: InterfaceDeclaration, _ file: StaticString, _ stage: ShaderStage) {
    put("DCL ")
    put(file)
    if declaration.perVertex { put("[]") }
    putBracket(declaration.range)
    put(declaration.usage)
    putArray(declaration.arrayID)
    if let semantic = declaration.semantic { put(semantic) }
    if declaration.streams != 0 {
      put(", STREAM(")
      for component in Component.allCases {
        if component != .x { put(", ") }
        put(declaration.stream(of: component))
      }
      put(")")
    }
    if let interpolation = declaration.interpolation { putPart(.interpolation, interpolation.rawValue) }
    if let location = declaration.location { putPart(.location, location.rawValue) }
    if declaration.invariant { putPart(.declarationFlag, DeclarationFlag.invariant.rawValue) }
    endLine()
  }

  private mutating func put(_ image: ImageDeclaration) {
    begin("IMAGE", image.range)
    putPart(.target, image.target.rawValue)
    putPart(.format, image.format.rawValue)
    if image.writable { putPart(.imageFlag, 0) }
    if image.raw { putPart(.imageFlag, 1) }
    endLine()
  }
}
