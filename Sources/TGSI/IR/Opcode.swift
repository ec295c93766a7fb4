/// Every opcode the text can name, in the order of `OpcodeTable.rows`.
///
/// The names are the mnemonics in Swift's case. Some are recognised only to be refused, see
/// `OpcodeInfo.isTranslatable`.
@frozen
public enum Opcode: UInt8, CaseIterable, Hashable, Sendable {
  case mov, arl, arr, uarl, add, sub, mul, div, mad, fma, abs, min, max, flr, ceil, trunc, round, frc, ssg
  case lrp, cmp, rcp, rsq, sqrt, ex2, lg2, pow, sin, cos, exp, log, lit, dst, scs, xpd, dp2, dp3, dp4, dph
  case seq, sne, slt, sge, sgt, sle, fseq, fsne, fslt, fsge, ddx, ddy, ddxFine, ddyFine, pk2h, up2h, pk2us
  case up2us, pk4b, up4b, pk4ub, up4ub, uadd, umul, umad, imulHi, umulHi, idiv, udiv, mod, umod, ineg, iabs
  case issg, imin, imax, umin, umax, and, or, xor, not, shl, ishr, ushr, useq, usne, uslt, usge, islt, isge
  case ucmp, ibfe, ubfe, bfi, brev, popc, lsb, imsb, umsb, i2f, u2f, f2i, f2u, f2d, d2f, d2i, d2u, i2d, u2d
  case dadd, dmul, ddiv, dmin, dmax, dmad, dabs, dneg, drcp, dsqrt, drsq, dfrac, dtrunc, dceil, dflr, dround
  case dssg, dfma, dldexp, dfracexp, dseq, dsne, dslt, dsge, u64add, u64mul, u64div, u64mod, u64shl, u64shr
  case u64min, u64max, i64abs, i64neg, i64ssg, i64min, i64max, i64shr, i64div, i64mod, u64seq, u64sne
  case u64slt, u64sge, i64slt, i64sge, f2i64, f2u64, u2i64, i2i64, d2i64, d2u64, i642f, u642f, i642d, u642d
  case tex, txb, txl, txp, txd, txf, txq, txqs, lodq, tex2, txb2, txl2, tg4, sample, sampleI, sampleIMS
  case sampleB, sampleC, sampleCLz, sampleD, sampleL, gather4, sviewinfo, samplePos, sampleInfo, `if`, uif
  case `else`, endif, bgnloop, endloop, brk, cont, ret, end, kill, killIf, cal, bgnsub, endsub, `switch`
  case `case`, `default`, endswitch, nop, emit, endprim, interpCentroid, interpSample, interpOffset, load
  case store, resq, atomuadd, atomxchg, atomcas, atomand, atomor, atomxor, atomumin, atomumax, atomimin
  case atomimax, membar, barrier, clock, fbfetch, voteAny, voteAll, voteEq, texLz, txfLz, lod, ldexp, demote
  case readHelper, ballot, readFirst, readInvoc, atomfadd, atomincWrap, atomdecWrap, img2hnd, samp2hnd
}

extension Opcode {
  /// What the table says about this opcode.
  @inlinable public var info: OpcodeInfo { OpcodeTable.infos[Int(rawValue)] }
}
