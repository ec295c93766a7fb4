import GuestStreams
import TestSupport
import Testing

@testable import Vrend

extension EngineSuites {
  /// Doubles on a host whose language has none, against those of this machine, bit by bit.
  ///
  /// What may differ, as GLSL says: which NaN a NaN is, NaN in DMIN and DMAX, conversions out of range, DRSQ by two
  /// units in the last place; and products, quotients, roots and DLDEXP take denormals for zero and give zero for them.
  @Suite(.serialized) struct SoftDoubleTests {
    struct Operation: CustomTestStringConvertible, Sendable {
      /// From TEMP[1], TEMP[2] and TEMP[3] to TEMP[4].xy, which is zero before.
      var text: String
      var tolerance: Tolerance = .exact
      /// The bits that TEMP[4].xy has afterwards, nil where any will do.
      var expected: @Sendable (Double, Double, Double) -> UInt64?
      var testDescription: String { text }
    }

    enum Tolerance: Sendable {
      case exact
      /// Results up to the least normal one may be zeros of their sign.
      case flushed
      case units(UInt64)
      /// Not doubles: a NaN's bits count.
      case words
    }

    private static let count = 4096
    private static let least = Double.leastNormalMagnitude

    private static func flushed(_ value: Double) -> Double {
      value.isSubnormal ? Double(sign: value.sign, exponent: 0, significand: 0) : value
    }

    private static func bits(_ value: Double) -> UInt64 { value.bitPattern }
    private static func mask(_ value: Bool) -> UInt64 { value ? 0xffff_ffff : 0 }
    private static func low(_ value: Double) -> UInt32 { UInt32(truncatingIfNeeded: value.bitPattern) }
    private static func high(_ value: Double) -> UInt32 { UInt32(truncatingIfNeeded: value.bitPattern >> 32) }

    private static func product(_ a: Double, _ b: Double) -> Double { flushed(flushed(a) * flushed(b)) }

