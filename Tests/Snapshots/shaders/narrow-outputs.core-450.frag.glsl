#version 450
in float gs_g0;
centroid in vec2 gs_g1;
flat in vec3 gs_g2;
in vec4 gs_g3;
noperspective in vec3 gs_g4;
in vec4 gs_t0;
layout(location=0) out vec4 fs_out0;
void main() {
vec4 t0 = vec4(0.0);
vec4 t1 = vec4(0.0);
vec4 t2 = vec4(0.0);
vec4 o0 = vec4(0.0);
t0.xyzw = vec4(interpolateAtCentroid(gs_g0), 0.0, 0.0, 0.0).xyxx;
t0.xyzw = (t0.xyzw + vec4(gs_g0, 0.0, 0.0, 0.0).xxxx);
t1.xyzw = (vec4(gs_g1, 0.0, 0.0).yxwz + vec4(gs_g2, 0.0).xyzw);
t2.xyzw = (gs_g3.wwww * vec4(gs_g4, 0.0).xyzw + gs_t0.xxxx);
t0.xyzw = (t0.xyzw + t1.xyzw);
o0.xyzw = (t0.xyzw + t2.xyzw);
fs_out0 = o0.xyzw;
}
