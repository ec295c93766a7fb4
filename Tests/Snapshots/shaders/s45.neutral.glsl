#version 450
layout(lines) in;
layout(line_strip, max_vertices = 2) out;
in vec4 vs_g2[];
in vec4 vs_g3[];
in vec4 vs_g4[];
in vec4 vs_g5[];
out vec4 gs_g2;
out vec4 gs_g3;
out vec4 gs_g4;
out vec4 gs_g5;
uniform uvec4 gs_const0[1];
uniform float adjust_y;
vec4 oa[5];
ivec4 a0 = ivec4(0);
vec4 input_at(int v, int r) {
switch (r) {
case 0: return gl_in[v].gl_Position;
case 1: return vs_g2[v];
case 2: return vs_g3[v];
case 3: return vs_g4[v];
case 4: return vs_g5[v];
}
return vec4(0.0);
}
void end_vertex() {
gl_Position = oa[0].xyzw;
gs_g2 = oa[1].xyzw;
gs_g3 = oa[2].xyzw;
gs_g4 = oa[3].xyzw;
gs_g5 = oa[4].xyzw;
gl_Position.y *= adjust_y;
}
void main() {
a0.x = int(gs_const0[0].x);
oa[0].xyzw = gl_in[0].gl_Position.xyzw;
oa[clamp(a0.x + 1, 0, 4)].xyzw = input_at(0, a0.x + 1).xyzw;
end_vertex();
EmitVertex();
oa[0].xyzw = gl_in[1].gl_Position.xyzw;
oa[2].xyzw = vs_g3[1].xyzw;
end_vertex();
EmitVertex();
}
