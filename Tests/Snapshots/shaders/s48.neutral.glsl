#version 450
layout(vertices = 3) out;
uniform vec4 tess_levels[2];
void main() {
vec4 t0 = vec4(0.0);
ivec4 a0 = ivec4(0);
a0.x = int(gl_InvocationID);
gl_out[gl_InvocationID].gl_Position.xyzw = gl_in[a0.x].gl_Position.xyzw;
{ vec4 r = vec4(0.0); r.xyzw = vec4(0.0, 0.0, 0.0, 0.0); gl_out[gl_InvocationID].gl_ClipDistance[0] = r.x; gl_out[gl_InvocationID].gl_ClipDistance[1] = r.y; gl_out[gl_InvocationID].gl_ClipDistance[2] = r.z; gl_out[gl_InvocationID].gl_CullDistance[0] = r.w; }
{ vec4 r = vec4(0.0); r.x = gl_in[a0.x].gl_Position.w; gl_out[gl_InvocationID].gl_CullDistance[1] = r.x; }
{ vec4 r = vec4(0.0); r.x = float(gl_in[a0.x].gl_PointSize); gl_out[gl_InvocationID].gl_PointSize = r.x; }
{ vec4 r = vec4(0.0); r.xyzw = gl_in[a0.x].gl_Position.xyzw; }
barrier();
t0.xyzw = (vec4(gl_out[1].gl_ClipDistance[0], gl_out[1].gl_ClipDistance[1], gl_out[1].gl_ClipDistance[2], gl_out[1].gl_CullDistance[0]).xyzw + vec4(gl_out[2].gl_PointSize).xxxx);
{ vec4 r = vec4(0.0); r.xyzw = (tess_levels[0].xyzw * t0.xyzw); gl_TessLevelOuter[0] = r.x; gl_TessLevelOuter[1] = r.y; gl_TessLevelOuter[2] = r.z; gl_TessLevelOuter[3] = r.w; }
{ vec4 r = vec4(0.0); r.xy = tess_levels[1].xy; gl_TessLevelInner[0] = r.x; gl_TessLevelInner[1] = r.y; }
}
