extension ShaderFault {
  /// The rule that was broken.
  package enum Code: UInt8, CaseIterable, Sendable {
    // What the parser finds.
    case textTooLong
    case unknownHeader
    case wrongStage
    case unexpectedByte
    case blankExpected
    case commaExpected
    case colonExpected
    case bracketExpected
    case braceExpected
    case parenthesisExpected
    case barExpected
    case numberExpected
    case hexDigitExpected
    case numberTooLarge
    case numberTooLong
    case unknownOpcode
    case unsupportedOpcode
    case unknownFile
    case unknownTarget
    case unknownReturnType
    case unknownFormat
    case unknownSemantic
    case unknownImmediateType
    case unknownDeclarationPart
    case unknownMemoryWord
    case propertyNameTooLong
    case badPropertyValue
    case badRange
    case badMask
    case badSwizzle
    case badTexelOffset
    case nothingImplied
    case tooManyStatements
    case tooManyInstructions
    case tooManyImmediates
    case tooManyValues
    case tooManyOperands
    case tooManyDeclarations
    case immediateOutOfOrder
    case labelNotAllowed
    case dimensionNotAllowed
    case fileNotDeclarable
    case indirectFile
    case undeclaredAddress
    case unknownArray
    case registerOutOfRange
    case semanticOutOfRange
    case streamOutOfRange

    // What the validator finds.
    case overlappingDeclarations
    case duplicateSemantic
    case semanticMissing
    case semanticNotInStage
    case propertyOutOfRange
    case unsupportedProperty
    case propertyMissing
    case fileNotInStage
    case undeclaredRegister
    case indirectNotAllowed
    case dimensionMissing
    case dimensionOutOfRange
    case illegalDestination
    case illegalSource
    case operandCount
    case samplerExpected
    case resourceExpected
    case illegalTarget
    case targetMismatch
    case opcodeNotInStage
    case barrierInFlow
    case unbalancedFlow
    case nestingTooDeep
    case outsideLoop
    case endMissing
    case afterEnd
    case immediateExpected
    case immediateOutOfRange
    case imageNotReadable
    case imageNotWritable
    case atomicFormat
  }
}

extension ShaderFault.Code {
  /// The rule in words, for the log.
  package var text: StaticString {
    switch self {
    case .textTooLong: "text too long"
    case .unknownHeader: "unknown header word"
    case .wrongStage: "header of another stage"
    case .unexpectedByte: "unexpected character"
    case .blankExpected: "white space expected"
    case .commaExpected: "comma expected"
    case .colonExpected: "colon expected"
    case .bracketExpected: "bracket expected"
    case .braceExpected: "brace expected"
    case .parenthesisExpected: "parenthesis expected"
    case .barExpected: "closing bar expected"
    case .numberExpected: "number expected"
    case .hexDigitExpected: "hexadecimal digit expected"
    case .numberTooLarge: "number too large"
    case .numberTooLong: "number with too many characters"
    case .unknownOpcode: "unknown instruction"
    case .unsupportedOpcode: "instruction without translation"
    case .unknownFile: "unknown register file"
    case .unknownTarget: "unknown texture target"
    case .unknownReturnType: "unknown return type"
    case .unknownFormat: "unknown image format"
    case .unknownSemantic: "unknown semantic"
    case .unknownImmediateType: "unknown type of immediate"
    case .unknownDeclarationPart: "declaration with an unknown part"
    case .unknownMemoryWord: "unknown word behind a memory instruction"
    case .propertyNameTooLong: "name of property too long"
    case .badPropertyValue: "value of the wrong kind for its property"
    case .badRange: "register range without sense"
    case .badMask: "bad write mask"
    case .badSwizzle: "bad swizzle"
    case .badTexelOffset: "bad texel offset"
    case .nothingImplied: "empty bracket where no size is implied"
    case .tooManyStatements: "too many statements"
    case .tooManyInstructions: "too many instructions"
    case .tooManyImmediates: "too many immediates"
    case .tooManyValues: "too many values in an immediate"
    case .tooManyOperands: "too many operands"
    case .tooManyDeclarations: "too many declarations"
    case .immediateOutOfOrder: "immediate out of order"
    case .labelNotAllowed: "label behind an instruction without one"
    case .dimensionNotAllowed: "two brackets on a file with one"
    case .fileNotDeclarable: "file that cannot be declared"
    case .indirectFile: "index register not of the address file"
    case .undeclaredAddress: "undeclared address register"
    case .unknownArray: "unknown array"
    case .registerOutOfRange: "register number out of range"
    case .semanticOutOfRange: "semantic index out of range"
    case .streamOutOfRange: "vertex stream out of range"
    case .overlappingDeclarations: "registers declared twice with different meanings"
    case .duplicateSemantic: "semantic on two registers"
    case .semanticMissing: "declaration without a semantic"
    case .semanticNotInStage: "semantic without meaning in this stage"
    case .propertyOutOfRange: "value of a property out of range"
    case .unsupportedProperty: "property that cannot be honoured"
    case .propertyMissing: "property missing that the stage needs"
    case .fileNotInStage: "register file without meaning in this stage"
    case .undeclaredRegister: "undeclared register"
    case .indirectNotAllowed: "indirect access to a file without it"
    case .dimensionMissing: "one bracket on a register with two"
    case .dimensionOutOfRange: "first index out of range"
    case .illegalDestination: "file that cannot be written here"
    case .illegalSource: "file that cannot be read here"
    case .operandCount: "wrong number of operands"
    case .samplerExpected: "sampler expected"
    case .resourceExpected: "image, buffer or memory expected"
    case .illegalTarget: "texture target without sense here"
    case .targetMismatch: "two targets for one sampler"
    case .opcodeNotInStage: "instruction without meaning in this stage"
    case .barrierInFlow: "barrier inside flow control"
    case .unbalancedFlow: "unbalanced flow control"
    case .nestingTooDeep: "nesting too deep"
    case .outsideLoop: "BRK or CONT outside a loop"
    case .endMissing: "END missing"
    case .afterEnd: "instruction behind END"
    case .immediateExpected: "immediate expected"
    case .immediateOutOfRange: "value of an immediate out of range"
    case .imageNotReadable: "load from a write-only image"
    case .imageNotWritable: "store to a read-only image"
    case .atomicFormat: "atomic operation on an unfit format"
    }
  }
}
