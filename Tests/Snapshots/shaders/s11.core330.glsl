#version 330
layout(origin_upper_left, pixel_center_integer) in vec4 gl_FragCoord;
layout(location=0) out vec4 fs_out0;
void main() {
vec4 i1;
vec4 i2;
vec4 t0 = vec4(0.0);
vec4 o0 = vec4(0.0);
i1 = vec4(gl_FrontFacing ? 1.0 : -1.0);
i2 = vec4(gl_PointCoord, 0.0, 1.0);
t0.x = float((i1.x >= 0.0));
t0.yz = (gl_FragCoord.xy * vec2(0.5, 0.5));
t0.w = i2.x;
o0.xyzw = t0.xyzw;
fs_out0 = o0.xyzw;
}
