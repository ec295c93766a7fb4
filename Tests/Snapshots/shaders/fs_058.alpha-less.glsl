#version 450
in vec4 vs_c0;
layout(location=0) out vec4 fs_out0;
uniform float alpha_reference;
void main() {
vec4 o0 = vec4(0.0);
o0.xyzw = vs_c0.xyzw;
if (!(o0.w < alpha_reference)) discard;
fs_out0 = o0.xyzw;
}
