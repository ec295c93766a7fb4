#version 450
in vec4 vs_g0;
in vec4 vs_g1;
layout(location=0, index=0) out vec4 fs_out0;
layout(location=0, index=1) out vec4 fs_out1;
void main() {
vec4 o0 = vec4(0.0);
vec4 o1 = vec4(0.0);
o0.xyzw = vs_g0.xyzw;
o1.xyzw = vs_g1.xyzw;
fs_out0 = o0.xyzw;
fs_out1 = o1.xyzw;
}
