/// Comparisons, whole numbers, powers of two and conversions.
extension SoftDouble {
  /// −1, 0 or 1, and 2 when one of them is NaN. Magnitudes compare as integers.
  static var compareText: StaticString {
    """
    int d_compare(uvec2 a, uvec2 b) {
      uint p = a.y & 0x7fffffffu, q = b.y & 0x7fffffffu;
      bool zero = (p | q | a.x | b.x) == 0u;
      bool less = p != q ? p < q : a.x < b.x;
      bool negative = int(a.y) < 0;
      bool below = int(a.y ^ b.y) < 0 ? negative : less != negative;
      int r = zero || a == b ? 0 : below ? -1 : 1;
      return d_isnan(a) || d_isnan(b) ? 2 : r;
    }

    """
  }

  /// Zero keeps its sign, and NaN is taken for zero.
  static var signText: StaticString {
    """
    uvec2 d_sign(uvec2 a) {
      bool zero = (a.x | (a.y << 1)) == 0u || d_isnan(a);
      return uvec2(0u, (a.y & 0x80000000u) | (zero ? 0u : 0x3ff00000u));
    }

    """
  }

  // MARK: Whole numbers

  /// The bits that stand for less than one, in magnitudes from one on.
  static var belowOneText: StaticString {
    """
    uvec2 d_below_one(uvec2 a) {
      int n = clamp(1075 - d_exponent(a), 0, 52);
      uint k = (1u << (n & 31)) - 1u;
      return n > 31 ? uvec2(0xffffffffu, k) : uvec2(k, 0u);
    }

    """
  }

  static var truncText: StaticString {
    """
    uvec2 d_trunc(uvec2 a) {
      return d_exponent(a) < 1023 ? uvec2(0u, a.y & 0x80000000u) : a & ~d_below_one(a);
    }

    """
  }

  /// To the next whole number away from zero: everything below one is filled up, and the carry runs into the exponent
  /// where it has to.
  static var awayText: StaticString {
    """
    uvec2 d_away(uvec2 a) {
      uvec2 k = d_below_one(a);
      uvec2 r = uvec2(a.x + k.x, a.y + k.y);
      r.y += uint(r.x < k.x);
      uvec2 one = uvec2(0u, (a.y & 0x80000000u) | 0x3ff00000u);
      return (a.x | (a.y << 1)) == 0u ? a : d_exponent(a) < 1023 ? one : r & ~k;
    }

    """
  }

  /// A half less the smallest bit is added, and that bit again if the whole number is odd.
  static var roundEvenText: StaticString {
    """
    uvec2 d_round_even(uvec2 a) {
      uvec2 k = d_below_one(a);
      uint odd = uint((a & uvec2(k.x + 1u, k.y + uint(k.x == 0xffffffffu))) != uvec2(0u));
      uvec2 h = uvec2(((k.x >> 1) | (k.y << 31)) + odd, k.y >> 1);
      h.y += uint(h.x < odd);
      uvec2 r = uvec2(a.x + h.x, a.y + h.y);
      r.y += uint(r.x < h.x);
      bool more = (a.y & 0x7fffffffu) > 0x3fe00000u || ((a.y & 0x7fffffffu) == 0x3fe00000u && a.x != 0u);
      uvec2 small = uvec2(0u, (a.y & 0x80000000u) | (more ? 0x3ff00000u : 0u));
      return d_exponent(a) < 1023 ? small : k == uvec2(0u) ? a : r & ~k;
    }

    """
  }

  /// Denormals become zero, on the way in and on the way out.
  static var ldexpText: StaticString {
    """
    uvec2 d_ldexp(uvec2 a, int n) {
      int e = d_exponent(a), f = e + clamp(n, -4400, 4400);
      uint s = a.y & 0x80000000u;
      uvec2 r = uvec2(a.x, (a.y & 0x800fffffu) | (uint(f) << 20));
      r = e == 0 || f < 1 ? uvec2(0u, s) : f > 2046 ? uvec2(0u, s | 0x7ff00000u) : r;
      return e == 2047 ? a : r;
    }

    """
  }

  static var frexpText: StaticString {
    """
    uvec2 d_frexp(uvec2 a, out int e) {
      int f = d_exponent(a);
      bool same = f == 0 || f == 2047;
      e = same ? 0 : f - 1022;
      uvec2 r = f == 0 ? uvec2(0u, a.y & 0x80000000u) : a;
      return same ? r : uvec2(a.x, (a.y & 0x800fffffu) | 0x3fe00000u);
    }

    """
  }

  // MARK: Conversions

  /// A 32-bit significand, exactly; `e` is the exponent that goes with its bit 31.
  static var exactText: StaticString {
    """
    uvec2 d_exact(uint s, int e, uint m) {
      int n = 31 - findMSB(m);
      m = m << (n & 31);
      return m == 0u ? uvec2(0u, s) : uvec2(m << 21, s | ((uint(e - n - 1) << 20) + (m >> 11)));
    }

    """
  }

  static var fromFloatText: StaticString {
    """
    uvec2 d_from_float(float v) {
      uint b = floatBitsToUint(v), s = b & 0x80000000u, m = b & 0x7fffffu;
      int e = int(b >> 23) & 255;
      uvec2 huge = m != 0u ? uvec2(0u, 0x7ff80000u) : uvec2(0u, s | 0x7ff00000u);
      return e == 255 ? huge : d_exact(s, max(e, 1) + 904, m | (e != 0 ? 0x800000u : 0u));
    }

    """
  }

  static var fromIntText: StaticString {
    """
    uvec2 d_from_int(int v) {
      uint s = uint(v >> 31);
      return d_exact(s & 0x80000000u, 1054, (uint(v) ^ s) - s);
    }

    """
  }

  /// As rounding to a double, with 32 bits of which eight go.
  static var toFloatText: StaticString {
    """
    float d_to_float(uvec2 a) {
      int e = d_exponent(a) - 896;
      uint m = 0x80000000u | (a.y << 11) | (a.x >> 21) | uint((a.x << 11) != 0u);
      int n = clamp(1 - e, 0, 31);
      m = (m >> n) | uint(((m << 1) << (31 - n)) != 0u);
      uint r = (m >> 8) + (uint(max(e, 1) - 1) << 23);
      r += uint((m & 0xffu) + (r & 1u) > 0x80u);
      r = e > 254 ? 0x7f800000u : r;
      return uintBitsToFloat(d_isnan(a) ? 0x7fc00000u : (a.y & 0x80000000u) | r);
    }

    """
  }

  /// Of the whole part; the largest for all that is too large.
  static var magnitudeText: StaticString {
    """
    uint d_magnitude(uvec2 a) {
      int e = d_exponent(a) - 1023;
      uvec2 m = d_significand(a);
      uint r = ((m.y << 11) | (m.x >> 21)) >> (31 - clamp(e, 0, 31));
      return e < 0 ? 0u : e > 31 ? 0xffffffffu : r;
    }

    """
  }
}
