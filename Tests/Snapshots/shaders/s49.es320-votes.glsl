#version 320 es
#extension GL_EXT_shader_group_vote : require
precision highp float;
precision highp int;
in vec4 vs_g0;
layout(location=0) out highp vec4 fs_out0;
void main() {
uvec4 t0 = uvec4(0u);
uvec4 t1 = uvec4(0u);
uvec4 o0 = uvec4(0u);
t0.xyzw = (0u - uvec4(greaterThanEqual(vs_g0.xyzw, vec4(0.5, 0.5, 0.5, 0.5))));
t1.x = (0u - uint(allInvocationsEXT(t0.x != 0u)));
t1.yz = (0u - uvec2(anyInvocationEXT(t0.y != 0u)));
t1.w = (0u - uint(allInvocationsEqualEXT(t0.z != 0u)));
o0.xyzw = (t1.xyzw & uvec4(1065353216u, 1065353216u, 1065353216u, 1065353216u));
fs_out0 = uintBitsToFloat(o0.xyzw);
}
