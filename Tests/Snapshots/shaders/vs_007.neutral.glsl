#version 450
layout(location=0) in vec4 in_0;
out vec4 vs_g0;
layout(binding=0, rg32f) readonly uniform image2D vs_img0;
uniform float adjust_y;
void main() {
uvec4 t0 = uvec4(0u);
vec4 t1 = vec4(0.0);
vec4 t2 = vec4(0.0);
vec4 t3 = vec4(0.0);
uvec4 t4 = uvec4(0u);
uvec4 t5 = uvec4(0u);
uvec4 t6 = uvec4(0u);
uvec4 t7 = uvec4(0u);
uvec4 t8 = uvec4(0u);
uvec4 t9 = uvec4(0u);
uvec4 t10 = uvec4(0u);
vec4 o0 = vec4(0.0);
vec4 o1 = vec4(0.0);
t1.xy = (in_0.xy + vec2(1.0, 1.0));
t2.xy = (t1.xy * vec2(16.0, 96.0));
t3.xy = (t2.xy / vec2(2.0, 2.0));
t4.xy = uvec2(ivec2(t3.xy));
t5.x = (t4.y << (4u & 31u));
t6.x = (t4.x + t5.x);
t0.x = (t6.x & 15u);
t7.x = uint(sign(int(t6.x)));
t8.x = uint(abs(int(t6.x)));
t9.x = (t8.x >> (4u & 31u));
t10.x = (t7.x * t9.x);
t0.y = (96u == 0u ? 0xffffffffu : t10.x % 96u);
o1.xyzw = imageLoad(vs_img0, ivec2(t0.xy)).xyzw;
o0.xyzw = in_0.xyzw;
gl_Position = o0.xyzw;
vs_g0 = o1.xyzw;
gl_Position.y *= adjust_y;
}
