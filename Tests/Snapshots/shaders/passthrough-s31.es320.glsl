#version 320 es
#extension GL_EXT_tessellation_point_size : require
precision highp float;
precision highp int;
layout(vertices = 4) out;
in vec4 vs_g0[];
out vec4 tc_g0[];
uniform vec4 tess_levels[2];
void main() {
ivec4 a0 = ivec4(0);
a0.x = int(gl_InvocationID);
gl_out[gl_InvocationID].gl_Position.xyzw = gl_in[a0.x].gl_Position.xyzw;
{ vec4 r = vec4(0.0); r.xyzw = vec4(gl_in[a0.x].gl_PointSize); gl_out[gl_InvocationID].gl_PointSize = r.x; }
tc_g0[gl_InvocationID].xyzw = vs_g0[a0.x].xyzw;
{ vec4 r = vec4(0.0); r.xyzw = tess_levels[0].xyzw; gl_TessLevelOuter[0] = r.x; gl_TessLevelOuter[1] = r.y; gl_TessLevelOuter[2] = r.z; gl_TessLevelOuter[3] = r.w; }
{ vec4 r = vec4(0.0); r.xy = tess_levels[1].xy; gl_TessLevelInner[0] = r.x; gl_TessLevelInner[1] = r.y; }
}
