// Scenes of WebGL 2: geometry, buffers and queries here, textures and targets in webgl2-textures.js.
import * as g from "./gl.js";
export * from "./webgl2-textures.js";

const camera = g.multiply(g.perspective(0.9, 4 / 3, 1, 40), g.translation(0, 0, -11));

function clear(gl, red, green, blue) {
  gl.clearColor(red, green, blue, 1);
  gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
  gl.enable(gl.DEPTH_TEST);
}

/// 150 cubes in one call: matrices by instance attributes, lights in a uniform block indexed in the shader.
export function instancing(gl) {
  const linked = g.program(gl, `#version 300 es
    in vec3 position, normal;
    in vec4 placing;  // x, y, z, size
    layout(std140) uniform View { mat4 camera; vec4 tint[4]; };
    flat out int which;
    out vec3 facing;
    void main() {
      which = gl_InstanceID % 4;
      facing = normal;
      gl_Position = camera * vec4(position * placing.w + placing.xyz, 1.0);
    }`, `#version 300 es
    precision highp float;
    struct Light { vec4 direction; vec4 colour; };
    layout(std140) uniform Lights { Light lights[3]; int count; };
    layout(std140) uniform View { highp mat4 camera; vec4 tint[4]; };
    flat in int which;
    in vec3 facing;
    out vec4 result;
    void main() {
      vec3 sum = vec3(0.15);
      for (int i = 0; i < count; i++)
        sum += lights[i].colour.rgb * max(0.0, dot(normalize(facing), lights[i].direction.xyz));
      result = vec4(sum, 1.0) * tint[which];
    }`);
  const block = (name, point, bytes) => {
    const index = gl.getUniformBlockIndex(linked, name);
    if (gl.getActiveUniformBlockParameter(linked, index, gl.UNIFORM_BLOCK_DATA_SIZE) > bytes.byteLength) {
      throw new Error(`block ${name} is larger than std140 says`);
    }
    gl.uniformBlockBinding(linked, index, point);
    const buffer = gl.createBuffer();
    gl.bindBuffer(gl.UNIFORM_BUFFER, buffer);
    gl.bufferData(gl.UNIFORM_BUFFER, 1024, gl.DYNAMIC_DRAW);
    gl.bufferSubData(gl.UNIFORM_BUFFER, 512, bytes);
    gl.bindBufferRange(gl.UNIFORM_BUFFER, point, buffer, 512, bytes.byteLength);
  };
  const turned = g.multiply(camera, g.rotation(0.5, 0.6));
  block("View", 0, new Float32Array([...turned, 1, 1, 1, 1, 1, 0.5, 0.4, 1, 0.4, 1, 0.5, 1, 0.5, 0.6, 1, 1]));
  const lights = new Float32Array(28);
  lights.set([0.6, 0.7, 0.4, 0, 0.8, 0.8, 0.7, 1, -0.9, 0.3, 0.3, 0, 0.5, 0, 0, 1, 0, -1, 0, 0, 0, 0, 0.6, 1]);
  new Int32Array(lights.buffer)[24] = 3;
  block("Lights", 3, lights);

  clear(gl, 0.05, 0.05, 0.1);
  g.attributes(gl, linked, g.cube(), g.cubeLayout);
  const placings = [];
  for (let i = 0; i < 150; i++) {
    placings.push((i % 5 - 2) * 1.6, (Math.floor(i / 5) % 5 - 2) * 1.6, (Math.floor(i / 25) - 2.5) * 1.6,
      0.2 + 0.05 * (i % 7));
  }
  g.attributes(gl, linked, new Float32Array(placings), { placing: 4 });
  gl.vertexAttribDivisor(gl.getAttribLocation(linked, "placing"), 1);
  gl.drawArraysInstanced(gl.TRIANGLES, 0, 36, 150);
}

