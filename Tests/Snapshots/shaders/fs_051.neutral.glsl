#version 450
in vec4 vs_g0;
layout(location=0) out vec4 fs_out0;
uniform sampler2DRect fs_samp0;
void main() {
vec4 t0 = vec4(0.0);
uvec4 t1 = uvec4(0u);
uvec4 t2 = uvec4(0u);
vec4 t3 = vec4(0.0);
vec4 t4 = vec4(0.0);
vec4 t5 = vec4(0.0);
uvec4 t6 = uvec4(0u);
uvec4 t7 = uvec4(0u);
vec4 t8 = vec4(0.0);
vec4 t9 = vec4(0.0);
vec4 o0 = vec4(0.0);
t4.xy = fract(vs_g0.xy);
t5.xy = (t4.xy * vec2((-1.0), (-1.0)) + vs_g0.xy);
t1.x = 0u;
t0.xyzw = vec4(0.0, 0.0, 0.0, 0.0);
for (;;) {
t6.x = (0u - uint((int(t1.x) >= 16)));
if (t6.x != 0u) {
break;
}
t2.x = 0u;
for (;;) {
t7.x = (0u - uint((int(t2.x) >= 16)));
if (t7.x != 0u) {
break;
}
t3.x = float(int(t1.x));
t3.y = float(int(t2.x));
t8.xy = (t5.xy * vec2(16.0, 16.0) + t3.xy);
t9.xyzw = texture(fs_samp0, t8.xy).xyzw;
t0.xyzw = (t0.xyzw + t9.xyzw);
t2.x = (t2.x + 1u);
}
t1.x = (t1.x + 1u);
}
o0.xyzw = (t0.xyzw / vec4(256.0, 256.0, 256.0, 256.0));
fs_out0 = o0.xyzw;
}
