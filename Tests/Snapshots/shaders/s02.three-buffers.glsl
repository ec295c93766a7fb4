#version 450
layout(location=0) out vec4 fs_out0;
layout(location=1) out vec4 fs_out1;
layout(location=2) out vec4 fs_out2;
void main() {
vec4 o0 = vec4(0.0);
o0.xyzw = vec4(1.0, 0.5, 0.0, 1.0);
fs_out0 = o0.xyzw;
fs_out1 = o0.xyzw;
fs_out2 = o0.xyzw;
}
