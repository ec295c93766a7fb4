#version 450
#extension GL_ARB_shader_atomic_counter_ops : require
#extension GL_ARB_shader_clock : require
layout(local_size_x = 1, local_size_y = 1, local_size_z = 1) in;
uniform uvec4 cs_const0[1];
layout(std430, binding=0) buffer cs_buffer0 { uint d[]; } cs_ssbo0;
layout(binding=0, offset=0) uniform atomic_uint counter0[1];
layout(binding=0, offset=4) uniform atomic_uint counter1[1];
void main() {
uvec4 t0 = uvec4(0u);
uvec4 t1 = uvec4(0u);
uvec4 t2 = uvec4(0u);
uvec4 t3 = uvec4(0u);
uvec4 t4 = uvec4(0u);
uvec4 t5 = uvec4(0u);
uvec4 t6 = uvec4(0u);
uvec4 t7 = uvec4(0u);
uvec4 t8 = uvec4(0u);
uvec4 t9 = uvec4(0u);
uvec4 t10 = uvec4(0u);
uvec4 t11 = uvec4(0u);
uvec4 t12 = uvec4(0u);
uvec4 t13 = uvec4(0u);
uvec4 t14 = uvec4(0u);
uvec4 t15 = uvec4(0u);
uvec4 t16 = uvec4(0u);
uvec4 t17 = uvec4(0u);
uvec4 t18 = uvec4(0u);
uvec4 t19 = uvec4(0u);
uvec4 t20 = uvec4(0u);
uvec4 t25 = uvec4(0u);
t25.xyz = uvec4(gl_WorkGroupID, 0u).xyz;
t0.xy = uvec4(clock2x32ARB(), 0u, 0u).xy;
t1.x = (0u - uint((cs_const0[0].x == 0u)));
if (t1.x != 0u) {
t2.x = (t25.x << (3u & 31u));
cs_ssbo0.d[(t2.x >> 2u)] = t0.x;
cs_ssbo0.d[(t2.x >> 2u) + 1u] = t0.y;
} else {
t3.x = (t25.x << (3u & 31u));
t4.xy = uvec2(cs_ssbo0.d[(t3.x >> 2u)], cs_ssbo0.d[(t3.x >> 2u) + 1u]);
t5.xy = uvec2(-ivec2(t4.yx));
t6.xy = (t0.yx + t5.xy);
t7.x = (0u - uint((int(t6.x) < 0)));
t8.xy = (0u - uvec2(lessThan(ivec2(0, 0), ivec2(t6.xy))));
t9.x = uint(t7.x != 0u ? 0u : t8.y);
t10.x = (t8.x | t9.x);
if (t10.x != 0u) {
t11.x = atomicCounterIncrement(counter0[0]);
}
}
t12.xy = uvec4(clock2x32ARB(), 0u, 0u).xy;
t13.xy = uvec2(-ivec2(t0.yx));
t14.xy = (t12.yx + t13.xy);
t15.x = (0u - uint((int(t14.x) < 0)));
t16.xy = (0u - uvec2(lessThan(ivec2(0, 0), ivec2(t14.xy))));
t17.x = uint(t15.x != 0u ? 0u : t16.y);
t18.x = (t16.x | t17.x);
t19.x = ~t18.x;
if (t19.x != 0u) {
t20.x = atomicCounterIncrement(counter1[0]);
}
}
