#version 450
in vec4 vs_t1;
layout(location=0) out vec4 fs_out0;
void main() {
vec4 i0;
vec4 t0 = vec4(0.0);
uvec4 t1 = uvec4(0u);
uvec4 t2 = uvec4(0u);
uvec4 t3 = uvec4(0u);
uvec4 t4 = uvec4(0u);
uvec4 t5 = uvec4(0u);
uvec4 t6 = uvec4(0u);
uvec4 o0 = uvec4(0u);
i0 = vec4(gl_PointCoord, 0.0, 1.0);
{ precise float p = min(i0.x, i0.y); t0.x = p; }
t1.x = (0u - uint((t0.x < 0.0)));
t2.x = (t1.x & 1065353216u);
if (any(lessThan((-uintBitsToFloat(t2.xxxx)), vec4(0.0)))) discard;
t3.xyzw = (0u - uvec4(lessThan(vs_t1.zwwz, vec4(0.0, 0.0, 0.0, 0.0))));
t4.xy = (t3.xz | t3.yw);
t5.x = (t4.x | t4.y);
t6.x = (t5.x & 1065353216u);
if (any(lessThan((-uintBitsToFloat(t6.xxxx)), vec4(0.0)))) discard;
o0.xyzw = uvec4(0u, 1065353216u, 0u, 0u);
fs_out0 = uintBitsToFloat(o0.xyzw);
}
