#version 320 es
precision highp float;
precision highp int;
layout(location=0) out highp vec4 fs_out0;
uniform float adjust_y;
void main() {
vec4 i0;
vec4 i1;
vec4 i2;
vec4 t0 = vec4(0.0);
vec4 o0 = vec4(0.0);
i0 = vec4(gl_FragCoord.xy - 0.5, gl_FragCoord.zw);
i1 = vec4(gl_FrontFacing ? 1.0 : -1.0);
i2 = vec4(gl_PointCoord.x, adjust_y > 0.0 ? gl_PointCoord.y : 1.0 - gl_PointCoord.y, 0.0, 1.0);
t0.x = float((i1.x >= 0.0));
t0.yz = (i0.xy * vec2(0.5, 0.5));
t0.w = i2.x;
o0.xyzw = t0.xyzw;
fs_out0 = o0.xyzw;
}
