#version 450
in vec4 vs_g0;
in vec4 vs_c0;
layout(location=0) out vec4 fs_out0;
uniform sampler2D fs_samp0;
layout(std140) uniform VirglHelper { vec4 clip_planes[8]; uvec4 stipple_rows[8]; };
void main() {
vec4 t0 = vec4(0.0);
vec4 o0 = vec4(0.0);
t0.xyzw = texture(fs_samp0, vs_g0.xy).xyzw;
t0.xyz = clamp((t0.xyz + (-vs_c0.xyz)), 0.0, 1.0);
o0.xyzw = t0.xyzw;
{
uint row = uint(gl_FragCoord.y) & 31u;
if ((stipple_rows[row >> 2u][row & 3u] >> (31u - (uint(gl_FragCoord.x) & 31u)) & 1u) == 0u) discard;
}
fs_out0 = o0.xyzw;
}
