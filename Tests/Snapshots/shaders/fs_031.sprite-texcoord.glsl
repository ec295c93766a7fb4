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
{ precise uint p = (0u - uint((t0.x < 0.0))); t1.x = p; }
t2.x = (t1.x & 1065353216u);
if (any(lessThan((-uintBitsToFloat(t2.xxxx)), vec4(0.0)))) discard;
{ precise uvec4 p = (0u - uvec4(lessThan(vs_t1.zwwz, vec4(0.0, 0.0, 0.0, 0.0)))); t3.xyzw = p; }
{ precise uvec2 p = (t3.xz | t3.yw); t4.xy = p; }
{ precise uint p = (t4.x | t4.y); t5.x = p; }
t6.x = (t5.x & 1065353216u);
if (any(lessThan((-uintBitsToFloat(t6.xxxx)), vec4(0.0)))) discard;
o0.xyzw = uvec4(0u, 1065353216u, 0u, 0u);
fs_out0 = uintBitsToFloat(o0.xyzw);
}
