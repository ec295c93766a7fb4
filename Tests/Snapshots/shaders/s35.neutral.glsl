#version 450
layout(location=0) in vec4 in_0;
uniform uvec4 vs_const0[1];
uniform float adjust_y;
void main() {
uvec4 t0 = uvec4(0u);
uvec4 t1 = uvec4(0u);
uvec4 t2 = uvec4(0u);
uvec4 t3 = uvec4(0u);
uvec4 t4 = uvec4(0u);
uvec4 t5 = uvec4(0u);
uvec4 o0 = uvec4(0u);
t0.xy = unpackDouble2x32(double(in_0.x)).xy;
t4.xy = t0.xy;
t5.xy = vs_const0[0].xy;
t1.xy = unpackDouble2x32(packDouble2x32(t4.xy) * packDouble2x32(t5.xy)).xy;
t4.xy = t1.xy;
t5.xy = uvec2(0u, 1071644672u);
t1.zw = unpackDouble2x32(packDouble2x32(t4.xy) + packDouble2x32(t5.xy)).xy;
t4.xy = t1.zw;
t2.x = floatBitsToUint(float(packDouble2x32(t4.xy)));
t4.xy = t1.xy;
t5.xy = t1.zw;
t3.x = (packDouble2x32(t4.xy) < packDouble2x32(t5.xy) ? 0xffffffffu : 0u);
t3.x = (t3.x & 1071644672u);
o0.xyz = t2.xxx;
o0.w = t3.x;
gl_Position = uintBitsToFloat(o0.xyzw);
gl_Position.y *= adjust_y;
}
