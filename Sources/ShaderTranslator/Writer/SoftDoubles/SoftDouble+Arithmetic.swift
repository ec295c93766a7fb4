/// Sums, products, quotients and roots.
extension SoftDouble {
  /// The larger magnitude gives sign and exponent; the other one is moved to its place, and turned into its complement
  /// when the signs differ. Bit 62 is the leading one, above it is room for a carry, below ten bits for what is moved
  /// out. Only neighbouring exponents can cancel more than one bit, and then nothing was lost.
  static var addText: StaticString {
    """
    uvec2 d_add(uvec2 a, uvec2 b) {
      uint p = a.y & 0x7fffffffu, q = b.y & 0x7fffffffu;
      bool less = p < q || (p == q && a.x < b.x);
      uvec2 big = less ? b : a, small = less ? a : b;
      bool differ = int(a.y ^ b.y) < 0;
      int e = max(d_exponent(big), 1);
      int gap = e - max(d_exponent(small), 1);
      uvec2 m = d_significand(small);
      uvec2 t = d_shr(uvec2(m.x << 10, (m.y << 10) | (m.x >> 22)), gap);
      t = differ ? uvec2(0u - t.x, ~t.y + uint(t.x == 0u)) : t;
      m = d_significand(big);
      m = uvec2(m.x << 10, (m.y << 10) | (m.x >> 22));
      m = uvec2(m.x + t.x, m.y + t.y);
      m.y += uint(m.x < t.x);
      bool zero = (m.x | m.y) == 0u;
      int n = min(d_clz(m), e);
      uint s = zero && differ ? 0u : big.y & 0x80000000u;
      uvec2 r = d_pack(s, zero ? 1 : e + 1 - n, d_shl(m, n & 63));
      bool bad = d_isnan(big) || (differ && d_exponent(small) == 2047);
      return e < 2047 ? r : bad ? uvec2(0u, 0x7ff80000u) : big;
    }

    """
  }

  /// The product of two significands has its leading one in bit 127 or 126.
  static var mulText: StaticString {
    """
    uvec2 d_mul(uvec2 a, uvec2 b) {
      uint s = (a.y ^ b.y) & 0x80000000u;
      int ea = d_exponent(a), eb = d_exponent(b);
      uvec4 p = d_product(d_left(a), d_left(b));
      uint n = ~p.w >> 31;
      int e = ea + eb - 1022 - int(n);
      uvec2 r = d_pack(s, e, uvec2((p.z << n) | uint((p.x | p.y) != 0u), (p.w << n) | ((p.z >> 31) & n)));
      bool zero = ea == 0 || eb == 0;
      r = zero || e < 1 ? uvec2(0u, s) : r;
      uvec2 huge = zero || d_isnan(a) || d_isnan(b) ? uvec2(0u, 0x7ff80000u) : uvec2(0u, s | 0x7ff00000u);
      return max(ea, eb) == 2047 ? huge : r;
    }

    """
  }

