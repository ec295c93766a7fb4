#version 330
in vec4 vs_c0;
layout(location=0) out vec4 fs_out0;
void main() {
vec4 o0 = vec4(0.0);
o0.xyzw = vs_c0.xyzw;
fs_out0 = o0.xyzw;
}
