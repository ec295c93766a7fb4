#version 450
layout(triangles) in;
layout(triangle_strip, max_vertices = 3) out;
in vec4 vs_g0[];
out vec4 gs_g0;
uniform float adjust_y;
uvec4 t0 = uvec4(0u);
uvec4 t1 = uvec4(0u);
uvec4 t3 = uvec4(0u);
vec4 o0 = vec4(0.0);
vec4 o1 = vec4(0.0);
uvec4 o2 = uvec4(0u);
uvec4 o3 = uvec4(0u);
ivec4 a0 = ivec4(0);
ivec4 a1 = ivec4(0);
void end_vertex() {
gl_Position = o0.xyzw;
gs_g0 = o1.xyzw;
gl_Layer = int(o2.x);
gl_ViewportIndex = int(o3.x);
gl_Position.y *= adjust_y;
}
void main() {
t0.x = 0u;
for (;;) {
t1.x = (0u - uint((t0.x >= 3u)));
if (t1.x != 0u) {
break;
}
a1.x = int(t0.x);
o0.xyzw = gl_in[a1.x].gl_Position.xyzw;
o1.xyzw = vs_g0[a1.x].xyzw;
t3.x = (uint(gl_PrimitiveIDIn) & 3u);
o2.x = t3.x;
t3.x = (uint(gl_PrimitiveIDIn) & 1u);
o3.x = t3.x;
end_vertex();
EmitVertex();
t0.x = (t0.x + 1u);
}
EndPrimitive();
}
