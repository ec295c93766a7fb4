/// A valid guest shader that this host cannot run: it has no GLSL here, or the GL driver refuses to compile or link it.
///
/// No fault of the stream: draws and dispatches with the shader do nothing, and the context goes on. The refusal is
/// remembered with the variant or the program, so that it costs one attempt and one log line.
struct HostRefusal: Error {}
