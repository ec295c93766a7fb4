#version 450
layout(origin_upper_left) in vec4 gl_FragCoord;
layout(location=0) out vec4 fs_out0;
uniform uvec4 fs_const0[1];
layout(binding=0, rgba32f) uniform image2DRect fs_img0;
void main() {
vec4 t0 = vec4(0.0);
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
vec4 o0 = vec4(0.0);
t0.y = (gl_FragCoord.y * uintBitsToFloat(fs_const0[0].z) + uintBitsToFloat(fs_const0[0].w));
t0.x = gl_FragCoord.x;
t3.xy = uvec2(ivec2(t0.xy));
t4.x = (t3.y << (4u & 31u));
t5.x = (t3.x + t4.x);
t6.x = (t5.x & 15u);
t7.x = uint(sign(int(t5.x)));
t8.x = uint(abs(int(t5.x)));
t9.x = (t8.x >> (4u & 31u));
t10.x = (t7.x * t9.x);
t11.x = (96u == 0u ? 0xffffffffu : t10.x % 96u);
t1.x = t6.x;
t1.y = t11.x;
o0.xyzw = imageLoad(fs_img0, ivec2(t1.xy)).xyzw;
t2.x = t6.x;
t2.y = t11.x;
imageStore(fs_img0, ivec2(t2.xy), vec4(33.0, 33.0, 33.0, 33.0));
fs_out0 = o0.xyzw;
}
