// Scenes of WebGL 1. Each takes a context of its own, already with the viewport of its canvas.
import * as g from "./gl.js";

const litVertex = `
attribute vec3 position, normal;
attribute vec2 coordinate;
uniform mat4 camera, model;
varying vec3 facing;
varying vec2 place;
void main() {
  facing = mat3(model) * normal;
  place = coordinate;
  gl_Position = camera * model * vec4(position, 1.0);
}`;

const litFragment = `
precision highp float;
uniform sampler2D picture;
varying vec3 facing;
varying vec2 place;
void main() {
  float light = 0.25 + 0.75 * max(0.0, dot(normalize(facing), normalize(vec3(0.4, 0.7, 0.6))));
  gl_FragColor = vec4(texture2D(picture, place).rgb * light, 1.0);
}`;

const screenVertex = `
attribute vec2 position;
varying vec2 place;
void main() { place = position * 0.5 + 0.5; gl_Position = vec4(position, 0.0, 1.0); }`;

const camera = g.multiply(g.perspective(0.9, 4 / 3, 1, 30), g.translation(0, 0, -7));

function drawCubes(gl, linked) {
  g.attributes(gl, linked, g.cube(), g.cubeLayout);
  gl.enable(gl.DEPTH_TEST);
  gl.enable(gl.CULL_FACE);
  for (let i = 0; i < 5; i++) {
    const model = g.multiply(g.translation((i - 2) * 1.5, Math.sin(i * 1.7), -i), g.rotation(0.5 + i, 0.8 - i));
    g.uniforms(gl, linked, { camera, model });
    gl.drawArrays(gl.TRIANGLES, 0, 36);
  }
}

/// Blending, scissor and colour mask.
export function blending(gl) {
  const linked = g.program(gl, `
    attribute vec2 position;
    attribute vec4 colour;
    varying vec4 shade;
    void main() { shade = colour; gl_Position = vec4(position, 0.0, 1.0); }`,
  "precision mediump float; varying vec4 shade; void main() { gl_FragColor = shade; }");
  gl.clearColor(0.1, 0.1, 0.3, 1);
  gl.clear(gl.COLOR_BUFFER_BIT);
  g.attributes(gl, linked, new Float32Array([
    -0.9, -0.8, 1, 0, 0, 1, 0.5, -0.8, 0, 1, 0, 0.5, -0.2, 0.9, 0, 0, 1, 0.2,
    -0.4, -0.5, 1, 1, 0, 0.5, 0.9, -0.6, 0, 1, 1, 0.5, 0.4, 0.7, 1, 0, 1, 0.8]), { position: 2, colour: 4 });
  gl.enable(gl.BLEND);
  gl.blendFuncSeparate(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA, gl.ONE, gl.ONE);
  gl.drawArrays(gl.TRIANGLES, 0, 3);
  gl.blendEquation(gl.FUNC_REVERSE_SUBTRACT);
  gl.blendFunc(gl.ONE, gl.ONE);
  gl.enable(gl.SCISSOR_TEST);
  gl.scissor(60, 20, 90, 70);
  gl.drawArrays(gl.TRIANGLES, 3, 3);
  gl.colorMask(true, false, true, true);
  gl.scissor(10, 90, 40, 40);
  gl.clearColor(0.9, 0.9, 0.1, 1);
  gl.clear(gl.COLOR_BUFFER_BIT);
  gl.colorMask(true, true, true, true);
}

/// Depth, culling, a mipmapped texture.
export function textured(gl) {
  const linked = g.program(gl, litVertex, litFragment);
  gl.clearColor(0.2, 0.25, 0.3, 1);
  gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
  g.texture2D(gl, 128, 128, g.pattern(128, 128), {
    TEXTURE_MIN_FILTER: "LINEAR_MIPMAP_LINEAR", TEXTURE_MAG_FILTER: "LINEAR", TEXTURE_WRAP_S: "MIRRORED_REPEAT" });
  gl.generateMipmap(gl.TEXTURE_2D);
  drawCubes(gl, linked);
}