    static let operations: [Operation] = [
      Operation(text: "DADD TEMP[4].xy, TEMP[1], TEMP[2]") { a, b, _ in bits(a + b) },
      Operation(text: "DADD TEMP[4].xy, -TEMP[1], |TEMP[2]|") { a, b, _ in bits(-a + b.magnitude) },
      Operation(text: "DADD TEMP[4].xy, -|TEMP[1]|, TEMP[2].xyxy") { a, b, _ in bits(b - a.magnitude) },
      Operation(text: "DADD TEMP[5].zw, TEMP[1], TEMP[2]\nMOV TEMP[4].xy, TEMP[5].zwzw") { a, b, _ in bits(a + b) },
      Operation(text: "MOV TEMP[5].zw, TEMP[1].xyxy\nDNEG TEMP[5], TEMP[5]\nMOV TEMP[4].xy, TEMP[5].zwzw") {
        a, _, _ in bits(-a)
      },
      Operation(text: "DNEG TEMP[4].xy, TEMP[1]") { a, _, _ in bits(-a) },
      Operation(text: "DABS TEMP[4].xy, TEMP[1]") { a, _, _ in bits(a.magnitude) },
      Operation(text: "DMUL TEMP[4].xy, TEMP[1], TEMP[2]", tolerance: .flushed) { a, b, _ in
        bits(flushed(a) * flushed(b))
      },
      Operation(text: "DMAD TEMP[4].xy, TEMP[1], TEMP[2], TEMP[3]") { a, b, c in
        let exact = (flushed(a) * flushed(b)).magnitude
        return exact == least ? nil : bits(product(a, b) + c)
      },
      Operation(text: "DFMA TEMP[4].xy, TEMP[1], TEMP[2], TEMP[3]", tolerance: .flushed) { a, b, c in
        let (x, y) = (flushed(a), flushed(b))
        return bits(x.isZero || y.isZero ? x * y + c : flushed(c).addingProduct(x, y))
      },
      Operation(text: "DDIV TEMP[4].xy, TEMP[1], TEMP[2]", tolerance: .flushed) { a, b, _ in
        bits(flushed(a) / flushed(b))
      },
      Operation(text: "DRCP TEMP[4].xy, TEMP[1]", tolerance: .flushed) { a, _, _ in bits(1 / flushed(a)) },
      Operation(text: "DSQRT TEMP[4].xy, TEMP[1]") { a, _, _ in bits(flushed(a).squareRoot()) },
      Operation(text: "DRSQ TEMP[4].xy, TEMP[1]", tolerance: .units(2)) { a, _, _ in
        bits(1 / flushed(a).squareRoot())
      },
      Operation(text: "DMIN TEMP[4].xy, TEMP[1], TEMP[2]") { a, b, _ in
        a.isNaN || b.isNaN ? nil : bits(b < a ? b : a)
      },
      Operation(text: "DMAX TEMP[4].xy, TEMP[1], TEMP[2]") { a, b, _ in
        a.isNaN || b.isNaN ? nil : bits(a < b ? b : a)
      },
      Operation(text: "DSSG TEMP[4].xy, TEMP[1]") { a, _, _ in
        a.isNaN ? nil : bits(a == 0 ? a : Double(signOf: a, magnitudeOf: 1))
      },
      Operation(text: "DSEQ TEMP[4].x, TEMP[1], TEMP[2]", tolerance: .words) { a, b, _ in mask(a == b) },
      Operation(text: "DSNE TEMP[4].x, TEMP[1], TEMP[2]", tolerance: .words) { a, b, _ in mask(a != b) },
      Operation(text: "DSLT TEMP[4].x, TEMP[1], TEMP[2]", tolerance: .words) { a, b, _ in mask(a < b) },
      Operation(text: "DSGE TEMP[4].x, TEMP[1], TEMP[2]", tolerance: .words) { a, b, _ in mask(a >= b) },
      Operation(text: "DTRUNC TEMP[4].xy, TEMP[1]") { a, _, _ in bits(a.rounded(.towardZero)) },
      Operation(text: "DFLR TEMP[4].xy, TEMP[1]") { a, _, _ in bits(a.rounded(.down)) },
      Operation(text: "DCEIL TEMP[4].xy, TEMP[1]") { a, _, _ in bits(a.rounded(.up)) },
      Operation(text: "DROUND TEMP[4].xy, TEMP[1]") { a, _, _ in bits(a.rounded(.toNearestOrEven)) },
      Operation(text: "DFRAC TEMP[4].xy, TEMP[1]") { a, _, _ in bits(a - a.rounded(.down)) },
      Operation(text: "ISHR TEMP[2].x, TEMP[2], IMM[1]\nDLDEXP TEMP[4].xy, TEMP[1], TEMP[2]", tolerance: .flushed) {
        a, b, _ in
        bits(Double(sign: .plus, exponent: Int(Int32(bitPattern: low(b)) >> 20), significand: flushed(a)))
      },
      Operation(text: "DFRACEXP TEMP[4].xy, TEMP[5].x, TEMP[1]") { a, _, _ in
        let value = flushed(a)
        return bits(value.isZero || !value.isFinite ? value : Double(signOf: value, magnitudeOf: value.significand / 2))
      },
      Operation(text: "DFRACEXP TEMP[5].xy, TEMP[4].x, TEMP[1]", tolerance: .words) { a, _, _ in
        let value = flushed(a)
        guard !value.isZero, value.isFinite else { return 0 }
        return UInt64(UInt32(bitPattern: Int32(value.exponent + 1)))
      },
      Operation(text: "F2D TEMP[4].xy, TEMP[1].yyyy") { a, _, _ in bits(Double(Float(bitPattern: high(a)))) },
      Operation(text: "I2D TEMP[4].xy, TEMP[1]") { a, _, _ in bits(Double(Int32(bitPattern: low(a)))) },
      Operation(text: "U2D TEMP[4].xy, TEMP[1]") { a, _, _ in bits(Double(low(a))) },
      Operation(text: "D2F TEMP[4].x, TEMP[1]", tolerance: .words) { a, _, _ in
        a.isNaN ? nil : UInt64(Float(a).bitPattern)
      },
      Operation(text: "D2I TEMP[4].x, TEMP[1]", tolerance: .words) { a, _, _ in
        Int32(exactly: a.rounded(.towardZero)).map { UInt64(UInt32(bitPattern: $0)) }
      },
      Operation(text: "D2U TEMP[4].x, TEMP[1]", tolerance: .words) { a, _, _ in
        UInt32(exactly: a.rounded(.towardZero)).map(UInt64.init)
      },
    ]

    private static let special: [UInt64] = [
      0, 1 << 63, 1, 0xf_ffff_ffff_ffff, 0x10_0000_0000_0000, 0x7fef_ffff_ffff_ffff, 0x7ff0_0000_0000_0000,
      0xfff0_0000_0000_0000, 0x7ff8_0000_0000_0000, 0x7ff0_0000_0000_0001, 0x3ff0_0000_0000_0000,
      0xbff0_0000_0000_0000, 0x3fe0_0000_0000_0000, 0x3fdf_ffff_ffff_ffff, 0x3fef_ffff_ffff_ffff,
      0x3ff8_0000_0000_0000, 0x3fff_ffff_ffff_ffff, 0x4004_0000_0000_0000, 0x4330_0000_0000_0001,
      0x43e0_0000_0000_0000, 0x41ef_ffff_ffe0_0000, 0xc1e0_0000_0000_0000, 0x47ef_ffff_f000_0000,
    ]

    /// Special values, any bits, values near one, and ones with short significands, whose results are often ties.
    private static func value(_ random: inout SeededRandom) -> UInt64 {
      let bits = random.next()
      let fraction: UInt64 = 0xf_ffff_ffff_ffff
      func near(_ significand: UInt64) -> UInt64 {
        bits & 1 << 63 | UInt64.random(in: 983...1063, using: &random) << 52 | significand
      }
      switch bits >> 56 & 7 {
      case 0: return special[Int(bits % UInt64(special.count))]
      case 1: return bits
      case 2: return near((bits & 0x7f) << UInt64.random(in: 0...45, using: &random))
      default: return near(bits & fraction)
      }
    }

