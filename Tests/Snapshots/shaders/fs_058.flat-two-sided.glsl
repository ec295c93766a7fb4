#version 450
flat in vec4 vs_c0;
flat in vec4 vs_b0;
layout(location=0) out vec4 fs_out0;
void main() {
vec4 i0;
vec4 o0 = vec4(0.0);
i0 = gl_FrontFacing ? vs_c0 : vs_b0;
o0.xyzw = i0.xyzw;
fs_out0 = o0.xyzw;
}
