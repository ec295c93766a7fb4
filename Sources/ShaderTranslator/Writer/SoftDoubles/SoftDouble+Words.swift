/// Words, fields, and the way between doubles and significands of 64 bits. In these, bit 63 is the leading one, and
/// the low eleven bits are what rounding takes away.
extension SoftDouble {
  /// By 0 to 63. A shift of a word by 32 is undefined in GLSL, hence the two steps.
  static var shiftLeftText: StaticString {
    """
    uvec2 d_shl(uvec2 v, int n) {
      v = n > 31 ? uvec2(0u, v.x) : v;
      n &= 31;
      return uvec2(v.x << n, (v.y << n) | ((v.x >> 1) >> (31 - n)));
    }

    """
  }

  /// By any count; ones that fall out stay behind as a one in bit 0, so that rounding knows of them.
  static var shiftRightText: StaticString {
    """
    uvec2 d_shr(uvec2 v, int n) {
      n = min(n, 63);
      uint lost = n > 31 ? v.x : 0u;
      v = n > 31 ? uvec2(v.y, 0u) : v;
      n &= 31;
      lost |= (v.x << 1) << (31 - n);
      return uvec2((v.x >> n) | ((v.y << 1) << (31 - n)) | uint(lost != 0u), v.y >> n);
    }

    """
  }

  /// 64 for zero.
  static var leadingZerosText: StaticString {
    "int d_clz(uvec2 v) { return (v.y != 0u ? 31 : 63) - findMSB(v.y != 0u ? v.y : v.x); }\n"
  }

  static var subtractText: StaticString {
    "uvec2 d_sub64(uvec2 a, uvec2 b) { return uvec2(a.x - b.x, a.y - b.y - uint(a.x < b.x)); }\n"
  }

  /// As encoded: 0 for zeros and denormals, 2047 for infinities and NaN.
  static var exponentText: StaticString {
    "int d_exponent(uvec2 v) { return int(v.y >> 20) & 2047; }\n"
  }

  /// 53 bits, with the leading one that the encoding leaves out.
  static var significandText: StaticString {
    """
    uvec2 d_significand(uvec2 v) {
      return uvec2(v.x, (v.y & 0xfffffu) | (d_exponent(v) != 0 ? 0x100000u : 0u));
    }

    """
  }

  /// The significand of a value that is not denormal, with its leading one in bit 63.
  ///
  /// Mesa 22.3 computes the upper word of a product of two constants as zero. So no significand is a constant to a
  /// compiler: the uniform is zero because nobody sets it.
  static var leftText: StaticString {
    """
    uniform highp uint d_zero;
    uvec2 d_left(uvec2 v) {
      uint n = 11u + d_zero;
      return uvec2(v.x << n, 0x80000000u | (v.y << n) | (v.x >> (32u - n)));
    }

    """
  }

  static var isNaNText: StaticString {
    "bool d_isnan(uvec2 v) { return ((v.y << 1) | uint(v.x != 0u)) > 0xffe00000u; }\n"
  }

  /// Rounds and encodes. `e` is the exponent that goes with bit 63, at least 1; bit 63 may be clear only at 1, which
  /// makes a denormal. The leading one is added to a lowered exponent: so it fills the field by itself, or does not in
  /// a denormal, and a carry out of rounding moves into the exponent, as far as infinity.
  static var packText: StaticString {
    """
    uvec2 d_pack(uint s, int e, uvec2 m) {
      uvec2 r = uvec2((m.x >> 11) | (m.y << 21), (m.y >> 11) + (uint(e - 1) << 20));
      uint up = uint((m.x & 0x7ffu) + (r.x & 1u) > 0x400u);
      r.x += up;
      r.y += uint(r.x < up);
      return e > 2046 ? uvec2(0u, s | 0x7ff00000u) : uvec2(r.x, s | r.y);
    }

    """
  }

  /// 128 bits, lowest word first.
  static var productText: StaticString {
    """
    uvec4 d_product(uvec2 a, uvec2 b) {
      uvec4 low, high;
      umulExtended(a.xyxy, b.xxyy, high, low);
      uint m = high.x + low.y;
      uint c = uint(m < low.y);
      m += low.z;
      c += uint(m < low.z);
      uint n = high.y + c;
      n += high.z;
      c = uint(n < high.z);
      n += low.w;
      c += uint(n < low.w);
      return uvec4(low.x, m, n, high.w + c);
    }

    """
  }
}
