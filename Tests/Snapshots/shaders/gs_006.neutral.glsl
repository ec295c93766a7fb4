#version 450
layout(triangles) in;
layout(triangle_strip, max_vertices = 3) out;
in vec4 vs_g0[];
out float gs_g0;
out float gl_ClipDistance[8];
uniform float adjust_y;
uvec4 t12 = uvec4(0u);
uvec4 t13 = uvec4(0u);
uvec4 t14 = uvec4(0u);
uvec4 t15 = uvec4(0u);
vec4 t16 = vec4(0.0);
uvec4 t17 = uvec4(0u);
uvec4 t18 = uvec4(0u);
uvec4 t19 = uvec4(0u);
vec4 t20 = vec4(0.0);
uvec4 t21 = uvec4(0u);
uvec4 t22 = uvec4(0u);
uvec4 t23 = uvec4(0u);
vec4 t24 = vec4(0.0);
uvec4 t25 = uvec4(0u);
uvec4 t26 = uvec4(0u);
vec4 t27 = vec4(0.0);
vec4 t32 = vec4(0.0);
vec4 t33 = vec4(0.0);
vec4 ta0[3];
vec4 ta1[6];
vec4 ta2[3];
vec4 o0 = vec4(0.0);
vec4 o1 = vec4(0.0);
vec4 o2 = vec4(0.0);
vec4 o3 = vec4(0.0);
ivec4 a0 = ivec4(0);
void end_vertex() {
gl_Position = o0.xyzw;
gs_g0 = o3.x;
gl_ClipDistance[0] = o1.x;
gl_ClipDistance[1] = o1.y;
gl_ClipDistance[2] = o1.z;
gl_ClipDistance[3] = o1.w;
gl_ClipDistance[4] = o2.x;
gl_ClipDistance[5] = o2.y;
gl_ClipDistance[6] = o2.z;
gl_ClipDistance[7] = o2.w;
gl_Position.y *= adjust_y;
}
void main() {
ta0[0].xyzw = gl_in[0].gl_Position.xyzw;
ta0[1].xyzw = gl_in[1].gl_Position.xyzw;
ta0[2].xyzw = gl_in[2].gl_Position.xyzw;
ta1[0].xyzw = vec4(0.0, 0.0, 0.0, 0.0);
ta1[1].xyzw = vec4(0.0, 0.0, 0.0, 0.0);
ta1[2].xyzw = vec4(0.0, 0.0, 0.0, 0.0);
ta1[3].xyzw = vec4(0.0, 0.0, 0.0, 0.0);
ta1[4].xyzw = vec4(0.0, 0.0, 0.0, 0.0);
ta1[5].xyzw = vec4(0.0, 0.0, 0.0, 0.0);
ta2[0].x = vs_g0[0].x;
ta2[1].x = vs_g0[1].x;
ta2[2].x = vs_g0[2].x;
t12.x = 0u;
for (;;) {
t13.x = (0u - uint((int(t12.x) >= 3)));
if (t13.x != 0u) {
break;
}
t14.x = t12.x;
t15.x = (0u + t14.x);
a0.x = int(t15.x);
t16.xyzw = ta0[clamp(a0.x, 0, 2)].xyzw;
t17.x = t12.x;
t18.x = (t17.x << (1u & 31u));
t19.x = (0u + t18.x);
a0.x = int(t19.x);
t20.xyzw = ta1[clamp(a0.x, 0, 5)].xyzw;
t21.x = t12.x;
t22.x = (t21.x << (1u & 31u));
t23.x = (1u + t22.x);
a0.x = int(t23.x);
t24.xyzw = ta1[clamp(a0.x, 0, 5)].xyzw;
t25.x = t12.x;
t26.x = (0u + t25.x);
a0.x = int(t26.x);
t27.x = ta2[clamp(a0.x, 0, 2)].x;
t32.xyzw = t20.xyzw;
o1.xyzw = t32.xyzw;
t33.xyzw = t24.xyzw;
o2.xyzw = t33.xyzw;
o0.xyzw = t16.xyzw;
o3.x = t27.x;
end_vertex();
EmitVertex();
t12.x = (t12.x + 1u);
}
}
