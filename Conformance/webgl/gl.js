// What the scenes share: programs, meshes, matrices, and patterns that are the same on every machine.

export function program(gl, vertex, fragment, feedback) {
  const linked = gl.createProgram();
  for (const [type, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
    const shader = gl.createShader(type);
    gl.shaderSource(shader, source.trim());
    gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(shader));
    gl.attachShader(linked, shader);
  }
  if (feedback) gl.transformFeedbackVaryings(linked, feedback, gl.INTERLEAVED_ATTRIBS);
  gl.linkProgram(linked);
  if (!gl.getProgramParameter(linked, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(linked));
  gl.useProgram(linked);
  return linked;
}

/// Sets uniforms of the program in use by the shape of their values: number, or array of 2, 3, 4 or 16 numbers.
export function uniforms(gl, linked, values) {
  for (const [name, value] of Object.entries(values)) {
    const place = gl.getUniformLocation(linked, name);
    if (typeof value === "number") gl.uniform1f(place, value);
    else if (value.length === 16) gl.uniformMatrix4fv(place, false, value);
    else gl[`uniform${value.length}fv`](place, value);
  }
}

/// Points samplers of the program in use at texture units.
export function samplers(gl, linked, units) {
  for (const [name, unit] of Object.entries(units)) gl.uniform1i(gl.getUniformLocation(linked, name), unit);
}

/// Fills a buffer and makes it the source of float attributes: {name: components}, interleaved in that order.
export function attributes(gl, linked, data, layout) {
  const buffer = gl.createBuffer();
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  gl.bufferData(gl.ARRAY_BUFFER, data, gl.STATIC_DRAW);
  const stride = Object.values(layout).reduce((sum, size) => sum + size, 0) * 4;
  let offset = 0;
  for (const [name, size] of Object.entries(layout)) {
    const place = gl.getAttribLocation(linked, name);
    if (place >= 0) {
      gl.enableVertexAttribArray(place);
      gl.vertexAttribPointer(place, size, gl.FLOAT, false, stride, offset);
    }
    offset += size * 4;
  }
  return buffer;
}

export function indices(gl, data) {
  gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, data, gl.STATIC_DRAW);
}

/// A rectangle over the whole target, as two triangles of attribute `position`.
export function fullScreen(gl, linked) {
  attributes(gl, linked, new Float32Array([-1, -1, 1, -1, -1, 1, -1, 1, 1, -1, 1, 1]), { position: 2 });
}

export function parameters(gl, target, values) {
  for (const [name, value] of Object.entries(values)) gl.texParameteri(target, gl[name], gl[value]);
}

/// Bytes of a colourful RGBA pattern: a checkerboard of `cell` texels over two gradients.
export function pattern(width, height, cell = 8) {
  const bytes = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const light = ((Math.floor(x / cell) + Math.floor(y / cell)) & 1) === 0;
      bytes.set([light ? 240 : 40, Math.floor(255 * x / width), Math.floor(255 * y / height), light ? 255 : 128],
        (y * width + x) * 4);
    }
  }
  return bytes;
}

export function texture2D(gl, width, height, bytes, filters) {
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, width, height, 0, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
  parameters(gl, gl.TEXTURE_2D, filters);
  return texture;
}

/// Unit cube, position, normal and texture coordinate of 36 vertices.
export function cube() {
  const data = [];
  for (let axis = 0; axis < 3; axis++) {
    for (const side of [-1, 1]) {
      const corner = (u, v) => {
        const position = [0, 0, 0], normal = [0, 0, 0];
        position[axis] = side;
        normal[axis] = side;
        position[(axis + 1) % 3] = u * side;
        position[(axis + 2) % 3] = v;
        return [...position, ...normal, (u + 1) / 2, (v + 1) / 2];
      };
      for (const [u, v] of [[-1, -1], [1, -1], [1, 1], [-1, -1], [1, 1], [-1, 1]]) data.push(...corner(u, v));
    }
  }
  return new Float32Array(data);
}
export const cubeLayout = { position: 3, normal: 3, coordinate: 2 };

/// A sphere as positions (which are its normals too) and 32-bit indices.
export function sphere(rings, sectors) {
  const positions = [], order = [];
  for (let ring = 0; ring <= rings; ring++) {
    const polar = Math.PI * ring / rings;
    for (let sector = 0; sector <= sectors; sector++) {
      const turn = 2 * Math.PI * sector / sectors;
      positions.push(Math.sin(polar) * Math.cos(turn), Math.cos(polar), Math.sin(polar) * Math.sin(turn));
      if (ring === rings || sector === sectors) continue;
      const first = ring * (sectors + 1) + sector, below = first + sectors + 1;
      order.push(first, first + 1, below, below, first + 1, below + 1);
    }
  }
  return { positions: new Float32Array(positions), indices: new Uint32Array(order) };
}

// Matrices, columns first.

export function multiply(a, b) {
  const product = new Float32Array(16);
  for (let column = 0; column < 4; column++) {
    for (let row = 0; row < 4; row++) {
      for (let k = 0; k < 4; k++) product[column * 4 + row] += a[k * 4 + row] * b[column * 4 + k];
    }
  }
  return product;
}

export function perspective(fieldOfView, aspect, near, far) {
  const f = 1 / Math.tan(fieldOfView / 2), depth = near - far;
  return new Float32Array([f / aspect, 0, 0, 0, 0, f, 0, 0, 0, 0, (far + near) / depth, -1, 0, 0,
    2 * far * near / depth, 0]);
}

export function orthographic(size, near, far) {
  return new Float32Array([1 / size, 0, 0, 0, 0, 1 / size, 0, 0, 0, 0, 2 / (near - far), 0, 0, 0,
    (far + near) / (near - far), 1]);
}

export function translation(x, y, z) {
  return new Float32Array([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, x, y, z, 1]);
}

/// Turns about y, then about x.
export function rotation(aboutX, aboutY) {
  const [cx, sx, cy, sy] = [Math.cos(aboutX), Math.sin(aboutX), Math.cos(aboutY), Math.sin(aboutY)];
  return new Float32Array([cy, sx * sy, -cx * sy, 0, 0, cx, sx, 0, sy, -sx * cy, cx * cy, 0, 0, 0, 0, 1]);
}
