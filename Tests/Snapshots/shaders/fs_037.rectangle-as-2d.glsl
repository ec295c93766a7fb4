#version 450
in vec4 vs_t0;
layout(location=0) out vec4 fs_out0;
uniform sampler2DShadow fs_samp0;
void main() {
vec4 o0 = vec4(0.0);
o0.xyzw = vec4(texture(fs_samp0, vec3(vs_t0.xy / vec2(textureSize(fs_samp0, 0)), vs_t0.z)));
fs_out0 = o0.xyzw;
}