/// 400 particles moved 30 times by transform feedback, from one buffer into the other, then drawn as points.
export function feedback(gl) {
  const nothing = "#version 300 es\nvoid main() {}";
  const move = g.program(gl, `#version 300 es
    in vec2 position, velocity;
    out vec2 newPosition, newVelocity;
    void main() {
      newVelocity = velocity + vec2(0.0, -0.004);
      newPosition = position + newVelocity;
      if (abs(newPosition.x) > 0.95) newVelocity.x = -newVelocity.x;
      if (newPosition.y < -0.95) newVelocity.y = abs(newVelocity.y) * 0.75;
    }`, nothing, ["newPosition", "newVelocity"]);
  const layout = { position: 2, velocity: 2 };
  const start = new Float32Array(1600);
  for (let i = 0; i < 400; i++) {
    const angle = i * 2.399963;
    start.set([0, 0.2, Math.cos(angle) * i / 9000, Math.sin(angle) * i / 9000 + 0.02], i * 4);
  }
  const sides = [0, 1].map(() => {
    const vertexArray = gl.createVertexArray();
    gl.bindVertexArray(vertexArray);
    return { vertexArray, buffer: g.attributes(gl, move, start, layout) };
  });
  gl.bindBuffer(gl.ARRAY_BUFFER, null);
  const transform = gl.createTransformFeedback();
  gl.bindTransformFeedback(gl.TRANSFORM_FEEDBACK, transform);
  const written = gl.createQuery();
  gl.enable(gl.RASTERIZER_DISCARD);
  for (let step = 0; step < 30; step++) {
    gl.bindVertexArray(sides[step % 2].vertexArray);
    gl.bindBufferBase(gl.TRANSFORM_FEEDBACK_BUFFER, 0, sides[1 - step % 2].buffer);
    if (step === 29) gl.beginQuery(gl.TRANSFORM_FEEDBACK_PRIMITIVES_WRITTEN, written);
    gl.beginTransformFeedback(gl.POINTS);
    gl.drawArrays(gl.POINTS, 0, 200);
    gl.pauseTransformFeedback();
    gl.resumeTransformFeedback();
    gl.drawArrays(gl.POINTS, 200, 200);
    gl.endTransformFeedback();
  }
  gl.endQuery(gl.TRANSFORM_FEEDBACK_PRIMITIVES_WRITTEN);
  gl.disable(gl.RASTERIZER_DISCARD);
  gl.bindTransformFeedback(gl.TRANSFORM_FEEDBACK, null);
  gl.bindBufferBase(gl.TRANSFORM_FEEDBACK_BUFFER, 0, null);

  gl.clearColor(0, 0, 0.1, 1);
  gl.clear(gl.COLOR_BUFFER_BIT);
  const show = g.program(gl, `#version 300 es
    layout(location = 0) in vec2 position;
    layout(location = 1) in vec2 velocity;
    out vec3 shade;
    void main() {
      shade = vec3(0.5) + vec3(velocity, length(velocity)) * 8.0;
      gl_Position = vec4(position, 0.0, 1.0);
      gl_PointSize = 4.0;
    }`, `#version 300 es
    precision mediump float;
    in vec3 shade;
    out vec4 result;
    void main() { result = vec4(shade, 1.0); }`);
  gl.bindVertexArray(null);
  gl.bindBuffer(gl.ARRAY_BUFFER, sides[0].buffer);
  gl.useProgram(show);
  for (const place of [0, 1]) {
    gl.enableVertexAttribArray(place);
    gl.vertexAttribPointer(place, 2, gl.FLOAT, false, 16, place * 8);
  }
  gl.drawArrays(gl.POINTS, 0, 400);
  return queryResult(gl, written).then((count) => {
    if (count !== 400) throw new Error(`${count} primitives written, not 400`);
  });
}

async function queryResult(gl, query) {
  gl.flush();
  while (!gl.getQueryParameter(query, gl.QUERY_RESULT_AVAILABLE)) await new Promise((done) => setTimeout(done, 5));
  return gl.getQueryParameter(query, gl.QUERY_RESULT);
}

