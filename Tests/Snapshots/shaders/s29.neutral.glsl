#version 450
layout(points, invocations = 4) in;
layout(points, max_vertices = 2) out;
out vec4 gs_g0;
layout(stream = 1) out vec4 gs_g1;
uniform float adjust_y;
vec4 t0 = vec4(0.0);
vec4 o0 = vec4(0.0);
vec4 o1 = vec4(0.0);
vec4 o2 = vec4(0.0);
void end_vertex() {
gl_Position = o0.xyzw;
gs_g0 = o1.xyzw;
gs_g1 = o2.xyzw;
gl_Position.y *= adjust_y;
}
void main() {
t0.xyzw = vec4(uvec4(gl_InvocationID));
o0.xyzw = gl_in[0].gl_Position.xyzw;
o1.xyzw = t0.xyzw;
end_vertex();
EmitStreamVertex(0);
o2.xyzw = gl_in[0].gl_Position.wzyx;
end_vertex();
EmitStreamVertex(1);
EndStreamPrimitive(1);
}
