#version 330
in vec4 vs_g0;
in vec4 vs_g1;
layout(location=0) out vec4 fs_out0;
uniform sampler1DArrayShadow fs_samp0;
uniform sampler2DArrayShadow fs_samp1;
void main() {
vec4 t0 = vec4(0.0);
vec4 t1 = vec4(0.0);
vec4 t2 = vec4(0.0);
vec4 t3 = vec4(0.0);
vec4 t4 = vec4(0.0);
vec4 t5 = vec4(0.0);
vec4 o0 = vec4(0.0);
t0.xyzw = vec4(textureOffset(fs_samp0, vec3(vs_g0.x, vs_g0.y, vs_g0.z), -1));
t1.xyzw = vec4(textureOffset(fs_samp0, vec3(vs_g0.x, vs_g0.y, vs_g0.z), -1, vs_g0.w));
t2.xyzw = vec4(textureLod(fs_samp0, vec3(vs_g0.x, vs_g0.y, vs_g0.z), vs_g0.w));
t3.xyzw = vec4(textureGradOffset(fs_samp1, vs_g0.xyzw, dFdx(vs_g0.xy), dFdy(vs_g0.xy), ivec2(-1, 2)));
t4.xyzw = vec4(textureGrad(fs_samp1, vs_g0.xyzw, dFdx(vs_g0.xy) * exp2(vs_g1.x), dFdy(vs_g0.xy) * exp2(vs_g1.x)));
t5.xyzw = vec4(textureGradOffset(fs_samp1, vs_g0.xyzw, vec2(exp2(vs_g1.y) / float(textureSize(fs_samp1, 0).x), 0.0), vec2(0.0, exp2(vs_g1.y) / float(textureSize(fs_samp1, 0).y)), ivec2(-1, 2)));
t0.xyzw = (t0.xyzw + t1.xyzw);
t2.xyzw = (t2.xyzw + t3.xyzw);
t4.xyzw = (t4.xyzw + t5.xyzw);
t0.xyzw = (t0.xyzw + t2.xyzw);
o0.xyzw = (t0.xyzw + t4.xyzw);
fs_out0 = o0.xyzw;
}
