/// Command streams written by hand for the tests: one array of words per command.
enum Stream {
  static let renderTarget: UInt32 = 1 << 1
  static let samplerView: UInt32 = 1 << 3
  static let vertexBuffer: UInt32 = 1 << 4
  static let bgra8: UInt32 = 1
  static let rgba32Float: UInt32 = 31

  /// Any command: its number, the object type where it has one, and the payload.
  static func command(_ number: UInt32, object: UInt32 = 0, _ payload: [UInt32]) -> [UInt32] {
    [number | object << 8 | UInt32(truncatingIfNeeded: payload.count) << 16] + payload
  }

  static func createSubContext(_ id: UInt32) -> [UInt32] { command(29, [id]) + command(28, [id]) }

  static func surface(_ handle: UInt32, of resource: UInt32, format: UInt32) -> [UInt32] {
    command(1, object: 8, [handle, resource, format, 0, 0])
  }

  static func framebuffer(colour surface: UInt32) -> [UInt32] { command(5, [1, 0, surface]) }

  static func clear(red: Float, green: Float, blue: Float, alpha: Float) -> [UInt32] {
    command(
      7, [1 << 2, red.bitPattern, green.bitPattern, blue.bitPattern, alpha.bitPattern, 0, 0, 0])
  }

  /// A shader from TGSI text. `announced` is the byte length told to the host, the true one when nil.
  static func shader(_ handle: UInt32, stage: UInt32, _ text: String, announced: UInt32? = nil)
    -> [UInt32]
  {
    var bytes = Array(text.utf8) + [0]
    let length = UInt32(bytes.count)
    while bytes.count % 4 != 0 { bytes.append(0) }
    let words = stride(from: 0, to: bytes.count, by: 4).map { index in
      UInt32(bytes[index]) | UInt32(bytes[index + 1]) << 8 | UInt32(bytes[index + 2]) << 16
        | UInt32(bytes[index + 3]) << 24
    }
    return command(1, object: 4, [handle, stage, announced ?? length, 300, 0] + words)
  }

  static func bindShader(_ handle: UInt32, stage: UInt32) -> [UInt32] {
    command(31, [handle, stage])
  }

  static func viewport(width: Float, height: Float) -> [UInt32] {
    command(4, [0] + [width / 2, height / 2, 0.5, width / 2, height / 2, 0.5].map(\.bitPattern))
  }

  /// Blend, depth/stencil and rasterizer objects 1, 2 and 3 with everything off, bound.
  static let plainState: [UInt32] =
    command(1, object: 1, [1, 0, 0] + [UInt32](repeating: 0xF << 27, count: 8))
    + command(2, object: 1, [1])
    + command(1, object: 3, [2, 0, 0, 0, 0]) + command(2, object: 3, [2])
    + command(
      1, object: 2, [3, 1 << 1 | 1 << 29, Float(1).bitPattern, 0, 0, Float(1).bitPattern, 0, 0, 0])
    + command(2, object: 2, [3])

  static func draw(_ mode: UInt32, count: UInt32) -> [UInt32] {
    command(8, [0, count, mode, 0, 1, 0, 0, 0, 0, 0, 0xFFFF_FFFF, 0])
  }

  static let passThroughVertex = """
    VERT
    DCL IN[0]
    DCL IN[1]
    DCL OUT[0], POSITION
    DCL OUT[1], GENERIC[0]
      0: MOV OUT[0], IN[0]
      1: MOV OUT[1], IN[1]
      2: END

    """

  static let passThroughFragment = """
    FRAG
    PROPERTY FS_COLOR0_WRITES_ALL_CBUFS 1
    DCL IN[0], GENERIC[0], PERSPECTIVE
    DCL OUT[0], COLOR
      0: MOV OUT[0], IN[0]
      1: END

    """

  /// Everything before a draw: sub-context, target 1 as framebuffer, state, shaders, vertex buffer 2.
  static func setUp(width: Float, height: Float) -> [UInt32] {
    createSubContext(1) + surface(10, of: 1, format: bgra8) + framebuffer(colour: 10) + plainState
      + viewport(width: width, height: height)
      + shader(20, stage: 0, passThroughVertex) + shader(21, stage: 1, passThroughFragment)
      + bindShader(20, stage: 0) + bindShader(21, stage: 1)
      + command(1, object: 5, [22, 0, 0, 0, rgba32Float, 16, 0, 0, rgba32Float])
      + command(2, object: 5, [22])
      + command(6, [32, 0, 2])
  }
}
