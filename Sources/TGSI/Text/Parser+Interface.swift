/// IN, OUT and SV: the declarations with semantics.
extension Parser {
  /// The tail of IN and OUT: optional parts, each after a comma, in their fixed order. `COLOR` is a semantic where one
  /// is still due, an interpolation after that.
  mutating func parseInterface(_ head: DeclarationHead, _ text: Span<UInt8>) throws(ShaderFault) {
    var declaration = InterfaceDeclaration(range: head.range)
    declaration.perVertex = head.dimension != nil
    declaration.usage = head.usage
    declaration.arrayID = head.arrayID
    declaration.position = head.position
    var stage = 0
    if !(head.file == .input && shader.stage == .vertex) {
      while cursor.takeAfterBlanks(0x2C, text) {
        cursor.skipBlanks(text)
        let word = cursor.word(text)
        stage = try parsePart(word, after: stage, head.file, into: &declaration, text)
      }
    }
    if head.file == .input {
      try Self.append(declaration, to: &shader.inputs)
    } else {
      try Self.append(declaration, to: &shader.outputs)
    }
  }

  /// One part of an interface tail; returns the step of the fixed order behind it.
  private mutating func parsePart(
    _ word: Word, after step: Int, _ file: RegisterFile, into declaration: inout InterfaceDeclaration,
    _ text: Span<UInt8>
  ) throws(ShaderFault) -> Int {
    let flag = keywords.index(of: word, in: .declarationFlag, text).flatMap { DeclarationFlag(rawValue: $0) }
    if step < 1, flag == .local { return 1 }
    if step < 2, let index = keywords.index(of: word, in: .semantic, text), let name = SemanticName(rawValue: index) {
      declaration.semantic = Semantic(name, try parseSemanticIndex(text))
      return 2
    }
    if step < 3, flag == .stream, file == .output, shader.stage == .geometry {
      declaration.streams = try parseStreams(text)
      return 3
    }
    if step < 4, let index = keywords.index(of: word, in: .interpolation, text) {
      declaration.interpolation = Interpolation(rawValue: index)
      return 4
    }
    if step < 5, let index = keywords.index(of: word, in: .location, text) {
      declaration.location = InterpolationLocation(rawValue: index)
      return 5
    }
    if step < 6, flag == .invariant {
      declaration.invariant = true
      return 6
    }
    throw fault(.unknownDeclarationPart, word)
  }

  private mutating func parseSemanticIndex(_ text: Span<UInt8>) throws(ShaderFault) -> UInt16 {
    guard cursor.takeAfterBlanks(0x5B, text) else { return 0 }
    cursor.skipBlanks(text)
    let start = UInt32(truncatingIfNeeded: cursor.position)
    let number = try cursor.unsigned(text)
    guard let index = UInt16(exactly: number) else {
      throw ShaderFault(.semanticOutOfRange, at: start, value: Int64(number))
    }
    cursor.skipBlanks(text)
    try cursor.expect(0x5D, .bracketExpected, text)
    return index
  }

  /// `STREAM(a, b, c, d)`, two bits a component.
  private mutating func parseStreams(_ text: Span<UInt8>) throws(ShaderFault) -> UInt8 {
    var streams: UInt8 = 0
    cursor.skipBlanks(text)
    try cursor.expect(0x28, .parenthesisExpected, text)
    for component in 0..<4 as Range<UInt8> {
      if component > 0 {
        cursor.skipBlanks(text)
        try cursor.expect(0x2C, .commaExpected, text)
      }
      cursor.skipBlanks(text)
      let start = UInt32(truncatingIfNeeded: cursor.position)
      let stream = try cursor.unsigned(text)
      guard stream < 4 else { throw ShaderFault(.streamOutOfRange, at: start, value: Int64(stream)) }
      streams |= UInt8(truncatingIfNeeded: stream) &<< (component &* 2)
    }
    cursor.skipBlanks(text)
    try cursor.expect(0x29, .parenthesisExpected, text)
    return streams
  }

  /// Adds an IN or OUT. The same registers with the same meaning again only widen the usage mask.
  private static func append(
    _ declaration: InterfaceDeclaration, to list: inout [InterfaceDeclaration]
  ) throws(ShaderFault) {
    for index in list.indices
    where list[index].range == declaration.range && list[index].semantic == declaration.semantic
      && list[index].arrayID == declaration.arrayID
    {
      list[index].usage.formUnion(declaration.usage)
      return
    }
    guard list.count < ShaderLimits.interfaceDeclarations else {
      throw ShaderFault(.tooManyDeclarations, at: declaration.position, value: Int64(list.count))
    }
    list.append(declaration)
  }

  mutating func parseSystemValue(_ head: DeclarationHead, _ text: Span<UInt8>) throws(ShaderFault) {
    cursor.skipBlanks(text)
    try cursor.expect(0x2C, .commaExpected, text)
    cursor.skipBlanks(text)
    let start = UInt32(truncatingIfNeeded: cursor.position)
    guard let name = SemanticName(rawValue: try keyword(.semantic, .unknownSemantic, text)) else {
      throw ShaderFault(.unknownSemantic, at: start)
    }
    var value = SystemValueDeclaration(range: head.range, semantic: Semantic(name, try parseSemanticIndex(text)))
    value.usage = head.usage
    value.position = head.position
    for other in shader.systemValues where other.range == value.range && other.semantic == value.semantic { return }
    guard shader.systemValues.count < ShaderLimits.systemValues else {
      throw ShaderFault(.tooManyDeclarations, at: head.position, value: Int64(shader.systemValues.count))
    }
    shader.systemValues.append(value)
  }
}