/// The same into a texture of odd size, then a filter over it.
export function framebuffer(gl) {
  const [width, height] = [150, 101];
  const source = g.texture2D(gl, 128, 128, g.pattern(128, 128, 16), { TEXTURE_MIN_FILTER: "LINEAR" });
  const target = g.texture2D(gl, width, height, null, {
    TEXTURE_MIN_FILTER: "LINEAR", TEXTURE_WRAP_S: "CLAMP_TO_EDGE", TEXTURE_WRAP_T: "CLAMP_TO_EDGE" });
  const depth = gl.createRenderbuffer();
  gl.bindRenderbuffer(gl.RENDERBUFFER, depth);
  gl.renderbufferStorage(gl.RENDERBUFFER, gl.DEPTH_COMPONENT16, width, height);
  gl.bindFramebuffer(gl.FRAMEBUFFER, gl.createFramebuffer());
  gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, target, 0);
  gl.framebufferRenderbuffer(gl.FRAMEBUFFER, gl.DEPTH_ATTACHMENT, gl.RENDERBUFFER, depth);
  if (gl.checkFramebufferStatus(gl.FRAMEBUFFER) !== gl.FRAMEBUFFER_COMPLETE) throw new Error("incomplete");
  gl.viewport(0, 0, width, height);
  gl.clearColor(0.5, 0.1, 0.1, 1);
  gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
  gl.bindTexture(gl.TEXTURE_2D, source);
  drawCubes(gl, g.program(gl, litVertex, litFragment));

  gl.bindFramebuffer(gl.FRAMEBUFFER, null);
  gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
  gl.disable(gl.DEPTH_TEST);
  gl.disable(gl.CULL_FACE);
  gl.bindTexture(gl.TEXTURE_2D, target);
  const linked = g.program(gl, screenVertex, `
    precision highp float;
    uniform sampler2D picture;
    uniform vec2 step;
    varying vec2 place;
    void main() {
      vec3 sum = vec3(0.0);
      for (int y = -2; y <= 2; y++)
        for (int x = -2; x <= 2; x++) sum += texture2D(picture, place + vec2(float(x), float(y)) * step).rgb;
      gl_FragColor = vec4(sum / 25.0, 1.0);
    }`);
  g.uniforms(gl, linked, { step: [1 / width, 1 / height] });
  g.fullScreen(gl, linked);
  gl.drawArrays(gl.TRIANGLES, 0, 6);
}

/// Points with their coordinates, lines, and a stencil that cuts both.
export function pointsAndStencil(gl) {
  const linked = g.program(gl, `
    attribute vec3 position;
    void main() { gl_Position = vec4(position.xy, 0.0, 1.0); gl_PointSize = position.z; }`, `
    precision mediump float;
    uniform float points;
    void main() {
      gl_FragColor = mix(vec4(0.9, 0.8, 0.2, 1.0), vec4(gl_PointCoord, 0.5, 1.0), points);
    }`);
  gl.clearColor(0, 0.15, 0.1, 1);
  gl.clear(gl.COLOR_BUFFER_BIT | gl.STENCIL_BUFFER_BIT);
  gl.enable(gl.STENCIL_TEST);
  gl.stencilFunc(gl.ALWAYS, 1, 0xff);
  gl.stencilOp(gl.KEEP, gl.KEEP, gl.REPLACE);
  gl.colorMask(false, false, false, false);
  g.attributes(gl, linked, new Float32Array([-0.95, -0.9, 1, 0.95, -0.9, 1, 0, 0.95, 1]), { position: 3 });
  gl.drawArrays(gl.TRIANGLES, 0, 3);
  gl.colorMask(true, true, true, true);
  gl.stencilOp(gl.KEEP, gl.KEEP, gl.KEEP);

  const spiral = [];
  for (let i = 0; i < 60; i++) {
    const angle = i * 0.41, radius = i / 60;
    spiral.push(radius * Math.cos(angle), radius * Math.sin(angle), 3 + i / 4);
  }
  g.attributes(gl, linked, new Float32Array(spiral), { position: 3 });
  gl.stencilFunc(gl.EQUAL, 1, 0xff);
  g.uniforms(gl, linked, { points: 1 });
  gl.drawArrays(gl.POINTS, 0, 60);
  gl.stencilFunc(gl.NOTEQUAL, 1, 0xff);
  g.uniforms(gl, linked, { points: 0 });
  gl.drawArrays(gl.LINE_STRIP, 0, 60);
}

