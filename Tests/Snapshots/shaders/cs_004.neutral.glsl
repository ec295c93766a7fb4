#version 450
#extension GL_ARB_shader_atomic_counter_ops : require
layout(local_size_x = 32, local_size_y = 1, local_size_z = 1) in;
shared uint cs_shared[1024];
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
t2.x = (0u - uint((uvec4(gl_LocalInvocationID, 0u).x == 0u)));
if (t2.x != 0u) {
cs_shared[min((0u >> 2u) + 0u, 1023u)] = 0u;
cs_shared[min((4u >> 2u) + 0u, 1023u)] = 0u;
}
memoryBarrier();
barrier();
t0.x = uint(cs_shared[min((0u >> 2u) + 0u, 1023u)]);
for (;;) {
t3.x = (t0.x + 4u);
t1.x = atomicCompSwap(cs_shared[min((0u >> 2u) + 0u, 1023u)], t0.x, t3.x);
t4.x = (0u - uint((t1.x == t0.x)));
if (t4.x != 0u) {
break;
}
t0.x = t1.x;
}
t5.x = (t1.x >> (2u & 31u));
t6.x = (1u << (t5.x & 31u));
t7.x = (0u - uint((t5.x < 32u)));
if (t7.x != 0u) {
t8.x = atomicOr(cs_shared[min((4u >> 2u) + 0u, 1023u)], t6.x);
t9.x = (t8.x & t6.x);
t10.x = (0u - uint((t9.x != 0u)));
if (t10.x != 0u) {
t11.x = atomicCounterIncrement(counter1[0]);
}
t12.x = (t8.x | t6.x);
t13.x = (0u - uint((t12.x == 4294967295u)));
if (t13.x != 0u) {
t14.x = atomicCounterIncrement(counter0[0]);
}
} else {
t15.x = atomicCounterIncrement(counter1[0]);
}
}
