#version 320 es
precision highp float;
precision highp int;
layout(local_size_x = 64, local_size_y = 1, local_size_z = 1) in;
uniform uvec4 cs_const0[1];
layout(std430, binding=0) coherent buffer cs_buffer0 { uint d[]; } cs_ssbo0[2];
void main() {
uvec4 t0 = uvec4(0u);
uvec4 t1 = uvec4(0u);
uvec4 t2 = uvec4(0u);
uvec4 t3 = uvec4(0u);
ivec4 a0 = ivec4(0);
ivec4 a1 = ivec4(0);
ivec4 a2 = ivec4(0);
t0.x = (uvec4(gl_LocalInvocationID, 0u).x << (4u & 31u));
t1.xyz = uvec3(cs_ssbo0[0].d[(t0.x >> 2u)], cs_ssbo0[0].d[(t0.x >> 2u) + 1u], cs_ssbo0[0].d[(t0.x >> 2u) + 2u]);
a2.x = int(cs_const0[0].x);
switch (clamp(a2.x, 0, 1)) {
case 0: cs_ssbo0[0].d[(t0.x >> 2u)] = t1.x;
cs_ssbo0[0].d[(t0.x >> 2u) + 1u] = t1.y;
break;
default: cs_ssbo0[1].d[(t0.x >> 2u)] = t1.x;
cs_ssbo0[1].d[(t0.x >> 2u) + 1u] = t1.y;
break;
}
t2.x = atomicMax(cs_ssbo0[1].d[(16u >> 2u)], t1.x);
t3.x = uint(int(cs_ssbo0[0].d.length() * 4));
t3.x = (0u - uint((t0.x < t3.x)));
if (t3.x != 0u) {
t2.x = atomicExchange(cs_ssbo0[0].d[(t0.x >> 2u)], 7u);
}
}