  /// The exact product has its leading one in bit 126 or 125 of 128, the addend in bit 126; from there on as in a sum.
  /// Factors that are zero, infinite or NaN have exact products, and an addend that is not finite swallows a finite
  /// one: that much a plain sum can do.
  static var fmaText: StaticString {
    """
    uvec4 d_shr128(uvec4 v, int n) {
      n = min(n, 127);
      uint lost = 0u;
      bool two = n > 63;
      lost |= two ? v.x | v.y : 0u;
      v = two ? uvec4(v.zw, 0u, 0u) : v;
      lost |= (n & 32) != 0 ? v.x : 0u;
      v = (n & 32) != 0 ? uvec4(v.yzw, 0u) : v;
      n &= 31;
      lost |= (v.x << 1) << (31 - n);
      v = (v >> n) | ((uvec4(v.yzw, 0u) << 1) << (31 - n));
      return uvec4(v.x | uint(lost != 0u), v.yzw);
    }
    uvec2 d_fma(uvec2 a, uvec2 b, uvec2 c) {
      int ea = d_exponent(a), eb = d_exponent(b), f = d_exponent(c);
      bool finite = max(ea, eb) < 2047, zero = min(ea, eb) == 0;
      uvec2 simple = d_add(finite && !zero ? uvec2(0u) : d_mul(a, b), c);
      bool isSimple = zero || !finite || f == 2047;
      int e = ea + eb - 1022;
      uvec2 x = d_left(a), z = d_left(c);
      uvec4 p = d_product(uvec2((x.x >> 1) | (x.y << 31), x.y >> 1), d_left(b));
      uvec4 q = uvec4(0u, z.x << 31, (z.x >> 1) | (z.y << 31), z.y >> 1);
      q = f == 0 ? uvec4(0u) : q;
      f = f == 0 ? e : f;
      uint s = (a.y ^ b.y) & 0x80000000u;
      bool differ = int(s ^ c.y) < 0;
      p = d_shr128(p, max(f - e, 0));
      q = d_shr128(q, max(e - f, 0));
      e = max(e, f);
      bool less = p.w != q.w ? p.w < q.w : p.z != q.z ? p.z < q.z : p.y != q.y ? p.y < q.y : p.x < q.x;
      uint one = uint(differ);
      uvec4 k = (less ? p : q) ^ (0u - one);
      s ^= less && differ ? 0x80000000u : 0u;
      uvec4 r = (less ? q : p) + k;
      uvec3 carry = uvec3(lessThan(r.xyz, k.xyz));
      r.x += one;
      carry.x += uint(r.x < one);
      r.y += carry.x;
      carry.y += uint(r.y < carry.x);
      r.z += carry.y;
      carry.z += uint(r.z < carry.y);
      r.w += carry.z;
      e += 1;
      bool none = (r.x | r.y | r.z | r.w) == 0u;
      bool high = (r.z | r.w) != 0u;
      e = high ? e : e - 64;
      r = high ? r : uvec4(0u, 0u, r.xy);
      high = r.w != 0u;
      e = high ? e : e - 32;
      r = high ? r : uvec4(0u, r.xyz);
      int n = 31 - findMSB(r.w | 1u);
      r = (r << n) | ((uvec4(0u, r.xyz) >> 1) >> (31 - n));
      e -= n;
      uvec2 sum = d_pack(s, e, uvec2(r.z | uint((r.x | r.y) != 0u), r.w));
      sum = none ? uvec2(0u, differ ? 0u : s) : e < 1 ? uvec2(0u, s) : sum;
      return isSimple ? simple : sum;
    }

    """
  }

  /// In 64 bits with nine above the leading one, so that rests of a few divisors fit. A float guesses the reciprocal of
  /// the divisor's upper word, always too low but by less than 2^-19, and one step of Newton's, in integers, makes 30
  /// bits of it, again too low. These give two digits of 27 bits, of which each is exact or too small by one. What is
  /// left after each is computed modulo 2^64, in which it fits; 54 bits and the rest decide the rounding.
  static var divText: StaticString {
    """
    uvec2 d_div(uvec2 a, uvec2 b) {
      uint s = (a.y ^ b.y) & 0x80000000u;
      int ea = d_exponent(a), eb = d_exponent(b);
      uvec2 x = d_left(a), y = d_left(b);
      uint d = (y.y >> 1) + 1u, h, l;
      uint v = uint(4.6116816e18 / float(d));
      umulExtended(v, d, h, l);
      h = 0x40000000u - h - uint(l != 0u);
      umulExtended(v, (h << 16) | ((0u - l) >> 16), h, l);
      v += h >> 14;
      x = uvec2((x.x >> 9) | (x.y << 23), x.y >> 9);
      y = uvec2((y.x >> 9) | (y.y << 23), y.y >> 9);
      uvec2 q;
      umulExtended((x.x >> 25) | (x.y << 7), v, q.y, l);
      q.y >>= 2;
      umulExtended(q.y, y.x, h, l);
      x = d_sub64(uvec2(x.x << 27, (x.y << 27) | (x.x >> 5)), uvec2(l, h + q.y * y.y));
      umulExtended((x.x >> 25) | (x.y << 7), v, q.x, l);
      q.x >>= 2;
      umulExtended(q.x, y.x, h, l);
      x = d_sub64(uvec2(x.x << 27, (x.y << 27) | (x.x >> 5)), uvec2(l, h + q.x * y.y));
      uvec2 z = d_sub64(x, y);
      bool fits = int(z.y) >= 0;
      x = fits ? z : x;
      q.x += uint(fits);
      q = uvec2(q.x + (q.y << 27), (q.y >> 5) + uint(q.x + (q.y << 27) < q.x));
      uint n = ~(q.y >> 22) & 1u;
      q = uvec2((q.x << (9u + n)) | uint((x.x | x.y) != 0u), (q.y << (9u + n)) | (q.x >> (23u - n)));
      int e = ea - eb + 1023 - int(n);
      uvec2 r = d_pack(s, e, q);
      r = ea == 2047 || eb == 0 ? uvec2(0u, s | 0x7ff00000u) : eb == 2047 || ea == 0 || e < 1 ? uvec2(0u, s) : r;
      bool bad = d_isnan(a) || d_isnan(b) || (ea == eb && (ea == 0 || ea == 2047));
      return bad ? uvec2(0u, 0x7ff80000u) : r;
    }

    """
  }

