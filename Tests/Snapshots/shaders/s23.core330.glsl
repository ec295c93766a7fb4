#version 330
in vec4 vs_g0;
layout(location=0) out vec4 fs_out0;
uniform uvec4 fs_const0[1];
uniform sampler2D fs_samp1[3];
void main() {
vec4 t0 = vec4(0.0);
vec4 o0 = vec4(0.0);
ivec4 a0 = ivec4(0);
ivec4 a1 = ivec4(0);
ivec4 a2 = ivec4(0);
a2.x = int(fs_const0[0].x);
switch (clamp(a2.x, 0, 2)) {
case 0: t0.xyzw = texture(fs_samp1[0], vs_g0.xy).xyzw;
break;
case 1: t0.xyzw = texture(fs_samp1[1], vs_g0.xy).xyzw;
break;
default: t0.xyzw = texture(fs_samp1[2], vs_g0.xy).xyzw;
break;
}
o0.xyzw = t0.xyzw;
fs_out0 = o0.xyzw;
}
