/// What all declarations begin with: the brackets, the usage mask and the array.
struct DeclarationHead {
  var file: RegisterFile
  var range: RegisterRange
  /// The number in the first of two brackets, if there were two.
  var dimension: UInt16?
  var usage: WriteMask = .all
  var arrayID: UInt16 = 0
  var position: UInt32
}

extension Parser {
  /// `DCL file[range]…`, then what the file allows.
  mutating func parseDeclaration(_ word: Word, _ text: Span<UInt8>) throws(ShaderFault) {
    try requireBlank(text)
    let head = try parseHead(at: UInt32(truncatingIfNeeded: word.start), text)
    switch head.file {
    case .input, .output: try parseInterface(head, text)
    case .systemValue: try parseSystemValue(head, text)
    case .temporary:
      var temporary = TemporaryDeclaration(range: head.range, arrayID: head.arrayID)
      temporary.isLocal = try parseLocal(text)
      temporary.position = head.position
      shader.temporaries.append(temporary)
    case .constant:
      guard let buffer = UInt8(exactly: head.dimension ?? 0) else {
        throw ShaderFault(.registerOutOfRange, at: head.position, value: Int64(head.dimension ?? 0))
      }
      var constant = ConstantDeclaration(buffer: buffer, range: head.range)
      constant.position = head.position
      shader.constants.append(constant)
      _ = try parseLocal(text)
    case .sampler, .address:
      var plain = PlainDeclaration(range: head.range)
      plain.position = head.position
      if head.file == .sampler { shader.samplers.append(plain) } else { shader.addresses.append(plain) }
      _ = try parseLocal(text)
    case .samplerView: try parseSamplerView(head, text)
    case .image: try parseImage(head, text)
    case .buffer:
      var buffer = BufferDeclaration(range: head.range)
      buffer.position = head.position
      if cursor.takeAfterBlanks(0x2C, text) {
        cursor.skipBlanks(text)
        try expectFlag(.atomic, text)
        buffer.atomic = true
      }
      shader.buffers.append(buffer)
    case .memory: try parseMemory(head, text)
    case .atomicCounter:
      var counter = AtomicCounterDeclaration(binding: head.dimension ?? 0, range: head.range)
      counter.arrayID = head.arrayID
      counter.position = head.position
      shader.atomicCounters.append(counter)
      _ = try parseLocal(text)
    case .null, .immediate, .predicate:
      throw ShaderFault(.fileNotDeclarable, at: head.position, value: Int64(head.file.rawValue))
    }
  }

  // MARK: - Head

  private mutating func parseHead(at position: UInt32, _ text: Span<UInt8>) throws(ShaderFault) -> DeclarationHead {
    let file = try file(text)
    cursor.skipBlanks(text)
    var head = DeclarationHead(file: file, range: RegisterRange(0, 0), position: position)
    head.range = try parseRange(file, text)
    if cursor.takeAfterBlanks(0x5B, text) {
      cursor.position -= 1
      guard head.range.first == head.range.last || ignoresFirstBracket(file) else {
        throw ShaderFault(.badRange, at: position, value: Int64(head.range.last))
      }
      head.dimension = head.range.first
      head.range = try parseRange(file, text)
      guard file == .constant || file == .atomicCounter || ignoresFirstBracket(file) else {
        throw ShaderFault(.dimensionNotAllowed, at: position, value: Int64(file.rawValue))
      }
    }
    if cursor.takeAfterBlanks(0x2E, text) {
      cursor.skipBlanks(text)
      head.usage = try mask(text)
    }
    head.arrayID = try parseArray(text)
    return head
  }

  /// The files whose registers every vertex has: the first bracket counts vertices and says nothing else.
  private func ignoresFirstBracket(_ file: RegisterFile) -> Bool {
    switch shader.stage {
    case .geometry, .tessEval: file == .input
    case .tessControl: file == .input || file == .output
    case .vertex, .fragment, .compute: false
    }
  }

  /// `[n]`, `[a..b]`, or `[]` where the number of vertices is implied.
  private mutating func parseRange(
    _ file: RegisterFile, _ text: Span<UInt8>
  ) throws(ShaderFault) -> RegisterRange {
    let start = UInt32(truncatingIfNeeded: cursor.position)
    try cursor.expect(0x5B, .bracketExpected, text)
    cursor.skipBlanks(text)
    if cursor.take(0x5D, text) {
      guard let count = impliedSize else { throw ShaderFault(.nothingImplied, at: start) }
      return RegisterRange(0, count - 1)
    }
    let first = try registerNumber(text)
    var last = first
    cursor.skipBlanks(text)
    if cursor.take(0x2E, text) {
      try cursor.expect(0x2E, .badRange, text)
      cursor.skipBlanks(text)
      last = try registerNumber(text)
      cursor.skipBlanks(text)
    }
    try cursor.expect(0x5D, .bracketExpected, text)
    guard first <= last else { throw ShaderFault(.badRange, at: start, value: Int64(last)) }
    return RegisterRange(first, last)
  }

