// Scenes of WebGL 2 about textures, samplers and render targets.
import * as g from "./gl.js";

const screenVertex = `#version 300 es
  in vec2 position;
  out vec2 place;
  void main() { place = position * 0.5 + 0.5; gl_Position = vec4(position, 0.0, 1.0); }`;

const camera = g.multiply(g.perspective(0.9, 4 / 3, 1, 30), g.translation(0, 0, -7));

function drawFullScreen(gl, fragment, values, units) {
  const linked = g.program(gl, screenVertex, fragment);
  g.uniforms(gl, linked, values);
  g.samplers(gl, linked, units);
  g.fullScreen(gl, linked);
  gl.drawArrays(gl.TRIANGLES, 0, 6);
}

function storage(gl, unit, format, width, height, filters = {}) {
  gl.activeTexture(gl.TEXTURE0 + unit);
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.texStorage2D(gl.TEXTURE_2D, 1, format, width, height);
  g.parameters(gl, gl.TEXTURE_2D, { TEXTURE_MIN_FILTER: "NEAREST", TEXTURE_MAG_FILTER: "NEAREST", ...filters });
  return texture;
}

function target(gl, attachments) {
  gl.bindFramebuffer(gl.FRAMEBUFFER, gl.createFramebuffer());
  for (const [point, texture] of attachments) {
    gl.framebufferTexture2D(gl.FRAMEBUFFER, point, gl.TEXTURE_2D, texture, 0);
  }
}

function needComplete(gl) {
  const status = gl.checkFramebufferStatus(gl.FRAMEBUFFER);
  if (status !== gl.FRAMEBUFFER_COMPLETE) throw new Error(`framebuffer status 0x${status.toString(16)}`);
}

/// A deferred renderer: colour, half-float normals and unsigned integers in one pass, lit in a second one.
export function deferred(gl) {
  if (!gl.getExtension("EXT_color_buffer_float")) throw new Error("no EXT_color_buffer_float");
  const [width, height] = [gl.drawingBufferWidth, gl.drawingBufferHeight];
  target(gl, [
    [gl.COLOR_ATTACHMENT0, storage(gl, 0, gl.RGBA8, width, height)],
    [gl.COLOR_ATTACHMENT1, storage(gl, 1, gl.RGBA16F, width, height)],
    [gl.COLOR_ATTACHMENT2, storage(gl, 2, gl.R32UI, width, height)],
    [gl.DEPTH_ATTACHMENT, storage(gl, 3, gl.DEPTH_COMPONENT24, width, height)]]);
  gl.drawBuffers([gl.COLOR_ATTACHMENT0, gl.COLOR_ATTACHMENT1, gl.COLOR_ATTACHMENT2]);
  needComplete(gl);
  gl.clearBufferfv(gl.COLOR, 0, [0.1, 0.1, 0.15, 1]);
  gl.clearBufferfv(gl.COLOR, 1, [0, 0, 2.5, 0]);
  gl.clearBufferuiv(gl.COLOR, 2, [7, 0, 0, 0]);
  gl.clearBufferfi(gl.DEPTH_STENCIL, 0, 1, 0);
  gl.enable(gl.DEPTH_TEST);
  const linked = g.program(gl, `#version 300 es
    in vec3 position, normal;
    in vec2 coordinate;
    uniform mat4 camera, model;
    out vec3 facing;
    out vec2 place;
    void main() {
      facing = mat3(model) * normal;
      place = coordinate;
      gl_Position = camera * model * vec4(position, 1.0);
    }`, `#version 300 es
    precision highp float;
    in vec3 facing;
    in vec2 place;
    uniform float number;
    layout(location = 0) out vec4 colour;
    layout(location = 1) out vec4 direction;
    layout(location = 2) out uint which;
    void main() {
      colour = vec4(place, number / 8.0, 1.0);
      direction = vec4(facing * 2.5, 1.0);
      which = uint(number) + (uint(gl_FragCoord.x) / 8u << 8u);
    }`);
  g.attributes(gl, linked, g.cube(), g.cubeLayout);
  for (let i = 0; i < 6; i++) {
    const model = g.multiply(g.translation((i % 3 - 1) * 2.2, (i < 3 ? -1 : 1), -i / 2), g.rotation(0.4 * i, 1 + i));
    g.uniforms(gl, linked, { camera, model, number: i });
    gl.drawArrays(gl.TRIANGLES, 0, 36);
  }
  gl.bindFramebuffer(gl.FRAMEBUFFER, null);
  gl.disable(gl.DEPTH_TEST);
  drawFullScreen(gl, `#version 300 es
    precision highp float;
    precision highp usampler2D;
    uniform sampler2D colours, directions, depths;
    uniform usampler2D numbers;
    in vec2 place;
    out vec4 result;
    void main() {
      ivec2 at = ivec2(gl_FragCoord.xy);
      vec3 direction = texelFetch(directions, at, 0).xyz;
      uint number = texelFetch(numbers, at, 0).x;
      float light = max(0.1, dot(direction, vec3(0.2, 0.25, 0.2)));
      float stripe = (number >> 8u & 1u) == 1u ? 1.0 : 0.8;
      float fog = smoothstep(0.80, 1.0, texelFetch(depths, at, 0).x);
      result = vec4(mix(texture(colours, place).rgb * light * stripe, vec3(number & 255u) / 10.0, fog), 1.0);
    }`, {}, { colours: 0, directions: 1, numbers: 2, depths: 3 });
}

