#version 320 es
precision highp float;
precision highp int;
layout(location=0) out highp vec4 fs_out0;
uniform uvec4 fs_const0[3];
layout(binding=0, rgba32f) writeonly uniform highp image2D fs_img0[2];
void main() {
vec4 t0 = vec4(0.0);
uvec4 t1 = uvec4(0u);
uvec4 o0 = uvec4(0u);
ivec4 a0 = ivec4(0);
ivec4 a1 = ivec4(0);
ivec4 a2 = ivec4(0);
t0.y = (gl_FragCoord.y * uintBitsToFloat(fs_const0[2].z) + uintBitsToFloat(fs_const0[2].w));
t0.x = gl_FragCoord.x;
t1.xy = uvec2(ivec2(t0.xy));
a2.x = int(fs_const0[1].x);
switch (clamp(a2.x, 0, 1)) {
case 0: imageStore(fs_img0[0], ivec2(t1.xy), uintBitsToFloat(fs_const0[0].xyzw));
break;
default: imageStore(fs_img0[1], ivec2(t1.xy), uintBitsToFloat(fs_const0[0].xyzw));
break;
}
o0.xyzw = uvec4(0u, 0u, 0u, 1065353216u);
fs_out0 = uintBitsToFloat(o0.xyzw);
}
