#version 450
in vec4 vs_g0;
in vec4 vs_c0;
in vec4 vs_b0;
layout(location=0) out vec4 fs_out0;
uniform sampler2D fs_samp0;
void main() {
vec4 i1;
vec4 t0 = vec4(0.0);
vec4 o0 = vec4(0.0);
i1 = gl_FrontFacing ? vs_c0 : vs_b0;
t0.xyzw = texture(fs_samp0, vs_g0.xy).xyzw;
t0.xyz = clamp((t0.xyz + (-i1.xyz)), 0.0, 1.0);
o0.xyzw = t0.xyzw;
fs_out0 = o0.xyzw;
}
