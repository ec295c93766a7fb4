import TGSI

/// Instructions on 64-bit floats, which fill component pairs xy and zw, low word first.
extension GLSLWriter {
  mutating func writePairs(_ instruction: Instruction) throws(TranslationFault) {
    let info = instruction.opcode.info
    let makesDouble = info.destinationTypes[0] == .double
    let mask = instruction.destinations[0].mask
    var pairs: [UInt8] = []
    if makesDouble {
      if mask.contains(.x) || mask.contains(.y) { pairs.append(0) }
      if mask.contains(.z) || mask.contains(.w) { pairs.append(1) }
    } else {
      pairs = Components(mask).count > 1 ? [0, 1] : [0]
    }
    // A single written pair reads the first pair of its sources, wherever it is written.
    let isSingle = pairs.count == 1
    if instruction.opcode == .dfracexp { return writeFraction(instruction, pairs) }
    for (order, pair) in pairs.enumerated() {
      let from = isSingle ? 0 : pair
      if makesDouble {
        try writeDouble(instruction, pair: pair, from: from)
      } else {
        try writeNarrow(instruction, order: order, from: UInt8(order))
      }
    }
  }

  private mutating func double(_ source: Source, _ pair: UInt8) {
    var components = Components(pair * 2)
    components.append(pair * 2 + 1)
    if source.negate { text.append("(-") }
    if source.absolute { text.append("abs(") }
    text.append("packDouble2x32(")
    append(register: source.register, components.through(source.swizzle), as: .uint)
    text.append(")")
    if source.absolute { text.append(")") }
    if source.negate { text.append(")") }
  }

  private func doubleDestination(_ instruction: Instruction, _ pair: UInt8) -> Result {
    var copy = instruction
    copy.saturate = false
    let written = instruction.destinations[0]
    copy.destinations[0] = Destination(
      written.register, mask: WriteMask(rawValue: pair == 0 ? written.mask.rawValue & 3 : written.mask.rawValue & 12))
    return Result(copy, .uint)
  }

  private mutating func writeDouble(_ instruction: Instruction, pair: UInt8, from: UInt8) throws(TranslationFault) {
    let result = doubleDestination(instruction, pair)
    guard begin(result) else { return }
    if plan.features.contains(.doubles) {
      text.append("unpackDouble2x32(")
      try writeNative(instruction, from)
      text.append(")")
    } else {
      try writeSoft(instruction, from)
    }
    endPair(result)
  }

  private mutating func writeNative(_ instruction: Instruction, _ from: UInt8) throws(TranslationFault) {
    let s = instruction.sources
    switch instruction.opcode {
    case .f2d, .i2d, .u2d:
      text.append("double(")
      append(
        source: s[0], at: Components(from),
        as: instruction.opcode == .f2d ? .float : instruction.opcode == .i2d ? .int : .uint)
      text.append(")")
    case .dadd: doubles(" + ", s[0], s[1], from)
    case .dmul: doubles(" * ", s[0], s[1], from)
    case .ddiv: doubles(" / ", s[0], s[1], from)
    case .dmin: doubleCall("min", instruction, 2, from)
    case .dmax: doubleCall("max", instruction, 2, from)
    case .dmad:
      doubles(" * ", s[0], s[1], from)
      text.append(" + ")
      double(s[2], from)
    case .dfma: doubleCall("fma", instruction, 3, from)
    case .dabs: doubleCall("abs", instruction, 1, from)
    case .dneg:
      text.append("-")
      double(s[0], from)
    case .drcp:
      text.append("1.0lf / ")
      double(s[0], from)
    case .dsqrt: doubleCall("sqrt", instruction, 1, from)
    case .drsq: doubleCall("inversesqrt", instruction, 1, from)
    case .dfrac: doubleCall("fract", instruction, 1, from)
    case .dtrunc: doubleCall("trunc", instruction, 1, from)
    case .dceil: doubleCall("ceil", instruction, 1, from)
    case .dflr: doubleCall("floor", instruction, 1, from)
    case .dround: doubleCall("roundEven", instruction, 1, from)
    case .dssg: doubleCall("sign", instruction, 1, from)
    case .dldexp:
      text.append("ldexp(")
      double(s[0], from)
      text.append(", ")
      append(source: s[1], at: Components(from * 2), as: .int)
      text.append(")")
    default: throw .unsupported(.opcode)
    }
  }