    /// Triples; every fourth has equal or neighbouring operands, and every fourth a sum that cancels.
    private static let inputs: [UInt64] = {
      var random = SeededRandom(seed: 64)
      var values = (0..<count * 3).map { _ in value(&random) }
      for at in stride(from: 0, to: values.count, by: 12) {
        values[at + 1] = values[at] ^ (random.next() & (1 << 63 | 3))
        let sum = -Double(bitPattern: values[at + 3]) * Double(bitPattern: values[at + 4])
        values[at + 5] = sum.bitPattern &+ random.next() % 3
      }
      return values
    }()

    private static func shader(_ operation: Operation) -> String {
      """
      COMP
      PROPERTY CS_FIXED_BLOCK_WIDTH 64
      PROPERTY CS_FIXED_BLOCK_HEIGHT 1
      PROPERTY CS_FIXED_BLOCK_DEPTH 1
      DCL SV[0], BLOCK_ID
      DCL SV[1], THREAD_ID
      DCL BUFFER[0]
      DCL BUFFER[1]
      DCL TEMP[0..5]
      IMM[0] UINT32 {64, 24, 8, 16}
      IMM[1] UINT32 {20, 0, 0, 0}
      UMAD TEMP[0].x, SV[0].xxxx, IMM[0].xxxx, SV[1].xxxx
      UMUL TEMP[0].y, TEMP[0].xxxx, IMM[0].yyyy
      UADD TEMP[0].zw, TEMP[0].yyyy, IMM[0].zzzw
      LOAD TEMP[1].xy, BUFFER[0], TEMP[0].yyyy
      LOAD TEMP[2].xy, BUFFER[0], TEMP[0].zzzz
      LOAD TEMP[3].xy, BUFFER[0], TEMP[0].wwww
      MOV TEMP[4].xy, IMM[1].yyyy
      \(operation.text)
      UMUL TEMP[0].x, TEMP[0].xxxx, IMM[0].zzzz
      STORE BUFFER[1].xy, TEMP[0].xxxx, TEMP[4]
      END

      """
    }

    private static func agrees(_ got: UInt64, _ wanted: UInt64, _ tolerance: Tolerance) -> Bool {
      if got == wanted { return true }
      let (a, b) = (Double(bitPattern: got), Double(bitPattern: wanted))
      switch tolerance {
      case .words: return false
      case _ where a.isNaN && b.isNaN: return true
      case .exact: return false
      case .flushed: return b.magnitude <= least && a == 0 && a.sign == b.sign
      case .units(let most): return (got > wanted ? got - wanted : wanted - got) <= most
      }
    }

    @Test(arguments: operations) func resultsAreThoseOfIEEE(operation: Operation) throws {
      try StreamRig.with(.es) { rig in
        let (source, target): (UInt32, UInt32) = (40, 41)
        let bytes = UInt32(Self.count * 8)
        try rig.makeBuffer(source, bytes * 3, bind: BindFlags(rawValue: 1 << 14))
        try rig.makeBuffer(target, bytes, bind: BindFlags(rawValue: 1 << 14))
        var stream = StreamBuilder()
        let words = Self.inputs.flatMap { [UInt32(truncatingIfNeeded: $0), UInt32($0 >> 32)] }
        stream.write(source, width: bytes * 3, words)
        stream.createShader(20, stage: 5, Self.shader(operation))
        stream.bindShader(20, stage: 5)
        stream.packet(.setShaderBuffers, [5, 0, 0, bytes * 3, source, 0, bytes, target])
        stream.packet(.launchGrid, [64, 1, 1, UInt32(Self.count / 64), 1, 1, 0, 0])
        stream.packet(.memoryBarrier, [~0])
        stream.packet(.transfer3D, [target, 0, 0, 0, 0, 0, 0, 0, bytes, 1, 1, 0, 2])
        try rig.submit(stream)
        let results = rig.words(target)
        var wrong: [String] = []
        for index in 0..<Self.count {
          let inputs = Self.inputs[index * 3..<index * 3 + 3]
          let operands = inputs.map(Double.init(bitPattern:))
          guard let wanted = operation.expected(operands[0], operands[1], operands[2]) else { continue }
          let got = UInt64(results[index * 2]) | UInt64(results[index * 2 + 1]) << 32
          if Self.agrees(got, wanted, operation.tolerance) { continue }
          let shown = (Array(inputs) + [got, wanted]).map { String($0, radix: 16) }
          wrong.append("\(shown[..<3]): \(shown[3]), not \(shown[4])")
        }
        #expect(wrong.isEmpty, "\(wrong.count) wrong, such as \(wrong.first ?? "")")
      }
    }
  }
}
