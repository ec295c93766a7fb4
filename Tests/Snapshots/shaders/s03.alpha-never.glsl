#version 450
in vec4 vs_g0;
in vec4 vs_c0;
layout(location=0) out vec4 fs_out0;
uniform sampler2D fs_samp0;
void main() {
vec4 t0 = vec4(0.0);
vec4 o0 = vec4(0.0);
t0.xyzw = texture(fs_samp0, vs_g0.xy).xyzw;
t0.xyz = clamp((t0.xyz + (-vs_c0.xyz)), 0.0, 1.0);
o0.xyzw = t0.xyzw;
discard;
fs_out0 = o0.xyzw;
}
