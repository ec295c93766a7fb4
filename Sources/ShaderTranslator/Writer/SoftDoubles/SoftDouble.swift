import TGSI

/// A GLSL function of the arithmetic of doubles on hosts without that type.
///
/// A double is a `uvec2`, low word first, as registers keep it. The functions need no more than 32-bit integers, and
/// of GLSL ES 3.10 only `umulExtended` and `findMSB`; floats only ever give a first guess. Results are those of IEEE
/// 754 with rounding to nearest even, but for what GLSL leaves open: every NaN that is computed is the same quiet one,
/// and products, quotients and roots take denormals for zero, and give zero where they would be denormal.
///
/// Everything is straight code that chooses between values, without branches or long loops: drivers inline the
/// functions, and some compilers, llvmpipe's above all, take more than proportionally longer for many small blocks.
///
/// The order of the cases is that of the text: a function stands behind those it calls.
enum SoftDouble: UInt8, CaseIterable {
  // Words and fields.
  case shiftLeft, shiftRight, leadingZeros, subtract, exponent, significand, left, isNaN, belowOne
  // Between doubles and significands of 64 bits.
  case pack, product
  // What instructions call.
  case add, mul, mad, fma, div, reciprocal, sqrt, reciprocalSqrt
  case compare, equal, notEqual, less, greaterOrEqual, min, max, sign
  case trunc, away, floor, ceil, roundEven, fract, ldexp, frexp
  case exact, fromFloat, fromInt, fromUint, toFloat, magnitude, toInt, toUint

  /// The function of an opcode; nil for those that only change the sign bit, and those without doubles.
  init?(_ opcode: Opcode) {
    switch opcode {
    case .dadd: self = .add
    case .dmul: self = .mul
    case .dmad: self = .mad
    case .dfma: self = .fma
    case .ddiv: self = .div
    case .drcp: self = .reciprocal
    case .dsqrt: self = .sqrt
    case .drsq: self = .reciprocalSqrt
    case .dseq: self = .equal
    case .dsne: self = .notEqual
    case .dslt: self = .less
    case .dsge: self = .greaterOrEqual
    case .dmin: self = .min
    case .dmax: self = .max
    case .dssg: self = .sign
    case .dtrunc: self = .trunc
    case .dflr: self = .floor
    case .dceil: self = .ceil
    case .dround: self = .roundEven
    case .dfrac: self = .fract
    case .dldexp: self = .ldexp
    case .dfracexp: self = .frexp
    case .f2d: self = .fromFloat
    case .i2d: self = .fromInt
    case .u2d: self = .fromUint
    case .d2f: self = .toFloat
    case .d2i: self = .toInt
    case .d2u: self = .toUint
    default: return nil
    }
  }

  /// The name in GLSL; nothing else in generated texts begins with `d_`.
  var name: StaticString {
    switch self {
    case .shiftLeft: "d_shl"
    case .shiftRight: "d_shr"
    case .leadingZeros: "d_clz"
    case .subtract: "d_sub64"
    case .exponent: "d_exponent"
    case .significand: "d_significand"
    case .left: "d_left"
    case .isNaN: "d_isnan"
    case .belowOne: "d_below_one"
    case .pack: "d_pack"
    case .product: "d_product"
    case .add: "d_add"
    case .mul: "d_mul"
    case .mad: "d_mad"
    case .fma: "d_fma"
    case .div: "d_div"
    case .reciprocal: "d_rcp"
    case .sqrt: "d_sqrt"
    case .reciprocalSqrt: "d_rsq"
    case .compare: "d_compare"
    case .equal: "d_seq"
    case .notEqual: "d_sne"
    case .less: "d_slt"
    case .greaterOrEqual: "d_sge"
    case .min: "d_min"
    case .max: "d_max"
    case .sign: "d_sign"
    case .trunc: "d_trunc"
    case .away: "d_away"
    case .floor: "d_floor"
    case .ceil: "d_ceil"
    case .roundEven: "d_round_even"
    case .fract: "d_fract"
    case .ldexp: "d_ldexp"
    case .frexp: "d_frexp"
    case .exact: "d_exact"
    case .fromFloat: "d_from_float"
    case .fromInt: "d_from_int"
    case .fromUint: "d_from_uint"
    case .toFloat: "d_to_float"
    case .magnitude: "d_magnitude"
    case .toInt: "d_to_int"
    case .toUint: "d_to_uint"
    }
  }

