#version 450
in vec4 vs_g0;
in vec4 vs_g1;
layout(location=0) out vec4 fs_out0;
uniform sampler2DShadow fs_samp0;
uniform sampler2DArrayShadow fs_samp1;
uniform samplerCubeShadow fs_samp2;
uniform samplerCubeArrayShadow fs_samp3;
void main() {
vec4 t0 = vec4(0.0);
vec4 o0 = vec4(0.0);
{ vec4 s = vec4(texture(fs_samp0, vec3(vs_g0.xy, vs_g0.z))); t0.x = float(s.x);
}
t0.y = float(texture(fs_samp1, vs_g0.xyzw));
t0.z = float(texture(fs_samp2, vs_g0.xyzw, vs_g1.x));
t0.w = float(texture(fs_samp3, vs_g0.xyzw, vs_g1.y));
o0.xyzw = t0.xyzw;
fs_out0 = o0.xyzw;
}
