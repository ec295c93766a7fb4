#version 450
layout(vertices = 6) out;
patch out vec4 tc_p0;
patch out vec4 tc_p1;
patch out vec4 tc_p2;
patch out vec4 tc_p3;
patch out vec4 tc_p4;
patch out vec4 tc_p5;
patch out vec4 tc_p6;
vec4 output_at(int v, int r) {
switch (r) {
case 0: return gl_out[v].gl_Position;
case 3: return tc_p0;
case 4: return tc_p1;
case 5: return tc_p2;
case 6: return tc_p3;
case 7: return tc_p4;
case 8: return tc_p5;
case 9: return tc_p6;
}
return vec4(0.0);
}
void output_set(int r, vec4 s, bvec4 m) {
switch (r) {
case 0: if (m.x) gl_out[gl_InvocationID].gl_Position.x = s.x; if (m.y) gl_out[gl_InvocationID].gl_Position.y = s.y; if (m.z) gl_out[gl_InvocationID].gl_Position.z = s.z; if (m.w) gl_out[gl_InvocationID].gl_Position.w = s.w; break;
case 3: if (m.x) tc_p0.x = s.x; if (m.y) tc_p0.y = s.y; if (m.z) tc_p0.z = s.z; if (m.w) tc_p0.w = s.w; break;
case 4: if (m.x) tc_p1.x = s.x; if (m.y) tc_p1.y = s.y; if (m.z) tc_p1.z = s.z; if (m.w) tc_p1.w = s.w; break;
case 5: if (m.x) tc_p2.x = s.x; if (m.y) tc_p2.y = s.y; if (m.z) tc_p2.z = s.z; if (m.w) tc_p2.w = s.w; break;
case 6: if (m.x) tc_p3.x = s.x; if (m.y) tc_p3.y = s.y; if (m.z) tc_p3.z = s.z; if (m.w) tc_p3.w = s.w; break;
case 7: if (m.x) tc_p4.x = s.x; if (m.y) tc_p4.y = s.y; if (m.z) tc_p4.z = s.z; if (m.w) tc_p4.w = s.w; break;
case 8: if (m.x) tc_p5.x = s.x; if (m.y) tc_p5.y = s.y; if (m.z) tc_p5.z = s.z; if (m.w) tc_p5.w = s.w; break;
case 9: if (m.x) tc_p6.x = s.x; if (m.y) tc_p6.y = s.y; if (m.z) tc_p6.z = s.z; if (m.w) tc_p6.w = s.w; break;
}
}
void main() {
uvec4 t0 = uvec4(0u);
vec4 t1 = vec4(0.0);
uvec4 t2 = uvec4(0u);
uvec4 t3 = uvec4(0u);
uvec4 t4 = uvec4(0u);
uvec4 t5 = uvec4(0u);
uvec4 t6 = uvec4(0u);
uvec4 t7 = uvec4(0u);
ivec4 a0 = ivec4(0);
ivec4 a1 = ivec4(0);
a1.x = int(gl_InvocationID);
t1.xyzw = gl_in[a1.x].gl_Position.xyzw;
a1.x = int(gl_InvocationID);
gl_out[gl_InvocationID].gl_Position.xyzw = t1.xyzw;
t2.x = (0u - uint((int(gl_InvocationID) < 6)));
if (t2.x != 0u) {
a0.x = int(gl_InvocationID);
{ vec4 r = vec4(0.0); r.x = intBitsToFloat(int(gl_InvocationID)); output_set(a0.x + 3, r, bvec4(true, false, false, false)); }
}
tc_p6.xyzw = vec4(0.0, 1.0, 0.0, 1.0);
barrier();
barrier();
t0.x = 0u;
for (;;) {
t3.x = (0u - uint((int(t0.x) >= 6)));
if (t3.x != 0u) {
break;
}
t4.x = (t0.x + uint(gl_InvocationID));
t5.x = (6u == 0u ? 0xffffffffu : t4.x % 6u);
a0.x = int(t5.x);
t6.x = floatBitsToUint(output_at(gl_InvocationID, a0.x + 3).x);
t7.x = (0u - uint((t6.x != t5.x)));
if (t7.x != 0u) {
tc_p6.xyzw = vec4(1.0, 0.0, 0.0, 1.0);
}
t0.x = (t0.x + 1u);
}
{ vec4 r = vec4(0.0); r.x = 1.0; gl_TessLevelOuter[0] = r.x; }
{ vec4 r = vec4(0.0); r.y = 1.0; gl_TessLevelOuter[1] = r.y; }
{ vec4 r = vec4(0.0); r.z = 1.0; gl_TessLevelOuter[2] = r.z; }
{ vec4 r = vec4(0.0); r.w = 0.0; gl_TessLevelOuter[3] = r.w; }
{ vec4 r = vec4(0.0); r.x = 0.0; gl_TessLevelInner[0] = r.x; }
{ vec4 r = vec4(0.0); r.y = 0.0; gl_TessLevelInner[1] = r.y; }
}