  /// What the text of the function calls.
  fileprivate var callees: [SoftDouble] {
    switch self {
    case .shiftLeft, .shiftRight, .leadingZeros, .subtract, .exponent, .left, .isNaN, .pack, .product, .exact: []
    case .significand, .belowOne: [.exponent]
    case .add: [.exponent, .significand, .shiftRight, .shiftLeft, .leadingZeros, .isNaN, .pack]
    case .mul: [.exponent, .left, .product, .isNaN, .pack]
    case .mad: [.add, .mul]
    case .fma: [.add, .mul, .exponent, .left, .product, .pack]
    case .div: [.exponent, .left, .subtract, .isNaN, .pack]
    case .reciprocal: [.div]
    case .sqrt: [.exponent, .left, .subtract, .isNaN, .pack]
    case .reciprocalSqrt: [.sqrt, .div]
    case .compare: [.isNaN]
    case .equal, .notEqual, .less, .greaterOrEqual, .min, .max: [.compare]
    case .sign: [.isNaN]
    case .trunc, .away, .roundEven: [.belowOne, .exponent]
    case .floor, .ceil: [.trunc, .away]
    case .fract: [.floor, .add]
    case .ldexp, .frexp: [.exponent]
    case .fromFloat, .fromInt, .fromUint: [.exact]
    case .toFloat: [.exponent, .isNaN]
    case .magnitude: [.exponent, .significand]
    case .toInt, .toUint: [.magnitude]
    }
  }

  /// The definition in GLSL.
  var text: StaticString {
    switch self {
    case .shiftLeft: Self.shiftLeftText
    case .shiftRight: Self.shiftRightText
    case .leadingZeros: Self.leadingZerosText
    case .subtract: Self.subtractText
    case .exponent: Self.exponentText
    case .significand: Self.significandText
    case .left: Self.leftText
    case .isNaN: Self.isNaNText
    case .belowOne: Self.belowOneText
    case .pack: Self.packText
    case .product: Self.productText
    case .add: Self.addText
    case .mul: Self.mulText
    case .mad: "uvec2 d_mad(uvec2 a, uvec2 b, uvec2 c) { return d_add(d_mul(a, b), c); }\n"
    case .fma: Self.fmaText
    case .div: Self.divText
    case .reciprocal: "uvec2 d_rcp(uvec2 a) { return d_div(uvec2(0u, 0x3ff00000u), a); }\n"
    case .sqrt: Self.sqrtText
    case .reciprocalSqrt: "uvec2 d_rsq(uvec2 a) { return d_div(uvec2(0u, 0x3ff00000u), d_sqrt(a)); }\n"
    case .compare: Self.compareText
    case .equal: "uint d_seq(uvec2 a, uvec2 b) { return d_compare(a, b) == 0 ? 0xffffffffu : 0u; }\n"
    case .notEqual: "uint d_sne(uvec2 a, uvec2 b) { return d_compare(a, b) != 0 ? 0xffffffffu : 0u; }\n"
    case .less: "uint d_slt(uvec2 a, uvec2 b) { return d_compare(a, b) < 0 ? 0xffffffffu : 0u; }\n"
    case .greaterOrEqual: "uint d_sge(uvec2 a, uvec2 b) { return (d_compare(a, b) & -2) == 0 ? 0xffffffffu : 0u; }\n"
    case .min: "uvec2 d_min(uvec2 a, uvec2 b) { return d_compare(b, a) < 0 ? b : a; }\n"
    case .max: "uvec2 d_max(uvec2 a, uvec2 b) { return d_compare(a, b) < 0 ? b : a; }\n"
    case .sign: Self.signText
    case .trunc: Self.truncText
    case .away: Self.awayText
    case .floor: "uvec2 d_floor(uvec2 a) { return int(a.y) < 0 ? d_away(a) : d_trunc(a); }\n"
    case .ceil: "uvec2 d_ceil(uvec2 a) { return int(a.y) < 0 ? d_trunc(a) : d_away(a); }\n"
    case .roundEven: Self.roundEvenText
    case .fract: "uvec2 d_fract(uvec2 a) { return d_add(a, d_floor(a) ^ uvec2(0u, 0x80000000u)); }\n"
    case .ldexp: Self.ldexpText
    case .frexp: Self.frexpText
    case .exact: Self.exactText
    case .fromFloat: Self.fromFloatText
    case .fromInt: Self.fromIntText
    case .fromUint: "uvec2 d_from_uint(uint v) { return d_exact(0u, 1054, v); }\n"
    case .toFloat: Self.toFloatText
    case .magnitude: Self.magnitudeText
    case .toInt: "int d_to_int(uvec2 a) { int m = int(d_magnitude(a)); return int(a.y) < 0 ? -m : m; }\n"
    case .toUint: "uint d_to_uint(uvec2 a) { return int(a.y) < 0 ? 0u : d_magnitude(a); }\n"
    }
  }
}

extension EnumSet where Member == SoftDouble {
  /// Adds a function and all that it calls.
  mutating func insertWithCallees(_ function: SoftDouble) {
    guard !contains(function) else { return }
    insert(function)
    for callee in function.callees { insertWithCallees(callee) }
  }
}
