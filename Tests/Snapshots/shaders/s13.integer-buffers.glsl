#version 450
flat in vec4 vs_g0;
layout(location=0) out uvec4 fs_out0;
layout(location=1) out ivec4 fs_out1;
layout(location=2) out vec4 fs_out2;
void main() {
uvec4 t0 = uvec4(0u);
uvec4 t1 = uvec4(0u);
uvec4 o0 = uvec4(0u);
uvec4 o1 = uvec4(0u);
vec4 o2 = vec4(0.0);
t0.xyzw = (floatBitsToUint(vs_g0.xyzw) & uvec4(255u, 255u, 255u, 255u));
o0.xyzw = t0.xyzw;
t1.xyzw = uvec4(-ivec4(t0.xyzw));
o1.xyzw = t1.xyzw;
o2.xyzw = vec4(t0.xyzw);
fs_out0 = o0.xyzw;
fs_out1 = ivec4(o1.xyzw);
fs_out2 = o2.xyzw;
}
