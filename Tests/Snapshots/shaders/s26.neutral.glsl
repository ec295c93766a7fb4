#version 450
#extension GL_ARB_shader_atomic_counter_ops : require
layout(location=0) out vec4 fs_out0;
uniform uvec4 fs_const0[1];
layout(binding=0, offset=0) uniform atomic_uint counter0[1];
layout(binding=1, offset=8) uniform atomic_uint counter1[4];
void main() {
uvec4 t0 = uvec4(0u);
vec4 t1 = vec4(0.0);
vec4 o0 = vec4(0.0);
ivec4 a0 = ivec4(0);
ivec4 a1 = ivec4(0);
ivec4 a2 = ivec4(0);
t0.x = atomicCounterIncrement(counter0[0]);
t0.y = atomicCounterDecrement(counter0[0]) + 1u;
a2.x = int(fs_const0[0].x);
t0.z = atomicCounter(counter1[clamp(a2.x, 0, 3)]);
t0.w = atomicCounterAddARB(counter1[3], 5u);
t1.xyzw = vec4(t0.xyzw);
o0.xyzw = t1.xyzw;
fs_out0 = o0.xyzw;
}
