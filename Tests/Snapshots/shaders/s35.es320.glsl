#version 320 es
precision highp float;
precision highp int;
layout(location=0) in vec4 in_0;
uniform uvec4 vs_const0[1];
uniform float adjust_y;
uvec2 d_shl(uvec2 v, int n) {
  v = n > 31 ? uvec2(0u, v.x) : v;
  n &= 31;
  return uvec2(v.x << n, (v.y << n) | ((v.x >> 1) >> (31 - n)));
}
uvec2 d_shr(uvec2 v, int n) {
  n = min(n, 63);
  uint lost = n > 31 ? v.x : 0u;
  v = n > 31 ? uvec2(v.y, 0u) : v;
  n &= 31;
  lost |= (v.x << 1) << (31 - n);
  return uvec2((v.x >> n) | ((v.y << 1) << (31 - n)) | uint(lost != 0u), v.y >> n);
}
int d_clz(uvec2 v) { return (v.y != 0u ? 31 : 63) - findMSB(v.y != 0u ? v.y : v.x); }
int d_exponent(uvec2 v) { return int(v.y >> 20) & 2047; }
uvec2 d_significand(uvec2 v) {
  return uvec2(v.x, (v.y & 0xfffffu) | (d_exponent(v) != 0 ? 0x100000u : 0u));
}
uniform highp uint d_zero;
uvec2 d_left(uvec2 v) {
  uint n = 11u + d_zero;
  return uvec2(v.x << n, 0x80000000u | (v.y << n) | (v.x >> (32u - n)));
}
bool d_isnan(uvec2 v) { return ((v.y << 1) | uint(v.x != 0u)) > 0xffe00000u; }
uvec2 d_pack(uint s, int e, uvec2 m) {
  uvec2 r = uvec2((m.x >> 11) | (m.y << 21), (m.y >> 11) + (uint(e - 1) << 20));
  uint up = uint((m.x & 0x7ffu) + (r.x & 1u) > 0x400u);
  r.x += up;
  r.y += uint(r.x < up);
  return e > 2046 ? uvec2(0u, s | 0x7ff00000u) : uvec2(r.x, s | r.y);
}
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
int d_compare(uvec2 a, uvec2 b) {
  uint p = a.y & 0x7fffffffu, q = b.y & 0x7fffffffu;
  bool zero = (p | q | a.x | b.x) == 0u;
  bool less = p != q ? p < q : a.x < b.x;
  bool negative = int(a.y) < 0;
  bool below = int(a.y ^ b.y) < 0 ? negative : less != negative;
  int r = zero || a == b ? 0 : below ? -1 : 1;
  return d_isnan(a) || d_isnan(b) ? 2 : r;
}
uint d_slt(uvec2 a, uvec2 b) { return d_compare(a, b) < 0 ? 0xffffffffu : 0u; }
uvec2 d_exact(uint s, int e, uint m) {
  int n = 31 - findMSB(m);
  m = m << (n & 31);
  return m == 0u ? uvec2(0u, s) : uvec2(m << 21, s | ((uint(e - n - 1) << 20) + (m >> 11)));
}
uvec2 d_from_float(float v) {
  uint b = floatBitsToUint(v), s = b & 0x80000000u, m = b & 0x7fffffu;
  int e = int(b >> 23) & 255;
  uvec2 huge = m != 0u ? uvec2(0u, 0x7ff80000u) : uvec2(0u, s | 0x7ff00000u);
  return e == 255 ? huge : d_exact(s, max(e, 1) + 904, m | (e != 0 ? 0x800000u : 0u));
}
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
void main() {
uvec4 t0 = uvec4(0u);
uvec4 t1 = uvec4(0u);
uvec4 t2 = uvec4(0u);
uvec4 t3 = uvec4(0u);
uvec4 t4 = uvec4(0u);
uvec4 t5 = uvec4(0u);
uvec4 o0 = uvec4(0u);
t0.xy = d_from_float(in_0.x).xy;
t4.xy = t0.xy;
t5.xy = vs_const0[0].xy;
t1.xy = d_mul(t4.xy, t5.xy).xy;
t4.xy = t1.xy;
t5.xy = uvec2(0u, 1071644672u);
t1.zw = d_add(t4.xy, t5.xy).xy;
t4.xy = t1.zw;
t2.x = floatBitsToUint(d_to_float(t4.xy));
t4.xy = t1.xy;
t5.xy = t1.zw;
t3.x = d_slt(t4.xy, t5.xy);
t3.x = (t3.x & 1071644672u);
o0.xyz = t2.xxx;
o0.w = t3.x;
gl_Position = uintBitsToFloat(o0.xyzw);
gl_Position.y *= adjust_y;
}
