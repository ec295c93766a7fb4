#version 320 es
precision highp float;
precision highp int;
layout(location=0) in vec4 in_0;
layout(location=1) in vec4 in_1;
out vec4 vs_g0;
out vec4 vs_g1;
out vec4 xfb0;
out vec4 xfb1;
uniform float adjust_y;
void main() {
vec4 o0 = vec4(0.0);
vec4 o1 = vec4(0.0);
vec4 o2 = vec4(0.0);
o0.xyzw = in_0.xyzw;
o1.xyzw = in_1.xyzw;
o2.xyz = in_0.yzw;
xfb0 = o0.xyzw;
xfb1 = o1.xyzw;
gl_Position = o0.xyzw;
vs_g0 = o1.xyzw;
vs_g1 = o2.xyzw;
gl_Position.y *= adjust_y;
}
