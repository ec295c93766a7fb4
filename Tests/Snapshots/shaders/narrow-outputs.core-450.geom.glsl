#version 450
layout(triangles) in;
layout(triangle_strip, max_vertices = 3) out;
in vec4 vs_g0[];
out float gs_g0;
centroid out vec2 gs_g1;
flat out vec3 gs_g2;
out vec4 gs_g3;
noperspective out vec3 gs_g4;
out vec4 gs_t0;
uniform float adjust_y;
vec4 o0 = vec4(0.0);
vec4 o1 = vec4(0.0);
vec4 o2 = vec4(0.0);
vec4 o3 = vec4(0.0);
vec4 o4 = vec4(0.0);
vec4 o5 = vec4(0.0);
vec4 o6 = vec4(0.0);
vec4 o7 = vec4(0.0);
void end_vertex() {
gl_Position = o0.xyzw;
gs_g0 = o1.x;
gs_g1 = o2.xy;
gs_g2 = o3.xyz;
gs_g3 = o4.xyzw;
gs_g4 = o5.xyz;
gs_g4 = o6.xyz;
gs_t0 = o7.xyzw;
gl_Position.y *= adjust_y;
}
void main() {
o0.xyzw = gl_in[0].gl_Position.xyzw;
o1.x = vs_g0[0].x;
o2.xy = vs_g0[0].xy;
o3.xyz = vs_g0[0].xyz;
o4.w = vs_g0[0].w;
o5.x = vs_g0[0].x;
o6.yz = vs_g0[0].yz;
o7.x = vs_g0[0].x;
end_vertex();
EmitVertex();
EndPrimitive();
}