  /// The radicand is in [1, 4), after an odd exponent was made even, with 62 bits behind the point. A float guesses the
  /// reciprocal of the root, always too low, which one step of Newton's brings to 29 bits, also too low. From it come
  /// the upper word of the root and, out of what its square leaves, 24 bits more, which together are too small by at
  /// most two.
  static var sqrtText: StaticString {
    """
    uvec2 d_sqrt(uvec2 a) {
      int e = d_exponent(a) - 1023;
      uvec2 x = d_left(a);
      x = (e & 1) == 0 ? uvec2((x.x >> 1) | (x.y << 31), x.y >> 1) : x;
      uint v = uint(1.4073735e14 * inversesqrt(float(x.y))), h, l;
      umulExtended(v, v, h, l);
      umulExtended(x.y, h, h, l);
      h = 0x40000000u - h - uint(l != 0u);
      umulExtended(v, (h << 16) | ((0u - l) >> 16), h, l);
      v += (h >> 15) - 3u;
      uvec2 q;
      umulExtended(x.y, v, q.y, l);
      q.y <<= 1;
      umulExtended(q.y, q.y, h, l);
      x = d_sub64(x, uvec2(l, h));
      umulExtended((x.x >> 6) | (x.y << 26), v, q.x, l);
      q.x = max(q.x >> 2, 1u) - 1u;
      uvec2 p, w;
      umulExtended(q.yx, q.xx, p, w);
      x = d_sub64(uvec2(0u, x.x << 16), uvec2(w.x << 25, (p.x << 25) | (w.x >> 7)));
      x = d_sub64(x, uvec2(w.y, p.y));
      q = uvec2(q.x + (q.y << 24), (q.y >> 8) + uint(q.x + (q.y << 24) < q.x));
      for (int i = 0; i < 2; i++) {
        uvec2 z = d_sub64(x, uvec2((q.x << 1) | 1u, (q.y << 1) | (q.x >> 31)));
        bool fits = int(z.y) >= 0;
        x = fits ? z : x;
        q = uvec2(q.x + uint(fits), q.y + uint(fits && q.x == 0xffffffffu));
      }
      uvec2 m = uvec2((q.x << 8) | uint((x.x | x.y) != 0u), (q.y << 8) | (q.x >> 24));
      uvec2 r = d_pack(0u, (e >> 1) + 1023, m);
      r = e == -1023 ? uvec2(0u, a.y & 0x80000000u) : e == 1024 ? a : r;
      return d_isnan(a) || (int(a.y) < 0 && e != -1023) ? uvec2(0u, 0x7ff80000u) : r;
    }

    """
  }
}
