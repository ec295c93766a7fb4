#version 450
layout(triangles, fractional_odd_spacing, cw) in;
in vec4 tc_g0[];
patch in vec4 tc_p0;
out vec4 te_g0;
uniform float adjust_y;
void main() {
vec4 t0 = vec4(0.0);
vec4 t1 = vec4(0.0);
vec4 o0 = vec4(0.0);
vec4 o1 = vec4(0.0);
t0.xyzw = (gl_in[0].gl_Position.xyzw * vec4(gl_TessCoord, 0.0).xxxx);
t0.xyzw = (gl_in[1].gl_Position.xyzw * vec4(gl_TessCoord, 0.0).yyyy + t0.xyzw);
o0.xyzw = (gl_in[2].gl_Position.xyzw * vec4(gl_TessCoord, 0.0).zzzz + t0.xyzw);
t1.xyzw = (tc_g0[0].xyzw * vec4(gl_TessLevelOuter[0], gl_TessLevelOuter[1], gl_TessLevelOuter[2], gl_TessLevelOuter[3]).wwww);
o1.xyzw = (t1.xyzw + tc_p0.xyzw);
gl_Position = o0.xyzw;
te_g0 = o1.xyzw;
gl_Position.y *= adjust_y;
}
