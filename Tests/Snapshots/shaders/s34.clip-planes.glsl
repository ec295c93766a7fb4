#version 450
layout(location=0) in vec4 in_0;
layout(location=1) in vec4 in_1;
layout(location=2) in vec4 in_2;
out vec4 vs_c0;
out vec4 vs_b0;
out float gl_ClipDistance[2];
layout(std140) uniform VirglHelper { vec4 clip_planes[8]; uvec4 stipple_rows[8]; };
uniform float adjust_y;
void main() {
vec4 t4 = vec4(0.0);
vec4 t5 = vec4(0.0);
vec4 o0 = vec4(0.0);
vec4 o1 = vec4(0.0);
vec4 o2 = vec4(0.0);
vec4 o3 = vec4(0.0);
o0.xyzw = in_0.xyzw;
t4.xyzw = in_1.xyzw;
o1.xyzw = t4.xyzw;
o2.xyzw = in_1.zyxw;
t5.xyzw = in_2.xyzw;
o3.xyzw = t5.xyzw;
gl_Position = o0.xyzw;
vs_c0 = o1.xyzw;
vs_b0 = o2.xyzw;
gl_ClipDistance[0] = dot(o3.xyzw, clip_planes[0]);
gl_ClipDistance[1] = dot(o3.xyzw, clip_planes[1]);
gl_Position.y *= adjust_y;
}
