#version 320 es
precision highp float;
precision highp int;
layout(std430, binding=0) buffer vs_buffer0 { uint d[]; } vs_ssbo0;
uniform float adjust_y;
void main() {
vec4 o0 = vec4(0.0);
o0.xyzw = uintBitsToFloat(uvec4(vs_ssbo0.d[(0u >> 2u)], vs_ssbo0.d[(0u >> 2u) + 1u], vs_ssbo0.d[(0u >> 2u) + 2u], vs_ssbo0.d[(0u >> 2u) + 3u]));
gl_Position = o0.xyzw;
gl_Position.y *= adjust_y;
}
