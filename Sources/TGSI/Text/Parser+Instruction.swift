extension Parser {
  /// Mnemonic, destinations, sources, target word, texel offsets or memory words, and a label that says nothing.
  mutating func parseInstruction(_ word: Word, _ text: Span<UInt8>) throws(ShaderFault) {
    guard shader.instructions.count < ShaderLimits.instructions else { throw fault(.tooManyInstructions, word) }
    if shader.instructions.isEmpty { reserveInstructions(text) }
    var instruction = try parseMnemonic(word, text)
    let info = instruction.opcode.info
    guard info.isTranslatable else {
      throw ShaderFault(
        .unsupportedOpcode, at: instruction.position, value: Int64(instruction.opcode.rawValue))
    }
    var first = true
    for _ in 0..<info.destinationCount {
      try nextOperand(&first, text)
      instruction.destinations.append(try parseDestination(text))
    }
    for _ in 0..<info.sourceCount {
      try nextOperand(&first, text)
      instruction.sources.append(try parseSource(text))
    }
    if info.hasTarget {
      try nextOperand(&first, text)
      let start = UInt32(truncatingIfNeeded: cursor.position)
      instruction.target = TextureTarget(rawValue: try keyword(.target, .unknownTarget, text))
      if info.class == .texture { try parseTexelOffsets(into: &instruction, text) }
      guard instruction.target != nil else { throw ShaderFault(.unknownTarget, at: start) }
    } else if info.class == .memory {
      try parseMemoryWords(into: &instruction, text)
    }
    let end = cursor.position
    cursor.skipBlanks(text)
    switch cursor.peek(text) {
    case 0x2C: throw cursor.fault(.tooManyOperands, text)
    case 0x3A: try skipLabel(instruction.opcode, text)
    default: cursor.position = end
    }
    shader.instructions.append(instruction)
  }

  /// Room for as many instructions as the rest of the text makes likely, so that growing copies little.
  private mutating func reserveInstructions(_ text: Span<UInt8>) {
    shader.instructions.reserveCapacity(min((text.count - cursor.position) / 36 + 2, 4096))
  }

  /// The opcode with its suffixes. `_SAT` precedes `_PRECISE`.
  private mutating func parseMnemonic(_ word: Word, _ text: Span<UInt8>) throws(ShaderFault) -> Instruction {
    let position = UInt32(truncatingIfNeeded: word.start)
    guard word.count > 0 else { throw cursor.fault(.unexpectedByte, text) }
    if let opcode = opcode(word, text) { return Instruction(opcode, position: position) }
    var stem = word
    let precise = removeSuffix("_PRECISE", from: &stem, text)
    let saturate = removeSuffix("_SAT", from: &stem, text)
    guard precise || saturate, let opcode = opcode(stem, text) else { throw fault(.unknownOpcode, word) }
    var instruction = Instruction(opcode, position: position)
    instruction.precise = precise
    instruction.saturate = saturate
    return instruction
  }

  private func opcode(_ word: Word, _ text: Span<UInt8>) -> Opcode? {
    keywords.index(of: word, in: .opcode, text).flatMap { Opcode(rawValue: $0) }
  }

  /// Shortens `word` by `suffix` if it ends in it.
  private func removeSuffix(_ suffix: StaticString, from word: inout Word, _ text: Span<UInt8>) -> Bool {
    let length = suffix.utf8CodeUnitCount
    guard word.count > length else { return false }
    let start = word.end - length
    let matches = suffix.withUTF8Buffer { letters in
      for offset in 0..<length where unsafe wordByte(text[start + offset]) != letters[offset] { return false }
      return true
    }
    guard matches else { return false }
    word.end = start
    word.letters = 0
    for position in word.start..<start { word.add(wordByte(text[position])) }
    return true
  }

  /// White space before the first operand, a comma before every other one.
  private mutating func nextOperand(_ first: inout Bool, _ text: Span<UInt8>) throws(ShaderFault) {
    if first {
      try requireBlank(text)
      first = false
    } else {
      cursor.skipBlanks(text)
      try cursor.expect(0x2C, .commaExpected, text)
      cursor.skipBlanks(text)
    }
  }

  /// `:n` behind a flow opcode: a number of an earlier binary form, long stale.
  private mutating func skipLabel(_ opcode: Opcode, _ text: Span<UInt8>) throws(ShaderFault) {
    switch opcode {
    case .if, .uif, .else, .bgnloop, .endloop: break
    default: throw cursor.fault(.labelNotAllowed, text)
    }
    cursor.position &+= 1
    cursor.skipBlanks(text)
    _ = try cursor.unsigned(text)
  }

  // MARK: - Operands

  private mutating func parseDestination(_ text: Span<UInt8>) throws(ShaderFault) -> Destination {
    var destination = Destination(try parseRegister(text))
    if cursor.takeAfterBlanks(0x2E, text) {
      cursor.skipBlanks(text)
      destination.mask = try mask(text)
    }
    return destination
  }

  private mutating func parseSource(_ text: Span<UInt8>) throws(ShaderFault) -> Source {
    var modifiers: SourceModifiers = []
    if cursor.take(0x2D, text) {
      modifiers.insert(.negate)
      cursor.skipBlanks(text)
    }
    if cursor.take(0x7C, text) {
      modifiers.insert(.absolute)
      cursor.skipBlanks(text)
    }
    var source = Source(try parseRegister(text), modifiers: modifiers)
    if cursor.takeAfterBlanks(0x2E, text) {
      cursor.skipBlanks(text)
      source.swizzle = try swizzle(4, text)
    }
    if modifiers.contains(.absolute) {
      cursor.skipBlanks(text)
      try cursor.expect(0x7C, .barExpected, text)
    }
    return source
  }

  /// File and one or two brackets: of two, the first is the dimension.
  private mutating func parseRegister(_ text: Span<UInt8>) throws(ShaderFault) -> Register {
    var register = Register(try file(text), 0)
    if register.file == .null, !cursor.takeAfterBlanks(0x5B, text) { return register }
    if register.file == .null { cursor.position -= 1 }
    cursor.skipBlanks(text)
    try parseBracket(into: &register, text)
    if cursor.takeAfterBlanks(0x5B, text) {
      cursor.position -= 1
      register.dimension = Dimension(register.index, indirect: register.indirect)
      register.indirect = nil
      try parseBracket(into: &register, text)
    }
    return register
  }

  /// `[n]` or `[ADDR[a].c+n]`, with an array number behind it if there is one.
  private mutating func parseBracket(into register: inout Register, _ text: Span<UInt8>) throws(ShaderFault) {
    try cursor.expect(0x5B, .bracketExpected, text)
    cursor.skipBlanks(text)
    let byte = cursor.peek(text)
    if wordByte(byte) >= 0x41 {
      register.indirect = try parseAddress(text)
      cursor.skipBlanks(text)
      let sign = cursor.peek(text)
      register.index = sign == 0x2B || sign == 0x2D ? try cursor.signed(text) : 0
    } else {
      register.index = try cursor.signed(text)
    }
    cursor.skipBlanks(text)
    try cursor.expect(0x5D, .bracketExpected, text)
    if cursor.take(0x28, text) {
      cursor.skipBlanks(text)
      let start = UInt32(truncatingIfNeeded: cursor.position)
      let number = try cursor.unsigned(text)
      guard number < ShaderLimits.arrays else {
        throw ShaderFault(.unknownArray, at: start, value: Int64(number))
      }
      register.arrayID = UInt16(truncatingIfNeeded: number)
      cursor.skipBlanks(text)
      try cursor.expect(0x29, .parenthesisExpected, text)
    }
  }

  /// `ADDR[n].c`; without a component, x.
  private mutating func parseAddress(_ text: Span<UInt8>) throws(ShaderFault) -> AddressOperand {
    let start = UInt32(truncatingIfNeeded: cursor.position)
    let file = try file(text)
    guard file == .address else {
      throw ShaderFault(.indirectFile, at: start, value: Int64(file.rawValue))
    }
    cursor.skipBlanks(text)
    try cursor.expect(0x5B, .bracketExpected, text)
    cursor.skipBlanks(text)
    let number = try cursor.unsigned(text)
    guard number < ShaderLimits.addresses, let register = UInt8(exactly: number) else {
      throw ShaderFault(.undeclaredAddress, at: start, value: Int64(number))
    }
    cursor.skipBlanks(text)
    try cursor.expect(0x5D, .bracketExpected, text)
    var address = AddressOperand(register: register)
    if cursor.takeAfterBlanks(0x2E, text) {
      cursor.skipBlanks(text)
      guard let component = componentLetter(cursor.peek(text)) else { throw cursor.fault(.badSwizzle, text) }
      address.component = component
      cursor.position &+= 1
    }
    return address
  }

  /// A non-empty run of x y z w in that order.
  mutating func mask(_ text: Span<UInt8>) throws(ShaderFault) -> WriteMask {
    var mask: UInt8 = 0
    while let component = componentLetter(cursor.peek(text)) {
      let bit = 1 &<< component.rawValue
      guard mask < bit else { throw cursor.fault(.badMask, text) }
      mask |= bit
      cursor.position &+= 1
    }
    guard mask != 0, wordByte(cursor.peek(text)) == 0 else { throw cursor.fault(.badMask, text) }
    return WriteMask(rawValue: mask)
  }

  /// Exactly `count` letters; with three, the last one counts twice.
  private mutating func swizzle(_ count: UInt8, _ text: Span<UInt8>) throws(ShaderFault) -> Swizzle {
    var selectors: UInt8 = 0
    var last: UInt8 = 0
    for position in 0..<count {
      guard let component = componentNumber(cursor.peek(text)) else { throw cursor.fault(.badSwizzle, text) }
      last = component
      selectors |= last &<< (position &* 2)
      cursor.position &+= 1
    }
    guard wordByte(cursor.peek(text)) == 0 else { throw cursor.fault(.badSwizzle, text) }
    if count == 3 { selectors |= last &<< 6 }
    return Swizzle(rawValue: selectors)
  }

  // MARK: - Tails

  private mutating func parseTexelOffsets(
    into instruction: inout Instruction, _ text: Span<UInt8>
  ) throws(ShaderFault) {
    instruction.firstOffset = UInt32(truncatingIfNeeded: shader.texelOffsets.count)
    while instruction.offsetCount < 4, cursor.takeAfterBlanks(0x2C, text) {
      cursor.skipBlanks(text)
      let start = UInt32(truncatingIfNeeded: cursor.position)
      let register = try parseRegister(text)
      guard register.indirect == nil, register.dimension == nil else {
        throw ShaderFault(.badTexelOffset, at: start)
      }
      var offset = TexelOffset(register.file, register.index, swizzle: Swizzle(.x, .y, .z, .z))
      if cursor.takeAfterBlanks(0x2E, text) {
        cursor.skipBlanks(text)
        offset.swizzle = try swizzle(3, text)
      }
      shader.texelOffsets.append(offset)
      instruction.offsetCount &+= 1
    }
    if instruction.offsetCount == 0 { instruction.firstOffset = 0 }
  }

  /// Qualifiers, a target and a format, in any order.
  private mutating func parseMemoryWords(
    into instruction: inout Instruction, _ text: Span<UInt8>
  ) throws(ShaderFault) {
    while cursor.takeAfterBlanks(0x2C, text) {
      cursor.skipBlanks(text)
      let word = cursor.word(text)
      if let index = keywords.index(of: word, in: .qualifier, text) {
        // The fourth word asks for a cache policy: accepted, without effect.
        if index < 3 { instruction.qualifiers.insert(MemoryQualifiers(rawValue: 1 &<< index)) }
      } else if let index = keywords.index(of: word, in: .target, text) {
        instruction.target = TextureTarget(rawValue: index)
      } else if let index = keywords.index(of: word, in: .format, text), let format = ImageFormat(rawValue: index) {
        instruction.format = format
      } else {
        throw fault(.unknownMemoryWord, word)
      }
    }
  }
}