  /// Vertices of an input primitive or of a patch, where the stage implies them.
  private var impliedSize: UInt16? {
    switch shader.stage {
    case .geometry: shader.properties.geometryInput?.inputVertexCount.map { UInt16(truncatingIfNeeded: $0) }
    case .tessControl, .tessEval: UInt16(ShaderLimits.patchVertices)
    case .vertex, .fragment, .compute: nil
    }
  }

  private mutating func registerNumber(_ text: Span<UInt8>) throws(ShaderFault) -> UInt16 {
    let start = UInt32(truncatingIfNeeded: cursor.position)
    let number = try cursor.unsigned(text)
    guard let register = UInt16(exactly: number) else {
      throw ShaderFault(.registerOutOfRange, at: start, value: Int64(number))
    }
    return register
  }

  /// `, ARRAY(n)`, if it comes next; 0 if not.
  private mutating func parseArray(_ text: Span<UInt8>) throws(ShaderFault) -> UInt16 {
    let before = cursor.position
    guard cursor.takeAfterBlanks(0x2C, text) else { return 0 }
    cursor.skipBlanks(text)
    guard keywords.index(of: cursor.word(text), in: .declarationFlag, text) == DeclarationFlag.array.rawValue else {
      cursor.position = before
      return 0
    }
    cursor.skipBlanks(text)
    try cursor.expect(0x28, .parenthesisExpected, text)
    cursor.skipBlanks(text)
    let start = UInt32(truncatingIfNeeded: cursor.position)
    let number = try cursor.unsigned(text)
    guard number < ShaderLimits.arrays else { throw ShaderFault(.unknownArray, at: start, value: Int64(number)) }
    cursor.skipBlanks(text)
    try cursor.expect(0x29, .parenthesisExpected, text)
    return UInt16(truncatingIfNeeded: number)
  }

  // MARK: - Tails

  /// `, LOCAL`, which only TEMP gives a meaning.
  private mutating func parseLocal(_ text: Span<UInt8>) throws(ShaderFault) -> Bool {
    guard cursor.takeAfterBlanks(0x2C, text) else { return false }
    cursor.skipBlanks(text)
    try expectFlag(.local, text)
    return true
  }

  private mutating func expectFlag(_ flag: DeclarationFlag, _ text: Span<UInt8>) throws(ShaderFault) {
    let start = UInt32(truncatingIfNeeded: cursor.position)
    guard try keyword(.declarationFlag, .unknownDeclarationPart, text) == flag.rawValue else {
      throw ShaderFault(.unknownDeclarationPart, at: start)
    }
  }

  private mutating func parseTarget(_ text: Span<UInt8>) throws(ShaderFault) -> TextureTarget {
    cursor.skipBlanks(text)
    try cursor.expect(0x2C, .commaExpected, text)
    cursor.skipBlanks(text)
    return TextureTarget(rawValue: try keyword(.target, .unknownTarget, text)) ?? .unknown
  }

  /// `, target, type` with one type, or one for each component.
  private mutating func parseSamplerView(_ head: DeclarationHead, _ text: Span<UInt8>) throws(ShaderFault) {
    let target = try parseTarget(text)
    cursor.skipBlanks(text)
    try cursor.expect(0x2C, .commaExpected, text)
    cursor.skipBlanks(text)
    let first = ReturnType(rawValue: try keyword(.returnType, .unknownReturnType, text)) ?? .float
    if cursor.takeAfterBlanks(0x2C, text) {
      for component in 1..<4 {
        if component > 1 {
          cursor.skipBlanks(text)
          try cursor.expect(0x2C, .commaExpected, text)
        }
        cursor.skipBlanks(text)
        _ = try keyword(.returnType, .unknownReturnType, text)
      }
    }
    var view = SamplerViewDeclaration(range: head.range, target: target, returnType: first)
    view.position = head.position
    shader.samplerViews.append(view)
  }

  private mutating func parseImage(_ head: DeclarationHead, _ text: Span<UInt8>) throws(ShaderFault) {
    var image = ImageDeclaration(range: head.range, target: try parseTarget(text))
    image.position = head.position
    while cursor.takeAfterBlanks(0x2C, text) {
      cursor.skipBlanks(text)
      let word = cursor.word(text)
      if let flag = keywords.index(of: word, in: .imageFlag, text) {
        if flag == 0 { image.writable = true } else { image.raw = true }
      } else if let index = keywords.index(of: word, in: .format, text), let format = ImageFormat(rawValue: index) {
        image.format = format
      } else {
        throw fault(.unknownFormat, word)
      }
    }
    shader.images.append(image)
  }

  private mutating func parseMemory(_ head: DeclarationHead, _ text: Span<UInt8>) throws(ShaderFault) {
    var memory = MemoryDeclaration(range: head.range, kind: .global)
    memory.position = head.position
    if cursor.takeAfterBlanks(0x2C, text) {
      cursor.skipBlanks(text)
      memory.kind = MemoryKind(rawValue: try keyword(.memoryKind, .unknownDeclarationPart, text)) ?? .global
    }
    shader.memory.append(memory)
  }
}
