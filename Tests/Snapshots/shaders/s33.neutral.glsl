#version 450
layout(location=0) in vec4 in_0;
out float gl_ClipDistance[3];
out float gl_CullDistance[2];
uniform uvec4 vs_const0[5];
uniform float adjust_y;
void main() {
vec4 t4 = vec4(0.0);
vec4 t5 = vec4(0.0);
vec4 o0 = vec4(0.0);
vec4 o1 = vec4(0.0);
vec4 o2 = vec4(0.0);
o0.xyzw = in_0.xyzw;
t4.x = dot(in_0.xyzw, uintBitsToFloat(vs_const0[0].xyzw));
o1.xyzw = t4.xyzw;
t4.y = dot(in_0.xyzw, uintBitsToFloat(vs_const0[1].xyzw));
o1.xyzw = t4.xyzw;
t4.z = dot(in_0.xyzw, uintBitsToFloat(vs_const0[2].xyzw));
o1.xyzw = t4.xyzw;
t4.w = dot(in_0.xyzw, uintBitsToFloat(vs_const0[3].xyzw));
o1.xyzw = t4.xyzw;
t5.x = dot(in_0.xyzw, uintBitsToFloat(vs_const0[4].xyzw));
o2.xyzw = t5.xyzw;
gl_Position = o0.xyzw;
gl_ClipDistance[0] = o1.x;
gl_ClipDistance[1] = o1.y;
gl_ClipDistance[2] = o1.z;
gl_CullDistance[0] = o1.w;
gl_CullDistance[1] = o2.x;
gl_Position.y *= adjust_y;
}
