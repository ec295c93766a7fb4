#version 450
#extension GL_ARB_shader_stencil_export : require
in vec4 vs_g0;
layout(depth_greater) out float gl_FragDepth;
layout(location=0) out vec4 fs_out0;
void main() {
uvec4 t1 = uvec4(0u);
vec4 o0 = vec4(0.0);
uvec4 o1 = uvec4(0u);
vec4 o2 = vec4(0.0);
uvec4 o3 = uvec4(0u);
o0.z = vs_g0.x;
o1.y = 5u;
t1.x = uint(int(vs_g0.y));
o3.x = t1.x;
o2.xyzw = vs_g0.zzzz;
fs_out0 = o2.xyzw;
gl_FragDepth = o0.z;
gl_FragStencilRefARB = int(o1.y);
gl_SampleMask[0] = int(o3.x);
}
