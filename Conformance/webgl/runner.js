// Draws every scene once on a canvas of its own, and posts to the server the page came from:
//   /picture/NAME   rows of RGBA bytes, lowest first, as the scene's own context reads them
//   /report         JSON: {renderer, pictures: {name: {renderer, width, height, error}}, failure}
import * as webgl1 from "./webgl1.js";
import * as webgl2 from "./webgl2.js";

const width = 192, height = 144;

function rendererOf(gl) {
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  return gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER);
}

function canvas() {
  const element = document.createElement("canvas");
  element.width = width;
  element.height = height;
  document.body.append(element);
  return element;
}

async function show(kind, name, scene) {
  const options = { alpha: false, depth: true, stencil: true, preserveDrawingBuffer: true, antialias: false };
  const gl = canvas().getContext(kind, { ...options, ...scene.options });
  if (!gl) return { error: `no ${kind} context` };
  const row = { renderer: rendererOf(gl), width, height };
  try {
    gl.viewport(0, 0, width, height);
    await scene(gl);
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    const pixels = new Uint8Array(width * height * 4);
    gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
    const error = gl.getError();
    if (error) row.error = `GL error 0x${error.toString(16)}`;
    await fetch(`/picture/${name}`, { method: "POST", body: pixels });
  } catch (failure) {
    row.error = String(failure);
  }
  return row;
}

export async function run() {
  const report = { pictures: {} };
  try {
    for (const [kind, scenes] of [["webgl", webgl1], ["webgl2", webgl2]]) {
      for (const [name, scene] of Object.entries(scenes)) {
        report.pictures[`${kind}-${name}`] = await show(kind, `${kind}-${name}`, scene);
      }
    }
  } catch (failure) {
    report.failure = String(failure);
  }
  // Two frames later the compositor has the canvases on the screen, or is about to.
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  await fetch("/report", { method: "POST", body: JSON.stringify(report) });
}
