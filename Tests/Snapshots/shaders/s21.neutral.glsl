#version 450
layout(location=0) out vec4 fs_out0;
uniform sampler2D fs_samp0;
uniform isampler2DMS fs_samp1;
uniform usamplerBuffer fs_samp2;
void main() {
uvec4 t0 = uvec4(0u);
vec4 t1 = vec4(0.0);
uvec4 t2 = uvec4(0u);
uvec4 t3 = uvec4(0u);
uvec4 t4 = uvec4(0u);
uvec4 t5 = uvec4(0u);
vec4 o0 = vec4(0.0);
t0.xy = uvec2(ivec2(gl_FragCoord.xy));
t0.w = 1u;
t1.xyzw = texelFetch(fs_samp0, ivec2(t0.xy), int(t0.w)).xyzw;
t0.w = 2u;
t2.xyzw = uvec4(texelFetch(fs_samp1, ivec2(t0.xy), int(t0.w)).xyzw);
t2.xyzw = floatBitsToUint(vec4(ivec4(t2.xyzw)));
t3.xyzw = texelFetch(fs_samp2, int(t0.x)).xyzw;
t3.xyzw = floatBitsToUint(vec4(t3.xyzw));
t5.xyzw = uvec4(0u, 1u, 2u, 0u);
t4.xy = uvec2(ivec4(textureSize(fs_samp0, int(t5.x)), 0, textureQueryLevels(fs_samp0)).xy);
t4.w = uint(ivec4(textureSize(fs_samp0, int(t5.x)), 0, textureQueryLevels(fs_samp0)).w);
t4.z = uint(int(textureSamples(fs_samp1)));
t4.xyzw = floatBitsToUint(vec4(ivec4(t4.xyzw)));
t1.xyzw = (t1.xyzw + uintBitsToFloat(t2.xyzw));
t3.xyzw = floatBitsToUint((uintBitsToFloat(t3.xyzw) + uintBitsToFloat(t4.xyzw)));
o0.xyzw = (t1.xyzw + uintBitsToFloat(t3.xyzw));
fs_out0 = o0.xyzw;
}