/// Sixteen bars, each behind or before a wall; the colour of a bar's lamp is what an occlusion query said.
export async function occlusion(gl) {
  const linked = g.program(gl, `#version 300 es
    in vec2 position;
    uniform vec4 area;  // centre and half size
    uniform float depth;
    void main() { gl_Position = vec4(area.xy + position * area.zw, depth, 1.0); }`, `#version 300 es
    precision mediump float;
    uniform vec4 colour;
    out vec4 result;
    void main() { result = colour; }`);
  g.fullScreen(gl, linked);
  clear(gl, 0.1, 0.1, 0.1);
  const rectangle = (area, depth, colour) => {
    g.uniforms(gl, linked, { area, depth, colour });
    gl.drawArrays(gl.TRIANGLES, 0, 6);
  };
  rectangle([0.3, 0, 0.5, 0.9], 0, [0.3, 0.3, 0.35, 1]);
  const queries = [];
  for (let i = 0; i < 16; i++) {
    const query = gl.createQuery();
    gl.beginQuery(gl.ANY_SAMPLES_PASSED, query);
    rectangle([i % 3 ? 0.3 : -0.4, i / 8 - 0.94, 0.2 + 0.01 * i, 0.04], i % 2 ? 0.5 : -0.5, [0.2, i / 16, 0.8, 1]);
    gl.endQuery(gl.ANY_SAMPLES_PASSED);
    queries.push(query);
  }
  for (let i = 0; i < 16; i++) {
    const seen = await queryResult(gl, queries[i]);
    rectangle([-0.9, i / 8 - 0.94, 0.05, 0.05], -0.9, seen ? [0, 1, 0, 1] : [1, 0, 0, 1]);
  }
}

/// Pixels through pack and unpack buffers and a copy between buffers, with a fence before they are read.
export async function pixelBuffers(gl) {
  const linked = g.program(gl, `#version 300 es
    void main() { gl_Position = vec4(vec2(gl_VertexID & 1, gl_VertexID >> 1) * 4.0 - 1.0, 0.0, 1.0); }`,
  `#version 300 es
    precision highp float;
    out vec4 result;
    void main() {
      uvec2 at = uvec2(gl_FragCoord.xy);
      uint hash = (at.x * 73u ^ at.y * 151u) + ((at.x & at.y) << 3u);
      result = vec4(hash >> 3u & 255u, hash & 255u, at.x ^ at.y, 255u) / 255.0;
    }`);
  gl.useProgram(linked);
  gl.drawArrays(gl.TRIANGLES, 0, 3);
  const [width, height] = [64, 48];
  const size = width * height * 4;
  const [packed, copied] = [0, 1].map(() => {
    const buffer = gl.createBuffer();
    gl.bindBuffer(gl.COPY_WRITE_BUFFER, buffer);
    gl.bufferData(gl.COPY_WRITE_BUFFER, size * 2, gl.STREAM_COPY);
    return buffer;
  });
  gl.bindBuffer(gl.PIXEL_PACK_BUFFER, packed);
  gl.readPixels(20, 10, width, height, gl.RGBA, gl.UNSIGNED_BYTE, 0);
  gl.pixelStorei(gl.PACK_ROW_LENGTH, width);
  gl.readPixels(100, 70, width / 2, height, gl.RGBA, gl.UNSIGNED_BYTE, size);
  gl.pixelStorei(gl.PACK_ROW_LENGTH, 0);
  gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
  gl.bindBuffer(gl.COPY_READ_BUFFER, packed);
  gl.bindBuffer(gl.COPY_WRITE_BUFFER, copied);
  gl.copyBufferSubData(gl.COPY_READ_BUFFER, gl.COPY_WRITE_BUFFER, size, 0, size);
  gl.copyBufferSubData(gl.COPY_READ_BUFFER, gl.COPY_WRITE_BUFFER, 0, size, size);
  const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  gl.flush();
  while (gl.clientWaitSync(fence, 0, 0) === gl.TIMEOUT_EXPIRED) await new Promise((done) => setTimeout(done, 5));

  clear(gl, 0.2, 0, 0.2);
  gl.disable(gl.DEPTH_TEST);
  gl.bindBuffer(gl.COPY_WRITE_BUFFER, null);
  gl.bindBuffer(gl.PIXEL_UNPACK_BUFFER, copied);
  gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
  gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA8, width, height * 2);
  gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, width, height * 2, gl.RGBA, gl.UNSIGNED_BYTE, 0);
  gl.pixelStorei(gl.UNPACK_SKIP_PIXELS, 8);
  gl.pixelStorei(gl.UNPACK_ROW_LENGTH, width);
  gl.texSubImage2D(gl.TEXTURE_2D, 0, 10, 30, 40, 20, gl.RGBA, gl.UNSIGNED_BYTE, 4096);
  gl.bindFramebuffer(gl.READ_FRAMEBUFFER, gl.createFramebuffer());
  gl.framebufferTexture2D(gl.READ_FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D,
    gl.getParameter(gl.TEXTURE_BINDING_2D), 0);
  gl.blitFramebuffer(0, 0, width, height * 2, 140, 140, 10, 4, gl.COLOR_BUFFER_BIT, gl.LINEAR);
}

