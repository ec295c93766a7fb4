#version 450
layout(location=0) in vec4 in_0;
layout(location=1) in vec4 in_1;
out vec4 vs_g0;
out float gl_ClipDistance[6];
uniform uvec4 vs_const0[4];
layout(std140) uniform VirglHelper { vec4 clip_planes[8]; uvec4 stipple_rows[8]; };
uniform float adjust_y;
void main() {
vec4 t0 = vec4(0.0);
vec4 o0 = vec4(0.0);
vec4 o1 = vec4(0.0);
t0.xyzw = (uintBitsToFloat(vs_const0[0].xyzw) * in_0.xxxx);
t0.xyzw = (uintBitsToFloat(vs_const0[1].xyzw) * in_0.yyyy + t0.xyzw);
t0.xyzw = (uintBitsToFloat(vs_const0[2].xyzw) * in_0.zzzz + t0.xyzw);
o0.xyzw = (uintBitsToFloat(vs_const0[3].xyzw) * in_0.wwww + t0.xyzw);
o1.xyzw = in_1.xyzw;
gl_Position = o0.xyzw;
vs_g0 = o1.xyzw;
gl_ClipDistance[0] = dot(o0.xyzw, clip_planes[0]);
gl_ClipDistance[1] = dot(o0.xyzw, clip_planes[1]);
gl_ClipDistance[2] = dot(o0.xyzw, clip_planes[2]);
gl_ClipDistance[3] = dot(o0.xyzw, clip_planes[3]);
gl_ClipDistance[4] = dot(o0.xyzw, clip_planes[4]);
gl_ClipDistance[5] = dot(o0.xyzw, clip_planes[5]);
gl_Position.y *= adjust_y;
}