  /// DFRACEXP: the fractions of pairs, and the exponent of the last pair in all of the second destination.
  private mutating func writeFraction(_ instruction: Instruction, _ pairs: [UInt8]) {
    text.append("{ int e;\n")
    for pair in pairs {
      let result = doubleDestination(instruction, pair)
      let isStored = begin(result)
      let from = pairs.count == 1 ? 0 : pair
      if plan.features.contains(.doubles) {
        text.append("unpackDouble2x32(frexp(")
        double(instruction.sources[0], from)
        text.append(", e))")
      } else {
        writeSoftFraction(instruction.sources[0], from)
      }
      if isStored { endPair(result) } else { text.append(";\n") }
    }
    var copy = instruction
    copy.saturate = false
    copy.precise = false
    copy.destinations[0] = instruction.destinations[1]
    let exponent = Result(copy, .int)
    if begin(exponent) {
      append(type: .int, count: exponent.count)
      text.append("(e)")
      end(exponent)
    }
    text.append("}\n")
  }

  /// The written halves of an unpacked double.
  private mutating func endPair(_ result: Result) {
    text.append(".")
    for index in 0..<result.count { text.append(byte: Self.letter(result.components[index] & 1)) }
    end(result)
  }

  private mutating func doubles(_ symbol: StaticString, _ a: Source, _ b: Source, _ pair: UInt8) {
    double(a, pair)
    text.append(symbol)
    double(b, pair)
  }

  private mutating func doubleCall(_ name: StaticString, _ instruction: Instruction, _ count: Int, _ pair: UInt8) {
    text.append(name)
    text.append("(")
    for index in 0..<count {
      if index > 0 { text.append(", ") }
      double(instruction.sources[index], pair)
    }
    text.append(")")
  }

  /// 32-bit results of 64-bit operands: the written components in order take the pairs in order.
  private mutating func writeNarrow(
    _ instruction: Instruction, order: Int, from pair: UInt8
  ) throws(TranslationFault) {
    let all = Components(instruction.destinations[0].mask)
    guard order < all.count else { return }
    var copy = instruction
    copy.destinations[0] = Destination(
      instruction.destinations[0].register, mask: WriteMask(rawValue: 1 << all[order]))
    let type: ScalarType =
      switch instruction.opcode {
      case .d2f: .float
      case .d2i: .int
      default: .uint
      }
    let result = Result(copy, type)
    guard begin(result) else { return }
    if plan.features.contains(.doubles) {
      try writeNativeNarrow(instruction, pair, type)
    } else {
      try writeSoft(instruction, pair)
    }
    end(result)
  }

  private mutating func writeNativeNarrow(
    _ instruction: Instruction, _ pair: UInt8, _ type: ScalarType
  ) throws(TranslationFault) {
    let s = instruction.sources
    switch instruction.opcode {
    case .d2f, .d2i, .d2u:
      append(type: type, count: 1)
      text.append("(")
      double(s[0], pair)
      text.append(")")
    case .dseq: doubleCompare(" == ", s[0], s[1], pair)
    case .dsne: doubleCompare(" != ", s[0], s[1], pair)
    case .dslt: doubleCompare(" < ", s[0], s[1], pair)
    case .dsge: doubleCompare(" >= ", s[0], s[1], pair)
    default: throw .unsupported(.opcode)
    }
  }

  private mutating func doubleCompare(_ symbol: StaticString, _ a: Source, _ b: Source, _ pair: UInt8) {
    text.append("(")
    doubles(symbol, a, b, pair)
    text.append(" ? 0xffffffffu : 0u)")
  }
}