/// Multisampled renderbuffers, resolved by a blit, one of them an sRGB one.
export function resolve(gl) {
  const [width, height] = [gl.drawingBufferWidth, gl.drawingBufferHeight];
  const linked = g.program(gl, `#version 300 es
    in vec2 position;
    uniform vec4 area;
    void main() { gl_Position = vec4(position * area.zw + area.xy, 0.0, 1.0); }`, `#version 300 es
    precision highp float;
    uniform vec4 colour;
    out vec4 result;
    void main() { result = colour; }`);
  const blade = new Float32Array(2 * 3 * 30);
  for (let i = 0; i < 30; i++) {
    const angle = i * Math.PI / 15;
    blade.set([0, 0, Math.cos(angle), Math.sin(angle), Math.cos(angle + 0.1), Math.sin(angle + 0.1)], i * 6);
  }
  g.attributes(gl, linked, blade, { position: 2 });
  [gl.RGBA8, gl.SRGB8_ALPHA8].forEach((format, side) => {
    const samples = Math.max(...gl.getInternalformatParameter(gl.RENDERBUFFER, format, gl.SAMPLES));
    const many = gl.createFramebuffer();
    gl.bindFramebuffer(gl.FRAMEBUFFER, many);
    gl.bindRenderbuffer(gl.RENDERBUFFER, gl.createRenderbuffer());
    gl.renderbufferStorageMultisample(gl.RENDERBUFFER, samples, format, width / 2, height);
    gl.framebufferRenderbuffer(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.RENDERBUFFER,
      gl.getParameter(gl.RENDERBUFFER_BINDING));
    needComplete(gl);
    gl.viewport(0, 0, width / 2, height);
    gl.clearColor(0.1, 0.2, 0.3, 1);
    gl.clear(gl.COLOR_BUFFER_BIT);
    g.uniforms(gl, linked, { area: [0, 0, 0.95, 0.95], colour: [1, 0.7, 0.2, 1] });
    gl.drawArrays(gl.TRIANGLES, 0, 90);
    gl.enable(gl.SAMPLE_COVERAGE);
    gl.sampleCoverage(0.5, false);
    g.uniforms(gl, linked, { area: [0.1, -0.3, -0.6, 0.6], colour: [0.3, 0.2, 1, 1] });
    gl.drawArrays(gl.TRIANGLES, 0, 90);
    gl.disable(gl.SAMPLE_COVERAGE);

    const one = storage(gl, side, format, width / 2, height);
    target(gl, [[gl.COLOR_ATTACHMENT0, one]]);
    gl.bindFramebuffer(gl.READ_FRAMEBUFFER, many);
    gl.blitFramebuffer(0, 0, width / 2, height, 0, 0, width / 2, height, gl.COLOR_BUFFER_BIT, gl.NEAREST);
  });
  gl.bindFramebuffer(gl.FRAMEBUFFER, null);
  gl.viewport(0, 0, width, height);
  drawFullScreen(gl, `#version 300 es
    precision highp float;
    uniform sampler2D left, right;
    in vec2 place;
    out vec4 result;
    void main() {
      vec2 inner = vec2(fract(place.x * 2.0), place.y);
      result = place.x < 0.5 ? texture(left, inner) : texture(right, inner);
    }`, {}, { left: 0, right: 1 });
}