/// A wheel of thin triangles on a multisampled canvas.
export function multisampled(gl) {
  if (!gl.getContextAttributes().antialias) throw new Error("the canvas is not multisampled");
  const linked = g.program(gl, `
    attribute vec2 position;
    varying vec2 place;
    void main() { place = position; gl_Position = vec4(position, 0.0, 1.0); }`,
  "precision highp float; varying vec2 place; void main() { gl_FragColor = vec4(abs(place), 0.8, 1.0); }");
  gl.clearColor(0, 0, 0, 1);
  gl.clear(gl.COLOR_BUFFER_BIT);
  const spokes = [];
  for (let i = 0; i < 48; i++) {
    for (const turn of [0, 0.04]) spokes.push(Math.cos(i * Math.PI / 24 + turn), Math.sin(i * Math.PI / 24 + turn));
    spokes.push(0, 0);
  }
  g.attributes(gl, linked, new Float32Array(spokes), { position: 2 });
  gl.drawArrays(gl.TRIANGLES, 0, 144);
}
multisampled.options = { antialias: true };

/// A mirroring sphere in a cube map, with 32-bit indices and screen-space derivatives.
export function mirror(gl) {
  for (const name of ["OES_element_index_uint", "OES_standard_derivatives"]) {
    if (!gl.getExtension(name)) throw new Error(`no ${name}`);
  }
  const linked = g.program(gl, `
    attribute vec3 position;
    uniform mat4 camera;
    varying vec3 where;
    void main() { where = position; gl_Position = camera * vec4(position * 2.2, 1.0); }`, `
    #extension GL_OES_standard_derivatives : enable
    precision highp float;
    uniform samplerCube sky;
    varying vec3 where;
    void main() {
      vec3 facet = normalize(cross(dFdx(where), dFdy(where)));
      vec3 bounced = reflect(normalize(where - vec3(0.0, 0.0, 3.0)), normalize(mix(normalize(where), facet, 0.5)));
      gl_FragColor = vec4(textureCube(sky, bounced).rgb, 1.0);
    }`);
  gl.bindTexture(gl.TEXTURE_CUBE_MAP, gl.createTexture());
  for (let face = 0; face < 6; face++) {
    const bytes = g.pattern(32, 32, 2 + face).map((byte, i) => (i % 4 === face % 3 ? 255 - byte : byte));
    gl.texImage2D(gl.TEXTURE_CUBE_MAP_POSITIVE_X + face, 0, gl.RGBA, 32, 32, 0, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
  }
  g.parameters(gl, gl.TEXTURE_CUBE_MAP, { TEXTURE_MIN_FILTER: "LINEAR", TEXTURE_MAG_FILTER: "LINEAR" });
  gl.clearColor(0.3, 0.3, 0.3, 1);
  gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
  gl.enable(gl.DEPTH_TEST);
  const ball = g.sphere(24, 32);
  g.attributes(gl, linked, ball.positions, { position: 3 });
  g.indices(gl, ball.indices);
  g.uniforms(gl, linked, { camera });
  gl.drawElements(gl.TRIANGLES, ball.indices.length, gl.UNSIGNED_INT, 0);
}