/// Strips cut by primitive restart, drawn by ranges, with wide attributes of packed types.
export function restart(gl) {
  const linked = g.program(gl, `#version 300 es
    layout(location = 0) in vec2 position;
    layout(location = 1) in vec4 tens;
    layout(location = 2) in uvec4 bytes;
    flat out uvec4 exact;
    out vec4 shade;
    void main() { exact = bytes; shade = tens; gl_Position = vec4(position, 0.0, 1.0); }`, `#version 300 es
    precision highp float;
    flat in uvec4 exact;
    in vec4 shade;
    out vec4 result;
    void main() { result = vec4(shade.rgb * 0.5 + vec3(exact.rgb) / 510.0, 1.0); }`);
  gl.useProgram(linked);
  clear(gl, 0, 0.1, 0.2);
  const count = 40, data = new DataView(new ArrayBuffer(count * 16));
  for (let i = 0; i < count; i++) {
    data.setInt16(i * 16, ((i >> 1) / 10 - 0.95) * 32767, true);
    data.setInt16(i * 16 + 2, (i & 1 ? 0.8 : -0.8) * Math.cos(i / 6) * 32767, true);
    data.setUint32(i * 16 + 4, (i * 25 & 1023) | (1023 - i * 20) << 10 | (i * i & 1023) << 20, true);
    for (let byte = 0; byte < 4; byte++) data.setUint8(i * 16 + 8 + byte, i * (byte + 3) * 7 & 255);
  }
  gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ARRAY_BUFFER, data, gl.STATIC_DRAW);
  for (const place of [0, 1, 2]) gl.enableVertexAttribArray(place);
  gl.vertexAttribPointer(0, 2, gl.SHORT, true, 16, 0);
  gl.vertexAttribPointer(1, 4, gl.UNSIGNED_INT_2_10_10_10_REV, true, 16, 4);
  gl.vertexAttribIPointer(2, 4, gl.UNSIGNED_BYTE, 16, 8);
  const order = [];
  for (let i = 0; i < count; i++) order.push(...(i % 10 === 9 ? [i, 0xffff] : [i]));
  g.indices(gl, new Uint16Array(order));
  gl.drawRangeElements(gl.TRIANGLE_STRIP, 0, count - 1, order.length, gl.UNSIGNED_SHORT, 0);
  gl.drawRangeElements(gl.LINE_STRIP, 10, count - 1, order.length - 11, gl.UNSIGNED_SHORT, 22);
}
