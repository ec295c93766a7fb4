import CEpoxy
import GLDriver
import ShaderTranslator

/// The uniform buffer behind `HelperBlock`: clip planes and polygon stipple of one sub-context.
struct HelperBlockBuffer: ~Copyable {
  /// Stands for this buffer in shadows of binding points; resources count upwards from 1.
  static var serial: UInt64 { .max }

  private(set) var name: GLuint = 0
  private var words = Buffer<UInt32>(repeating: 0, count: HelperBlock.size / 4)
  private var isStale = true

  /// SET_CLIP_STATE: eight planes of four floats.
  mutating func replaceClipPlanes(_ payload: Span<UInt32>) {
    replace(payload, at: HelperBlock.clipPlanesOffset / 4)
  }

  /// SET_POLYGON_STIPPLE: 32 rows.
  mutating func replaceStipple(_ payload: Span<UInt32>) { replace(payload, at: HelperBlock.stippleOffset / 4) }

  private mutating func replace(_ payload: Span<UInt32>, at offset: Int) {
    for index in 0..<min(32, payload.count) { words[offset + index] = payload[index] }
    isStale = true
  }

  /// Brings GL's copy up to date. The sub-context's GL context is current.
  mutating func emit() {
    guard isStale else { return }
    isStale = false
    if name == 0 { epoxy_glGenBuffers(1, &name) }
    epoxy_glBindBuffer(GL.UNIFORM_BUFFER, name)
    epoxy_glBufferData(GL.UNIFORM_BUFFER, HelperBlock.size, words.elements.baseAddress, GL.DYNAMIC_DRAW)
  }

  /// The sub-context ends; its GL context is current.
  mutating func release() {
    if name != 0 { epoxy_glDeleteBuffers(1, &name) }
    name = 0
  }
}