/// A volume and an array with explicit levels, one through a sampler object.
export function layers(gl) {
  const make = (unit, binding, format) => {
    gl.activeTexture(gl.TEXTURE0 + unit);
    gl.bindTexture(binding, gl.createTexture());
    gl.texStorage3D(binding, 4, format, 32, 32, 8);
    for (let layer = 0; layer < 8; layer++) {
      const bytes = g.pattern(32, 32, 1 + layer).map((byte, i) => (i % 4 === 2 ? layer * 32 : byte));
      gl.texSubImage3D(binding, 0, 0, 0, layer, 32, 32, 1, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
    }
    gl.generateMipmap(binding);
  };
  make(0, gl.TEXTURE_3D, gl.RGBA8);
  make(1, gl.TEXTURE_2D_ARRAY, gl.SRGB8_ALPHA8);
  g.parameters(gl, gl.TEXTURE_2D_ARRAY, { TEXTURE_MIN_FILTER: "LINEAR_MIPMAP_NEAREST" });
  gl.texParameteri(gl.TEXTURE_2D_ARRAY, gl.TEXTURE_BASE_LEVEL, 1);
  const sampler = gl.createSampler();
  gl.samplerParameteri(sampler, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR);
  gl.samplerParameteri(sampler, gl.TEXTURE_MAG_FILTER, gl.LINEAR);
  gl.samplerParameteri(sampler, gl.TEXTURE_WRAP_R, gl.MIRRORED_REPEAT);
  gl.samplerParameterf(sampler, gl.TEXTURE_MAX_LOD, 2.5);
  gl.bindSampler(0, sampler);
  drawFullScreen(gl, `#version 300 es
    precision highp float;
    precision highp sampler3D;
    precision highp sampler2DArray;
    uniform sampler3D volume;
    uniform sampler2DArray sheets;
    in vec2 place;
    out vec4 result;
    void main() {
      vec2 cell = place * vec2(4.0, 3.0);
      vec2 inner = fract(cell);
      float number = floor(cell.x) + 4.0 * floor(cell.y);
      if (place.y > 0.66) result = textureLod(volume, vec3(inner, place.x * 2.3), number - 8.0);
      else if (place.y > 0.33)
        result = textureGrad(sheets, vec3(inner, number), vec2(0.1 * number, 0.0), vec2(0.0, 0.05));
      else result = texelFetchOffset(volume, ivec3(inner * 30.0, number), 0, ivec3(1, -1, 0)) *
        vec4(vec3(textureSize(volume, 1)) / 32.0 + 0.5, 1.0);
    }`, {}, { volume: 0, sheets: 1 });
}

/// Depth from a light, compared by a shadow sampler with linear filter.
export function shadow(gl) {
  const light = g.multiply(g.orthographic(5, 1, 20), g.multiply(g.translation(0, 0, -10), g.rotation(0.9, 0.5)));
  const depth = storage(gl, 0, gl.DEPTH_COMPONENT32F, 256, 256, {
    TEXTURE_MIN_FILTER: "LINEAR", TEXTURE_MAG_FILTER: "LINEAR", TEXTURE_COMPARE_MODE: "COMPARE_REF_TO_TEXTURE",
    TEXTURE_COMPARE_FUNC: "LEQUAL", TEXTURE_WRAP_S: "CLAMP_TO_EDGE", TEXTURE_WRAP_T: "CLAMP_TO_EDGE" });
  target(gl, [[gl.DEPTH_ATTACHMENT, depth]]);
  gl.drawBuffers([gl.NONE]);
  needComplete(gl);
  const linked = g.program(gl, `#version 300 es
    in vec3 position, normal;
    uniform mat4 camera, model, light;
    out vec3 facing, seen;
    void main() {
      facing = mat3(model) * normal;
      seen = (light * model * vec4(position, 1.0)).xyz * 0.5 + 0.5;
      gl_Position = camera * model * vec4(position, 1.0);
    }`, `#version 300 es
    precision highp float;
    precision highp sampler2DShadow;
    uniform sampler2DShadow depths;
    in vec3 facing, seen;
    out vec4 result;
    void main() {
      float lit = texture(depths, seen - vec3(0.0, 0.0, 0.004));
      result = vec4((0.3 + 0.7 * lit) * (abs(facing) * 0.6 + 0.4), 1.0);
    }`);
  g.attributes(gl, linked, g.cube(), g.cubeLayout);
  gl.enable(gl.DEPTH_TEST);
  const draw = (view) => {
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    const floor = new Float32Array([5, 0, 0, 0, 0, 0.2, 0, 0, 0, 0, 5, 0, 0, -1.6, 0, 1]);
    const pieces = [floor];
    for (let i = 0; i < 4; i++) {
      pieces.push(g.multiply(g.translation(i * 1.3 - 2, 0.3 * i - 0.4, i % 2 * 1.5 - 1), g.multiply(
        g.rotation(i, 0.6 * i), new Float32Array([0.5, 0, 0, 0, 0, 0.5, 0, 0, 0, 0, 0.5, 0, 0, 0, 0, 1]))));
    }
    for (const model of pieces) {
      g.uniforms(gl, linked, { camera: view, model, light });
      gl.drawArrays(gl.TRIANGLES, 0, 36);
    }
  };
  gl.viewport(0, 0, 256, 256);
  gl.enable(gl.POLYGON_OFFSET_FILL);
  gl.polygonOffset(1.5, 2);
  gl.bindTexture(gl.TEXTURE_2D, null);
  draw(light);
  gl.disable(gl.POLYGON_OFFSET_FILL);
  gl.bindFramebuffer(gl.FRAMEBUFFER, null);
  gl.bindTexture(gl.TEXTURE_2D, depth);
  gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
  gl.clearColor(0.4, 0.5, 0.6, 1);
  draw(g.multiply(camera, g.rotation(0.5, 0.3)));
}

/// Integer, packed float, signed and block-compressed formats side by side.
export function formats(gl) {
  const upload = (unit, format, width, height, layout, type, data) => {
    storage(gl, unit, format, width, height);
    gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, width, height, layout, type, data);
  };
  const count = 16 * 16, numbers = Array.from({ length: count * 4 }, (_, i) => i);
  upload(0, gl.RGBA32I, 16, 16, gl.RGBA_INTEGER, gl.INT, Int32Array.from(numbers, (i) => (i % 4 - 2) * i * 1000));
  const triples = numbers.slice(0, count * 3);
  upload(1, gl.R11F_G11F_B10F, 16, 16, gl.RGB, gl.FLOAT, Float32Array.from(triples, (i) => i / 400));
  upload(2, gl.RGB9_E5, 16, 16, gl.RGB, gl.FLOAT, Float32Array.from(triples, (i) => 2 - i / 400));
  upload(3, gl.RGBA8_SNORM, 16, 16, gl.RGBA, gl.BYTE, Int8Array.from(numbers, (i) => (i * 5) % 255 - 127));
  upload(4, gl.RGB10_A2UI, 16, 16, gl.RGBA_INTEGER, gl.UNSIGNED_INT_2_10_10_10_REV,
    Uint32Array.from(numbers.slice(0, count), (i) => i * 4 | (1023 - i * 4) << 10 | (i * i & 1023) << 20));
  upload(5, gl.RGB565, 16, 16, gl.RGB, gl.UNSIGNED_SHORT_5_6_5,
    Uint16Array.from(numbers.slice(0, count), (i) => i * 257));
  gl.activeTexture(gl.TEXTURE6);
  const blocks = gl.getExtension("WEBGL_compressed_texture_s3tc");
  if (!blocks) throw new Error("no WEBGL_compressed_texture_s3tc");
  gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
  const data = Uint8Array.from({ length: 16 * 16 }, (_, i) => (i * 37 + (i >> 4) * 11) & 255);
  gl.compressedTexImage2D(gl.TEXTURE_2D, 0, blocks.COMPRESSED_RGBA_S3TC_DXT5_EXT, 16, 16, 0, data);
  g.parameters(gl, gl.TEXTURE_2D, { TEXTURE_MIN_FILTER: "NEAREST", TEXTURE_MAG_FILTER: "NEAREST" });
  drawFullScreen(gl, `#version 300 es
    precision highp float;
    precision highp int;
    precision highp isampler2D;
    precision highp usampler2D;
    uniform isampler2D whole;
    uniform usampler2D tens;
    uniform sampler2D small, mantissas, signs, sixteen, blocks;
    in vec2 place;
    out vec4 result;
    void main() {
      vec2 cell = place * vec2(4.0, 2.0), at = fract(cell);
      int number = int(cell.x) + 4 * int(cell.y);
      ivec2 texel = ivec2(at * 16.0);
      switch (number) {
        case 0: result = vec4(abs(texelFetch(whole, texel, 0)) / 8000) / 255.0; break;
        case 1: result = texture(small, at) * 0.5; break;
        case 2: result = texture(mantissas, at) * 0.5; break;
        case 3: result = texture(signs, at) * 0.5 + 0.5; break;
        case 4: result = vec4(texelFetch(tens, texel, 0)) / 1023.0; break;
        case 5: result = texture(sixteen, at); break;
        case 6: result = texture(blocks, at); break;
        default: result = vec4(unpackHalf2x16(uint(texel.x) << 10u), unpackUnorm2x16(uint(texel.y) * 0x10001000u));
      }
      result.a = 1.0;
    }`, {}, { whole: 0, small: 1, mantissas: 2, signs: 3, tens: 4, sixteen: 5, blocks: 6 });
}
