#version 450
layout(local_size_x = 8, local_size_y = 8, local_size_z = 1) in;
layout(binding=0, r32ui) coherent uniform uimage2D cs_img0;
layout(binding=1, rgba16f) readonly uniform image2DArray cs_img1;
layout(binding=2) writeonly uniform image2D cs_img2;
void main() {
uvec4 t0 = uvec4(0u);
uvec4 t1 = uvec4(0u);
uvec4 t2 = uvec4(0u);
uvec4 t3 = uvec4(0u);
vec4 t4 = vec4(0.0);
uvec4 t9 = uvec4(0u);
t9.xyz = uvec4(gl_WorkGroupID, 0u).xyz;
t0.xy = (t9.xy * uvec2(8u, 8u) + uvec4(gl_LocalInvocationID, 0u).xy);
t0.z = 0u;
t1.xy = uvec2(ivec4(imageSize(cs_img0), 0, 1).xy);
t2.xy = (0u - uvec2(lessThan(ivec2(t0.xy), ivec2(t1.xy))));
t2.x = (t2.x & t2.y);
if (t2.x != 0u) {
t3.x = imageAtomicAdd(cs_img0, ivec2(t0.xy), 1u);
t4.xyzw = imageLoad(cs_img1, ivec3(t0.xyz)).xyzw;
imageStore(cs_img2, ivec2(t0.xy), t4.xyzw);
}
}
